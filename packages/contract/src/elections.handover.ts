import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** What is handed over: seals, papers and files, accounts and their devices, anything else of the organisation. */
export const HANDOVER_KINDS = ['seal', 'paper', 'account', 'other'] as const
export type HandoverKind = (typeof HANDOVER_KINDS)[number]
export const HANDOVER_STATES = ['open', 'done', 'withdrawn'] as const
export type HandoverState = (typeof HANDOVER_STATES)[number]
export const HANDOVER_SIDES = ['giver', 'receiver'] as const
export type HandoverSide = (typeof HANDOVER_SIDES)[number]

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })

export const HandoverItem = strict({
  kind: oneOf(HANDOVER_KINDS),
  name: Text(80),
  count: Type.Integer({ minimum: 1, maximum: 9999 }),
  note: nullable(Type.String({ maxLength: 120 })),
})
export type HandoverItem = Static<typeof HandoverItem>

const Side = Type.Object({ memberId: Id, name: Type.String(), confirmedAt: nullable(InstantAt) })

export const ElectionHandover = Type.Object({
  id: Id,
  state: oneOf(HANDOVER_STATES),
  handedOn: DateOn,
  place: Type.String(),
  giver: Side,
  receiver: Side,
  /** Who looks on (监交人), as written in the list. */
  witness: nullable(Type.String()),
  items: Type.Array(HandoverItem),
  enteredBy: Type.String(),
  enteredAt: InstantAt,
  withdrawn: nullable(Type.Object({ by: Type.String(), at: InstantAt, reason: Type.String() })),
  /** As what the caller may confirm it now. */
  mayConfirmAs: nullable(oneOf(HANDOVER_SIDES)),
})
export type ElectionHandover = Static<typeof ElectionHandover>

const At = strict({ id: Id })
const AtHandover = strict({ id: Id, handoverId: Id })
const Done = Type.Object({ id: Id, state: oneOf(HANDOVER_STATES) })

export const listHandovers = {
  method: 'GET',
  path: '/elections/:id/handovers',
  permission: 'elections.read',
  summary: 'Handovers of seal and papers after an election, the newest first',
  params: At,
  reply: Type.Object({ rows: Type.Array(ElectionHandover), mayEnter: Type.Boolean() }),
} as const satisfies Endpoint

export const enterHandover = {
  method: 'POST',
  path: '/elections/:id/handovers',
  permission: 'elections.write',
  summary: 'Enter what is handed over from whom to whom; both confirm it themselves',
  params: At,
  body: strict({
    handedOn: DateOn,
    place: Text(80),
    giverId: Id,
    receiverId: Id,
    witness: Type.Optional(nullable(Type.String({ maxLength: 40 }))),
    items: Type.Array(HandoverItem, { minItems: 1, maxItems: 60 }),
  }),
  reply: Done,
} as const satisfies Endpoint

export const withdrawHandover = {
  method: 'POST',
  path: '/elections/:id/handovers/:handoverId/withdraw',
  permission: 'elections.write',
  summary: 'Withdraw a handover that not both have confirmed, with the reason',
  params: AtHandover,
  body: strict({ reason: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }) }),
  reply: Done,
} as const satisfies Endpoint

/** For the two who are named in it. */
export const confirmHandover = {
  method: 'POST',
  path: '/my/elections/:id/handovers/:handoverId/confirm',
  permission: 'signed-in',
  summary: 'Confirm what I have handed over or received; when both have, it is closed',
  params: AtHandover,
  body: strict({}),
  reply: Type.Object({ ...Done.properties, as: oneOf(HANDOVER_SIDES) }),
} as const satisfies Endpoint

export const printHandover = {
  method: 'GET',
  path: '/elections/:id/handovers/:handoverId/form',
  permission: 'elections.read',
  summary: 'The list of a handover with lines for signatures',
  params: AtHandover,
  query: strict({
    format: Type.Optional(oneOf(['pdf', 'docx'] as const)),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
