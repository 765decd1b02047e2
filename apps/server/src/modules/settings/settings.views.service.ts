import type * as contract from '@tongxin/contract'
import { type Input, type Reply, settingsRefusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { personNamesOf } from '../access/index.ts'
import * as q from './settings.views.queries.ts'

const MOST_VIEWS = 30
const KEPT_MS = 24 * 3600_000

export async function savedViews(
  ctx: Ctx,
  { params }: Input<typeof contract.listFilters>,
): Promise<Reply<typeof contract.listFilters>> {
  const views = await q.viewsOf(ctx.db, ctx.actor, params.list)
  const foreign = views.map(({ personId }) => personId).filter((id) => id !== ctx.actor.personId)
  const names = await personNamesOf(ctx.db, foreign)
  const rows = views.map(({ personId, filter, ...view }) => ({
    ...view,
    filter: filter as Record<string, unknown>,
    sharedBy: personId === ctx.actor.personId ? null : (names.get(personId) ?? ''),
  }))
  return { rows }
}

export async function saveView(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.saveFilter>,
): Promise<Reply<typeof contract.saveFilter>> {
  const { list } = params
  const { name, filter, seenBy = 'me' } = body
  if (seenBy !== 'me' && ctx.actor.reach === 'self') throw settingsRefusals.sharing_needs_post()
  if ((await q.countOthers(ctx.db, ctx.actor, list, name)) >= MOST_VIEWS)
    throw settingsRefusals.too_many_filters({ most: MOST_VIEWS })
  const id = await q.saveView(ctx.db, ctx.actor, { id: newId(ctx), list, name, filter, seenBy, at: ctx.now })
  // What one keeps for oneself is nobody else's business; what others find on their desk is.
  if (seenBy !== 'me') {
    const subject = { kind: 'saved_view', id, orgPath: ctx.actor.scope }
    await publish(ctx, 'settings.view_shared', subject, { list, name }, { after: { filter, seenBy } })
  }
  return { id }
}

export async function chooseDefault(
  ctx: Ctx<Tx>,
  { params: { list }, body: { id } }: Input<typeof contract.chooseDefaultFilter>,
): Promise<Reply<typeof contract.chooseDefaultFilter>> {
  if (id === null) {
    await q.clearDefault(ctx.db, ctx.actor, list)
    return {}
  }
  const views = await q.viewsOf(ctx.db, ctx.actor, list)
  if (!views.some((view) => view.id === id)) throw settingsRefusals.not_found()
  await q.setDefault(ctx.db, ctx.actor, list, id, ctx.now)
  return {}
}

export async function dropView(
  ctx: Ctx<Tx>,
  { params }: Input<typeof contract.dropFilter>,
): Promise<Reply<typeof contract.dropFilter>> {
  await q.purgeRemoved(ctx.db, ctx.actor, new Date(ctx.now.getTime() - KEPT_MS))
  if (!(await q.setRemoved(ctx.db, ctx.actor, params, { removedAt: ctx.now }))) throw settingsRefusals.not_found()
  return {}
}

export async function restoreView(
  ctx: Ctx<Tx>,
  { params }: Input<typeof contract.restoreFilter>,
): Promise<Reply<typeof contract.restoreFilter>> {
  const since = new Date(ctx.now.getTime() - KEPT_MS)
  if (!(await q.setRemoved(ctx.db, ctx.actor, params, { restoredIfSince: since }))) throw settingsRefusals.not_found()
  return {}
}
