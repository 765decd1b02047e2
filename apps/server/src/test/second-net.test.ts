import { type RawBuilder, sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { inSystemTransaction } from '../platform/transaction.ts'
import { type Fixture, type OrgKey, openFixture } from './fixture.ts'
import { tenantRelations } from './tenant-guard.ts'

/**
 * Statements that forgot their scope, as the application's role: row security alone must hold. One row lies in every
 * scoped table, in the branch `teachers`; checks and foreign keys are taken off this copy of the database for it.
 */
let f: Fixture
let tables: readonly { table: string; path: 'org_path' | 'path' }[]

beforeAll(async () => {
  f = await openFixture()
  const { rows } = await sql<{ table: string; path: 'org_path' | 'path' }>`
    select c.relname as table, a.attname as path from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (a.attname = 'org_path' or (a.attname = 'path' and c.relname = 'org_unit'))
     order by 1`.execute(f.admin)
  tables = rows.filter(({ table }) => tenantRelations().tables.has(table))
  for (const { table, path } of tables) if (table !== 'org_unit') await plantRow(table, path)
  // A copy of the database and one row in each of its tables: on a busy machine more than a minute.
}, 120_000)

/** Any value of a type: nobody reads it. */
const VALUES: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  timestamptz: 'now()',
  date: 'current_date',
  json: `'{}'`,
  jsonb: `'{}'`,
  bytea: `'\\x00'`,
  bool: 'true',
  _text: `'{x}'`,
  _uuid: `'{}'`,
  xid8: `'1'`,
}

/** A list may be empty, a number is one, everything else is text. */
const anyOf = (type: string): string =>
  type.startsWith('_') ? `'{}'` : /^(int|float|numeric)/.test(type) ? '1' : `'x'`

async function plantRow(table: string, path: string): Promise<void> {
  const constraints = await sql<{ name: string }>`select conname as name from pg_constraint
    where conrelid = ${table}::regclass and contype in ('c', 'f')`.execute(f.admin)
  for (const { name } of constraints.rows)
    await sql.raw(`alter table ${table} drop constraint ${name} cascade`).execute(f.admin)
  const columns = await sql<{ name: string; type: string }>`
    select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef
       and a.attname not in ('tenant_id', ${path})`.execute(f.admin)
  const values = columns.rows.map(({ type }) => VALUES[type] ?? anyOf(type))
  const names = ['tenant_id', path, ...columns.rows.map(({ name }) => name)]
  await sql
    .raw(
      `insert into ${table} (${names.join(', ')}) values ('${f.tenantId}', '${f.orgs.teachers.path}', ${values.join(', ') || 'default'})`.replace(
        ', default)',
        ')',
      ),
    )
    .execute(f.admin)
}

/** Runs a statement of the application's role inside the scope of a unit, takes it back, and says what came of it. */
async function attempt(org: OrgKey, statement: RawBuilder<unknown>): Promise<number | string> {
  let outcome: number | string = 'nothing'
  const undo = new Error('taken back')
  const scope = { tenantId: f.tenantId, scope: f.orgs[org].path, personId: uuidv7() }
  await inSystemTransaction(f.platform, scope, async (tx) => {
    const { rows, numAffectedRows } = await statement.execute(tx)
    outcome = Number(numAffectedRows ?? rows.length)
    throw undo
  }).catch((error: { code?: string; message: string }) => {
    if (error !== undo)
      outcome = /row-level security/.test(error.message) ? 'row security' : (error.code ?? error.message)
  })
  return outcome
}

const statementsOn = ({ table, path }: { table: string; path: string }) => {
  const here = sql`tenant_id = ${f.tenantId}::uuid and ${sql.ref(path)} = ${f.orgs.teachers.path}`
  return {
    select: sql`select 1 from ${sql.table(table)} where ${here}`,
    update: sql`update ${sql.table(table)} set ${sql.ref(path)} = ${sql.ref(path)} where ${here}`,
    delete: sql`delete from ${sql.table(table)} where ${here}`,
    // Row security speaks before the missing columns do.
    insert: sql`insert into ${sql.table(table)} (tenant_id, ${sql.ref(path)}) values (${f.tenantId}::uuid, ${f.orgs.teachers.path})`,
  }
}

const DENIED = '42501'
/** A fact about a place elsewhere (a transfer, a look at a record, what a member learned) is written by whoever causes it, and read by scope. */
const WRITTEN_FOR_ANY_PLACE: ReadonlySet<string> = new Set([
  'insert platform_event',
  'insert xapi_launch',
  'insert xapi_statement',
])
/** Rows that belong to a person, not to whoever holds the place: seen or written by that person only. */
const OWN: ReadonlySet<string> = new Set([
  'insert conversations_report',
  'insert files_file',
  'insert meetings_proposal',
  'insert meetings_signature',
  'insert meetings_study',
  'learning_favourite',
  'insert learning_favourite',
  'insert notices_receipt',
  'notices_preference',
  'insert library_subscription',
  'insert settings_filter',
  'insert notices_preference',
])

const OUTSIDE: readonly OrgKey[] = ['students', 'medicine', 'nurses', 'retired']

describe('row security alone', () => {
  it('guards every table with a place in the tree', () => {
    expect(tables.length).toBeGreaterThan(20)
  })

  it('hides, keeps and refuses what lies outside the scope, in every scoped table', async () => {
    const wrong: string[] = []
    for (const one of tables) {
      for (const org of OUTSIDE) {
        for (const [verb, statement] of Object.entries(statementsOn(one))) {
          const outcome = await attempt(org, statement)
          const isHeld = outcome === DENIED || outcome === (verb === 'insert' ? 'row security' : 0)
          if (!isHeld && !WRITTEN_FOR_ANY_PLACE.has(`${verb} ${one.table}`))
            wrong.push(`${verb} ${one.table} from ${org}: ${outcome}`)
        }
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  it('shows the same rows to whoever holds the branch: the statements above are no empty ones', async () => {
    const unseen: string[] = []
    for (const one of tables) {
      if ((await attempt('faculty', statementsOn(one).select)) !== 1) unseen.push(one.table)
      const inserted = await attempt('faculty', statementsOn(one).insert)
      if (inserted === 'row security') unseen.push(`insert ${one.table}`)
    }
    expect(unseen.filter((one) => !OWN.has(one))).toEqual([])
  }, 60_000)

  it('no longer holds when it is switched off: a planted hole is seen', async () => {
    await sql`alter table members_member no force row level security, disable row level security`.execute(f.admin)
    expect(await attempt('students', statementsOn({ table: 'members_member', path: 'org_path' }).select)).toBe(1)
    await sql`alter table members_member enable row level security, force row level security`.execute(f.admin)
  })
})
