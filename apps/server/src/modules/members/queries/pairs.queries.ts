import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'

export type FoundPair = { a: string; b: string; aPath: string; bPath: string; signs: string[] }
/** Whose pairs are looked for: everybody's, those of one record, or those of the records of one import. */
export type PairsOf = { readonly memberId: string } | { readonly batchId: string } | null

const narrowed = (of: PairsOf) => {
  if (of === null) return sql`and a.id < b.id`
  return 'memberId' in of ? sql`and a.id = ${of.memberId}::uuid` : sql`and a.batch_id = ${of.batchId}::uuid`
}

/**
 * Living records that look like one person: the same pinyin with the same day of birth or telephone, or the same
 * telephone with the same day of birth. Families share telephones and villages share names: one sign alone says nothing.
 */
export async function findPairs(db: Db, tenantId: string, of: PairsOf): Promise<FoundPair[]> {
  const joined = [
    sql`b.pinyin = a.pinyin and b.born_on = a.born_on`,
    sql`b.pinyin = a.pinyin and b.phone_index = a.phone_index`,
    sql`b.phone_index = a.phone_index and b.born_on = a.born_on`,
  ].map(
    (alike) => sql`select least(a.id, b.id) as a, greatest(a.id, b.id) as b from members_member a
      join members_member b on b.tenant_id = a.tenant_id and b.id <> a.id and ${alike}
      where a.tenant_id = ${tenantId}::uuid and b.tenant_id = ${tenantId}::uuid and a.pinyin <> ''
        and a.deleted_at is null and b.deleted_at is null ${narrowed(of)}`,
  )
  const { rows } = await sql<FoundPair>`select p.a, p.b, a.org_path as "aPath", b.org_path as "bPath",
      array_remove(array[
        case when a.name = b.name then 'name' when a.pinyin = b.pinyin then 'pinyin' end,
        case when a.born_on = b.born_on then 'birth' end,
        case when a.phone_index = b.phone_index then 'phone' end], null) as signs
    from (${sql.join(joined, sql` union `)}) p
    join members_member a on a.tenant_id = ${tenantId}::uuid and a.id = p.a
    join members_member b on b.tenant_id = ${tenantId}::uuid and b.id = p.b
    order by p.a, p.b limit 20000`.execute(db)
  return rows
}

export type NewPair = { id: string; a: string; b: string; path: string; signs: string[]; at: Date }

/** Writes what was found; a pair that somebody settled stays settled. */
export async function upsertPairs(tx: Tx, tenantId: string, pairs: readonly NewPair[]): Promise<void> {
  if (pairs.length === 0) return
  await tx
    .insertInto('members_pair')
    .values(
      pairs.map((pair) => ({
        tenant_id: tenantId,
        id: pair.id,
        org_path: pair.path,
        a_id: pair.a,
        b_id: pair.b,
        signs: pair.signs,
        found_at: pair.at,
      })),
    )
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'a_id', 'b_id'])
        .doUpdateSet((eb) => ({ org_path: eb.ref('excluded.org_path'), signs: eb.ref('excluded.signs') })),
    )
    .execute()
}

/** Removes open pairs whose records no longer look alike: those of one record, or all that were not found again. */
export async function removeUnfound(
  tx: Tx,
  tenantId: string,
  memberId: string | null,
  found: readonly FoundPair[],
): Promise<void> {
  const a = found.map((pair) => pair.a)
  const b = found.map((pair) => pair.b)
  const mine = memberId === null ? sql`` : sql`and (p.a_id = ${memberId}::uuid or p.b_id = ${memberId}::uuid)`
  await sql`delete from members_pair p where p.tenant_id = ${tenantId}::uuid and p.state = 'open' ${mine}
    and not exists (select 1 from unnest(${a}::uuid[], ${b}::uuid[]) as f(a, b) where f.a = p.a_id and f.b = p.b_id)`.execute(
    tx,
  )
}

export async function listPairs(db: Db, actor: Actor, keyset: Keyset) {
  const select = db
    .selectFrom('members_pair as p')
    .innerJoin('members_member as a', (j) => j.onRef('a.tenant_id', '=', 'p.tenant_id').onRef('a.id', '=', 'p.a_id'))
    .innerJoin('members_member as b', (j) => j.onRef('b.tenant_id', '=', 'p.tenant_id').onRef('b.id', '=', 'p.b_id'))
    .innerJoin('org_path as ao', (j) => j.onRef('ao.tenant_id', '=', 'a.tenant_id').onRef('ao.id', '=', 'a.org_id'))
    .innerJoin('org_path as bo', (j) => j.onRef('bo.tenant_id', '=', 'b.tenant_id').onRef('bo.id', '=', 'b.org_id'))
    .select([
      'p.id',
      'p.signs',
      'p.found_at as foundAt',
      'a.id as aId',
      'a.name as aName',
      'a.member_no as aNo',
      'a.category as aCategory',
      'a.born_on as aBorn',
      'a.completeness as aComplete',
      'ao.name as aOrg',
      'b.id as bId',
      'b.name as bName',
      'b.member_no as bNo',
      'b.category as bCategory',
      'b.born_on as bBorn',
      'b.completeness as bComplete',
      'bo.name as bOrg',
    ])
    .where('p.tenant_id', '=', actor.tenantId)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('b.tenant_id', '=', actor.tenantId)
    .where('ao.tenant_id', '=', actor.tenantId)
    .where('bo.tenant_id', '=', actor.tenantId)
    .where('p.state', '=', 'open')
    .where('a.deleted_at', 'is', null)
    .where('b.deleted_at', 'is', null)
    .where(inReach('p.org_path', actor))
    .where(inReach('a.org_path', actor))
    .where(inReach('b.org_path', actor))
  return byKeyset(select, keyset, 'p.id').execute()
}

/** Settles an open pair as two different people; undefined when there is none in the caller's reach. */
export async function setDismissed(
  tx: Tx,
  actor: Actor,
  id: string,
  settled: { at: Date; reason: string },
): Promise<{ a: string; b: string; path: string } | undefined> {
  return tx
    .updateTable('members_pair as p')
    .set({ state: 'dismissed', settled_by: actor.personId, settled_at: settled.at, reason: settled.reason })
    .where('p.tenant_id', '=', actor.tenantId)
    .where('p.id', '=', id)
    .where('p.state', '=', 'open')
    .where(inReach('p.org_path', actor))
    .returning(['p.a_id as a', 'p.b_id as b', 'p.org_path as path'])
    .executeTakeFirst()
}
