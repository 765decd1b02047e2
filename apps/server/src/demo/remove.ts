import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { demonstrationRefusals } from '@tongxin/contract/demonstration'
import type { Client } from 'pg'
import { withClient } from '../platform/database-roles.ts'
import { DEMONSTRATION_PATH } from '../platform/tenants.ts'

/**
 * Takes the demonstration away: every row of its tenant, the people who belong to no other, and its files. Works table by
 * table as the owner of the database, so that nothing else waits long; broken off, it goes on where it stopped, since the
 * tenant itself goes last. Returns how many rows went; `tell` hears after each table how many are done.
 * @throws Refusal `demonstration.not_there`
 */
export async function removeDemonstration(
  given: { ownerUrl: string; dataDir: string },
  tell: (done: number, total: number) => void = () => {},
): Promise<{ rows: number }> {
  let rows = 0
  await withClient(given.ownerUrl, async (client) => {
    const tenant = (await client.query('select id from platform_tenant where path = $1', [DEMONSTRATION_PATH]))
      .rows[0] as { id: string } | undefined
    if (!tenant) throw demonstrationRefusals.not_there()
    const people = (
      await client.query(
        `select person_id from access_person_tenant p where tenant_id = $1
        and not exists (select from access_person_tenant o where o.person_id = p.person_id and o.tenant_id <> $1)`,
        [tenant.id],
      )
    ).rows.map((row: { person_id: string }) => row.person_id)
    const tables = await tablesInOrder(client)
    const ofTenant = tables.filter(({ key }) => key === 'tenant_id')
    const ofPeople = tables.filter(({ key }) => key === 'person_id')
    for (const [done, table] of [...ofTenant, ...ofPeople].entries()) {
      rows += await clear(client, table, table.key === 'tenant_id' ? [tenant.id] : people)
      tell(done + 1, tables.length)
    }
    const persons = await client.query('delete from access_person where id = any($1::uuid[])', [people])
    await client.query('delete from platform_tenant where id = $1', [tenant.id])
    rows += (persons.rowCount ?? 0) + 1
    rmSync(join(given.dataDir, 'files', tenant.id), { recursive: true, force: true })
  })
  return { rows }
}

type OwnedTable = { readonly name: string; readonly key: 'tenant_id' | 'person_id'; readonly isForced: boolean }

/** Tables with rows of tenants or people, those that refer to others first. */
async function tablesInOrder(client: Client): Promise<OwnedTable[]> {
  const { rows } = await client.query(`
    select c.relname as name, c.relforcerowsecurity as forced,
      case when bool_or(a.attname = 'tenant_id') then 'tenant_id' else 'person_id' end as key,
      (select coalesce(array_agg(distinct t.relname::text), '{}') from pg_constraint f join pg_class t on t.oid = f.confrelid
        where f.contype = 'f' and f.conrelid = c.oid and t.oid <> c.oid) as above
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attname in ('tenant_id', 'person_id') and not c.relispartition
    group by c.oid, c.relname, c.relforcerowsecurity order by c.relname`)
  let left = rows as { name: string; forced: boolean; key: OwnedTable['key']; above: string[] }[]
  const order: OwnedTable[] = []
  while (left.length > 0) {
    // Free is what no other table that is left refers to.
    const free = left.filter(({ name }) => !left.some((other) => other.name !== name && other.above.includes(name)))
    if (free.length === 0)
      throw new Error(`tables refer to each other in a circle: ${left.map(({ name }) => name).join(', ')}`)
    order.push(...free.map(({ name, key, forced }) => ({ name, key, isForced: forced })))
    left = left.filter((table) => !free.includes(table))
  }
  return order
}

/** Row policies bind the owner too; they are lifted for this one short transaction on this one table. */
async function clear(client: Client, table: OwnedTable, ids: readonly string[]): Promise<number> {
  const name = `"${table.name}"`
  await client.query('begin')
  try {
    if (table.isForced) await client.query(`alter table ${name} no force row level security`)
    const { rowCount } = await client.query(`delete from ${name} where ${table.key} = any($1::uuid[])`, [ids])
    if (table.isForced) await client.query(`alter table ${name} force row level security`)
    await client.query('commit')
    return rowCount ?? 0
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
