import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

/** Kinds of party organisation, from the largest to the smallest. */
export const ORG_KINDS = [
  'committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch', 'group', 'leading_group', 'working_committee',
] as const
export type OrgKind = (typeof ORG_KINDS)[number]
export const ORG_CHANGES = ['founded', 'renamed', 'moved', 'upgraded', 'merged', 'split', 'dissolved', 'corrected', 'committee_changed'] as const

const Name = Type.String({ minLength: 2, maxLength: 120 })
const Document = Type.String({ minLength: 1, maxLength: 120 })

export const OrgRow = Type.Object({
  id: Id,
  parentId: nullable(Id),
  kind: oneOf(ORG_KINDS),
  name: Type.String(),
  shortName: nullable(Type.String()),
  code: nullable(Type.String()),
  /** People registered in the unit and below it, from the rollup. */
  members: Type.Integer(),
  children: Type.Integer(),
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
  body: strict({ name: Name, shortName: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })), effectiveOn: DateOn, documentNumber: Type.Optional(Document) }),
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
})
