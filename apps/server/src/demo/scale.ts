import { demonstrationRefusals } from '@tongxin/contract/demonstration'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { nameKeysOfUnit } from '../modules/org/index.ts'
import type { Config } from '../platform/config.ts'
import { withClient } from '../platform/database-roles.ts'
import { DEMONSTRATION_PATH } from '../platform/tenants.ts'
import { masterKey, openVault } from '../platform/vault.ts'
import { copyRows } from './copy-in.ts'
import { seeded } from './random.ts'
import { inventMember, type Registry } from './scale-people.ts'
import { inventTree, type ScaleUnit } from './scale-tree.ts'

export type Scale = { readonly members: number; readonly organisations: number }
export type ScaleStep = 'organisations' | 'members' | 'indexes' | 'totals'

const SEED = 20_270_101
const AT_ONCE = 10_000

/**
 * Makes a city of invented people as the demonstration's tenant, for measuring and for trying out sizes: streamed by
 * COPY past the application, but sealed, keyed and counted as it would have done. All or nothing. Nobody has an account.
 * @param given.adminUrl a superuser's: COPY does not go through row policies
 * @throws Refusal `demonstration.there_already`
 */
export async function loadScale(
  given: { config: Pick<Config, 'dataDir'>; adminUrl: string; now: Date; scale: Scale },
  tell: (step: ScaleStep, done: number) => void,
): Promise<{ tenantId: string }> {
  const { scale, now } = given
  const tenantId = uuidv7({ msecs: now.getTime() })
  const vault = openVault(masterKey(given.config.dataDir))
  const registry: Registry = { random: seeded(SEED), vault, births: new Map(), now }
  await withClient(given.adminUrl, async (client) => {
    await client.query('begin')
    try {
      const known = await client.query('select from platform_tenant where path = $1', [DEMONSTRATION_PATH])
      if (known.rowCount !== 0) throw demonstrationRefusals.there_already()
      const units = await foundTree(client, tenantId, scale.organisations, now)
      tell('organisations', units.length)
      const indexes = await dropIndexes(client, 'members_member')
      const counts = await registerAll(client, { registry, tenantId, units, total: scale.members }, tell)
      tell('indexes', indexes.length)
      // Building an index of sorted rows once is many times faster than entering each row.
      for (const index of indexes) await client.query(index)
      tell('totals', units.length)
      await countAll(client, tenantId, counts)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    }
    await client.query('vacuum analyze')
  })
  return { tenantId }
}

async function foundTree(client: pg.Client, tenantId: string, count: number, now: Date): Promise<ScaleUnit[]> {
  const units = inventTree(count, now)
  const top = units[0] as ScaleUnit
  await client.query('insert into platform_tenant (id, path, name, created_at) values ($1, $2, $3, $4)', [
    tenantId,
    DEMONSTRATION_PATH,
    top.name,
    now,
  ])
  for (let from = 0; from < units.length; from += AT_ONCE) {
    const rows = units.slice(from, from + AT_ONCE).map((unit) => ({
      tenant_id: tenantId,
      id: unit.id,
      path: unit.path,
      parent_id: unit.parentId,
      kind: unit.kind,
      name: unit.name,
      ...nameKeysOfUnit(unit.name),
      founded_on: '2016-06-18',
      created_at: now,
      updated_at: now,
    }))
    await copyRows(client, 'org_unit', rows)
  }
  return units
}

/** Drops what is only for finding, and returns the statements that make it again. */
async function dropIndexes(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select c.relname as name, pg_get_indexdef(c.oid) as definition from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = $1::regclass and not i.indisunique order by c.relname`,
    [table],
  )
  for (const { name } of rows) await client.query(`drop index ${pg.escapeIdentifier(name)}`)
  await client.query(`set local maintenance_work_mem = '512MB'`)
  return rows.map(({ definition }) => definition)
}

type Crowd = {
  readonly registry: Registry
  readonly tenantId: string
  readonly units: readonly ScaleUnit[]
  readonly total: number
}
type Count = { readonly unit: ScaleUnit; readonly category: string; people: number }

/** Everybody lives in a branch; neighbours in the table live far apart, as after years of coming and going. */
async function registerAll(
  client: pg.Client,
  { registry, tenantId, units, total }: Crowd,
  tell: (step: ScaleStep, done: number) => void,
): Promise<Count[]> {
  const branches = units.filter(({ kind }) => kind === 'branch')
  const counts = new Map<string, Count>()
  for (let from = 0; from < total; from += AT_ONCE) {
    const people = Array.from({ length: Math.min(AT_ONCE, total - from) }, (_, offset) => {
      const unit = branches[(from + offset) % branches.length] as ScaleUnit
      const person = inventMember(registry, tenantId, unit, from + offset)
      const key = `${unit.id}/${person.member.category}`
      const count = counts.get(key) ?? { unit, category: person.member.category, people: 0 }
      counts.set(key, { ...count, people: count.people + 1 })
      return person
    })
    await copyRows(
      client,
      'members_member',
      people.map(({ member }) => member),
    )
    await copyRows(
      client,
      'members_identity',
      people.map(({ identity }) => identity),
    )
    tell('members', from + people.length)
  }
  return [...counts.values()]
}

async function countAll(client: pg.Client, tenantId: string, counts: readonly Count[]): Promise<void> {
  for (let from = 0; from < counts.length; from += AT_ONCE) {
    const rows = counts.slice(from, from + AT_ONCE).map(({ unit, category, people }) => ({
      tenant_id: tenantId,
      unit_id: unit.id,
      org_path: unit.path,
      category,
      people,
    }))
    await copyRows(client, 'org_count', rows)
  }
  const totals = new Map<string, { orgPath: string; category: string; people: number }>()
  for (const { unit, category, people } of counts) {
    const labels = unit.path.split('.')
    for (let depth = 1; depth <= labels.length; depth += 1) {
      const orgPath = labels.slice(0, depth).join('.')
      const key = `${orgPath}/${category}`
      totals.set(key, { orgPath, category, people: (totals.get(key)?.people ?? 0) + people })
    }
  }
  const rows = [...totals.values()].map(({ orgPath, category, people }) => ({
    tenant_id: tenantId,
    org_path: orgPath,
    category,
    people,
  }))
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await copyRows(client, 'org_total', rows.slice(from, from + AT_ONCE))
}
