import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'

/** `key` names the words in the interface (`workbench.waiting.<module>.<key>`), `path` the page of the desk. */
export const WaitingRow = Type.Object({
  module: Type.String(),
  key: Type.String(),
  count: Type.Integer(),
  path: Type.String(),
})
export type WaitingRow = Static<typeof WaitingRow>

export const readWaiting = {
  method: 'GET',
  path: '/workbench/waiting',
  permission: 'signed-in',
  summary: 'What waits for this post, over all modules',
  reply: Type.Object({ rows: Type.Array(WaitingRow) }),
} as const satisfies Endpoint
