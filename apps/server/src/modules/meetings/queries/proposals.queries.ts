import type { ProposalRow } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Proposal = {
  id: string
  orgId: string
  orgPath: string
  orgName: string
  personId: string
  by: string
  title: string
  why: string
  state: ProposalRow['state']
  at: Date
  answer: string | null
  decidedBy: string | null
  decidedAt: Date | null
  meetingId: string | null
}

function proposals(db: Db, tenantId: string) {
  return db
    .selectFrom('meetings_proposal as p')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'p.org_id'))
    .select([
      'p.id',
      'p.org_id as orgId',
      'p.org_path as orgPath',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      'p.person_id as personId',
      'p.name as by',
      'p.title',
      'p.why',
      'p.state',
      'p.created_at as at',
      'p.answer',
      'p.decided_by as decidedBy',
      'p.decided_at as decidedAt',
      'p.meeting_id as meetingId',
    ])
    .where('p.tenant_id', '=', tenantId)
}

type Paged = SelectQueryBuilder<DB, 'meetings_proposal', Proposal>
const page = async (select: unknown, keyset: Keyset): Promise<Proposal[]> =>
  (await byKeyset(select as Paged, keyset, 'p.id').execute()) as Proposal[]

export async function listProposals(
  db: Db,
  actor: Actor,
  filter: { state: string | null; orgPath: string | null },
  keyset: Keyset,
): Promise<Proposal[]> {
  let select = proposals(db, actor.tenantId).where(inReach('p.org_path', actor))
  if (filter.state !== null) select = select.where('p.state', '=', filter.state)
  if (filter.orgPath !== null) select = select.where(inScope('p.org_path', filter.orgPath))
  return page(select, keyset)
}

export const listOwn = (db: Db, tenantId: string, personId: string, keyset: Keyset): Promise<Proposal[]> =>
  page(proposals(db, tenantId).where('p.person_id', '=', personId), keyset)

/** A proposal in the caller's reach, or an own one, locked. */
export async function lockProposal(
  tx: Tx,
  actor: Actor,
  id: string,
  whose: 'reach' | 'own',
): Promise<Proposal | undefined> {
  const row = await tx
    .selectFrom('meetings_proposal as p')
    .select(['p.id', 'p.org_id as orgId', 'p.org_path as orgPath', 'p.person_id as personId', 'p.name as by'])
    .select(['p.title', 'p.why', 'p.state', 'p.created_at as at', 'p.meeting_id as meetingId'])
    .where('p.tenant_id', '=', actor.tenantId)
    .where('p.id', '=', id)
    .where(whose === 'own' ? sql<boolean>`p.person_id = ${actor.personId}` : inReach('p.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Proposal | undefined
}

export async function countOpen(tx: Tx, tenantId: string, personId: string): Promise<number> {
  const row = await tx
    .selectFrom('meetings_proposal')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return row.n
}

type New = {
  id: string
  orgId: string
  orgPath: string
  personId: string
  by: string
  title: string
  why: string
  at: Date
}
export async function insertProposal(tx: Tx, tenantId: string, one: New): Promise<void> {
  await tx
    .insertInto('meetings_proposal')
    .values({
      tenant_id: tenantId,
      id: one.id,
      org_id: one.orgId,
      org_path: one.orgPath,
      person_id: one.personId,
      name: one.by,
      title: one.title,
      why: one.why,
      created_at: one.at,
    })
    .execute()
}

type Change = {
  state: ProposalRow['state']
  answer?: string | null
  decided_by?: string
  decided_at?: Date
  meeting_id?: string
}
export async function setProposal(tx: Tx, tenantId: string, id: string, change: Change): Promise<void> {
  await tx.updateTable('meetings_proposal').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Proposals of the reach that wait for an answer. */
export async function countWaiting(db: Db, actor: Actor): Promise<number> {
  const row = await db
    .selectFrom('meetings_proposal as p')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('p.tenant_id', '=', actor.tenantId)
    .where(inReach('p.org_path', actor))
    .where('p.state', '=', 'open')
    .executeTakeFirstOrThrow()
  return row.n
}
