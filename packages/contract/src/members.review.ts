import { ENTRY_KIND_NAMES } from '@tongxin/domain/members/entries'
import { MEMBER_FIELD_NAMES } from '@tongxin/domain/members/fields'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const CHANGE_KINDS = ['new_record', 'correction', 'new_entry', 'changed_entry', 'ended_entry', 'photo'] as const
export const CHANGE_STATES = ['draft', 'first_review', 'second_review', 'approved', 'returned', 'withdrawn'] as const
const Reason = Type.String({ minLength: 2, maxLength: 500 })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Written = strict(
  Object.fromEntries(
    MEMBER_FIELD_NAMES.map((field) => [field, Type.Optional(nullable(Type.String({ maxLength: 1000 })))]),
  ),
)
const Entry = strict({
  kind: oneOf(ENTRY_KIND_NAMES),
  fromOn: nullable(DateOn),
  untilOn: nullable(DateOn),
  facts: Type.Record(Type.String({ pattern: '^[a-zA-Z]{2,40}$' }), Type.String({ maxLength: 500 })),
})
const proposal = {
  /** Absent in a new record. */
  memberId: Type.Optional(Id),
  /** The organisation of a new record. */
  orgId: Type.Optional(Id),
  kind: oneOf(CHANGE_KINDS),
  facts: Type.Optional(Written),
  entryId: Type.Optional(Id),
  entry: Type.Optional(Entry),
  /** The checked upload that becomes the photo; null takes the photo out of the record. */
  fileId: Type.Optional(nullable(Id)),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  /** A draft waits for its maker; anything else goes to the first review at once. */
  draft: Type.Optional(Type.Boolean()),
}
const Proposal = strict(proposal)
export type Proposal = Static<typeof Proposal>
const State = Type.Object({ id: Id, state: oneOf(CHANGE_STATES), version: Type.Integer() })

export const proposeChange = {
  method: 'POST',
  path: '/member-changes',
  permission: 'members.write',
  summary: 'Propose a new record, a correction or an entry; two others review it',
  body: Proposal,
  reply: State,
} as const satisfies Endpoint

export const proposeMyCorrection = {
  method: 'POST',
  path: '/me/corrections',
  permission: 'signed-in',
  summary: 'Propose a correction of my own record',
  body: strict({ facts: Written, reason: Reason }),
  reply: State,
} as const satisfies Endpoint

export const editChange = {
  method: 'PUT',
  path: '/member-changes/:id',
  permission: 'signed-in',
  summary: 'Change my own proposal while it is a draft, returned or before its first review; voids earlier opinions',
  ifMatch: true,
  params: strict({ id: Id }),
  body: Proposal,
  reply: State,
} as const satisfies Endpoint

export const withdrawChange = {
  method: 'POST',
  path: '/member-changes/:id/withdraw',
  permission: 'signed-in',
  summary: 'Withdraw my own proposal before its first review',
  params: strict({ id: Id }),
  body: strict({}),
  reply: State,
} as const satisfies Endpoint

export const reviewChangeFirst = {
  method: 'POST',
  path: '/member-changes/:id/first-review',
  permission: 'members.review',
  summary: 'First review by the branch: pass on or return',
  params: strict({ id: Id }),
  body: strict({
    verdict: oneOf(['pass', 'return'] as const),
    opinion: Type.Optional(Type.String({ maxLength: 500 })),
    payloadHash: Hash,
  }),
  reply: State,
} as const satisfies Endpoint

/** `decisions` names fields of which the present value is kept (or the value derived from the ID number taken), with the reason. */
export const reviewChangeSecond = {
  method: 'POST',
  path: '/member-changes/:id/second-review',
  permission: 'members.approve',
  summary: 'Second review by the superior: approve, field by field, or return',
  params: strict({ id: Id }),
  body: strict({
    verdict: oneOf(['pass', 'return'] as const),
    opinion: Type.Optional(Type.String({ maxLength: 500 })),
    payloadHash: Hash,
    decisions: Type.Optional(
      Type.Array(
        strict({
          field: oneOf(MEMBER_FIELD_NAMES),
          take: oneOf(['proposed', 'current', 'derived'] as const),
          reason: Reason,
        }),
        { maxItems: 60 },
      ),
    ),
  }),
  reply: Type.Object({ id: Id, state: oneOf(CHANGE_STATES), version: Type.Integer(), memberId: nullable(Id) }),
} as const satisfies Endpoint

const ChangeRow = Type.Object({
  id: Id,
  memberId: nullable(Id),
  kind: oneOf(CHANGE_KINDS),
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  fields: Type.Array(Type.String()),
  state: oneOf(CHANGE_STATES),
  madeBy: nullable(Type.String()),
  madeAt: InstantAt,
  mine: Type.Boolean(),
  returnedReason: nullable(Type.String()),
  version: Type.Integer(),
})
export type ChangeRow = Static<typeof ChangeRow>

export const listChanges = {
  method: 'GET',
  path: '/member-changes',
  permission: 'members.read',
  summary: 'Proposals of the scope: those waiting for me, mine, or by state',
  query: strict({
    ...pageQuery(['made'] as const),
    waiting: Type.Optional(oneOf(['first', 'second'] as const)),
    mine: Type.Optional(Type.Boolean()),
    state: Type.Optional(oneOf(CHANGE_STATES)),
  }),
  reply: pageOf(ChangeRow),
} as const satisfies Endpoint

/** One field of a proposal beside every other source; sealed values masked, `differs` computed from the whole ones. */
export const Difference = Type.Object({
  field: Type.String(),
  current: nullable(Type.String()),
  proposed: nullable(Type.String()),
  derived: nullable(Type.String()),
  roster: nullable(Type.String()),
  differs: Type.Boolean(),
  conflict: Type.Boolean(),
})
export type Difference = Static<typeof Difference>

export const readChange = {
  method: 'GET',
  path: '/member-changes/:id',
  permission: 'signed-in',
  summary: 'A proposal with its difference, field by field, and the sources',
  params: strict({ id: Id }),
  reply: Type.Object({
    change: ChangeRow,
    reason: nullable(Type.String()),
    payloadHash: Hash,
    differences: Type.Array(Difference),
    entry: nullable(
      Type.Object({
        kind: oneOf(ENTRY_KIND_NAMES),
        fromOn: nullable(DateOn),
        untilOn: nullable(DateOn),
        facts: Type.Record(Type.String(), Type.String()),
      }),
    ),
    /** Of a photo: the one that the record has, and whether a new one is proposed or that one is taken out. */
    photo: nullable(Type.Object({ currentId: nullable(Id), isNew: Type.Boolean() })),
    findings: Type.Array(
      Type.Object({ code: Type.String(), severity: Type.String(), fields: Type.Array(Type.String()) }),
    ),
    steps: Type.Array(
      Type.Object({
        step: oneOf(['made', 'first', 'second'] as const),
        by: nullable(Type.String()),
        at: InstantAt,
        opinion: nullable(Type.String()),
      }),
    ),
    isStale: Type.Boolean(),
    can: Type.Object({
      edit: Type.Boolean(),
      withdraw: Type.Boolean(),
      first: Type.Boolean(),
      second: Type.Boolean(),
      whyNot: nullable(Type.String()),
    }),
    version: Type.Integer(),
  }),
} as const satisfies Endpoint

export const reviewRefusals = defineRefusals('review', {
  not_found: 'missing',
  nothing_changed: 'invalid',
  incomplete: 'invalid',
  not_my_proposal: 'forbidden',
  maker_reviews: 'forbidden',
  same_reviewer: 'forbidden',
  not_assigned: 'forbidden',
  not_superior: 'forbidden',
  wrong_state: 'conflict',
  payload_changed: 'conflict',
  record_moved_on: 'conflict',
  already_open: 'conflict',
  opinion_needed: 'invalid',
  decision_unknown: 'invalid',
  entry_unknown: 'missing',
  entry_fact_unknown: 'invalid',
  photo_missing: 'invalid',
  not_a_photo: 'invalid',
  photo_gone: 'missing',
  photo_not_edited: 'conflict',
  three_people: 'invalid',
  assignment_unknown: 'missing',
  person_unknown: 'invalid',
  not_by_members: 'forbidden',
})
