import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'
import { PrintLanguage, TransferDone, TransferLamp, transferFilters, transferTab } from './transfers.ts'
import {
  At,
  Month,
  SETTLEMENTS,
  Text,
  TRANSFER_DECISIONS,
  TRANSFER_DIRECTIONS,
  TRANSFER_STATES,
  TRANSFER_STEPS,
  TransferContact,
  Why,
} from './transfers.words.ts'

/** What is told with an act: which of it is needed depends on the act, and the refusal names the field. */
const told = {
  /** The day of the decision, the receipt or the return; today when it is left out. */
  on: Type.Optional(DateOn),
  note: Type.Optional(Why),
  documentNumber: Type.Optional(Text(80)),
  validDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
  duesPaidUntil: Type.Optional(Month),
  receivedBy: Type.Optional(Text(60)),
  settlement: Type.Optional(oneOf(SETTLEMENTS)),
}
const Step = strict({ act: oneOf(TRANSFER_STEPS), ...told })
const Decision = strict({ act: oneOf(TRANSFER_DECISIONS), ...told })
export type TransferTold = Omit<Static<typeof Step>, 'act'>
const items = Type.Array(strict({ id: Id, version: Type.Integer({ minimum: 1 }) }), { minItems: 1, maxItems: 200 })
const Many = Type.Object({ rows: Type.Array(TransferDone) })

export const stepTransfer = {
  method: 'POST',
  path: '/transfers/:id/steps',
  permission: 'transfers.write',
  summary: 'Agree, issue the letter, receive, return, withdraw',
  ifMatch: true,
  params: At,
  body: Step,
  reply: TransferDone,
} as const satisfies Endpoint

export const decideTransfer = {
  method: 'POST',
  path: '/transfers/:id/decisions',
  permission: 'transfers.approve',
  summary: 'Approve, send back, revoke, renew, settle',
  ifMatch: true,
  params: At,
  body: Decision,
  reply: TransferDone,
} as const satisfies Endpoint

export const stepTransfers = {
  method: 'POST',
  path: '/transfers/steps',
  permission: 'transfers.write',
  summary: 'One step for many transfers: all or none',
  body: strict({ items, ...Step.properties }),
  reply: Many,
} as const satisfies Endpoint

export const decideTransfers = {
  method: 'POST',
  path: '/transfers/decisions',
  permission: 'transfers.approve',
  summary: 'One decision for many transfers: all or none',
  body: strict({ items, ...Decision.properties }),
  reply: Many,
} as const satisfies Endpoint

export const printTransfers = {
  method: 'POST',
  path: '/transfers/print',
  permission: 'transfers.write',
  summary: 'Letters of introduction in three parts, or receipts, in one document; a second print says so',
  body: strict({
    ids: Type.Array(Id, { minItems: 1, maxItems: 200 }),
    form: oneOf(['letter', 'receipt'] as const),
    format: oneOf(['pdf', 'docx'] as const),
    language: PrintLanguage,
  }),
  download: 'application/octet-stream',
  reply: FileReply,
} as const satisfies Endpoint

export const exportTransfers = {
  method: 'POST',
  path: '/transfers/export',
  permission: 'transfers.read',
  summary: 'The list as a workbook, at most 10,000 rows',
  body: strict({ ...transferFilters, tab: transferTab, purpose: Why, language: PrintLanguage }),
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  reply: FileReply,
} as const satisfies Endpoint

/** A transfer as the person concerned sees it: where it is, who acts, until when. */
export const OwnTransfer = Type.Object({
  id: Id,
  number: nullable(Type.String()),
  direction: oneOf(TRANSFER_DIRECTIONS),
  state: oneOf(TRANSFER_STATES),
  needsDepartment: Type.Boolean(),
  fromName: Type.String(),
  toName: Type.String(),
  committeeName: Type.String(),
  issuedOn: nullable(DateOn),
  validUntil: nullable(DateOn),
  daysLeft: nullable(Type.Integer()),
  lamp: nullable(TransferLamp),
  duesPaidUntil: nullable(Type.String()),
  contact: TransferContact,
  reportedOn: nullable(DateOn),
  receivedOn: nullable(DateOn),
  returnedReason: nullable(Type.String()),
  steps: Type.Array(Type.Object({ act: Type.String(), on: nullable(DateOn), at: InstantAt })),
  mayReport: Type.Boolean(),
  version: Type.Integer(),
})
export type OwnTransfer = Static<typeof OwnTransfer>

export const listOwnTransfers = {
  method: 'GET',
  path: '/my/transfers',
  permission: 'signed-in',
  summary: 'The own transfers, newest first',
  reply: Type.Object({ rows: Type.Array(OwnTransfer) }),
} as const satisfies Endpoint

export const reportArrival = {
  method: 'POST',
  path: '/my/transfers/:id/arrival',
  permission: 'signed-in',
  summary: 'Say that one has reported to the destination; its secretary still confirms',
  params: At,
  body: Empty,
  reply: TransferDone,
} as const satisfies Endpoint
