import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, openFixture } from './fixture.ts'
import { tenantRelations } from './tenant-guard.ts'

/** What the database itself says after all migrations: the second look beside the lint of their texts. */
let f: Fixture
beforeAll(async () => {
  f = await openFixture()
})

const column = async <T>(query: ReturnType<typeof sql<{ value: T }>>): Promise<T[]> =>
  (await query.execute(f.admin)).rows.map(({ value }) => value)

describe('the role of the application', () => {
  it('is no superuser, owns nothing and bypasses no row policy', async () => {
    const { rows } = await sql`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'tongxin_app'`.execute(
      f.admin,
    )
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false },
    ])
    expect(await column(sql`select relname as value from pg_class where relowner = 'tongxin_app'::regrole`)).toEqual([])
    expect(await column(sql`select proname as value from pg_proc where proowner = 'tongxin_app'::regrole`)).toEqual([])
  })

  it('may create nothing in the schema, and truncate or refer to no table', async () => {
    const { rows } = await sql`select has_schema_privilege('tongxin_app', 'public', 'create') as creates`.execute(
      f.admin,
    )
    expect(rows).toEqual([{ creates: false }])
    const beyond = await column(sql`
      select relname as value from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
         and has_table_privilege('tongxin_app', oid, 'truncate, references, trigger')`)
    expect(beyond).toEqual([])
  })

  it('is given each function of a policy by name: a real installation gives none to everybody', async () => {
    const ungranted = await column(sql`
      select p.proname as value from pg_proc p
       where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.proname <> 'app_shard'
         and not exists (select from pg_depend e where e.objid = p.oid and e.deptype = 'e')
         and not exists (select from aclexplode(p.proacl) g where g.grantee = 'tongxin_app'::regrole)
       order by 1`)
    expect(ungranted).toEqual([])
  })

  it('can only add to what happened', async () => {
    const changeable = await column(sql`
      select relname as value from pg_class
       where relnamespace = 'public'::regnamespace and (relname = 'platform_event' or relname like 'audit\_%') and relkind = 'r'
         and has_table_privilege('tongxin_app', oid, 'update, delete')`)
    expect(changeable).toEqual([])
  })
})

describe('tenant tables', () => {
  it('have row level security enabled and forced', async () => {
    const protectedTables = await column<string>(sql`
      select relname as value from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and relforcerowsecurity`)
    expect([...tenantRelations().tables].filter((table) => !protectedTables.includes(table))).toEqual([])
  })

  it('show nothing to the application without a tenant', async () => {
    const seen: string[] = []
    for (const table of tenantRelations().tables) {
      // One connection: the role and the query must meet.
      const rows = await f.admin.transaction().execute(async (tx) => {
        await sql`set local role tongxin_app`.execute(tx)
        return (await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx)).rows
      })
      if (rows.length > 0) seen.push(table)
    }
    expect(seen).toEqual([])
  })

  it('have no trigger of ours', async () => {
    const triggers = await column(sql`select tgname as value from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not tgisinternal and c.relnamespace = 'public'::regnamespace`)
    expect(triggers).toEqual([])
  })
})

describe('the schema', () => {
  it('has no sequence, no name longer than 50 characters and no view with the rights of its owner', async () => {
    const inPublic = sql`relnamespace = 'public'::regnamespace`
    expect(await column(sql`select relname as value from pg_class where ${inPublic} and relkind = 'S'`)).toEqual([])
    expect(
      await column(sql`
      select relname as value from pg_class where ${inPublic} and length(relname) > 50
      union all select conname from pg_constraint where connamespace = 'public'::regnamespace and length(conname) > 50 and contype <> 'n'`),
    ).toEqual([])
    expect(
      await column(sql`
      select relname as value from pg_class
       where ${inPublic} and relkind in ('v', 'm') and not coalesce(reloptions @> array['security_invoker=true'], false)`),
    ).toEqual([])
  })
})
