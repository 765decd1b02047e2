import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { widened } from '../../platform/widened.ts'

export type Home = { readonly personId: string; readonly orgPath: string }

/**
 * Where members belong, for what is written about them by others than their own branch (a lecturer, a marker, a
 * reaction). Also removed records, whose history is not lost; unknown ones are absent. Rights are the caller's business.
 */
export async function homesOf(
  ctx: { readonly db: Tx } & ({ readonly actor: Pick<Actor, 'tenantId' | 'scope'> } | { readonly tenantId: string }),
  memberIds: readonly string[],
): Promise<Map<string, Home>> {
  if (!('actor' in ctx)) return homes(ctx.db, ctx.tenantId, memberIds)
  const { tenantId } = ctx.actor
  const near = await homes(ctx.db, tenantId, memberIds)
  if (near.size === new Set(memberIds).size) return near
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  return widened({ db: ctx.db, actor: ctx.actor }, whole, () => homes(ctx.db, tenantId, memberIds))
}

async function homes(tx: Tx, tenantId: string, memberIds: readonly string[]): Promise<Map<string, Home>> {
  const rows = await tx
    .selectFrom('members_member')
    .select(['id', 'person_id as personId', 'org_path as orgPath'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, ...home }) => [id, home]))
}

/** Names of records that the caller's row policies show, also of removed ones. */
export async function nameOfRecords(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
): Promise<Map<string, string>> {
  if (memberIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('members_member')
    .select(['id', 'name'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
