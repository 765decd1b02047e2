import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'
import {
  At,
  Category,
  IncomingFacts,
  IncomingLetter,
  Month,
  OUTSIDE_KINDS,
  SETTLEMENTS,
  Text,
  TRANSFER_ACTS,
  TRANSFER_DIRECTIONS,
  TRANSFER_KINDS,
  TRANSFER_SIDES,
  TRANSFER_STATES,
  TRANSFER_TABS,
  TransferContact,
  TransferStep,
  Why,
} from './transfers.words.ts'

export const PrintLanguage = Type.Optional(oneOf(['zh-CN', 'en'] as const))
export const TransferLamp = oneOf(['green', 'yellow', 'red'] as const)

export const TransferRow = Type.Object({
  id: Id,
  number: nullable(Type.String()),
  direction: oneOf(TRANSFER_DIRECTIONS),
  kind: oneOf(TRANSFER_KINDS),
  state: oneOf(TRANSFER_STATES),
  /** The side of the transfer on which the post of the caller stands. */
  side: oneOf(TRANSFER_SIDES),
  memberId: nullable(Id),
  name: Type.String(),
  category: Category,
  fromName: Type.String(),
  toName: Type.String(),
  committeeName: Type.String(),
  issuedOn: nullable(DateOn),
  validUntil: nullable(DateOn),
  /** Days to the end of the letter while it is on its way; below zero when it is over. */
  daysLeft: nullable(Type.Integer()),
  lamp: nullable(TransferLamp),
  reportedOn: nullable(DateOn),
  receivedOn: nullable(DateOn),
  settledOn: nullable(DateOn),
  createdAt: InstantAt,
  version: Type.Integer(),
})
export type TransferRow = Static<typeof TransferRow>

export const transferFilters = {
  orgId: Type.Optional(Id),
  /** With everything below the organisation, not the one unit only. */
  below: Type.Optional(Type.Boolean()),
  direction: Type.Optional(oneOf(TRANSFER_DIRECTIONS)),
  kind: Type.Optional(oneOf(TRANSFER_KINDS)),
  state: Type.Optional(oneOf(TRANSFER_STATES)),
  issuedFrom: Type.Optional(DateOn),
  issuedTo: Type.Optional(DateOn),
  text: Type.Optional(Text(60)),
  memberId: Type.Optional(Id),
  batchId: Type.Optional(Id),
}
export const transferTab = Type.Optional(oneOf(TRANSFER_TABS))

export const listTransfers = {
  method: 'GET',
  path: '/transfers',
  permission: 'transfers.read',
  summary: 'Transfers of the scope, of both sides; `stubs` are the letters issued, by number',
  query: strict({
    ...pageQuery(['createdAt', 'validUntil', 'issuedOn', 'name', 'number'] as const),
    ...transferFilters,
    tab: transferTab,
  }),
  reply: pageOf(TransferRow),
} as const satisfies Endpoint

export const countTransfers = {
  method: 'GET',
  path: '/transfers/counts',
  permission: 'transfers.read',
  summary: 'How many transfers stand under each heading of the list',
  reply: Type.Object({
    todo: Type.Integer(),
    inbox: Type.Integer(),
    open: Type.Integer(),
    due: Type.Integer(),
    expired: Type.Integer(),
  }),
} as const satisfies Endpoint

export const TransferRecord = Type.Object({
  ...TransferRow.properties,
  reason: Type.String(),
  memberNo: nullable(Type.String()),
  duesPaidUntil: nullable(Type.String()),
  contact: TransferContact,
  validDays: nullable(Type.Integer()),
  /** The longest validity that the rule allows, and what is usual for the kind. */
  mostDays: Type.Integer(),
  usualDays: Type.Integer(),
  needsDepartment: Type.Boolean(),
  departmentDocument: nullable(Type.String()),
  receiptBy: nullable(Type.String()),
  returnedReason: nullable(Type.String()),
  /** Since when the letter has not landed for six months; what CONST-11 says is then for people to weigh. */
  strandedOn: nullable(DateOn),
  settlement: nullable(oneOf(SETTLEMENTS)),
  renewsId: nullable(Id),
  renewedById: nullable(Id),
  batchId: nullable(Id),
  letter: nullable(IncomingLetter),
  /** Of somebody from outside, masked. */
  incoming: nullable(Type.Record(Type.String(), Type.String())),
  toOrgId: nullable(Id),
  orgId: nullable(Id),
  printed: Type.Integer(),
  steps: Type.Array(TransferStep),
  /** Every act with the code of the refusal that it would meet now, null when it may be done. */
  acts: Type.Array(Type.Object({ act: oneOf(TRANSFER_ACTS), whyNot: nullable(Type.String()) })),
})
export type TransferRecord = Static<typeof TransferRecord>

export const readTransfer = {
  method: 'GET',
  path: '/transfers/:id',
  permission: 'transfers.read',
  summary: 'One transfer, as the own side may see it',
  params: At,
  reply: TransferRecord,
} as const satisfies Endpoint

/** Where to: an organisation of the installation, or the full name of the committee outside. */
const destination = {
  toOrgId: Type.Optional(Id),
  toName: Type.Optional(Text(120)),
  kind: Type.Optional(oneOf(OUTSIDE_KINDS)),
  /** The committee outside may approve probationary members, so both deal with each other directly (MEM-8). */
  destinationApproves: Type.Optional(Type.Boolean()),
  duesPaidUntil: Type.Optional(Month),
  contact: Type.Optional(TransferContact),
}
export const OutgoingDraft = strict({ memberId: Id, reason: Why, ...destination })
export type OutgoingDraft = Static<typeof OutgoingDraft>
export const IncomingDraft = strict({
  orgId: Id,
  kind: oneOf(OUTSIDE_KINDS),
  fromName: Text(120),
  reason: Why,
  letter: IncomingLetter,
  facts: IncomingFacts,
  duesPaidUntil: Type.Optional(Month),
  contact: Type.Optional(TransferContact),
})
export type IncomingDraft = Static<typeof IncomingDraft>

export const TransferDone = Type.Object({ id: Id, state: oneOf(TRANSFER_STATES), version: Type.Integer() })
export type TransferDone = Static<typeof TransferDone>

export const draftTransfer = {
  method: 'POST',
  path: '/transfers',
  permission: 'transfers.write',
  summary: 'Prepare the transfer of a member of the scope',
  body: OutgoingDraft,
  reply: TransferDone,
} as const satisfies Endpoint

export const draftIncoming = {
  method: 'POST',
  path: '/transfers/incoming',
  permission: 'transfers.write',
  summary: 'Record somebody who comes from outside with a letter of introduction',
  body: IncomingDraft,
  reply: TransferDone,
} as const satisfies Endpoint

export const editTransfer = {
  method: 'PUT',
  path: '/transfers/:id',
  permission: 'transfers.write',
  summary: 'Change the prepared transfer of a member',
  ifMatch: true,
  params: At,
  body: strict({ reason: Why, ...destination }),
  reply: TransferDone,
} as const satisfies Endpoint

/** One of many: found by id, member number or a name that is unique in the scope. Own values overrule the common ones. */
export const BatchPerson = strict({
  memberId: Type.Optional(Id),
  memberNo: Type.Optional(Text(20)),
  name: Type.Optional(Text(60)),
  ...destination,
})
export type BatchPerson = Static<typeof BatchPerson>
export const TransferBatch = strict({
  reason: Why,
  ...destination,
  people: Type.Array(BatchPerson, { minItems: 1, maxItems: 500 }),
})
export type TransferBatch = Static<typeof TransferBatch>

export const BatchRow = Type.Object({
  at: Type.Integer(),
  memberId: nullable(Id),
  name: Type.String(),
  memberNo: nullable(Type.String()),
  fromName: nullable(Type.String()),
  toName: nullable(Type.String()),
  direction: nullable(oneOf(TRANSFER_DIRECTIONS)),
  kind: nullable(oneOf(TRANSFER_KINDS)),
  needsDepartment: Type.Boolean(),
  /** Codes of refusals that stand in the way, and of what should be known. */
  problems: Type.Array(Type.String()),
  hints: Type.Array(Type.String()),
})
export type BatchRow = Static<typeof BatchRow>

export const previewBatch = {
  method: 'POST',
  path: '/transfers/preview',
  permission: 'transfers.write',
  summary: 'What a batch would prepare, person by person; nothing is written',
  body: TransferBatch,
  reply: Type.Object({ rows: Type.Array(BatchRow), problems: Type.Integer() }),
} as const satisfies Endpoint

export const draftBatch = {
  method: 'POST',
  path: '/transfers/batches',
  permission: 'transfers.write',
  summary: 'Prepare the transfers of many people at once: all or none',
  body: TransferBatch,
  reply: Type.Object({ batchId: Id, count: Type.Integer() }),
} as const satisfies Endpoint

export const findDestinations = {
  method: 'POST',
  path: '/transfers/destinations',
  permission: 'transfers.write',
  summary: 'Branches of the whole organisation by name, as destinations; names only',
  body: strict({ text: Text(60) }),
  reply: Type.Object({ rows: Type.Array(Type.Object({ id: Id, name: Type.String(), parentName: Type.String() })) }),
} as const satisfies Endpoint

export const transferRefusals = defineRefusals('transfers', {
  not_found: 'missing',
  no_such_member: 'missing',
  no_such_org: 'missing',
  not_transferable: 'conflict',
  open_already: 'conflict',
  unsettled: 'conflict',
  no_destination: 'invalid',
  same_branch: 'invalid',
  not_a_branch: 'invalid',
  no_kind: 'invalid',
  ambiguous_name: 'invalid',
  listed_twice: 'invalid',
  batch_has_problems: 'invalid',
  wrong_state: 'conflict',
  maker_decides: 'forbidden',
  own_matter: 'forbidden',
  not_your_side: 'forbidden',
  not_superior: 'forbidden',
  no_department_needed: 'conflict',
  reason_missing: 'invalid',
  document_missing: 'invalid',
  dues_missing: 'invalid',
  too_long_valid: 'invalid',
  in_future: 'invalid',
  before_issue: 'invalid',
  letter_expired: 'conflict',
  already_received: 'conflict',
  settlement_missing: 'invalid',
  facts_wrong: 'invalid',
  not_issued: 'conflict',
  too_many_rows: 'invalid',
})
