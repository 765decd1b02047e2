import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { Own } from './paged.ts'

export type Draft = { title: string; body: string; savedAt: Date }

export const findDraft = (db: Db, own: Own, key: string): Promise<Draft | undefined> =>
  db
    .selectFrom('study_draft')
    .select(['title', 'body', 'saved_at as savedAt'])
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('key', '=', key)
    .executeTakeFirst()

export async function setDraft(tx: Tx, own: Own, key: string, draft: Draft): Promise<void> {
  await sql`insert into study_draft (tenant_id, person_id, key, title, body, saved_at)
    values (${own.tenantId}, ${own.personId}, ${key}, ${draft.title}, ${draft.body}, ${draft.savedAt})
    on conflict (tenant_id, person_id, key) do update
      set title = excluded.title, body = excluded.body, saved_at = excluded.saved_at`.execute(tx)
}

export async function removeDraft(tx: Tx, own: Own, key: string): Promise<void> {
  await tx
    .deleteFrom('study_draft')
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('key', '=', key)
    .execute()
}
