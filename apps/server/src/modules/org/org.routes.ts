import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as org from './org.service.ts'

export async function orgRoutes(app: FastifyInstance): Promise<void> {
  mount(app, contract.listOrgs, org.list)
  mount(app, contract.foundOrg, org.found)
  mount(app, contract.renameOrg, org.rename)
}
