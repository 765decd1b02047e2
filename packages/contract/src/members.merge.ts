import { MEMBER_CATEGORIES } from '@tongxin/domain/identity/member-category'
import { MEMBER_FIELD_NAMES, type MemberField } from '@tongxin/domain/members/fields'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** What two records have in common that makes them look like one person. */
export const PAIR_SIGNS = ['name', 'pinyin', 'birth', 'phone'] as const
/** Category and standing follow from decisions, not from a choice between two papers: the kept record's hold. */
export const MERGE_FIELDS = MEMBER_FIELD_NAMES.filter(
  (field) => field !== 'category' && field !== 'status',
) as readonly MemberField[]
/** What in the installation refers to a record, as it is counted in a plan. */
export const REFERENCE_KINDS = [
  'entries',
  'changes',
  'versions',
  'errors',
  'looks',
  'folder',
  'photos',
  'loans',
  'posts',
  'roles',
  'cases',
  'caseSteps',
  'caseReviews',
  'contacts',
  'transfers',
  'transferSteps',
  'absences',
  'candidacies',
  'nominations',
  'electionVotes',
  'appraisals',
  'absenceContacts',
  'tasks',
  'taskSteps',
  'decisions',
  'movements',
  'comingMeetings',
  'attendance',
  'deadlines',
  'notices',
] as const
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]
/** `moves`: goes over to the kept record; `stays`: remains with the closed one as history; `blocks`: has to end first. */
export const REFERENCE_FATES = ['moves', 'stays', 'blocks'] as const
export const MERGE_STATES = ['merged', 'undone'] as const
const Reason = Type.String({ minLength: 2, maxLength: 500 })

const Side = Type.Object({
  id: Id,
  name: Type.String(),
  memberNo: Type.String(),
  orgName: Type.String(),
  category: oneOf(MEMBER_CATEGORIES),
  bornOn: nullable(DateOn),
  completeness: Type.Integer(),
})
export const PairRow = Type.Object({
  id: Id,
  signs: Type.Array(oneOf(PAIR_SIGNS)),
  a: Side,
  b: Side,
  foundAt: InstantAt,
})
export type PairRow = Static<typeof PairRow>

export const listPairs = {
  method: 'GET',
  path: '/member-pairs',
  permission: 'members.approve',
  summary: 'Pairs of records that may be the same person, and are not settled yet',
  query: strict(pageQuery(['found'] as const)),
  reply: pageOf(PairRow),
} as const satisfies Endpoint

export const dismissPair = {
  method: 'POST',
  path: '/member-pairs/:id/dismiss',
  permission: 'members.approve',
  summary: 'Say that the two are different people; the pair is not shown again',
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

/** `keptId` goes on, `goneId` is closed. `take`: fields whose value comes from the closed record. */
const of = {
  keptId: Id,
  goneId: Id,
  take: Type.Optional(Type.Array(oneOf(MERGE_FIELDS), { maxItems: 60, uniqueItems: true })),
}
export const MergeField = Type.Object({
  field: oneOf(MEMBER_FIELD_NAMES),
  /** Sealed values are masked; `differs` is computed from the whole ones. */
  kept: nullable(Type.String()),
  gone: nullable(Type.String()),
  differs: Type.Boolean(),
  canTake: Type.Boolean(),
  /** The kept record has nothing there and the other one has. */
  suggested: Type.Boolean(),
})
export type MergeField = Static<typeof MergeField>
const Reference = Type.Object({
  kind: oneOf(REFERENCE_KINDS),
  fate: oneOf(REFERENCE_FATES),
  rows: Type.Integer(),
})

export const planMemberMerge = {
  method: 'POST',
  path: '/member-merges/plan',
  permission: 'members.approve',
  summary: 'What a merge of two records would do: field by field, and to everything that refers to them',
  body: strict(of),
  reply: Type.Object({
    kept: Side,
    gone: Side,
    fields: Type.Array(MergeField),
    references: Type.Array(Reference),
    /** Both have an ID number, and not the same one. */
    idDiffers: Type.Boolean(),
    keptVersion: Type.Integer(),
    goneVersion: Type.Integer(),
  }),
} as const satisfies Endpoint
export type MergePlan = Static<typeof planMemberMerge.reply>

export const mergeMembers = {
  method: 'POST',
  path: '/member-merges',
  permission: 'members.approve',
  summary: 'Merge two records of one person; can be undone within 30 days',
  stepUp: true,
  body: strict({
    ...of,
    keptVersion: Type.Integer({ minimum: 1 }),
    goneVersion: Type.Integer({ minimum: 1 }),
    reason: Reason,
    /** Demanded where the two ID numbers differ: the identity card itself was looked at. */
    idChecked: Type.Optional(Type.Boolean()),
  }),
  reply: Type.Object({ id: Id, keptId: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const MergeRow = Type.Object({
  id: Id,
  state: oneOf(MERGE_STATES),
  keptId: Id,
  keptName: Type.String(),
  keptNo: Type.String(),
  goneId: Id,
  goneName: Type.String(),
  goneNo: Type.String(),
  orgName: Type.String(),
  reason: Type.String(),
  by: nullable(Type.String()),
  at: InstantAt,
  /** The last day on which it can be undone. */
  undoUntil: DateOn,
  canUndo: Type.Boolean(),
  undoneReason: nullable(Type.String()),
})
export type MergeRow = Static<typeof MergeRow>

export const listMerges = {
  method: 'GET',
  path: '/member-merges',
  permission: 'members.approve',
  summary: 'Merges of the scope, newest first',
  query: strict({ ...pageQuery(['at'] as const), state: Type.Optional(oneOf(MERGE_STATES)) }),
  reply: pageOf(MergeRow),
} as const satisfies Endpoint

export const undoMerge = {
  method: 'POST',
  path: '/member-merges/:id/undo',
  permission: 'members.approve',
  summary: 'Undo a merge: both records are again as they were',
  stepUp: true,
  params: strict({ id: Id }),
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const mergeRefusals = defineRefusals('merge', {
  not_found: 'missing',
  pair_not_found: 'missing',
  same_record: 'invalid',
  id_differs: 'conflict',
  in_the_way: 'conflict',
  moved_on: 'conflict',
  undone: 'conflict',
  too_late: 'conflict',
  newer: 'conflict',
  undo_instead: 'conflict',
})
