import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { inScope } from '../../../platform/scope.ts'

/** What a list of statements is asked for, in keys. */
export type StatementFilter = {
  readonly agent: { readonly key: string; readonly credentialId: string | null } | null
  readonly verbKey: string | null
  readonly activityKey: string | null
  readonly registration: string | null
  readonly relatedAgents: boolean
  readonly relatedActivities: boolean
  /** Bounds of `seq`, exclusive. */
  readonly above: string | null
  readonly below: string | null
  readonly ascending: boolean
  readonly limit: number
}

/** Whose statements a caller may read: null is everybody's. */
export type Reading = {
  readonly tenantId: string
  readonly scope: string
  readonly credentialId: string | null
  readonly launch: { readonly memberKey: string; readonly registration: string } | null
}

export type StatementText = {
  readonly id: string
  readonly seq: string
  readonly stored: Date
  readonly isOwn: boolean
  readonly raw: string
}

const COLUMNS = sql`s.id, s.seq, s.stored, s.credential_id is null as "isOwn", s.raw::text as raw`

function mayRead(alias: string, { credentialId, launch, scope }: Reading): RawBuilder<boolean> {
  if (launch)
    return sql`${sql.ref(`${alias}.actor_key`)} = ${launch.memberKey} and ${sql.ref(`${alias}.registration`)} = ${launch.registration}`
  return credentialId === null
    ? inScope(`${alias}.org_path`, scope)
    : sql`${sql.ref(`${alias}.credential_id`)} = ${credentialId}`
}

export async function findStatement(
  db: Db,
  reading: Reading,
  id: string,
  isVoided: boolean,
): Promise<StatementText | null> {
  const { rows } = await sql<StatementText>`select ${COLUMNS} from xapi_statement s
    where s.tenant_id = ${reading.tenantId} and s.id = ${id} and s.voided = ${isVoided} and ${mayRead('s', reading)}`.execute(
    db,
  )
  return rows[0] ?? null
}

type Condition = (alias: string) => RawBuilder<boolean>

/**
 * Each way in which a statement can match is a branch of its own that walks one index in the order of the answer and
 * stops at the limit; an `or` over several columns would have no index to walk.
 */
export async function listStatements(db: Db, reading: Reading, filter: StatementFilter): Promise<StatementText[]> {
  const order = filter.ascending ? sql`asc` : sql`desc`
  const limit = sql`order by seq ${order} limit ${filter.limit}`
  const ways = waysOf(filter)
  const branches = ways.map(
    (way) => sql`(select s.seq from xapi_statement s where s.tenant_id = ${reading.tenantId} and not s.voided
      and ${mayRead('s', reading)} and ${bounds(filter)} and ${alike('s', filter)} and ${way('s')} ${limit})`,
  )
  if (isNarrow(filter)) branches.push(referring(reading, filter, ways, limit))
  const { rows } = await sql<StatementText>`
    with found as materialized (select seq from (${sql.join(branches, sql` union `)}) as b ${limit})
    select ${COLUMNS} from found f join xapi_statement s on s.tenant_id = ${reading.tenantId} and s.seq = f.seq
    order by f.seq ${order}`.execute(db)
  return rows
}

const isNarrow = ({ agent, verbKey, activityKey, registration }: StatementFilter): boolean =>
  agent !== null || verbKey !== null || activityKey !== null || registration !== null

const bounds = ({ above, below }: StatementFilter): RawBuilder<boolean> =>
  sql`${above === null ? sql`true` : sql`s.seq > ${above}`} and ${below === null ? sql`true` : sql`s.seq < ${below}`}`

/** What every way has in common. */
const alike = (alias: string, { verbKey, registration }: StatementFilter): RawBuilder<boolean> =>
  sql`${verbKey === null ? sql`true` : sql`${sql.ref(`${alias}.verb_key`)} = ${verbKey}`}
    and ${registration === null ? sql`true` : sql`${sql.ref(`${alias}.registration`)} = ${registration}`}`

function waysOf(filter: StatementFilter): Condition[] {
  const { agent, activityKey, relatedAgents, relatedActivities } = filter
  const is =
    (column: string, value: string): Condition =>
    (alias) =>
      sql`${sql.ref(`${alias}.${column}`)} = ${value}`
  const has =
    (column: string, key: string): Condition =>
    (alias) =>
      sql`${sql.ref(`${alias}.${column}`)} @> array[${key}::uuid]`
  const always: Condition = () => sql`true`
  const byAgent =
    agent === null
      ? [always]
      : [
          is('actor_key', agent.key),
          has('agents', agent.key),
          ...(relatedAgents ? [has('related_agents', agent.key)] : []),
          ...(relatedAgents && agent.credentialId !== null ? [is('credential_id', agent.credentialId)] : []),
        ]
  const byActivity =
    activityKey === null
      ? [always]
      : [is('activity_key', activityKey), ...(relatedActivities ? [has('related_activities', activityKey)] : [])]
  return byAgent.flatMap((one) =>
    byActivity.map(
      (two): Condition =>
        (alias) =>
          sql`${one(alias)} and ${two(alias)}`,
    ),
  )
}

/** A statement about a statement matches what the other one matches (4.1.6.1, "StatementRefs"), voided or not. */
function referring(reading: Reading, filter: StatementFilter, ways: readonly Condition[], limit: RawBuilder<unknown>) {
  const any = sql.join(
    ways.map((way) => sql`(${way('t')})`),
    sql` or `,
  )
  return sql`(select s.seq from xapi_statement s where s.tenant_id = ${reading.tenantId} and not s.voided
    and s.refers is not null and ${mayRead('s', reading)} and ${bounds(filter)}
    and exists (select from xapi_statement t where t.tenant_id = ${reading.tenantId} and t.id = any(s.refers)
      and ${mayRead('t', reading)} and ${alike('t', filter)} and (${any})) ${limit})`
}

/**
 * Until when everything is there: nothing older is still being written. Transactions of this database that are open
 * began before what they will store; those of other roles are not seen and write no statements.
 */
export async function consistentThrough(db: Db, now: Date): Promise<Date> {
  const { rows } = await sql<{ oldest: Date | null }>`select min(xact_start) as oldest from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`.execute(db)
  const oldest = rows[0]?.oldest
  return oldest && oldest < now ? oldest : now
}

export async function definitionsOf(
  db: Db,
  tenantId: string,
  keys: readonly string[],
): Promise<Map<string, { iri: string; definition: unknown }>> {
  if (keys.length === 0) return new Map()
  const rows = await db
    .selectFrom('xapi_activity')
    .select(['key', 'iri', 'definition'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`key = any(${[...keys]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ key, ...more }) => [key, more]))
}

export type KeptAttachment = { readonly sha2: Buffer; readonly contentType: string; readonly bytes: Buffer }

export async function attachmentsOf(db: Db, tenantId: string, sums: readonly Buffer[]): Promise<KeptAttachment[]> {
  if (sums.length === 0) return []
  return db
    .selectFrom('xapi_attachment')
    .select(['sha2', 'content_type as contentType', 'bytes'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`sha2 = any(${[...sums]}::bytea[])`)
    .execute()
}
