import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { PLANNED_FOR_VALUES } from '../../../platform/db.ts'
import { inScope } from '../../../platform/scope.ts'
import { VIA, WAYS } from './writing.queries.ts'

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
/** One way in which a statement can match: by a column, or by a mention, which then can lead to it. */
type Way = { readonly mention: { readonly way: number; readonly key: string } | null; readonly is: Condition }

const ALWAYS: Way = { mention: null, is: () => sql`true` }

const byColumn = (column: string, value: string): Way => ({
  mention: null,
  is: (alias) => sql`${sql.ref(`${alias}.${column}`)} = ${value}`,
})

const byMention = (tenantId: string, way: number, key: string): Way => ({
  mention: { way, key },
  is: (
    alias,
  ) => sql`exists (select from xapi_mention x where x.tenant_id = ${tenantId} and x.way = ${way} and x.key = ${key}
    and x.seq = ${sql.ref(`${alias}.seq`)})`,
})

/**
 * Each way in which a statement can match is a branch of its own that walks one index in the order of the answer and
 * stops at the limit; an `or` over several columns would have no index to walk.
 */
export async function listStatements(
  db: Db,
  reading: Reading,
  filter: StatementFilter,
): Promise<{ rows: StatementText[]; found: number }> {
  const order = filter.ascending ? sql`asc` : sql`desc`
  const limit = sql`order by seq ${order} limit ${filter.limit}`
  const pairs = waysOf(reading.tenantId, filter)
  const branches = [
    ...pairs.map((pair) => matching(reading, filter, pair, limit)),
    ...leadsOf(filter).map((lead) => referring(reading, filter, { pairs, lead }, limit)),
  ]
  // A learner with ten statements and one with ten thousand want different plans.
  const { rows } = await sql<StatementText & { before: number; found: number }>`${sql.raw(PLANNED_FOR_VALUES)}
    with found as materialized (select seq from (${sql.join(branches, sql` union `)}) as b ${limit})
    select * from (
      select ${COLUMNS}, count(*) over ()::int as found,
        (sum(octet_length(s.raw::text)) over (order by f.seq ${order}) - octet_length(s.raw::text))::float8 as before
      from found f join xapi_statement s on s.tenant_id = ${reading.tenantId} and s.seq = f.seq
    ) p where p.before < ${MOST_TEXT} order by p.seq ${order}`.execute(db)
  return { rows, found: rows[0]?.found ?? 0 }
}

/** Bytes after which a page ends before its limit: the longest statements would otherwise fill the memory. */
const MOST_TEXT = 4 * 1024 * 1024

const bounds = (alias: string, { above, below }: StatementFilter): RawBuilder<boolean> => {
  const seq = sql.ref(`${alias}.seq`)
  return sql`${above === null ? sql`true` : sql`${seq} > ${above}`} and ${below === null ? sql`true` : sql`${seq} < ${below}`}`
}

/** What every way has in common. */
const alike = (alias: string, { verbKey, registration }: StatementFilter): RawBuilder<boolean> =>
  sql`${verbKey === null ? sql`true` : sql`${sql.ref(`${alias}.verb_key`)} = ${verbKey}`}
    and ${registration === null ? sql`true` : sql`${sql.ref(`${alias}.registration`)} = ${registration}`}`

/** Every way to match the agent with every way to match the activity. */
function waysOf(tenantId: string, filter: StatementFilter): (readonly [Way, Way])[] {
  const { agent, activityKey, relatedAgents, relatedActivities } = filter
  const said = (way: number, key: string) => byMention(tenantId, way, key)
  const byAgent =
    agent === null
      ? [ALWAYS]
      : [
          byColumn('actor_key', agent.key),
          said(WAYS.agent, agent.key),
          ...(relatedAgents ? [said(WAYS.relatedAgent, agent.key)] : []),
          ...(relatedAgents && agent.credentialId !== null ? [byColumn('credential_id', agent.credentialId)] : []),
        ]
  const byActivity =
    activityKey === null
      ? [ALWAYS]
      : [byColumn('activity_key', activityKey), ...(relatedActivities ? [said(WAYS.relatedActivity, activityKey)] : [])]
  return byAgent.flatMap((one) => byActivity.map((two) => [one, two] as const))
}

function matching(
  reading: Reading,
  filter: StatementFilter,
  [one, two]: readonly [Way, Way],
  limit: RawBuilder<unknown>,
) {
  const { tenantId } = reading
  const lead = one.mention ?? two.mention
  const rest = lead === null || lead === one.mention ? two : one
  const common = sql`not s.voided and ${mayRead('s', reading)} and ${alike('s', filter)}`
  if (lead === null)
    return sql`(select s.seq from xapi_statement s where s.tenant_id = ${tenantId} and ${bounds('s', filter)} and ${common}
      and ${one.is('s')} and ${two.is('s')} ${limit})`
  return sql`(select m.seq from xapi_mention m join xapi_statement s on s.tenant_id = ${tenantId} and s.seq = m.seq
    where m.tenant_id = ${tenantId} and m.way = ${lead.way} and m.key = ${lead.key} and ${bounds('m', filter)}
    and ${common} and ${rest.is('s')} ${limit})`
}

type Lead = { readonly way: number; readonly key: string }

/** The mentions that lead to statements about what is asked for: those of the rarest thing asked. */
function leadsOf({ agent, activityKey, registration, verbKey, ...related }: StatementFilter): Lead[] {
  if (registration !== null) return [{ way: VIA.registration, key: registration }]
  if (agent !== null)
    return [
      { way: VIA.agent, key: agent.key },
      ...(related.relatedAgents ? [{ way: VIA.relatedAgent, key: agent.key }] : []),
    ]
  if (activityKey !== null)
    return [
      { way: VIA.activity, key: activityKey },
      ...(related.relatedActivities ? [{ way: VIA.relatedActivity, key: activityKey }] : []),
    ]
  return verbKey === null ? [] : [{ way: VIA.verb, key: verbKey }]
}

/** A statement about a statement matches what the other one matches (4.1.6.1, "StatementRefs"), voided or not. */
function referring(
  reading: Reading,
  filter: StatementFilter,
  { pairs, lead }: { pairs: readonly (readonly [Way, Way])[]; lead: Lead },
  limit: RawBuilder<unknown>,
) {
  const { tenantId } = reading
  const any = sql.join(
    pairs.map(([one, two]) => sql`(${one.is('t')} and ${two.is('t')})`),
    sql` or `,
  )
  return sql`(select m.seq from xapi_mention m join xapi_statement s on s.tenant_id = ${tenantId} and s.seq = m.seq
    where m.tenant_id = ${tenantId} and m.way = ${lead.way} and m.key = ${lead.key} and ${bounds('m', filter)}
    and not s.voided and ${mayRead('s', reading)}
    and exists (select from xapi_statement t where t.tenant_id = ${tenantId} and t.id = any(s.refers)
      and ${mayRead('t', reading)} and ${alike('t', filter)} and (${any})) ${limit})`
}

/**
 * Until when everything is there: nothing older is still being written. Transactions of this database that are open
 * began before what they will store; those of other roles are not seen and write no statements.
 */
export const FINDING_OLDEST = {
  name: 'xapi_oldest',
  text: `select min(xact_start) as oldest from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
  values: [],
} as const

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

/** What each of these statements brought, and how large it is. The caller may read the statements. */
export async function attachmentSizes(
  db: Db,
  tenantId: string,
  statementIds: readonly string[],
): Promise<{ statementId: string; sum: string; bytes: number }[]> {
  if (statementIds.length === 0) return []
  return db
    .selectFrom('xapi_attached as d')
    .innerJoin('xapi_attachment as a', (join) => join.on('a.tenant_id', '=', tenantId).onRef('a.sha2', '=', 'd.sha2'))
    .select([
      'd.statement_id as statementId',
      sql<string>`encode(a.sha2, 'hex')`.as('sum'),
      sql<number>`octet_length(a.bytes)`.as('bytes'),
    ])
    .where('d.tenant_id', '=', tenantId)
    .where(sql<boolean>`d.statement_id = any(${[...statementIds]}::uuid[])`)
    .execute()
}

export type KeptAttachment = { readonly sha2: Buffer; readonly contentType: string; readonly bytes: Buffer }

/** The bytes that these statements brought, each once. The caller may read the statements. */
export async function attachmentsOf(
  db: Db,
  tenantId: string,
  statementIds: readonly string[],
): Promise<KeptAttachment[]> {
  if (statementIds.length === 0) return []
  return db
    .selectFrom('xapi_attached as d')
    .innerJoin('xapi_attachment as a', (join) => join.on('a.tenant_id', '=', tenantId).onRef('a.sha2', '=', 'd.sha2'))
    .distinctOn('d.sha2')
    .select(['d.sha2', 'd.content_type as contentType', 'a.bytes'])
    .where('d.tenant_id', '=', tenantId)
    .where(sql<boolean>`d.statement_id = any(${[...statementIds]}::uuid[])`)
    .orderBy('d.sha2')
    .orderBy('d.statement_id')
    .execute()
}
