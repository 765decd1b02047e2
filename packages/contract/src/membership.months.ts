import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { MEMBERSHIP_FILES, MONTH_STATES, MOVEMENT_CAUSES, MonthOf, Why } from './membership.words.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** People of one organisation (and, for the whole, all below) in a month. `closing = opening + increases - decreases`. */
const figures = {
  opening: Type.Integer(),
  /** People by cause, always above zero. */
  causes: Type.Record(Type.String(), Type.Integer()),
  increase: Type.Integer(),
  decrease: Type.Integer(),
  closing: Type.Integer(),
}
export const MonthRow = Type.Object({
  unitId: Id,
  name: Type.String(),
  ...figures,
  /** What the member records themselves say, and when they were counted. */
  recorded: nullable(Type.Integer()),
  countedAt: nullable(InstantAt),
  balanced: nullable(Type.Boolean()),
  state: oneOf(MONTH_STATES),
  confirmedBy: nullable(Type.String()),
  closedBy: nullable(Type.String()),
  reopenedReason: nullable(Type.String()),
})
export type MonthRow = Static<typeof MonthRow>

export const readMonth = {
  method: 'GET',
  path: '/membership-months',
  permission: 'membership.read',
  summary: 'Increases and decreases of a month: the whole of the place, and unit by unit',
  query: strict({ ...pageQuery(['name'] as const), month: MonthOf, orgId: Type.Optional(Id) }),
  reply: Type.Object({
    whole: Type.Object({ ...figures, unbalanced: Type.Integer(), uncounted: Type.Integer(), open: Type.Integer() }),
    ...pageOf(MonthRow).properties,
  }),
} as const satisfies Endpoint

export const MovementRow = Type.Object({
  id: Id,
  on: DateOn,
  cause: oneOf(MOVEMENT_CAUSES),
  people: Type.Integer(),
  /** Null where a whole import stands behind the number. */
  memberId: nullable(Id),
  name: nullable(Type.String()),
  batchId: nullable(Id),
  unitId: Id,
  unitName: Type.String(),
})
export type MovementRow = Static<typeof MovementRow>

const movementFilter = { month: MonthOf, orgId: Type.Optional(Id), cause: Type.Optional(oneOf(MOVEMENT_CAUSES)) }

export const listMovements = {
  method: 'GET',
  path: '/membership-movements',
  permission: 'membership.read',
  summary: 'The people behind the figures of a month',
  query: strict({ ...pageQuery(['on'] as const), ...movementFilter }),
  reply: pageOf(MovementRow),
} as const satisfies Endpoint

export const exportMovements = {
  method: 'POST',
  path: '/membership-movements/export',
  permission: 'membership.read',
  summary: '增减名单 of a month as a file, or printed',
  download: 'application/octet-stream',
  body: strict({
    filter: strict(movementFilter),
    format: oneOf(MEMBERSHIP_FILES),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

const OfUnit = strict({ unitId: Id, month: MonthOf })
const Stood = Type.Object({ unitId: Id, state: oneOf(MONTH_STATES) })

export const confirmMonth = {
  method: 'POST',
  path: '/membership-months/confirm',
  permission: 'membership.write',
  summary: 'The branch confirms a month that is over and balances',
  body: OfUnit,
  reply: Stood,
} as const satisfies Endpoint

export const closeMonth = {
  method: 'POST',
  path: '/membership-months/close',
  permission: 'membership.approve',
  summary: 'A second person closes a confirmed month',
  body: OfUnit,
  reply: Stood,
} as const satisfies Endpoint

export const reopenMonth = {
  method: 'POST',
  path: '/membership-months/reopen',
  permission: 'membership.approve',
  summary: 'Open a confirmed or closed month again, with the reason',
  body: strict({ ...OfUnit.properties, reason: Why }),
  reply: Stood,
} as const satisfies Endpoint
