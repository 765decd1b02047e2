import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'

/** Who wants to be told of a new document: subscribers of its class, or of one above, to whose place it applies. */
export async function subscribersOf(
  db: Db,
  tenantId: string,
  documentId: string,
): Promise<readonly { personId: string }[]> {
  const { rows } = await sql<{ personId: string }>`select distinct s.person_id as "personId"
    from library_document d
    join library_subscription s on s.tenant_id = d.tenant_id and s.class_id = any(string_to_array(d.class_trail, '.')::uuid[])
    where d.tenant_id = ${tenantId} and s.tenant_id = ${tenantId} and d.id = ${documentId} and d.state = 'published'
      and d.secrecy <> 'work_secret' and s.org_path >= d.audience_path and s.org_path < d.audience_path || '/'
      and s.person_id <> d.made_by_id and s.since <= d.published_at`.execute(db)
  return rows
}
