import type { DecisionFacts, DecisionKind, DecisionState, RuleShown, SERVED_WAYS } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Meeting = { heldOn: string; shouldAttend: number; present: number; inFavour: number; carried: boolean }
export type Decision = {
  id: string
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  orgName: string | null
  kind: DecisionKind
  state: DecisionState
  facts: DecisionFacts
  rules: RuleShown[]
  reason: Buffer
  absenceId: string | null
  statusBefore: string
  proposedBy: string
  proposedAt: Date
  meeting: Meeting | null
  resolution: Buffer | null
  meetingBy: string | null
  approvedBy: string | null
  approvingOrg: string | null
  documentNumber: string | null
  effectiveOn: string | null
  opinion: Buffer | null
  returnedReason: Buffer | null
  servedOn: string | null
  servedWay: (typeof SERVED_WAYS)[number] | null
  appealedOn: string | null
  appeal: Buffer | null
  appealOpinion: Buffer | null
  version: number
}

const columns = [
  'd.id',
  'd.member_id as memberId',
  'd.person_id as personId',
  'd.name',
  'd.unit_id as unitId',
  'd.org_path as orgPath',
  'o.name as orgName',
  'd.kind',
  'd.state',
  'd.facts',
  'd.rules',
  'd.reason',
  'd.absence_id as absenceId',
  'd.status_before as statusBefore',
  'd.proposed_by as proposedBy',
  'd.proposed_at as proposedAt',
  'd.meeting',
  'd.resolution',
  'd.meeting_by as meetingBy',
  'd.approved_by as approvedBy',
  'd.approving_org as approvingOrg',
  'd.document_number as documentNumber',
  'd.effective_on as effectiveOn',
  'd.opinion',
  'd.returned_reason as returnedReason',
  'd.served_on as servedOn',
  'd.served_way as servedWay',
  'd.appealed_on as appealedOn',
  'd.appeal',
  'd.appeal_opinion as appealOpinion',
  'd.version',
] as const

const decisions = (db: Db, tenantId: string) =>
  db
    .selectFrom('membership_decision as d')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'd.unit_id'))
    .select(columns)
    .where('d.tenant_id', '=', tenantId)

export type DecisionFilter = {
  place: string
  kind: DecisionKind | null
  state: DecisionState | null
  memberId: string | null
  openOnly: boolean
  text: string | null
}

const OPEN: readonly DecisionState[] = ['proposed', 'branch_decided', 'approved', 'appealed']

export async function listDecisions(db: Db, actor: Actor, filter: DecisionFilter, keyset: Keyset): Promise<Decision[]> {
  let select = decisions(db, actor.tenantId)
    .where(inReach('d.org_path', actor))
    .where(inScope('d.org_path', filter.place))
  if (filter.kind) select = select.where('d.kind', '=', filter.kind)
  if (filter.state) select = select.where('d.state', '=', filter.state)
  if (filter.memberId) select = select.where('d.member_id', '=', filter.memberId)
  if (filter.openOnly) select = select.where('d.state', 'in', [...OPEN])
  if (filter.text) select = select.where('d.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'membership_decision', Decision>,
    keyset,
    'd.id',
  ).execute()) as Decision[]
}

export async function findDecision(db: Db, actor: Actor, id: string): Promise<Decision | undefined> {
  const row = await decisions(db, actor.tenantId)
    .where('d.id', '=', id)
    .where(inReach('d.org_path', actor))
    .executeTakeFirst()
  return row as unknown as Decision | undefined
}

export async function lockDecision(tx: Tx, actor: Actor, id: string): Promise<Decision | undefined> {
  const row = await decisions(tx, actor.tenantId)
    .where('d.id', '=', id)
    .where(inReach('d.org_path', actor))
    .forUpdate('d')
    .executeTakeFirst()
  return row as unknown as Decision | undefined
}

export async function ownDecisions(db: Db, actor: Actor): Promise<Decision[]> {
  const rows = await decisions(db, actor.tenantId)
    .where('d.person_id', '=', actor.personId)
    .where('d.approved_by', 'is not', null)
    .orderBy('d.proposed_at', 'desc')
    .limit(50)
    .execute()
  return rows as unknown as Decision[]
}

export async function lockOwnDecision(tx: Tx, actor: Actor, id: string): Promise<Decision | undefined> {
  const row = await decisions(tx, actor.tenantId)
    .where('d.id', '=', id)
    .where('d.person_id', '=', actor.personId)
    .where('d.approved_by', 'is not', null)
    .forUpdate('d')
    .executeTakeFirst()
  return row as unknown as Decision | undefined
}

/** The decision that stopped somebody's membership and still stands. */
export async function standingStop(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<{ id: string; effectiveOn: string | null } | undefined> {
  return db
    .selectFrom('membership_decision as d')
    .select(['d.id', 'd.effective_on as effectiveOn'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.member_id', '=', memberId)
    .where('d.kind', '=', 'stop')
    .where('d.state', 'in', ['approved', 'served', 'appealed', 'upheld'])
    .orderBy('d.effective_on', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type NewDecision = Pick<
  Decision,
  'id' | 'memberId' | 'personId' | 'name' | 'unitId' | 'orgPath' | 'kind' | 'facts' | 'rules' | 'reason' | 'absenceId'
> & { statusBefore: string }

/** False when another decision about this person is still open. */
export async function insertDecision(tx: Tx, actor: Actor, decision: NewDecision, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('membership_decision')
    .values({
      tenant_id: actor.tenantId,
      id: decision.id,
      member_id: decision.memberId,
      person_id: decision.personId,
      name: decision.name,
      unit_id: decision.unitId,
      org_path: decision.orgPath,
      kind: decision.kind,
      facts: JSON.stringify(decision.facts),
      rules: JSON.stringify(decision.rules),
      reason: decision.reason,
      absence_id: decision.absenceId,
      status_before: decision.statusBefore,
      proposed_by: actor.personId,
      proposed_at: at,
      updated_at: at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'member_id']).where(sql<boolean>`state in ('proposed', 'branch_decided')`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type DecisionChange = {
  state: DecisionState
  meeting?: string
  resolution?: Buffer
  meeting_by?: string
  approved_by?: string
  approved_at?: Date
  approving_org?: string
  document_number?: string
  effective_on?: string
  opinion?: Buffer | null
  returned_reason?: Buffer
  served_on?: string
  served_way?: string
  appealed_on?: string
  appeal?: Buffer
  appeal_by?: string
  appeal_opinion?: Buffer
}

export async function setDecision(
  tx: Tx,
  tenantId: string,
  decision: Pick<Decision, 'id' | 'version'>,
  change: DecisionChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('membership_decision')
    .set({ ...change, version: decision.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', decision.id)
    .execute()
}

/** What waits for a post: decisions to approve, to hold a meeting on, to serve; contacts that are overdue. */
export async function waitingCounts(
  db: Db,
  actor: Actor,
  today: string,
): Promise<{ approve: number; meet: number; serve: number; contacts: number; hosts: number }> {
  const decided = await db
    .selectFrom('membership_decision as d')
    .select([
      sql<number>`(count(*) filter (where d.state in ('branch_decided', 'appealed') or (d.state = 'proposed' and d.kind = 'death')))::int`.as(
        'approve',
      ),
      sql<number>`(count(*) filter (where d.state = 'proposed' and d.kind <> 'death'))::int`.as('meet'),
      sql<number>`(count(*) filter (where d.state = 'approved'))::int`.as('serve'),
    ])
    .where('d.tenant_id', '=', actor.tenantId)
    .where(inReach('d.org_path', actor))
    .where('d.state', 'in', [...OPEN])
    .executeTakeFirstOrThrow()
  const absent = await db
    .selectFrom('membership_absence as a')
    .select([
      sql<number>`(count(*) filter (where ${inReach('a.org_path', actor)} and a.contact_due_on < ${today}))::int`.as(
        'contacts',
      ),
      sql<number>`(count(*) filter (where ${inReach('a.host_path', actor)} and a.confirmed_at is null))::int`.as(
        'hosts',
      ),
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where(sql<boolean>`(${inReach('a.org_path', actor)} or ${inReach('a.host_path', actor)})`)
    .where('a.state', '=', 'open')
    .executeTakeFirstOrThrow()
  return { ...decided, ...absent }
}
