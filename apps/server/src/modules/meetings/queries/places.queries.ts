import type { Db, Tx } from '../../../platform/ctx.ts'

/** An organisation by its id, whoever asks: kind, path and name are no secret inside the tenant. */
export async function orgOf(
  db: Db,
  tenantId: string,
  orgId: string,
): Promise<{ id: string; path: string; name: string; kind: string } | undefined> {
  return (await db
    .selectFrom('org_path')
    .select(['id', 'path', 'name', 'kind'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', orgId)
    .executeTakeFirst()) as { id: string; path: string; name: string; kind: string } | undefined
}

/** The item the hall is at. The version stays: whoever edits the meeting is not disturbed by it. */
export async function setCurrentItem(tx: Tx, tenantId: string, id: string, agendaId: string | null): Promise<void> {
  await tx
    .updateTable('meetings_meeting')
    .set({ current_item: agendaId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
