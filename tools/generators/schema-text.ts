import type pg from 'pg'

/**
 * The schema `public` as SQL text, made from the catalogue in a fixed order, so that the committed `schema.sql` shows
 * in a review what the migrations together amount to. It is read by people and compared; it is not restored from.
 */
export async function schemaText(client: pg.Client): Promise<string> {
  const blocks = [
    ['-- Made by `npm run generate` from a database with all migrations. Do not edit.'],
    await lines(client, EXTENSIONS),
    await lines(client, FUNCTIONS),
    ...(await tables(client)),
    await lines(client, VIEWS),
    await lines(client, VIEW_GRANTS),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

async function lines(client: pg.Client, query: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(query)
  return rows.map(({ line }) => line.trimEnd())
}

async function tables(client: pg.Client): Promise<string[][]> {
  const { rows } = await client.query<{
    name: string
    columns: string
    constraints: string | null
    rest: string | null
  }>(TABLES)
  return rows.map(({ name, columns, constraints, rest }) => [
    `create table ${name} (`,
    [columns, constraints].filter(Boolean).join(',\n'),
    ');',
    ...(rest ? [rest] : []),
  ])
}

// Names are compared byte by byte: a locale would sort them differently on another machine.
const EXTENSIONS = `
  select 'create extension ' || extname || ';' as line from pg_extension where extname <> 'plpgsql' order by extname collate "C"`

const FUNCTIONS = `
  select pg_get_functiondef(p.oid) || ';' as line
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
   order by p.proname collate "C", p.oid`

const GRANTS = `
  select string_agg(lower(privilege_type), ', ' order by privilege_type collate "C")
    from aclexplode(c.relacl) a
   where a.grantee = to_regrole('tongxin_app')`

const VIEWS = `
  select 'create view ' || c.relname || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '') || E' as\\n' || pg_get_viewdef(c.oid) as line
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
   order by c.relname collate "C"`

const VIEW_GRANTS = `
  select 'grant ' || (${GRANTS}) || ' on ' || c.relname || ' to tongxin_app;' as line
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and (${GRANTS}) is not null
   order by c.relname collate "C"`

// Constraints of NOT NULL are named by PostgreSQL 18 only, and stand at their column here.
const TABLES = `
  select c.relname as name,
         (select string_agg(
                   '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || case when a.attcollation <> t.typcollation and a.attcollation <> 0
                           then ' collate ' || quote_ident((select collname from pg_collation l where l.oid = a.attcollation)) else '' end
                   || case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
                           else coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') end
                   || case when a.attnotnull then ' not null' else '' end,
                   E',\\n' order by a.attnum)
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
         (select string_agg('  constraint ' || k.conname || ' ' || pg_get_constraintdef(k.oid), E',\\n' order by k.contype, k.conname collate "C")
            from pg_constraint k
           where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')) as constraints,
         nullif(concat_ws(E'\\n',
           (select string_agg(pg_get_indexdef(i.indexrelid) || ';', E'\\n' order by x.relname collate "C")
              from pg_index i join pg_class x on x.oid = i.indexrelid
             where i.indrelid = c.oid
               and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))),
           case when c.relrowsecurity then 'alter table ' || c.relname || ' enable row level security;' end,
           case when c.relforcerowsecurity then 'alter table ' || c.relname || ' force row level security;' end,
           (select string_agg(
                     'create policy ' || p.policyname || ' on ' || p.tablename
                     || case when p.permissive = 'PERMISSIVE' then '' else ' as restrictive' end
                     || ' for ' || lower(p.cmd)
                     || coalesce(E'\\n  using ' || p.qual, '') || coalesce(E'\\n  with check ' || p.with_check, '') || ';',
                     E'\\n' order by p.policyname collate "C")
              from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname),
           'grant ' || (${GRANTS}) || ' on ' || c.relname || ' to tongxin_app;'), '') as rest
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
   order by c.relname collate "C"`
