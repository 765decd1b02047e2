import type { DEADLINE_LAMPS, DeadlineState, Permission } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, inScope } from '../../platform/scope.ts'

export type DeadlineFilter = {
  readonly lamp: (typeof DEADLINE_LAMPS)[number] | null
  readonly module: string | null
  readonly kind: string | null
  readonly under: string | null
  readonly exactly: boolean
  readonly from: string | null
  readonly until: string | null
  readonly state: DeadlineState
}

/** Which deadlines are meant: those of the desk by rights in the scope, or the own ones of a person. */
export type Whose = 'desk' | 'own'

const columns = [
  'd.id',
  'd.kind',
  'd.params',
  'd.unit_id as unitId',
  'o.name as unitName',
  'd.starts_on as startsOn',
  'd.yellow_on as yellowOn',
  'd.due_on as dueOn',
  'd.state',
  'd.ended_at as endedAt',
  'd.desk_path as deskPath',
  'd.phone_path as phonePath',
] as const

function visible(db: Db, actor: Actor, whose: Whose) {
  const rights = sql<boolean>`d.permission = any(${[...actor.permissions]}::text[])`
  const select = db
    .selectFrom('deadlines_item as d')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'd.unit_id'))
    .where('d.tenant_id', '=', actor.tenantId)
  if (whose === 'own') {
    // A post answers for what is due at its own organisation; a member's grant answers for nobody else.
    const atPost = sql<boolean>`(d.org_path = ${actor.scope} and ${rights})`
    const mine = sql<boolean>`d.person_id = ${actor.personId}::uuid`
    return select.where(actor.reach === 'self' ? mine : sql<boolean>`(${mine} or ${atPost})`)
  }
  // What is due of the caller's own stands there too, whatever right it asks for.
  return select
    .where(inReach('d.org_path', actor))
    .where(sql<boolean>`(${rights} or d.person_id = ${actor.personId}::uuid)`)
}

const lampIs = (lamp: (typeof DEADLINE_LAMPS)[number], today: string) =>
  lamp === 'red'
    ? sql<boolean>`d.due_on < ${today}::date`
    : lamp === 'yellow'
      ? sql<boolean>`(d.due_on >= ${today}::date and d.yellow_on <= ${today}::date)`
      : sql<boolean>`(d.due_on >= ${today}::date and d.yellow_on > ${today}::date)`

type Narrowed = Partial<DeadlineFilter> & { readonly state: DeadlineState }

function narrow(select: ReturnType<typeof visible>, filter: Narrowed, today: string) {
  let some = select.where('d.state', '=', filter.state)
  if (filter.under) {
    const { under } = filter
    some = some.where(filter.exactly ? sql<boolean>`d.org_path = ${under}` : inScope('d.org_path', under))
  }
  if (filter.module) some = some.where(sql<boolean>`d.kind like ${`${filter.module}.%`}`)
  if (filter.kind) some = some.where('d.kind', '=', filter.kind)
  if (filter.from) some = some.where('d.due_on', '>=', filter.from)
  if (filter.until) some = some.where('d.due_on', '<=', filter.until)
  if (filter.lamp) some = some.where(lampIs(filter.lamp, today))
  return some
}

/** One page and a row more, with the name of the unit. */
export async function listItems(db: Db, actor: Actor, whose: Whose, filter: Narrowed, today: string, keyset: Keyset) {
  const select = narrow(visible(db, actor, whose), filter, today).select(columns)
  return byKeyset(select, keyset, 'd.id').execute()
}
export type ItemRow = Awaited<ReturnType<typeof listItems>>[number]

export type LampCounts = { green: number; yellow: number; red: number }

/** Open deadlines by lamp. */
export async function countByLamp(db: Db, actor: Actor, filter: Narrowed, today: string): Promise<LampCounts> {
  const row = await narrow(visible(db, actor, 'desk'), filter, today)
    .select([
      sql<number>`(count(*) filter (where ${lampIs('green', today)}))::int`.as('green'),
      sql<number>`(count(*) filter (where ${lampIs('yellow', today)}))::int`.as('yellow'),
      sql<number>`(count(*) filter (where ${lampIs('red', today)}))::int`.as('red'),
    ])
    .executeTakeFirst()
  return row ?? { green: 0, yellow: 0, red: 0 }
}

/** The path of a living or dissolved unit of the scope. */
export async function pathOfUnit(db: Db, actor: Actor, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('org_path as o')
    .select('o.path')
    .where('o.tenant_id', '=', actor.tenantId)
    .where('o.id', '=', id)
    .where(inReach('o.path', actor))
    .executeTakeFirst()
  return row?.path ?? undefined
}

/** Open deadlines of a person and of posts at exactly their organisations, the nearest day first. */
export async function openItemsOf(
  db: Db,
  owner: {
    readonly tenantId: string
    readonly personId: string
    readonly posts: readonly { readonly orgPath: string; readonly permissions: readonly Permission[] }[]
  },
  most: number,
) {
  const posts = owner.posts.map(
    ({ orgPath, permissions }) => sql`(d.org_path = ${orgPath} and d.permission = any(${[...permissions]}::text[]))`,
  )
  const mine = sql`d.person_id = ${owner.personId}::uuid`
  return db
    .selectFrom('deadlines_item as d')
    .select(['d.id', 'd.kind', 'd.params', 'd.due_on as dueOn', 'd.updated_at as updatedAt'])
    .where('d.tenant_id', '=', owner.tenantId)
    .where('d.state', '=', 'open')
    .where(sql<boolean>`(${sql.join([mine, ...posts], sql` or `)})`)
    .orderBy('d.due_on')
    .orderBy('d.id')
    .limit(most)
    .execute()
}

export type ToRemind = {
  readonly id: string
  readonly key: string
  readonly orgPath: string
  readonly permission: Permission | null
  readonly personId: string | null
  readonly dueOn: string
}

/**
 * Open deadlines one of whose reminders has come since the last one was given (a day on which the job did not run is
 * made up for), and every overdue one that was not told of today.
 */
export async function itemsToRemind(tx: Tx, tenantId: string, today: string): Promise<ToRemind[]> {
  const { rows } =
    await sql<ToRemind>`select d.id, d.key, d.org_path as "orgPath", d.permission, d.person_id as "personId", d.due_on as "dueOn"
    from deadlines_item d
    where d.tenant_id = ${tenantId}::uuid and d.state = 'open' and d.starts_on <= ${today}::date
      and (d.reminded_on is null or d.reminded_on < ${today}::date)
      and (d.due_on < ${today}::date or exists (select 1 from unnest(d.remind) as r(days)
        where d.due_on - r.days::int <= ${today}::date and (d.reminded_on is null or d.reminded_on < d.due_on - r.days::int)))
    order by d.due_on, d.id`.execute(tx)
  return rows
}

/** Claims today's digest for these people; returns those who had none yet. */
export async function claimDigests(
  tx: Tx,
  tenantId: string,
  personIds: readonly string[],
  today: string,
  now: Date,
): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const { rows } = await sql<{ person_id: string }>`insert into deadlines_digest (tenant_id, person_id, on_day, at)
    select ${tenantId}::uuid, p.id, ${today}::date, ${now}::timestamptz from unnest(${[...personIds]}::uuid[]) as p(id)
    on conflict do nothing returning person_id`.execute(tx)
  return new Set(rows.map((row) => row.person_id))
}

export async function setReminded(tx: Tx, tenantId: string, ids: readonly string[], today: string): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('deadlines_item')
    .set({ reminded_on: today })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

/** Claims of digests are of no use after their day. */
export async function removeDigests(tx: Tx, tenantId: string, before: string): Promise<void> {
  await tx.deleteFrom('deadlines_digest').where('tenant_id', '=', tenantId).where('on_day', '<', before).execute()
}
