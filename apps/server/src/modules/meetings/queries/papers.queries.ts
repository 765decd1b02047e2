import type { Db, Tx } from '../../../platform/ctx.ts'

export type Paper = {
  id: string
  agendaId: string | null
  fileId: string
  name: string
  addedBy: string
  addedAt: Date
  removedBy: string | null
  removedAt: Date | null
  removedReason: string | null
}

const columns = [
  'id',
  'agenda_id as agendaId',
  'file_id as fileId',
  'name',
  'added_by_name as addedBy',
  'added_at as addedAt',
  'removed_by_name as removedBy',
  'removed_at as removedAt',
  'removed_reason as removedReason',
] as const

/** The papers of a meeting in the order they came, removed ones among them. */
export async function papersOf(db: Db, tenantId: string, meetingId: string): Promise<Paper[]> {
  return db
    .selectFrom('meetings_paper')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .orderBy('id')
    .execute()
}

/** Whether the file is a paper of a meeting, not taken back, to which the person is called. */
export async function isPaperForPerson(db: Db, tenantId: string, fileId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('meetings_paper as p')
    .innerJoin('meetings_attendee as a', (join) =>
      join.onRef('a.tenant_id', '=', 'p.tenant_id').onRef('a.meeting_id', '=', 'p.meeting_id'),
    )
    .select('p.id')
    .where('p.tenant_id', '=', tenantId)
    .where('a.tenant_id', '=', tenantId)
    .where('p.file_id', '=', fileId)
    .where('p.removed_at', 'is', null)
    .where('a.person_id', '=', personId)
    .where('a.part', '<>', 'left_out')
    .executeTakeFirst()
  return row !== undefined
}

export type NewPaper = {
  id: string
  agendaId: string | null
  fileId: string
  name: string
  by: { id: string; name: string }
  at: Date
}

export async function insertPaper(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  paper: NewPaper,
): Promise<void> {
  await tx
    .insertInto('meetings_paper')
    .values({
      tenant_id: tenantId,
      id: paper.id,
      meeting_id: meeting.id,
      org_path: meeting.orgPath,
      agenda_id: paper.agendaId,
      file_id: paper.fileId,
      name: paper.name,
      added_by: paper.by.id,
      added_by_name: paper.by.name,
      added_at: paper.at,
    })
    .execute()
}

export async function setRemoved(
  tx: Tx,
  tenantId: string,
  id: string,
  removal: { by: { id: string; name: string }; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('meetings_paper')
    .set({
      removed_by: removal.by.id,
      removed_by_name: removal.by.name,
      removed_at: removal.at,
      removed_reason: removal.reason,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
