import { strict } from '@tongxin/contract/page'
import type { Endpoint } from '@tongxin/contract/endpoint'
import { Type } from 'typebox'

/** Acts under another post of the same person from now on. */
export const takePost = {
  method: 'POST',
  path: '/session/post',
  permission: 'signed-in',
  summary: 'Act under another of my posts',
  body: strict({ grantId: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({}),
} as const satisfies Endpoint

/** Ends this session. */
export const endSession = {
  method: 'DELETE',
  path: '/session',
  permission: 'signed-in',
  summary: 'Sign out',
  reply: Type.Object({}),
} as const satisfies Endpoint
