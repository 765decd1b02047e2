import type { StudyRow } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Sheet = { questions: string[]; dueOn: string }
export async function sheetOf(db: Db, tenantId: string, meetingId: string): Promise<Sheet | null> {
  const row = await db
    .selectFrom('meetings_study_sheet')
    .select(['questions', 'due_on as dueOn'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .executeTakeFirst()
  return row ?? null
}

export async function setSheet(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  sheet: Sheet,
  at: Date,
): Promise<void> {
  const values = { questions: sheet.questions, due_on: sheet.dueOn, set_at: at }
  await tx
    .insertInto('meetings_study_sheet')
    .values({ tenant_id: tenantId, meeting_id: meeting.id, org_path: meeting.orgPath, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'meeting_id']).doUpdateSet(values))
    .execute()
}

/** Whether somebody has handed in answers to the questions of the meeting. */
export async function hasAnswers(db: Db, tenantId: string, meetingId: string): Promise<boolean> {
  const row = await db
    .selectFrom('meetings_study')
    .select('member_id')
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type Study = {
  memberId: string
  personId: string
  name: string
  state: Exclude<StudyRow['state'], 'open'> | null
  way: StudyRow['way']
  answers: string[] | null
  submittedAt: Date | null
  decidedBy: string | null
  note: string | null
}

/** Those who should have come and did not, with their make-up study; by name, at most 500. */
export async function absentOf(db: Db, tenantId: string, meetingId: string): Promise<Study[]> {
  return (await absent(db, tenantId, meetingId)
    .orderBy('a.name')
    .orderBy('a.member_id')
    .limit(500)
    .execute()) as Study[]
}

/** The absent person's own row; undefined for who was there or was not called. */
export async function absentPerson(
  db: Db,
  tenantId: string,
  meetingId: string,
  who: { memberId: string } | { personId: string },
): Promise<Study | undefined> {
  const select = absent(db, tenantId, meetingId)
  return (await ('memberId' in who
    ? select.where('a.member_id', '=', who.memberId)
    : select.where('a.person_id', '=', who.personId)
  ).executeTakeFirst()) as Study | undefined
}

function absent(db: Db, tenantId: string, meetingId: string) {
  return db
    .selectFrom('meetings_attendee as a')
    .leftJoin('meetings_study as s', (join) =>
      join
        .on('s.tenant_id', '=', tenantId)
        .onRef('s.meeting_id', '=', 'a.meeting_id')
        .onRef('s.member_id', '=', 'a.member_id'),
    )
    .select([
      'a.member_id as memberId',
      'a.person_id as personId',
      'a.name',
      's.state',
      's.way',
      's.answers',
      's.submitted_at as submittedAt',
      's.decided_by as decidedBy',
      's.note',
    ])
    .where('a.tenant_id', '=', tenantId)
    .where('a.meeting_id', '=', meetingId)
    .where('a.part', 'in', ['voter', 'nonvoter'])
    .where(
      sql<boolean>`not exists (select from meetings_check_in c where c.tenant_id = ${tenantId} and c.meeting_id = a.meeting_id
        and c.member_id = a.member_id and c.struck_at is null)`,
    )
}

type New = { memberId: string; personId: string; way: string; answers: string[]; at: Date }
/** Hands it in, also again after it was returned. False when it is decided or waits already. */
export async function setSubmitted(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  one: New,
): Promise<boolean> {
  const values = { state: 'submitted', way: one.way, answers: one.answers, submitted_at: one.at }
  const result = await tx
    .insertInto('meetings_study')
    .values({
      tenant_id: tenantId,
      meeting_id: meeting.id,
      member_id: one.memberId,
      person_id: one.personId,
      org_path: meeting.orgPath,
      ...values,
    })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'meeting_id', 'member_id'])
        .doUpdateSet({ ...values, decided_by: null, decided_at: null, note: null })
        .where('meetings_study.state', '=', 'returned'),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function setDecided(
  tx: Tx,
  tenantId: string,
  meetingId: string,
  memberId: string,
  change: { state: 'countersigned' | 'returned'; decided_by: string; decided_at: Date; note: string | null },
): Promise<boolean> {
  const result = await tx
    .updateTable('meetings_study')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('member_id', '=', memberId)
    .where('state', '=', 'submitted')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
