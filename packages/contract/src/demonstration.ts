import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, nullable } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** `removal`: how many tables are done while it is being taken away; `hasFailed`: the last attempt broke off. */
const Demonstration = Type.Object({
  isThere: Type.Boolean(),
  name: nullable(Type.String()),
  removal: nullable(Type.Object({ done: Type.Integer(), total: nullable(Type.Integer()) })),
  hasFailed: Type.Boolean(),
})

export const readDemonstration = {
  method: 'GET',
  path: '/demonstration',
  permission: 'system.operate',
  summary: 'Whether the invented committee stands beside the own organisation, and how far its removal is',
  reply: Demonstration,
} as const satisfies Endpoint

export const removeDemonstration = {
  method: 'POST',
  path: '/demonstration/removal',
  permission: 'system.operate',
  summary:
    'Take the invented committee away, whole; goes on after the answer. Repeating it while it runs changes nothing',
  stepUp: true,
  body: Empty,
  reply: Demonstration,
} as const satisfies Endpoint

export const demonstrationRefusals = defineRefusals('demonstration', {
  there_already: 'conflict',
  not_there: 'missing',
  needs_own_database: 'conflict',
})
