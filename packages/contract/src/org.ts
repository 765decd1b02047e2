import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** Kinds of party organisation, from the largest to the smallest. */
export const ORG_KINDS = [
  'committee',
  'general_branch',
  'branch',
  'joint_branch',
  'temporary_branch',
  'group',
  'leading_group',
  'working_committee',
] as const
export type OrgKind = (typeof ORG_KINDS)[number]
export function isOrgKind(word: string): word is OrgKind {
  return (ORG_KINDS as readonly string[]).includes(word)
}
export const ORG_CHANGES = [
  'founded',
  'renamed',
  'moved',
  'upgraded',
  'merged',
  'split',
  'dissolved',
  'corrected',
  'committee_changed',
  'term_shifted',
] as const

/** Posts of an organisation, in the order of a list. */
export const ORG_POSTS = [
  'secretary',
  'deputy_secretary',
  'standing_member',
  'organisation',
  'publicity',
  'discipline',
  'youth',
  'committee_member',
  'group_leader',
] as const
export type OrgPost = (typeof ORG_POSTS)[number]
/** Nature of the unit where the organisation is (单位性质), and yearly grading of a branch (分类定等). */
export const HOST_NATURES = [
  'government',
  'public_institution',
  'state_enterprise',
  'private_enterprise',
  'social_organisation',
  'school',
  'community',
  'village',
  'other',
] as const
export const ORG_GRADES = ['advanced', 'good', 'general', 'backward'] as const
export const ORG_SETUPS = ['single', 'joint', 'regional', 'industry', 'functional', 'other'] as const

const Name = Type.String({ minLength: 2, maxLength: 120 })
const Document = Type.String({ minLength: 1, maxLength: 120 })

const short = (most: number) => Type.Optional(nullable(Type.String({ minLength: 1, maxLength: most })))
/** What is known of an organisation beyond its columns; an absent or null member is not known. */
export const OrgFacts = strict({
  affiliation: short(120),
  setUp: Type.Optional(nullable(oneOf(ORG_SETUPS))),
  hostUnit: short(120),
  /** Unified social credit code (GB 32100-2015). */
  hostUnitCode: Type.Optional(nullable(Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }))),
  hostUnitNature: Type.Optional(nullable(oneOf(HOST_NATURES))),
  industry: short(60),
  staff: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 10_000_000 }))),
  isLegalEntity: Type.Optional(nullable(Type.Boolean())),
  isRepresentativeMember: Type.Optional(nullable(Type.Boolean())),
  contact: short(40),
  phone: Type.Optional(nullable(Type.String({ pattern: '^[0-9+() -]{5,30}$' }))),
  address: short(200),
  postcode: Type.Optional(nullable(Type.String({ pattern: '^[0-9]{6}$' }))),
  termYears: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: 5 }))),
  grade: Type.Optional(nullable(oneOf(ORG_GRADES))),
  stars: Type.Optional(nullable(Type.Integer({ minimum: 0, maximum: 5 }))),
  premisesArea: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 100_000 }))),
  premisesEquipment: short(300),
  latitude: Type.Optional(nullable(Type.Number({ minimum: -90, maximum: 90 }))),
  longitude: Type.Optional(nullable(Type.Number({ minimum: -180, maximum: 180 }))),
  brand: short(200),
})
export type OrgFacts = Static<typeof OrgFacts>

export const OrgRow = Type.Object({
  id: Id,
  parentId: nullable(Id),
  kind: oneOf(ORG_KINDS),
  name: Type.String(),
  shortName: nullable(Type.String()),
  code: nullable(Type.String()),
  /** People registered in the unit and below it, from the rollup; null: not known for the asked day. */
  members: nullable(Type.Integer()),
  children: Type.Integer(),
  secretary: nullable(Type.String()),
  termUntil: nullable(DateOn),
  dissolvedOn: nullable(DateOn),
  version: Type.Integer(),
})
export type OrgRow = Static<typeof OrgRow>

/** Children of a unit (or the top of the caller's scope), a page at a time: a tree opens level by level. */
export const listOrgs = {
  method: 'GET',
  path: '/orgs',
  permission: 'org.read',
  summary: 'Organisations below a parent, or found by name within the scope',
  query: strict({
    ...pageQuery(['order', 'name'] as const),
    parentId: Type.Optional(Id),
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    kind: Type.Optional(oneOf(ORG_KINDS)),
    dissolved: Type.Optional(Type.Boolean()),
    /** The whole subtree instead of one level; the filters below imply it. */
    below: Type.Optional(Type.Boolean()),
    withoutSecretary: Type.Optional(Type.Boolean()),
    /** The term ends within so many months, or has ended. */
    termEndsWithin: Type.Optional(Type.Integer({ minimum: 0, maximum: 60 })),
    /** Formal and probationary members at or below the organisation. */
    membersFrom: Type.Optional(Type.Integer({ minimum: 0 })),
    membersTo: Type.Optional(Type.Integer({ minimum: 0 })),
    stars: Type.Optional(Type.Integer({ minimum: 0, maximum: 5 })),
    nature: Type.Optional(oneOf(HOST_NATURES)),
    /** The tree as it was at the end of a day: names, kinds and places are replayed from the dated changes; narrowed by `search` or `parentId`, and `kind`. */
    asOf: Type.Optional(DateOn),
  }),
  reply: pageOf(OrgRow),
} as const satisfies Endpoint

export const foundOrg = {
  method: 'POST',
  path: '/orgs',
  permission: 'org.write',
  summary: 'Found an organisation below a parent, by decision of the superior',
  body: strict({
    parentId: Id,
    kind: oneOf(ORG_KINDS),
    name: Name,
    shortName: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' })),
    effectiveOn: DateOn,
    documentNumber: Type.Optional(Document),
    approvedBy: Type.Optional(Name),
    /** The organisation that this one was split from; its people stay until they are transferred. */
    splitFromId: Type.Optional(Id),
  }),
  reply: Type.Object({ id: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const renameOrg = {
  method: 'POST',
  path: '/orgs/:id/rename',
  permission: 'org.write',
  summary: 'Rename an organisation from a date on',
  ifMatch: true,
  params: strict({ id: Id }),
  body: strict({
    name: Name,
    shortName: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    effectiveOn: DateOn,
    documentNumber: Type.Optional(Document),
  }),
  reply: Type.Object({ id: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const orgRefusals = defineRefusals('org', {
  not_found: 'missing',
  name_taken: 'conflict',
  code_taken: 'conflict',
  dissolved: 'conflict',
  kind_not_below: 'invalid',
  date_in_future: 'invalid',
  before_founding: 'invalid',
  before_last_change: 'invalid',
  is_top: 'conflict',
  into_itself: 'invalid',
  same_parent: 'invalid',
  plan_stale: 'conflict',
  kinds_differ: 'invalid',
  people_remain: 'conflict',
  children_remain: 'conflict',
  posts_remain: 'conflict',
  secretary_taken: 'conflict',
  post_taken: 'conflict',
  not_a_member: 'invalid',
  post_ended: 'conflict',
  post_missing: 'missing',
  ends_before_start: 'invalid',
  from_above_to: 'invalid',
  meetings_remain: 'conflict',
  nothing_changed: 'invalid',
  tree_too_large: 'invalid',
  no_term: 'conflict',
  outside_term: 'invalid',
  no_vacancy: 'conflict',
  shift_too_far: 'invalid',
  already_reported: 'conflict',
  not_reported: 'conflict',
})
