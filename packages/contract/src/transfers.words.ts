import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { type Static, Type } from 'typebox'
import { DateOn, Id, nullable, oneOf, strict } from './page.ts'

/**
 * Where a relation goes or comes from (catalogue D5): between branches below one committee, to another organisation of
 * this installation, and outside it (the same province, another province, systems of their own such as the army).
 */
export const TRANSFER_KINDS = ['branch', 'installation', 'province', 'other_province', 'beyond_system'] as const
export type TransferKind = (typeof TRANSFER_KINDS)[number]
export const OUTSIDE_KINDS = ['province', 'other_province', 'beyond_system'] as const
export const TRANSFER_DIRECTIONS = ['inside', 'out', 'in'] as const
export type TransferDirection = (typeof TRANSFER_DIRECTIONS)[number]

export const TRANSFER_STATES = [
  'draft',
  'branch_agreed',
  'committee_approved',
  'department_approved',
  'awaiting',
  'received',
  'returned',
  'revoked',
  'expired',
] as const
export type TransferState = (typeof TRANSFER_STATES)[number]

/** Acts of those who write, and of those who decide. */
export const TRANSFER_STEPS = ['agree', 'issue', 'receive', 'return', 'withdraw'] as const
export const TRANSFER_DECISIONS = ['approve', 'approve_department', 'send_back', 'revoke', 'renew', 'settle'] as const
export const TRANSFER_ACTS = [...TRANSFER_STEPS, ...TRANSFER_DECISIONS] as const
export type TransferAct = (typeof TRANSFER_ACTS)[number]
/** What people decided about a letter that never landed: nothing of it happens by itself (CONST-11). */
export const SETTLEMENTS = ['stays', 'landed_elsewhere', 'procedure_opened'] as const

export const TRANSFER_TABS = ['todo', 'inbox', 'open', 'due', 'expired', 'stubs', 'all'] as const
export type TransferTab = (typeof TRANSFER_TABS)[number]
export const TRANSFER_SIDES = ['sending', 'receiving'] as const

export const Text = (most: number) => Type.String({ minLength: 1, maxLength: most })
export const Why = Type.String({ minLength: 2, maxLength: 500 })
/** A month of dues, `YYYY-MM`. */
export const Month = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' })
export const At = strict({ id: Id })

/** Whom to ask at the destination; a telephone of an office. */
export const TransferContact = strict({
  name: Type.Optional(Text(60)),
  phone: Type.Optional(Text(40)),
  fax: Type.Optional(Text(40)),
  postcode: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  address: Type.Optional(Text(200)),
})
export type TransferContact = Static<typeof TransferContact>

/** The letter that somebody brings from outside. */
export const IncomingLetter = strict({
  number: Text(60),
  issuedOn: DateOn,
  validDays: Type.Integer({ minimum: 1, maximum: 366 }),
  arrivedOn: DateOn,
})
export type IncomingLetter = Static<typeof IncomingLetter>

/** Who comes from outside. Values that identify are sealed when stored. */
export const IncomingFacts = strict({
  name: Text(60),
  idNumber: Text(18),
  category: oneOf(['formal', 'probationary'] as const),
  joinedOn: DateOn,
  convertedOn: Type.Optional(DateOn),
  phone: Type.Optional(Text(20)),
  workplace: Type.Optional(Text(200)),
})
export type IncomingFacts = Static<typeof IncomingFacts>

export const TransferStep = Type.Object({
  id: Id,
  act: Type.String(),
  /** The day that the act speaks of; `at` is when it was recorded. */
  on: nullable(DateOn),
  at: Type.String({ format: 'date-time' }),
  by: nullable(Type.String()),
  note: nullable(Type.String()),
})
export type TransferStep = Static<typeof TransferStep>

export const Category = oneOf(MEMBER_CATEGORIES)
