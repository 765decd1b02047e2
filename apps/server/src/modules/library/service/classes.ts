import {
  type addLibraryClass,
  type changeLibraryClass,
  type closeLibraryClass,
  type Input,
  type LibraryClass,
  libraryRefusals as refusals,
  type subscribeToClass,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, type Subject } from '../../../platform/events.ts'
import { reaches } from '../../../platform/scope.ts'
import { violated } from '../../../platform/sql.ts'
import { findUnit } from '../../org/index.ts'
import { DEEPEST, MOST_CLASSES } from '../library.policy.ts'
import * as q from '../queries/classes.queries.ts'

type Changed = { id: string }
const subjectOf = ({ id, orgPath }: Pick<q.ClassRow, 'id' | 'orgPath'>): Subject => ({
  kind: 'library_class',
  id,
  orgPath,
})

const listing =
  (as: 'desk' | 'own') =>
  async (ctx: Ctx): Promise<{ rows: LibraryClass[] }> => {
    const found = await q.listClasses(ctx.db, ctx.actor, as, MOST_CLASSES)
    const rows = found.map(({ id, parentId, name, unitId, orgName, orgPath, place, isSubscribed }) => ({
      id,
      parentId,
      name,
      orgId: unitId,
      orgName,
      position: place,
      isSubscribed,
      mayKeep: as === 'desk' && reaches(ctx.actor, orgPath) && ctx.actor.permissions.has('library.write'),
    }))
    return { rows }
  }
export const list = listing('desk')
export const listOwn = listing('own')

/** Two classes of one name side by side. */
async function orExists<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (violated(error) === 'library_class_name') throw refusals.class_exists.at('/body/name')
    throw error
  }
}

export async function add(ctx: Ctx<Tx>, { body }: Input<typeof addLibraryClass>): Promise<Changed> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn !== null) throw refusals.no_such_org.at('/body/orgId')
  const parent = body.parentId === null ? null : await q.findClass(ctx.db, ctx.actor, body.parentId)
  if (parent === undefined || (parent && !unit.path.startsWith(parent.orgPath)))
    throw refusals.class_not_found.at('/body/parentId')
  if (parent && parent.path.split('.').length >= DEEPEST)
    throw refusals.class_too_deep.at('/body/parentId', { most: DEEPEST })
  const id = newId(ctx)
  const path = parent ? `${parent.path}.${id}` : id
  const row = { id, parentId: body.parentId, unitId: unit.id, orgPath: unit.path, name: body.name.trim(), path }
  await orExists(q.insertClass(ctx.db, ctx.actor.tenantId, { ...row, place: body.position }, ctx.now))
  await publish(ctx, 'library.class_added', subjectOf(row), { name: row.name })
  return { id }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.ClassRow> {
  const row = await q.lockClass(ctx.db, ctx.actor, id)
  if (!row) throw refusals.not_found()
  return row
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeLibraryClass>): Promise<Changed> {
  const row = await locked(ctx, params.id)
  const name = body.name.trim()
  await orExists(q.setClass(ctx.db, ctx.actor.tenantId, row.id, { name, place: body.position }, ctx.now))
  await publish(ctx, 'library.class_changed', subjectOf(row), { name })
  return { id: row.id }
}

export async function close(ctx: Ctx<Tx>, { params, body }: Input<typeof closeLibraryClass>): Promise<Changed> {
  const row = await locked(ctx, params.id)
  if (await q.isClassUsed(ctx.db, ctx.actor.tenantId, row.id)) throw refusals.class_in_use()
  await q.setClass(ctx.db, ctx.actor.tenantId, row.id, { closed_at: ctx.now }, ctx.now)
  await publish(ctx, 'library.class_closed', subjectOf(row), { name: row.name }, { reason: body.reason.trim() })
  return { id: row.id }
}

/** A wish of the own: nobody else is told of it. */
export async function subscribe(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof subscribeToClass>,
): Promise<Record<string, never>> {
  const row = await q.findClass(ctx.db, ctx.actor, params.id)
  if (!row) throw refusals.not_found()
  await q.setSubscription(ctx.db, ctx.actor, row.id, body.isOn ? ctx.now : null)
  return {}
}
