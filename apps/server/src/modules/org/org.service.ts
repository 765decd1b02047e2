import { type foundOrg as foundContract, type Input, type listOrgs as listContract, orgRefusals, type renameOrg as renameContract, type Reply } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { todayOf } from '../../platform/clock.ts'
import { mayStandBelow } from './org.policy.ts'
import * as q from './org.queries.ts'

const SORTS = { order: 'u.sort_order', name: 'u.name' }

/** A level of the tree, or units found by name, with the number of people from the rollup. */
export async function list(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, SORTS, 'order')
  const filter = { parentId: query.parentId ?? null, search: query.search ?? null, kind: query.kind ?? null, dissolved: query.dissolved ?? false }
  const found = await q.listUnits(ctx.db, ctx.actor, filter, keyset)
  const place = (row: (typeof found)[number]) => ({ value: keyset.column === 'u.name' ? row.name : row.sortOrder, id: row.id })
  const { rows, next } = pageOfRows(found, keyset, query.sort, 'order', place)
  return { rows: rows.map(({ sortOrder: _, path: __, foundedOn: ___, ...row }) => ({ ...row, kind: row.kind as never, members: row.members ?? 0, children: row.children ?? 0 })), next, total: null }
}

/** Founds a unit below a parent (党章 art. 13: decided by the superior, hence by someone whose scope holds the parent). */
export async function found(ctx: Ctx<Tx>, { body }: Input<typeof foundContract>): Promise<Reply<typeof foundContract>> {
  if (body.effectiveOn > todayOf(ctx.now)) throw orgRefusals.date_in_future({}, [{ field: '/body/effectiveOn', code: 'org.date_in_future' }])
  // The lock keeps two foundings from taking the same label.
  const parent = await q.lockUnit(ctx.db, ctx.actor, body.parentId)
  if (!parent) throw orgRefusals.not_found({}, [{ field: '/body/parentId', code: 'org.not_found' }])
  if (parent.dissolvedOn) throw orgRefusals.dissolved({}, [{ field: '/body/parentId', code: 'org.dissolved' }])
  if (!mayStandBelow(body.kind, parent.kind)) throw orgRefusals.kind_not_below({ kind: body.kind, parent: parent.kind }, [{ field: '/body/kind', code: 'org.kind_not_below' }])

  const id = newId(ctx)
  const path = `${parent.path}.${await q.nextLabel(ctx.db, ctx.actor.tenantId, parent.path, parent.id)}`
  const unit = {
    id, path, parentId: parent.id, kind: body.kind, name: body.name.trim(), shortName: body.shortName ?? null, code: body.code ?? null,
    foundedOn: body.effectiveOn, foundingDocument: body.documentNumber ?? null, approvedBy: body.approvedBy ?? null, at: ctx.now,
  }
  await q.insertUnit(ctx.db, ctx.actor.tenantId, unit).catch(refuseTaken)
  const after = { name: unit.name, kind: unit.kind, parentId: parent.id }
  await recordChange(ctx, { unitId: id, orgPath: path, kind: 'founded', effectiveOn: body.effectiveOn, documentNumber: unit.foundingDocument, before: {}, after })
  await publish(ctx, 'org.founded', { kind: 'org', id, orgPath: path }, { name: unit.name, kind: unit.kind, effectiveOn: body.effectiveOn }, { after })
  return { id, version: 1 }
}

/** Renames from a date on; the old name stays readable in the tree as of an earlier day. */
export async function rename(ctx: Ctx<Tx>, { params, body }: Input<typeof renameContract>): Promise<Reply<typeof renameContract>> {
  const unit = await q.lockUnit(ctx.db, ctx.actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  demandVersion(ctx, unit.version)
  if (unit.dissolvedOn) throw orgRefusals.dissolved()
  if (body.effectiveOn > todayOf(ctx.now)) throw orgRefusals.date_in_future({}, [{ field: '/body/effectiveOn', code: 'org.date_in_future' }])
  if (unit.foundedOn && body.effectiveOn < unit.foundedOn) throw orgRefusals.before_founding({ foundedOn: unit.foundedOn }, [{ field: '/body/effectiveOn', code: 'org.before_founding' }])

  const name = body.name.trim()
  await q.setName(ctx.db, ctx.actor.tenantId, unit.id, name, body.shortName ?? unit.shortName, ctx.now).catch(refuseTaken)
  const before = { name: unit.name, shortName: unit.shortName }
  const after = { name, shortName: body.shortName ?? unit.shortName }
  await recordChange(ctx, { unitId: unit.id, orgPath: unit.path, kind: 'renamed', effectiveOn: body.effectiveOn, documentNumber: body.documentNumber ?? null, before, after })
  await publish(ctx, 'org.renamed', { kind: 'org', id: unit.id, orgPath: unit.path }, { name, effectiveOn: body.effectiveOn }, { before, after })
  return { id: unit.id, version: unit.version + 1 }
}

async function recordChange(ctx: Ctx<Tx>, change: Omit<q.NewChange, 'id' | 'by' | 'at'>): Promise<void> {
  await q.insertChange(ctx.db, ctx.actor.tenantId, { ...change, id: newId(ctx), by: ctx.actor.personId, at: ctx.now })
}

function refuseTaken(error: unknown): never {
  const reason = q.takenReason(error)
  throw reason ? orgRefusals[reason]({}, [{ field: reason === 'code_taken' ? '/body/code' : '/body/name', code: `org.${reason}` }]) : error
}
