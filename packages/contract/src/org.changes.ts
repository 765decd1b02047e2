import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { OrgHint } from './org.record.ts'
import { ORG_KINDS } from './org.ts'
import { DateOn, Id, oneOf, strict } from './page.ts'

const byId = strict({ id: Id })
const Document = Type.String({ minLength: 1, maxLength: 120 })
const Dated = { effectiveOn: DateOn, documentNumber: Document }
const Changed = Type.Object({ id: Id, version: Type.Integer() })
/** What the plan said, so that nothing else is carried out than what was read. */
const PlanHash = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** What a move or merge takes along, by kind of record, before anything is written. */
export const ChangePlan = Type.Object({
  unit: Type.Object({ id: Id, name: Type.String(), version: Type.Integer() }),
  target: Type.Object({ id: Id, name: Type.String() }),
  /** Full names from the top of the scope, as they stand and as they would. */
  before: Type.Array(Type.String()),
  after: Type.Array(Type.String()),
  counts: Type.Array(Type.Object({ what: Type.String(), rows: Type.Integer() })),
  /** What the statutes advise on the organisations as they would be. */
  hints: Type.Array(OrgHint),
  /** Codes of refusals that the change would meet. */
  obstacles: Type.Array(Type.String()),
  hash: Type.String(),
})
export type ChangePlan = Static<typeof ChangePlan>

export const planMove = {
  method: 'POST',
  path: '/orgs/:id/move/plan',
  permission: 'org.write',
  summary: 'What would change if an organisation moved below another',
  params: byId,
  body: strict({ parentId: Id }),
  reply: ChangePlan,
} as const satisfies Endpoint

export const moveOrg = {
  method: 'POST',
  path: '/orgs/:id/move',
  permission: 'org.write',
  summary: 'Move an organisation with everything below it, as planned',
  params: byId,
  body: strict({ parentId: Id, ...Dated, planHash: PlanHash }),
  reply: Changed,
} as const satisfies Endpoint

export const planMerge = {
  method: 'POST',
  path: '/orgs/:id/merge/plan',
  permission: 'org.write',
  summary: 'What would change if an organisation were merged into another',
  params: byId,
  body: strict({ intoId: Id }),
  reply: ChangePlan,
} as const satisfies Endpoint

export const mergeOrg = {
  method: 'POST',
  path: '/orgs/:id/merge',
  permission: 'org.write',
  summary: 'Merge an organisation into another, as planned: people and open matters go over, the unit is dissolved',
  params: byId,
  body: strict({ intoId: Id, ...Dated, planHash: PlanHash }),
  reply: Changed,
} as const satisfies Endpoint

export const upgradeOrg = {
  method: 'POST',
  path: '/orgs/:id/upgrade',
  permission: 'org.write',
  summary: 'Change the kind of an organisation, such as a branch that becomes a general branch',
  ifMatch: true,
  params: byId,
  body: strict({ kind: oneOf(ORG_KINDS), ...Dated }),
  reply: Changed,
} as const satisfies Endpoint

export const dissolveOrg = {
  method: 'POST',
  path: '/orgs/:id/dissolve',
  permission: 'org.write',
  summary: 'Dissolve an organisation that has neither people nor organisations nor running posts',
  ifMatch: true,
  params: byId,
  body: strict(Dated),
  reply: Changed,
} as const satisfies Endpoint
