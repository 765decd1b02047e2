import type { StudyFile } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'
import type { Seat } from './groups.queries.ts'
import type { Own } from './paged.ts'

export type Session = {
  id: string
  groupId: string
  orgPath: string
  onDate: string
  topic: string
  place: string
  state: 'planned' | 'held' | 'cancelled'
  reason: string | null
  minutes: string | null
  present: string[] | null
  files: StudyFile[]
  lengthMinutes: number | null
  writtenBy: string | null
  writtenById: string | null
  confirmedBy: string | null
}
const sessions = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_session as s')
    .select([
      's.id',
      's.group_id as groupId',
      's.org_path as orgPath',
      's.on_date as onDate',
      's.topic',
      's.place',
      's.state',
      's.reason',
      's.minutes',
      's.present',
      's.files',
      's.length_minutes as lengthMinutes',
      's.written_by as writtenBy',
      's.written_by_id as writtenById',
      's.confirmed_by as confirmedBy',
    ])
    .where('s.tenant_id', '=', tenantId)

export async function sessionsOf(db: Db, tenantId: string, groupId: string): Promise<Session[]> {
  const select = sessions(db, tenantId).where('s.group_id', '=', groupId).orderBy('s.on_date', 'desc').orderBy('s.id')
  return (await select.limit(200).execute()) as unknown as Session[]
}
export async function lockSession(tx: Tx, tenantId: string, id: string): Promise<Session | undefined> {
  const select = sessions(tx, tenantId).where('s.id', '=', id).forUpdate('s')
  return (await select.executeTakeFirst()) as unknown as Session | undefined
}
/** Whoever confirms minutes acts for a unit; the group has it. */
export async function lockSessionInReach(tx: Tx, actor: Actor, id: string): Promise<Session | undefined> {
  const select = sessions(tx, actor.tenantId).where('s.id', '=', id).where(inReach('s.org_path', actor)).forUpdate('s')
  return (await select.executeTakeFirst()) as unknown as Session | undefined
}
export async function plannedOf(db: Db, tenantId: string, groupId: string): Promise<Session[]> {
  const select = sessions(db, tenantId).where('s.group_id', '=', groupId).where('s.state', '=', 'planned')
  return (await select.execute()) as unknown as Session[]
}
export type SessionFacts = { readonly onDate: string; readonly topic: string; readonly place: string }
export async function insertSession(
  tx: Tx,
  tenantId: string,
  session: SessionFacts & { readonly id: string; readonly groupId: string; readonly orgPath: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_session')
    .values({
      tenant_id: tenantId,
      id: session.id,
      group_id: session.groupId,
      org_path: session.orgPath,
      on_date: session.onDate,
      topic: session.topic,
      place: session.place,
      files: '[]',
      updated_at: at,
    })
    .execute()
}
export type SessionChange = {
  on_date?: string
  topic?: string
  place?: string
  state?: 'held' | 'cancelled'
  reason?: string
  minutes?: string
  present?: string[]
  files?: string
  length_minutes?: number
  written_by?: string
  written_by_id?: string
  confirmed_by?: string
  confirmed_by_id?: string
  confirmed_at?: Date
}
export async function setSession(tx: Tx, tenantId: string, id: string, change: SessionChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_session')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** For files: whether a group of the person has the file in its minutes. */
export async function isFileOfGroups(db: Db, { tenantId, personId }: Own, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('study_session as s')
    .innerJoin('study_seat as p', (join) =>
      join.on('p.tenant_id', '=', tenantId).onRef('p.group_id', '=', 's.group_id'),
    )
    .select('s.id')
    .where('s.tenant_id', '=', tenantId)
    .where('p.person_id', '=', personId)
    .where(sql<boolean>`s.files @> ${JSON.stringify([{ id: fileId }])}::jsonb`)
    .executeTakeFirst()
  return row !== undefined
}

export type Feedback = {
  id: string
  sessionId: string
  fromPersonId: string
  from: string
  to: string
  body: string
  at: Date
}
/** What the person said and was told; of others row security shows nothing anyway. */
export const feedbackOf = (db: Db, { tenantId, personId }: Own, groupId: string): Promise<Feedback[]> =>
  db
    .selectFrom('study_feedback')
    .select([
      'id',
      'session_id as sessionId',
      'from_person_id as fromPersonId',
      'from_name as from',
      'to_name as to',
      'body',
      'at',
    ])
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .where((eb) => eb.or([eb('from_person_id', '=', personId), eb('to_person_id', '=', personId)]))
    .orderBy('at', 'desc')
    .limit(200)
    .execute()

export async function insertFeedback(
  tx: Tx,
  own: Own & { readonly name: string },
  said: { id: string; groupId: string; sessionId: string; to: Seat; body: string },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('study_feedback')
    .values({
      tenant_id: own.tenantId,
      id: said.id,
      group_id: said.groupId,
      session_id: said.sessionId,
      from_person_id: own.personId,
      to_person_id: said.to.personId,
      from_name: own.name,
      to_name: said.to.name,
      body: said.body,
      at,
    })
    .execute()
}

/** The person has looked at what was said to her. */
export async function setFeedbackRead(tx: Tx, { tenantId, personId }: Own, groupId: string, at: Date): Promise<void> {
  await tx
    .updateTable('study_feedback')
    .set({ read_at: at })
    .where('tenant_id', '=', tenantId)
    .where('group_id', '=', groupId)
    .where('to_person_id', '=', personId)
    .where('read_at', 'is', null)
    .execute()
}
/** How much was said to the person and not looked at, by group. */
export async function unreadFeedback(db: Db, { tenantId, personId }: Own): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('study_feedback')
    .select(['group_id as groupId', sql<number>`count(*)::int`.as('count')])
    .where('tenant_id', '=', tenantId)
    .where('to_person_id', '=', personId)
    .where('read_at', 'is', null)
    .groupBy('group_id')
    .execute()
  return new Map(rows.map(({ groupId, count }) => [groupId, count]))
}
