import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { POST_WAYS, PostRow } from './org.terms.ts'
import { ORG_CHANGES, ORG_KINDS, ORG_POSTS, OrgFacts } from './org.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const byId = strict({ id: Id })
const Name = Type.String({ minLength: 2, maxLength: 120 })
const Document = Type.String({ minLength: 1, maxLength: 120 })
const Reason = Type.String({ minLength: 2, maxLength: 300 })
const Language = oneOf(['zh-CN', 'en'])
const Changed = Type.Object({ id: Id, version: Type.Integer() })

/** Advice of a statute on the size or committee of an organisation: never a block. `value` selects the words. */
export const OrgHint = Type.Object({
  ruleId: Type.String(),
  about: oneOf(['form', 'size', 'committee', 'term', 'secretary', 'report']),
  value: Type.String(),
  severity: oneOf(['info', 'warn', 'block']),
  citation: Type.Object({ zh: Type.String(), en: Type.String() }),
})
export type OrgHint = Static<typeof OrgHint>

export const OrgChange = Type.Object({
  id: Id,
  kind: oneOf(ORG_CHANGES),
  effectiveOn: DateOn,
  documentNumber: nullable(Type.String()),
  reason: nullable(Type.String()),
  before: Type.Record(Type.String(), Type.Unknown()),
  after: Type.Record(Type.String(), Type.Unknown()),
  madeBy: nullable(Type.String()),
  madeAt: InstantAt,
})
export type OrgChange = Static<typeof OrgChange>

const Step = Type.Object({ id: Id, name: Type.String() })

export const OrgRecord = Type.Object({
  id: Id,
  kind: oneOf(ORG_KINDS),
  name: Type.String(),
  shortName: nullable(Type.String()),
  code: nullable(Type.String()),
  parentId: nullable(Id),
  /** From the top of what the caller may see down to the parent. */
  trail: Type.Array(Step),
  foundedOn: nullable(DateOn),
  foundingDocument: nullable(Type.String()),
  approvedBy: nullable(Type.String()),
  dissolvedOn: nullable(DateOn),
  dissolvingDocument: nullable(Type.String()),
  mergedInto: nullable(Step),
  termOrdinal: nullable(Type.Integer()),
  termFrom: nullable(DateOn),
  termUntil: nullable(DateOn),
  tags: Type.Array(Type.String()),
  sortOrder: Type.Integer(),
  facts: OrgFacts,
  /** People registered in the unit and below it, by category. */
  people: Type.Record(Type.String(), Type.Integer()),
  children: Type.Integer(),
  posts: Type.Array(PostRow),
  hints: Type.Array(OrgHint),
  /** The newest 200 changes. */
  changes: Type.Array(OrgChange),
  version: Type.Integer(),
})
export type OrgRecord = Static<typeof OrgRecord>

export const readOrg = {
  method: 'GET',
  path: '/orgs/:id',
  permission: 'org.read',
  summary: 'One organisation: its facts, posts, terms, changes and what the statutes advise',
  params: byId,
  reply: OrgRecord,
} as const satisfies Endpoint

export const correctOrg = {
  method: 'PATCH',
  path: '/orgs/:id',
  permission: 'org.write',
  summary: 'Correct or complete the record; an absent member stays, null clears it',
  ifMatch: true,
  params: byId,
  body: strict({
    shortName: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 60 }))),
    code: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }))),
    foundedOn: Type.Optional(nullable(DateOn)),
    foundingDocument: Type.Optional(nullable(Document)),
    approvedBy: Type.Optional(nullable(Name)),
    tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 20 }), { maxItems: 12 })),
    sortOrder: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    facts: Type.Optional(OrgFacts),
    reason: Reason,
  }),
  reply: Changed,
} as const satisfies Endpoint

export const ChartNode = Type.Object({
  id: Id,
  parentId: nullable(Id),
  kind: oneOf(ORG_KINDS),
  name: Type.String(),
  members: Type.Integer(),
  secretary: nullable(Type.String()),
})
export type ChartNode = Static<typeof ChartNode>

/** Above this number of organisations a chart is no picture any more. */
export const MOST_IN_CHART = 400

export const orgChart = {
  method: 'GET',
  path: '/orgs/:id/chart',
  permission: 'org.read',
  summary: 'An organisation and everything below it, for the printed chart',
  params: byId,
  reply: Type.Object({ rows: Type.Array(ChartNode) }),
} as const satisfies Endpoint

export const printOrg = {
  method: 'GET',
  path: '/orgs/:id/form',
  permission: 'org.read',
  summary: 'The basic facts of an organisation as a printed form (党组织基本情况表)',
  params: byId,
  query: strict({ language: Type.Optional(Language) }),
  reply: FileReply,
  download: 'application/pdf',
} as const satisfies Endpoint

export const exportOrgs = {
  method: 'POST',
  path: '/orgs/export',
  permission: 'org.read',
  summary: 'The organisations of the scope as a workbook (at most 20,000); logged with its purpose',
  body: strict({
    language: Language,
    purpose: Reason,
    parentId: Type.Optional(Id),
    kind: Type.Optional(oneOf(ORG_KINDS)),
  }),
  reply: FileReply,
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Endpoint

export const readMyOrg = {
  method: 'GET',
  path: '/my-org',
  permission: 'signed-in',
  summary: 'The own organisation of a person: committee, contact, superiors, number of people',
  reply: Type.Object({
    id: Id,
    kind: oneOf(ORG_KINDS),
    name: Type.String(),
    shortName: nullable(Type.String()),
    foundedOn: nullable(DateOn),
    trail: Type.Array(Type.Object({ name: Type.String() })),
    contact: nullable(Type.String()),
    phone: nullable(Type.String()),
    address: nullable(Type.String()),
    brand: nullable(Type.String()),
    termOrdinal: nullable(Type.Integer()),
    termFrom: nullable(DateOn),
    termUntil: nullable(DateOn),
    members: Type.Integer(),
    committee: Type.Array(
      Type.Object({
        id: Id,
        post: oneOf(ORG_POSTS),
        name: Type.String(),
        fromOn: DateOn,
        way: nullable(oneOf(POST_WAYS)),
      }),
    ),
    /** Posts that ought to be held and are not. */
    vacant: Type.Array(oneOf(ORG_POSTS)),
  }),
} as const satisfies Endpoint
