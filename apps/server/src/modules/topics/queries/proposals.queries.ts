import type { TopicProposalState } from '@tongxin/contract'
import type { DayPart, LessonFormat, LessonPlace } from '@tongxin/domain/topics/lesson'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'

export type Reasons = {
  supporters: number
  sharedTags: string[]
  distance: number | null
  load: number
  maxPerMonth: number
  others: number
}
export type Proposal = {
  id: string
  wishId: string
  lecturerId: string
  slotId: string
  personId: string | null
  title: string
  unitName: string
  format: LessonFormat
  place: LessonPlace
  lecturerName: string
  orgPath: string
  onDate: string
  part: DayPart
  rank: number
  state: TopicProposalState
  unitYesAt: Date | null
  lecturerYesAt: Date | null
  reasons: Reasons | null
  reason: string | null
  meetingId: string | null
  proposedAt: Date | null
}

const proposals = (db: Db, tenantId: string) =>
  db
    .selectFrom('topics_proposal as p')
    .select([
      'p.id',
      'p.wish_id as wishId',
      'p.lecturer_id as lecturerId',
      'p.slot_id as slotId',
      'p.person_id as personId',
      'p.title',
      'p.unit_name as unitName',
      'p.format',
      'p.place',
      'p.lecturer_name as lecturerName',
      'p.org_path as orgPath',
      'p.on_date as onDate',
      'p.part',
      'p.rank',
      'p.state',
      'p.unit_yes_at as unitYesAt',
      'p.lecturer_yes_at as lecturerYesAt',
      'p.reasons',
      'p.reason',
      'p.meeting_id as meetingId',
      'p.proposed_at as proposedAt',
    ])
    .where('p.tenant_id', '=', tenantId)

export async function listProposals(
  db: Db,
  actor: Actor,
  state: TopicProposalState | null,
  keyset: Keyset,
): Promise<Proposal[]> {
  let select = proposals(db, actor.tenantId).where(inReach('p.org_path', actor))
  if (state) select = select.where('p.state', '=', state)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'topics_proposal', Proposal>,
    keyset,
    'p.id',
  ).execute()) as Proposal[]
}

export async function proposalsOfWish(db: Db, tenantId: string, wishId: string): Promise<Proposal[]> {
  return (await proposals(db, tenantId)
    .where('p.wish_id', '=', wishId)
    .orderBy('p.created_at', 'desc')
    .orderBy('p.rank')
    .limit(50)
    .execute()) as Proposal[]
}

/** What is proposed to a lecturer; waiting ones are nobody's business yet. */
export async function proposalsForPerson(db: Db, tenantId: string, personId: string): Promise<Proposal[]> {
  return (await proposals(db, tenantId)
    .where('p.person_id', '=', personId)
    .where('p.state', '<>', 'waiting')
    .orderBy('p.on_date', 'desc')
    .limit(100)
    .execute()) as Proposal[]
}

export async function lockProposal(tx: Tx, actor: Actor, id: string): Promise<Proposal | undefined> {
  return (await proposals(tx, actor.tenantId)
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .forUpdate('p')
    .executeTakeFirst()) as Proposal | undefined
}
export async function lockOwnProposal(tx: Tx, actor: Actor, id: string): Promise<Proposal | undefined> {
  return (await proposals(tx, actor.tenantId)
    .where('p.id', '=', id)
    .where('p.person_id', '=', actor.personId)
    .where('p.state', '<>', 'waiting')
    .forUpdate('p')
    .executeTakeFirst()) as Proposal | undefined
}

/** For reactions and jobs: all of a wish, by rank. */
export async function lockProposalsOf(tx: Tx, tenantId: string, wishId: string): Promise<Proposal[]> {
  return (await proposals(tx, tenantId)
    .where('p.wish_id', '=', wishId)
    .orderBy('p.rank')
    .orderBy('p.id')
    .forUpdate('p')
    .execute()) as Proposal[]
}
/** What a lecturer was asked and both have not agreed on. */
export async function lockAskedOf(tx: Tx, tenantId: string, lecturerId: string): Promise<Proposal[]> {
  return (await proposals(tx, tenantId)
    .where('p.lecturer_id', '=', lecturerId)
    .where('p.state', '=', 'proposed')
    .orderBy('p.id')
    .forUpdate('p')
    .execute()) as Proposal[]
}
export async function unansweredSince(tx: Tx, tenantId: string, before: Date, today: string): Promise<Proposal[]> {
  return (await proposals(tx, tenantId)
    .where('p.state', '=', 'proposed')
    .where((eb) => eb.or([eb('p.proposed_at', '<', before), eb('p.on_date', '<=', today)]))
    .orderBy('p.id')
    .limit(500)
    .forUpdate('p')
    .execute()) as Proposal[]
}

/** Which of these times a lesson holds already. */
export async function takenAmong(db: Db, tenantId: string, slotIds: readonly string[]): Promise<Set<string>> {
  if (slotIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('topics_proposal')
    .select('slot_id as id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`slot_id = any(${[...slotIds]}::uuid[])`)
    .where('state', 'in', ['proposed', 'agreed', 'scheduled', 'taught'])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Lecturers who said no to a wish, or to whom its unit said no. */
export async function declinedOf(db: Db, tenantId: string, wishIds: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (wishIds.length === 0) return found
  const rows = await db
    .selectFrom('topics_proposal')
    .select(['wish_id as wishId', 'lecturer_id as lecturerId'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`wish_id = any(${[...wishIds]}::uuid[])`)
    .where('state', 'in', ['declined', 'no_show'])
    .execute()
  for (const { wishId, lecturerId } of rows) found.set(wishId, [...(found.get(wishId) ?? []), lecturerId])
  return found
}

export async function removeWaiting(tx: Tx, tenantId: string, wishIds: readonly string[]): Promise<void> {
  if (wishIds.length === 0) return
  await tx
    .deleteFrom('topics_proposal')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`wish_id = any(${[...wishIds]}::uuid[])`)
    .where('state', '=', 'waiting')
    .execute()
}

export type NewProposal = Pick<
  Proposal,
  | 'id'
  | 'wishId'
  | 'lecturerId'
  | 'slotId'
  | 'personId'
  | 'title'
  | 'unitName'
  | 'format'
  | 'place'
  | 'lecturerName'
  | 'orgPath'
  | 'onDate'
  | 'part'
  | 'rank'
  | 'reasons'
>
export async function insertProposals(tx: Tx, tenantId: string, rows: readonly NewProposal[], at: Date): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('topics_proposal')
    .values(
      rows.map((row) => ({
        tenant_id: tenantId,
        id: row.id,
        wish_id: row.wishId,
        lecturer_id: row.lecturerId,
        slot_id: row.slotId,
        person_id: row.personId,
        title: row.title,
        unit_name: row.unitName,
        format: row.format,
        place: row.place,
        lecturer_name: row.lecturerName,
        org_path: row.orgPath,
        on_date: row.onDate,
        part: row.part,
        rank: row.rank,
        state: row.rank === 0 ? 'proposed' : 'waiting',
        reasons: row.reasons === null ? null : JSON.stringify(row.reasons),
        proposed_at: row.rank === 0 ? at : null,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute()
}

export type ProposalChange = {
  state?: TopicProposalState
  unit_yes_at?: Date
  unit_yes_by?: string
  lecturer_yes_at?: Date
  reason?: string
  meeting_id?: string | null
  proposed_at?: Date
}
export async function setProposal(
  tx: Tx,
  tenantId: string,
  id: string,
  change: ProposalChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('topics_proposal')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** What of proposals and supported wishes waits for a post. */
export async function waitingCounts(
  db: Db,
  actor: Actor,
): Promise<{ answers: number; toSchedule: number; reached: number }> {
  const row = await db
    .selectFrom('topics_proposal as p')
    .select([
      sql<number>`count(*) filter (where p.state = 'proposed' and p.unit_yes_at is null)::int`.as('answers'),
      sql<number>`count(*) filter (where p.state = 'agreed')::int`.as('toSchedule'),
    ])
    .where('p.tenant_id', '=', actor.tenantId)
    .where(inReach('p.org_path', actor))
    .where('p.state', 'in', ['proposed', 'agreed'])
    .executeTakeFirst()
  const wishes = await db
    .selectFrom('topics_wish as w')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('w.tenant_id', '=', actor.tenantId)
    .where(inReach('w.org_path', actor))
    .where('w.state', '=', 'reached')
    .executeTakeFirst()
  return { answers: row?.answers ?? 0, toSchedule: row?.toSchedule ?? 0, reached: wishes?.count ?? 0 }
}
