import type { VoteResult } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

type Place = { readonly id: string; readonly orgPath: string }
export type Task = {
  id: string
  what: string
  who: string
  whoId: string | null
  dueOn: string | null
  doneOn: string | null
  doneNote: string | null
}
export type NewTask = Pick<Task, 'id' | 'what' | 'who' | 'whoId' | 'dueOn'> & { whoPersonId: string | null }

export async function tasksOf(db: Db, tenantId: string, meetingId: string): Promise<Task[]> {
  return db
    .selectFrom('meetings_task')
    .select(['id', 'what', 'who', 'who_id as whoId', 'due_on as dueOn', 'done_on as doneOn', 'done_note as doneNote'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .orderBy('place_no')
    .execute()
}

/** Replaces the tasks of a record; one that keeps its id keeps what became of it. */
export async function setTasks(tx: Tx, tenantId: string, meeting: Place, tasks: readonly NewTask[]): Promise<void> {
  await tx
    .deleteFrom('meetings_task')
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meeting.id)
    .where(sql<boolean>`id <> all(${tasks.map(({ id }) => id)}::uuid[])`)
    .execute()
  if (tasks.length === 0) return
  await tx
    .insertInto('meetings_task')
    .values(
      tasks.map((task, at) => ({
        tenant_id: tenantId,
        id: task.id,
        meeting_id: meeting.id,
        org_path: meeting.orgPath,
        place_no: at + 1,
        what: task.what,
        who: task.who,
        who_id: task.whoId,
        who_person_id: task.whoPersonId,
        due_on: task.dueOn,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'id']).doUpdateSet((eb) => ({
        place_no: eb.ref('excluded.place_no'),
        what: eb.ref('excluded.what'),
        who: eb.ref('excluded.who'),
        who_id: eb.ref('excluded.who_id'),
        who_person_id: eb.ref('excluded.who_person_id'),
        due_on: eb.ref('excluded.due_on'),
      })),
    )
    .execute()
}

export async function setDiscussion(
  tx: Tx,
  tenantId: string,
  id: string,
  discussion: readonly { speaker: string; words: string }[],
  at: Date,
): Promise<void> {
  await tx
    .updateTable('meetings_meeting')
    .set((eb) => ({
      minutes: JSON.stringify({ discussion }),
      updated_at: at,
      record_version: eb('record_version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The record changed by something else than its text: a vote, an attendance corrected. */
export async function raiseRecord(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('meetings_meeting')
    .set((eb) => ({ updated_at: at, record_version: eb('record_version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setResolution(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  agendaId: string,
  text: string | null,
): Promise<boolean> {
  const result = await tx
    .updateTable('meetings_agenda')
    .set({ resolution: text })
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('id', '=', agendaId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function setVote(tx: Tx, tenantId: string, agendaId: string, vote: VoteResult): Promise<void> {
  await tx
    .updateTable('meetings_agenda')
    .set({ vote: JSON.stringify(vote) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', agendaId)
    .execute()
}

export type Signature = {
  as: 'chair' | 'secretary' | 'recorder'
  personId: string
  name: string
  hash: Buffer
  signedAt: Date
}
export async function signaturesOf(db: Db, tenantId: string, meetingId: string): Promise<Signature[]> {
  return (await db
    .selectFrom('meetings_signature')
    .select(['signed_as as as', 'person_id as personId', 'name', 'hash', 'signed_at as signedAt'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('voided_at', 'is', null)
    .orderBy('signed_at')
    .orderBy('id')
    .execute()) as Signature[]
}

/** False when the person has signed this record already. */
export async function insertSignature(
  tx: Tx,
  tenantId: string,
  meeting: Place,
  signature: Signature & { id: string },
): Promise<boolean> {
  const row = await tx
    .insertInto('meetings_signature')
    .values({
      tenant_id: tenantId,
      id: signature.id,
      meeting_id: meeting.id,
      org_path: meeting.orgPath,
      signed_as: signature.as,
      person_id: signature.personId,
      name: signature.name,
      hash: signature.hash,
      signed_at: signature.signedAt,
    })
    .onConflict((c) => c.columns(['tenant_id', 'meeting_id', 'person_id']).where('voided_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function voidSignatures(tx: Tx, tenantId: string, meetingId: string, at: Date): Promise<number> {
  const result = await tx
    .updateTable('meetings_signature')
    .set({ voided_at: at })
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('voided_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export type Erratum = { at: Date; by: string; text: string; reason: string }
export async function errataOf(db: Db, tenantId: string, meetingId: string): Promise<Erratum[]> {
  return db
    .selectFrom('meetings_erratum')
    .select(['at', 'name as by', 'text', 'reason'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

export async function insertErratum(
  tx: Tx,
  tenantId: string,
  meeting: Place,
  erratum: Erratum & { id: string; personId: string },
): Promise<void> {
  await tx
    .insertInto('meetings_erratum')
    .values({
      tenant_id: tenantId,
      id: erratum.id,
      meeting_id: meeting.id,
      org_path: meeting.orgPath,
      at: erratum.at,
      person_id: erratum.personId,
      name: erratum.by,
      text: erratum.text,
      reason: erratum.reason,
    })
    .execute()
}

/** Keys that were not there yet: each reminder is given once, whatever runs twice. */
export async function claimReminders(
  tx: Tx,
  tenantId: string,
  reminders: readonly { key: string; orgPath: string }[],
  at: Date,
): Promise<Set<string>> {
  if (reminders.length === 0) return new Set()
  const rows = await tx
    .insertInto('meetings_reminder')
    .values(reminders.map(({ key, orgPath }) => ({ tenant_id: tenantId, key, org_path: orgPath, at })))
    .onConflict((c) => c.doNothing())
    .returning('key')
    .execute()
  return new Set(rows.map((row) => row.key))
}

export type DueMeeting = { id: string; orgPath: string; startsAt: Date; heldOn: string }
/** Called meetings that start within three days. */
export async function startingSoon(tx: Tx, tenantId: string, now: Date): Promise<DueMeeting[]> {
  return tx
    .selectFrom('meetings_meeting')
    .select(['id', 'org_path as orgPath', 'starts_at as startsAt', 'held_on as heldOn'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'noticed')
    .where('starts_at', '>', now)
    .where('starts_at', '<=', new Date(now.getTime() + 3 * 86_400_000))
    .limit(2000)
    .execute()
}

/** Meetings held three or seven days ago or on one of the days in between, still without a filed record. */
export async function unfiledSince(tx: Tx, tenantId: string, from: string, until: string): Promise<DueMeeting[]> {
  return tx
    .selectFrom('meetings_meeting')
    .select(['id', 'org_path as orgPath', 'starts_at as startsAt', 'held_on as heldOn'])
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['noticed', 'in_progress', 'record_pending', 'awaiting_signatures'])
    .where('held_on', '>=', from)
    .where('held_on', '<=', until)
    .limit(2000)
    .execute()
}

/** Keeps people from arriving while a vote is judged or the record is bound. */
export async function lockCountRow(tx: Tx, tenantId: string, meetingId: string): Promise<void> {
  await sql`select 1 from meetings_count where tenant_id = ${tenantId} and meeting_id = ${meetingId} for update`.execute(
    tx,
  )
}
