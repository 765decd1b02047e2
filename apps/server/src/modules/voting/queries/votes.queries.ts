import type { VoteOutcome, VoteState } from '@tongxin/contract'
import type { Channel, Secrecy, VotePlan, VoteRule } from '@tongxin/domain'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type TrusteeRow = { name: string; duty: string; publicKey: string; signature: string | null }
export type Vote = {
  id: string
  tenantId: string
  orgId: string
  orgPath: string
  orgName: string
  subjectKind: VotePlan['subject']['kind']
  subjectId: string
  title: string
  secrecy: Secrecy
  channel: Channel
  rule: VoteRule
  state: VoteState
  shouldAttend: number
  present: number | null
  voters: number
  writtenOpinions: boolean
  changeable: boolean
  meetingId: string | null
  until: Date | null
  electionId: string | null
  config: string | null
  encryptionKey: string | null
  trustees: TrusteeRow[]
  threshold: number | null
  electionKey: string | null
  checkpoint: string | null
  result: VoteOutcome | null
  cancelledReason: string | null
  drawingOpenedAt: Date | null
  drawingClosedAt: Date | null
  castingOpenedAt: Date | null
  closedAt: Date | null
  countedAt: Date | null
  version: number
  createdAt: Date
}

const columns = [
  'v.id',
  'v.tenant_id as tenantId',
  'v.org_id as orgId',
  'v.org_path as orgPath',
  'v.org_name as orgName',
  'v.subject_kind as subjectKind',
  'v.subject_id as subjectId',
  'v.title',
  'v.secrecy',
  'v.channel',
  'v.rule',
  'v.state',
  'v.should_attend as shouldAttend',
  'v.present',
  'v.voters',
  'v.written_opinions as writtenOpinions',
  'v.changeable',
  'v.meeting_id as meetingId',
  'v.until',
  'v.election_id as electionId',
  'v.config',
  'v.encryption_key as encryptionKey',
  'v.trustees',
  'v.threshold',
  'v.election_key as electionKey',
  'v.checkpoint',
  'v.result',
  'v.cancelled_reason as cancelledReason',
  'v.drawing_opened_at as drawingOpenedAt',
  'v.drawing_closed_at as drawingClosedAt',
  'v.casting_opened_at as castingOpenedAt',
  'v.closed_at as closedAt',
  'v.counted_at as countedAt',
  'v.version',
  'v.created_at as createdAt',
] as const

type Reaching = Pick<Actor, 'tenantId' | 'scope' | 'reach'>
const votes = (db: Db, tenantId: string) =>
  db.selectFrom('voting_vote as v').select(columns).where('v.tenant_id', '=', tenantId)

export async function findVote(db: Db, actor: Reaching, id: string): Promise<Vote | undefined> {
  return votes(db, actor.tenantId)
    .where('v.id', '=', id)
    .where(inReach('v.org_path', actor))
    .executeTakeFirst() as Promise<Vote | undefined>
}

/** Any vote of the tenant that the row policies show: for the electorate, jobs and the ballot box. */
export async function voteById(db: Db, tenantId: string, id: string): Promise<Vote | undefined> {
  return votes(db, tenantId).where('v.id', '=', id).executeTakeFirst() as Promise<Vote | undefined>
}

export async function lockVote(tx: Tx, actor: Reaching, id: string): Promise<Vote | undefined> {
  return votes(tx, actor.tenantId)
    .where('v.id', '=', id)
    .where(inReach('v.org_path', actor))
    .forUpdate()
    .executeTakeFirst() as Promise<Vote | undefined>
}

export async function lockVoteById(tx: Tx, tenantId: string, id: string): Promise<Vote | undefined> {
  return votes(tx, tenantId).where('v.id', '=', id).forUpdate().executeTakeFirst() as Promise<Vote | undefined>
}

export type Phase = {
  state: VoteState
  isOver: boolean
  /** A day or less is left to draw, nobody was reminded, and drawing was opened longer ago than that. */
  isLastDay: boolean
  orgPath: string
}

/** The phase by the clock of the database, held until the transaction ends: nobody closes the vote meanwhile. */
export async function holdPhase(tx: Tx, tenantId: string, id: string): Promise<Phase | undefined> {
  const { rows } = await sql<Phase>`select v.state, v.org_path as "orgPath",
      (v.until is not null and v.until <= clock_timestamp()) as "isOver",
      coalesce(v.state = 'drawing' and v.reminded_at is null and v.until <= clock_timestamp() + interval '1 day'
        and v.until - v.drawing_opened_at > interval '1 day', false) as "isLastDay"
    from voting_vote v where v.tenant_id = ${tenantId} and v.id = ${id} for share`.execute(tx)
  return rows[0]
}

export type VoteFilter = {
  place: string
  state: string | null
  secrecy: string | null
  subjectKind: string | null
  subjectId: string | null
  text: string | null
}

export async function listVotes(db: Db, actor: Reaching, filter: VoteFilter, keyset: Keyset): Promise<Vote[]> {
  let select = votes(db, actor.tenantId).where(inReach('v.org_path', actor)).where(inScope('v.org_path', filter.place))
  if (filter.state) select = select.where('v.state', '=', filter.state)
  if (filter.secrecy) select = select.where('v.secrecy', '=', filter.secrecy)
  if (filter.subjectKind) select = select.where('v.subject_kind', '=', filter.subjectKind)
  if (filter.subjectId) select = select.where('v.subject_id', '=', filter.subjectId)
  if (filter.text) select = select.where('v.title', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'voting_vote', Vote>,
    keyset,
    'v.id',
  ).execute()) as Vote[]
}

export type NewVote = VotePlan & {
  readonly id: string
  readonly orgPath: string
  readonly orgName: string
  readonly changeable: boolean
}

export async function insertVote(
  tx: Tx,
  at: { tenantId: string; madeBy: string; now: Date },
  vote: NewVote,
): Promise<void> {
  await tx
    .insertInto('voting_vote')
    .values({
      tenant_id: at.tenantId,
      id: vote.id,
      org_id: vote.orgId,
      org_path: vote.orgPath,
      org_name: vote.orgName,
      subject_kind: vote.subject.kind,
      subject_id: vote.subject.id,
      title: vote.title,
      secrecy: vote.secrecy,
      channel: vote.channel,
      rule: JSON.stringify(vote.rule),
      should_attend: vote.shouldAttend,
      voters: vote.voters.length,
      written_opinions: vote.writtenOpinions,
      changeable: vote.changeable,
      meeting_id: vote.meetingId,
      made_by: at.madeBy,
      created_at: at.now,
      updated_at: at.now,
    })
    .execute()
}

export type Changes = {
  readonly state?: VoteState
  readonly title?: string
  readonly secrecy?: Secrecy
  readonly channel?: Channel
  readonly rule?: string
  readonly changeable?: boolean
  readonly present?: number | null
  readonly voters?: number
  readonly should_attend?: number
  readonly until?: Date | null
  readonly election_id?: string
  readonly config?: string
  readonly encryption_key?: string
  readonly trustees?: string
  readonly threshold?: number
  readonly election_key?: string
  readonly checkpoint?: string | null
  readonly result?: string
  readonly cancelled_reason?: string
  readonly drawing_opened_at?: Date
  readonly drawing_closed_at?: Date
  readonly casting_opened_at?: Date
  readonly closed_at?: Date
  readonly counted_at?: Date
  readonly published_at?: Date
  readonly reminded_at?: Date
}

/** @returns the new version */
export async function setVote(tx: Tx, tenantId: string, id: string, changes: Changes, now: Date): Promise<number> {
  const row = await tx
    .updateTable('voting_vote')
    .set({ ...changes, version: sql`version + 1`, updated_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

/** Now by the clock of the database, by which all phases go. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return (rows[0] as { now: Date }).now
}

export async function insertDirectory(tx: Tx, electionId: string, tenantId: string, voteId: string): Promise<void> {
  await tx
    .insertInto('voting_directory')
    .values({ election_id: electionId, tenant_id: tenantId, vote_id: voteId })
    .execute()
}

export async function findInDirectory(
  db: Db,
  electionId: string,
): Promise<{ tenantId: string; voteId: string } | undefined> {
  return db
    .selectFrom('voting_directory')
    .select(['tenant_id as tenantId', 'vote_id as voteId'])
    .where('election_id', '=', electionId)
    .executeTakeFirst()
}

/** Votes whose phase is over by the clock of the database, and those that are being cast. */
export async function runningVotes(
  tx: Tx,
  tenantId: string,
): Promise<{ id: string; state: string; isOver: boolean }[]> {
  const { rows } = await sql<{ id: string; state: string; isOver: boolean }>`select v.id, v.state,
      (v.until is not null and v.until <= clock_timestamp()) as "isOver"
    from voting_vote v where v.tenant_id = ${tenantId} and v.state in ('drawing', 'casting') order by v.id`.execute(tx)
  return rows
}

export async function countInState(db: Db, actor: Reaching, state: VoteState): Promise<number> {
  const row = await db
    .selectFrom('voting_vote as v')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('v.tenant_id', '=', actor.tenantId)
    .where(inReach('v.org_path', actor))
    .where('v.state', '=', state)
    .executeTakeFirst()
  return row?.n ?? 0
}

export async function votesById(db: Db, tenantId: string, ids: readonly string[]): Promise<Vote[]> {
  return votes(db, tenantId)
    .where(sql<boolean>`v.id = any(${[...ids]}::uuid[])`)
    .execute() as Promise<Vote[]>
}
