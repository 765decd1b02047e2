import type { ViewSeenBy } from '@tongxin/contract'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'

export type SavedView = {
  readonly id: string
  readonly name: string
  readonly filter: unknown
  readonly seenBy: ViewSeenBy
  readonly personId: string
  readonly orgName: string | null
  readonly isDefault: boolean
}

/** The own views, those of the organisation one acts for, and those that are shared downwards from above. */
const seen = (actor: Actor) => (eb: ExpressionBuilder<DB & { v: DB['settings_filter'] }, 'v'>) =>
  eb.and([
    eb('v.removed_at', 'is', null),
    eb.or([
      eb('v.person_id', '=', actor.personId),
      eb.and([
        eb(sql<string>`${actor.reach}::text`, '<>', 'self'),
        eb.or([
          eb('v.org_path', '=', actor.scope),
          eb.and([
            eb('v.seen_by', '=', 'below'),
            eb(sql<boolean>`starts_with(${actor.scope}, v.org_path || '.')`, '=', true),
          ]),
        ]),
      ]),
    ]),
  ])

export async function viewsOf(db: Db, actor: Actor, list: string): Promise<SavedView[]> {
  return (await db
    .selectFrom('settings_filter as v')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'v.org_id'))
    .leftJoin('settings_default_view as d', (join) =>
      join
        .on('d.tenant_id', '=', actor.tenantId)
        .on('d.person_id', '=', actor.personId)
        .on('d.list', '=', list)
        .onRef('d.filter_id', '=', 'v.id'),
    )
    .select((eb) => [
      'v.id',
      'v.name',
      'v.filter',
      'v.seen_by as seenBy',
      'v.person_id as personId',
      'o.name as orgName',
      eb('d.filter_id', 'is not', null).as('isDefault'),
    ])
    .where('v.tenant_id', '=', actor.tenantId)
    .where('v.list', '=', list)
    .where(seen(actor) as never)
    .orderBy('v.name')
    .orderBy('v.id')
    .execute()) as SavedView[]
}

export type ViewRow = {
  readonly id: string
  readonly list: string
  readonly name: string
  readonly filter: object
  readonly seenBy: ViewSeenBy
  readonly at: Date
}

/** Saves under the name; one of the same name, also a removed one, is replaced. @returns its id */
export async function saveView(tx: Tx, actor: Actor, row: ViewRow): Promise<string> {
  const where = row.seenBy === 'me' ? { org_id: null, org_path: null } : { org_id: actor.orgId, org_path: actor.scope }
  const set = { filter: JSON.stringify(row.filter), saved_at: row.at, seen_by: row.seenBy, removed_at: null, ...where }
  const { id } = await tx
    .insertInto('settings_filter')
    .values({
      tenant_id: actor.tenantId,
      id: row.id,
      person_id: actor.personId,
      list: row.list,
      name: row.name,
      ...set,
    })
    .onConflict((c) => c.columns(['tenant_id', 'person_id', 'list', 'name']).doUpdateSet(set))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** How many own views a list has beside the one of this name. */
export async function countOthers(tx: Tx, actor: Actor, list: string, name: string): Promise<number> {
  const { n } = await tx
    .selectFrom('settings_filter')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('list', '=', list)
    .where('name', '<>', name)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return n
}

/** Marks an own view as removed, or takes the mark away when it is younger than `since`. */
export async function setRemoved(
  tx: Tx,
  actor: Actor,
  view: { list: string; id: string },
  to: { removedAt: Date } | { restoredIfSince: Date },
): Promise<boolean> {
  const update = tx
    .updateTable('settings_filter')
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('list', '=', view.list)
    .where('id', '=', view.id)
  const { numUpdatedRows } =
    'removedAt' in to
      ? await update.set({ removed_at: to.removedAt }).where('removed_at', 'is', null).executeTakeFirst()
      : await update.set({ removed_at: null }).where('removed_at', '>=', to.restoredIfSince).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Own views removed before `before` go for good. */
export async function purgeRemoved(tx: Tx, actor: Actor, before: Date): Promise<void> {
  await tx
    .deleteFrom('settings_filter')
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('removed_at', '<', before)
    .execute()
}

export async function clearDefault(tx: Tx, actor: Actor, list: string): Promise<void> {
  await tx
    .deleteFrom('settings_default_view')
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('list', '=', list)
    .execute()
}

export async function setDefault(tx: Tx, actor: Actor, list: string, id: string, at: Date): Promise<void> {
  const set = { filter_id: id, chosen_at: at }
  await tx
    .insertInto('settings_default_view')
    .values({ tenant_id: actor.tenantId, person_id: actor.personId, list, ...set })
    .onConflict((c) => c.columns(['tenant_id', 'person_id', 'list']).doUpdateSet(set))
    .execute()
}
