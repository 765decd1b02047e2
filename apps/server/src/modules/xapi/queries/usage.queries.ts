import { sql } from 'kysely'
import type { Statement } from '../../../platform/batch.ts'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** What a row weighs beside its text: its keys and the entries of its indexes. */
export const ROW_BYTES = 512

/** Slots of one key: as many groups of statements can count at the same time. */
const SLOTS = 8
let last = 0

/** Bytes that keys have brought: at most so many rows for each as there are slots. */
export const findingUsage = (tenantId: string, credentialIds: readonly string[]): Statement => ({
  name: 'xapi_usage',
  text: `select credential_id as "credentialId", sum(bytes)::float8 as bytes from xapi_usage
    where tenant_id = $1 and credential_id = any($2::uuid[]) group by credential_id`,
  values: [tenantId, [...new Set(credentialIds)]],
})

export type Usage = { readonly credentialId: string; readonly bytes: number }

/** Counts bytes to keys, in the order of keys, so that two groups never wait for each other. */
export const countingUsage = (tenantId: string, rows: readonly Usage[]): Statement => {
  last = (last + 1) % SLOTS
  const sorted = [...rows].sort((a, b) => (a.credentialId < b.credentialId ? -1 : 1))
  return {
    name: 'xapi_usage_count',
    text: `insert into xapi_usage as u (tenant_id, credential_id, slot, bytes)
      select $1, r.credential_id, $2, r.bytes from unnest($3::uuid[], $4::bigint[]) as r(credential_id, bytes)
      order by r.credential_id
      on conflict (tenant_id, credential_id, slot) do update set bytes = u.bytes + excluded.bytes`,
    values: [tenantId, last, sorted.map(({ credentialId }) => credentialId), sorted.map(({ bytes }) => String(bytes))],
  }
}

/** Gives bytes back to keys whose documents went; keys that are not counted any more stay so. */
export async function giveBack(tx: Tx, tenantId: string, rows: readonly Usage[]): Promise<void> {
  for (const { credentialId, bytes } of [...rows].sort((a, b) => (a.credentialId < b.credentialId ? -1 : 1)))
    await sql`update xapi_usage set bytes = bytes - ${bytes}
      where tenant_id = ${tenantId} and credential_id = ${credentialId}
      and slot = (select min(slot) from xapi_usage where tenant_id = ${tenantId} and credential_id = ${credentialId})`.execute(
      tx,
    )
}

/** Bytes by key, for the list of keys. */
export async function usageOf(db: Db, tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('xapi_usage')
    .select(['credential_id as credentialId', sql<number>`sum(bytes)::float8`.as('bytes')])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`credential_id = any(${[...ids]}::uuid[])`)
    .groupBy('credential_id')
    .execute()
  return new Map(rows.map(({ credentialId, bytes }) => [credentialId, bytes]))
}
