import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** The notice and everything that passes it on, however far below. @returns their ids */
async function idsWithRelays(db: Db, tenantId: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with recursive below as (
      select ${id}::uuid as id
      union all
      select c.id from below b join notices_circular c on c.tenant_id = ${tenantId} and c.parent_id = b.id
    ) select id from below`.execute(db)
  return rows.map((row) => row.id)
}

/** A new text is a new version also of what passes it on; `asksAgain`: older confirmations count no more. */
export async function setVersion(
  tx: Tx,
  tenantId: string,
  id: string,
  anew: { readonly version: number; readonly title: string; readonly asksAgain: boolean; readonly at: Date },
): Promise<void> {
  const { version, title, asksAgain, at } = anew
  const ids = await idsWithRelays(tx, tenantId, id)
  await tx
    .updateTable('notices_circular')
    .set({ version, title, updated_at: at, ...(asksAgain ? { confirm_version: version } : {}) })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()
  if (!asksAgain) return
  await tx
    .updateTable('notices_count')
    .set({ confirmed: 0 })
    .where('tenant_id', '=', tenantId)
    .where('circular_id', 'in', ids)
    .execute()
}

/** Takes a notice and what passes it on back. @returns all that are recalled now */
export async function setRecalled(
  tx: Tx,
  tenantId: string,
  id: string,
  recalled: { readonly reason: string; readonly at: Date },
): Promise<string[]> {
  const rows = await tx
    .updateTable('notices_circular')
    .set({ state: 'recalled', recalled_at: recalled.at, recalled_reason: recalled.reason, updated_at: recalled.at })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', await idsWithRelays(tx, tenantId, id))
    .where('state', '=', 'sent')
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}
