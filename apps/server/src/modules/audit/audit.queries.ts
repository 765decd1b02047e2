import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { containing } from '../../platform/sql.ts'
import { inReach, inScope } from '../org/index.ts'

export type StoredEvent = {
  id: string
  at: Date
  type: string
  actorId: string | null
  orgPath: string
  orgName: string | null
  subjectKind: string
  subjectId: string | null
  personId: string | null
  reason: string | null
  requestId: string | null
  payload: Record<string, unknown>
}

/** Ready for SQL: names are ids, days are ids of the stream. `lower` is included, `upper` is not. */
export type EventFilter = {
  readonly lower: string | null
  readonly upper: string | null
  readonly types: readonly string[] | null
  readonly module: string | null
  /** Empty: the whole scope of the post. */
  readonly scope: string
  readonly isExact: boolean
  readonly by: 'people' | 'system' | null
  readonly actorIds: readonly string[] | null
  readonly personIds: readonly string[] | null
  readonly subjectId: string | null
  readonly said: { readonly text: string; readonly types: readonly string[] } | null
}

const columns = [
  'e.id',
  'e.at',
  'e.type',
  'e.actor_id as actorId',
  'e.org_path as orgPath',
  'o.name as orgName',
  'e.subject_kind as subjectKind',
  'e.subject_id as subjectId',
  'e.person_id as personId',
  'e.reason',
  'e.request_id as requestId',
  'e.payload',
] as const

/** Events of the scope, newest first; ids are UUIDv7 of the time of the event, so their order is that of time. */
export async function listEvents(
  db: Db,
  actor: Actor,
  filter: EventFilter,
  page: { before: string | null; limit: number },
): Promise<StoredEvent[]> {
  const select = filtered(
    db
      .selectFrom('audit_event as e')
      .leftJoin('org_path as o', (join) =>
        join.onRef('o.tenant_id', '=', 'e.tenant_id').onRef('o.path', '=', 'e.org_path'),
      )
      .where('e.tenant_id', '=', actor.tenantId)
      .where(inReach('e.org_path', actor)) as never,
    filter,
  )
  const rows = await (page.before === null ? select : select.where('e.id', '<', page.before))
    .select(columns as never)
    .orderBy('e.id', 'desc')
    .limit(page.limit)
    .execute()
  return rows as unknown as StoredEvent[]
}

type Events = SelectQueryBuilder<DB & { e: DB['audit_event'] }, 'e', object>

function filtered(events: Events, filter: EventFilter): Events {
  let select = events
  if (filter.lower) select = select.where('e.id', '>=', filter.lower)
  if (filter.upper) select = select.where('e.id', '<', filter.upper)
  if (filter.types) select = select.where('e.type', 'in', [...filter.types])
  if (filter.module) select = select.where('e.type', 'like', `${filter.module.replaceAll('_', '\\_')}.%`)
  if (filter.scope)
    select = select.where(
      filter.isExact ? sql<boolean>`e.org_path = ${filter.scope}` : inScope('e.org_path', filter.scope),
    )
  if (filter.by) select = select.where('e.actor_id', filter.by === 'people' ? 'is not' : 'is', null)
  if (filter.actorIds) select = select.where(sql<boolean>`e.actor_id = any(${filter.actorIds})`)
  if (filter.personIds) select = select.where(sql<boolean>`e.person_id = any(${filter.personIds})`)
  if (filter.subjectId) select = select.where('e.subject_id', '=', filter.subjectId)
  const { said } = filter
  if (said) {
    const like = containing(said.text)
    select = select.where(sql<boolean>`(e.reason ilike ${like} or e.type = any(${said.types}))`)
  }
  return select
}

/** What concerns the person, newest first: own acts too, unless only those of others are asked for. */
export async function listTrail(
  db: Db,
  actor: Actor,
  page: { before: string | null; limit: number; byOthers: boolean },
): Promise<StoredEvent[]> {
  let select = db
    .selectFrom('audit_event as e')
    .leftJoin('org_path as o', (join) =>
      join.onRef('o.tenant_id', '=', 'e.tenant_id').onRef('o.path', '=', 'e.org_path'),
    )
    .select(columns)
    .where('e.tenant_id', '=', actor.tenantId)
    .where('e.person_id', '=', actor.personId)
  if (page.byOthers) select = select.where('e.actor_id', 'is distinct from', actor.personId)
  if (page.before !== null) select = select.where('e.id', '<', page.before)
  const rows = await select.orderBy('e.id', 'desc').limit(page.limit).execute()
  return rows as unknown as StoredEvent[]
}

export type Touched = { kind: string; id: string | null; count: number; first: Date; last: Date; types: string[] }

/** What an account read or changed since an id of the stream, by object. */
export async function objectsTouched(
  db: Db,
  actor: Actor,
  suspectId: string,
  lower: string,
  most: number,
): Promise<Touched[]> {
  const rows = await db
    .selectFrom('audit_event as e')
    .select([sql<string>`e.subject_kind`.as('kind'), 'e.subject_id as id', ...counted])
    .where('e.tenant_id', '=', actor.tenantId)
    .where(inReach('e.org_path', actor))
    .where('e.actor_id', '=', suspectId)
    .where('e.id', '>=', lower)
    .groupBy(['e.subject_kind', 'e.subject_id'])
    .orderBy('e.subject_kind')
    .orderBy('e.subject_id')
    .limit(most)
    .execute()
  return rows
}

/** The people whom these acts concern, the suspect left out. */
export async function peopleTouched(
  db: Db,
  actor: Actor,
  suspectId: string,
  lower: string,
  most: number,
): Promise<Touched[]> {
  const rows = await db
    .selectFrom('audit_event as e')
    .select([sql<string>`'person'`.as('kind'), 'e.person_id as id', ...counted])
    .where('e.tenant_id', '=', actor.tenantId)
    .where(inReach('e.org_path', actor))
    .where('e.actor_id', '=', suspectId)
    .where('e.id', '>=', lower)
    .where('e.person_id', 'is not', null)
    .where('e.person_id', '<>', suspectId)
    .groupBy('e.person_id')
    .orderBy('e.person_id')
    .limit(most)
    .execute()
  return rows
}

const counted = [
  sql<number>`count(*)::int`.as('count'),
  sql<Date>`min(e.at)`.as('first'),
  sql<Date>`max(e.at)`.as('last'),
  sql<string[]>`array_agg(distinct e.type order by e.type)`.as('types'),
] as const

export async function oldestEventAt(db: Db, actor: Actor): Promise<Date | null> {
  const row = await db
    .selectFrom('audit_event as e')
    .select('e.at')
    .where('e.tenant_id', '=', actor.tenantId)
    .where(inReach('e.org_path', actor))
    .orderBy('e.id')
    .limit(1)
    .executeTakeFirst()
  return row?.at ?? null
}
