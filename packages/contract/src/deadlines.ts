import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const DEADLINE_LAMPS = ['green', 'yellow', 'red'] as const
export const DEADLINE_STATES = ['open', 'done', 'void'] as const
export type DeadlineState = (typeof DEADLINE_STATES)[number]

/** `kind` and `params` are put into words by `deadlineTitle`; `daysLeft` is negative when it is overdue. */
export const DeadlineRow = Type.Object({
  id: Id,
  kind: Type.String(),
  params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  unitId: Id,
  /** Null for an organisation that the caller does not see: what concerns me may be due elsewhere. */
  unitName: nullable(Type.String()),
  startsOn: DateOn,
  yellowOn: DateOn,
  dueOn: DateOn,
  lamp: oneOf(DEADLINE_LAMPS),
  daysLeft: Type.Integer(),
  state: oneOf(DEADLINE_STATES),
  endedAt: nullable(InstantAt),
  /** Where it is done in the desk and on the phone; null where there is no page for it. */
  deskPath: nullable(Type.String()),
  phonePath: nullable(Type.String()),
})
export type DeadlineRow = Static<typeof DeadlineRow>

const filters = {
  lamp: Type.Optional(oneOf(DEADLINE_LAMPS)),
  module: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z]+$' })),
  kind: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '^[a-z]+\\.[a-zA-Z_]+$' })),
  orgId: Type.Optional(Id),
  /** With the organisation also everything below it. */
  below: Type.Optional(Type.Boolean()),
  dueFrom: Type.Optional(DateOn),
  dueTo: Type.Optional(DateOn),
  /** Open ones unless another state is asked for. */
  state: Type.Optional(oneOf(DEADLINE_STATES)),
}

export const listDeadlines = {
  method: 'GET',
  path: '/deadlines',
  permission: 'org.read',
  summary: 'What is due in the scope and falls to the rights of the caller, the nearest day first',
  query: strict({ ...pageQuery(['dueOn'] as const), ...filters }),
  reply: pageOf(DeadlineRow),
} as const satisfies Endpoint

export const countDeadlines = {
  method: 'GET',
  path: '/deadlines/counts',
  permission: 'org.read',
  summary: 'Open ones of the scope by lamp',
  query: strict({ module: filters.module, orgId: filters.orgId, below: filters.below }),
  reply: Type.Object({ green: Type.Integer(), yellow: Type.Integer(), red: Type.Integer() }),
} as const satisfies Endpoint

export const exportDeadlines = {
  method: 'POST',
  path: '/deadlines/export',
  permission: 'org.read',
  summary: 'The list as a workbook, at most 10,000 rows; logged with its purpose',
  body: strict({
    ...filters,
    language: oneOf(['zh-CN', 'en'] as const),
    purpose: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }),
  }),
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reply: FileReply,
} as const satisfies Endpoint

export const listOwnDeadlines = {
  method: 'GET',
  path: '/my/deadlines',
  permission: 'signed-in',
  summary: 'What I have to do, or what concerns me, and what falls to my post at its organisation',
  query: strict({ ...pageQuery(['dueOn'] as const), lamp: filters.lamp }),
  reply: pageOf(DeadlineRow),
} as const satisfies Endpoint

export const deadlinesRefusals = defineRefusals('deadlines', {
  no_such_org: 'missing',
  ends_before_start: 'invalid',
  too_many_rows: 'invalid',
})
