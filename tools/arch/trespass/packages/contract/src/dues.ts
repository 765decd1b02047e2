// contract-sees-only-domain
import Fastify from 'fastify'

export const server = Fastify
