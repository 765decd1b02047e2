import {
  type foundOrg as foundContract,
  type Input,
  type listOrgs as listContract,
  orgRefusals,
  type Reply,
  type renameOrg as renameContract,
} from '@tongxin/contract'
import { addMonths } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { demandDate, lockLiving, recordChange, refuseTaken } from './org.guards.ts'
import { mayStandBelow } from './org.policy.ts'
import * as q from './org.queries.ts'
import { termRenamed } from './org.terms.ts'
import { unitsThen } from './org.tree.queries.ts'

const SORTS = { order: 'u.sort_order', name: 'u.name' }
type ListQuery = Input<typeof listContract>['query']

/** A level of the tree, or units found by name or filter, with the number of people from the rollup. */
export async function list(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  if (query.asOf) return listThen(ctx, query, query.asOf)
  const keyset = keysetOf(query, SORTS, 'order')
  const found = await q.listUnits(ctx.db, ctx.actor, await filterOf(ctx, query), keyset)
  const place = (row: (typeof found)[number]) => ({
    value: keyset.column === 'u.name' ? row.name : row.sortOrder,
    id: row.id,
  })
  const { rows, next } = pageOfRows(found, keyset, place)
  return {
    rows: rows.map(({ sortOrder: _, path: __, foundedOn: ___, ...row }) => ({
      ...row,
      kind: row.kind as never,
      members: row.members ?? 0,
      children: row.children ?? 0,
    })),
    next,
    total: null,
  }
}

async function filterOf(ctx: Ctx, query: ListQuery): Promise<q.ListFilter> {
  const { membersFrom: from, membersTo: to } = query
  if (from !== undefined && to !== undefined && from > to)
    throw orgRefusals.from_above_to.at('/query/membersTo', { from, to })
  const narrowed =
    query.withoutSecretary ||
    query.termEndsWithin !== undefined ||
    query.membersFrom !== undefined ||
    query.membersTo !== undefined ||
    query.stars !== undefined ||
    query.nature !== undefined
  const whole = query.below || narrowed || query.search !== undefined
  const parent = whole && query.parentId ? await q.findUnit(ctx.db, ctx.actor, query.parentId) : undefined
  if (whole && query.parentId && !parent) throw orgRefusals.not_found()
  return {
    parentId: query.parentId ?? null,
    under: whole ? (parent?.path ?? ctx.actor.scope) : null,
    search: query.search ?? null,
    kind: query.kind ?? null,
    dissolved: query.dissolved ?? false,
    withoutSecretary: query.withoutSecretary ?? false,
    termEndsBy: query.termEndsWithin === undefined ? null : addMonths(todayOf(ctx.now), query.termEndsWithin),
    membersFrom: query.membersFrom ?? null,
    membersTo: query.membersTo ?? null,
    stars: query.stars ?? null,
    nature: query.nature ?? null,
  }
}

/** The tree as it was: one level, or units found by the name of that day. The level comes whole, as one page. */
async function listThen(ctx: Ctx, query: ListQuery, on: string): Promise<Reply<typeof listContract>> {
  const where = query.search
    ? { search: query.search }
    : query.parentId
      ? { parents: [query.parentId] }
      : { id: ctx.actor.orgId }
  const units = await unitsThen(ctx.db, ctx.actor, on, where)
  const kept = units.filter((unit) => query.kind === undefined || unit.kind === query.kind)
  const below =
    kept.length === 0 ? [] : await unitsThen(ctx.db, ctx.actor, on, { parents: kept.map((unit) => unit.id) })
  const rows = kept.map(({ sortOrder: _, ...unit }) => ({
    ...unit,
    shortName: null,
    members: null,
    children: below.filter((child) => child.parentId === unit.id).length,
    secretary: null,
    termUntil: null,
    dissolvedOn: null,
  }))
  return { rows, next: null, total: rows.length }
}

/** Founds a unit below a parent (党章 art. 13: decided by the superior, hence by someone whose scope holds the parent). */
export async function found(ctx: Ctx<Tx>, { body }: Input<typeof foundContract>): Promise<Reply<typeof foundContract>> {
  if (body.effectiveOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at('/body/effectiveOn')
  // The lock keeps two foundings from taking the same label.
  const parent = await lockLiving(ctx, body.parentId, '/body/parentId')
  const source = body.splitFromId ? await lockLiving(ctx, body.splitFromId, '/body/splitFromId') : null
  if (source) await demandDate(ctx, source, body.effectiveOn)
  if (!mayStandBelow(body.kind, parent.kind))
    throw orgRefusals.kind_not_below.at('/body/kind', { kind: body.kind, parent: parent.kind })

  const id = newId(ctx)
  const path = `${parent.path}.${await q.nextLabel(ctx.db, ctx.actor.tenantId, parent.path, parent.id)}`
  const unit = {
    id,
    path,
    parentId: parent.id,
    kind: body.kind,
    name: body.name.trim(),
    shortName: body.shortName ?? null,
    code: body.code ?? null,
    foundedOn: body.effectiveOn,
    foundingDocument: body.documentNumber ?? null,
    approvedBy: body.approvedBy ?? null,
    at: ctx.now,
  }
  await q.insertUnit(ctx.db, ctx.actor.tenantId, unit).catch(refuseTaken)
  const after = { name: unit.name, kind: unit.kind, parentId: parent.id }
  await recordChange(ctx, {
    unitId: id,
    orgPath: path,
    kind: 'founded',
    effectiveOn: body.effectiveOn,
    documentNumber: unit.foundingDocument,
    before: {},
    after,
  })
  await publish(
    ctx,
    'org.founded',
    { kind: 'org', id, orgPath: path },
    { name: unit.name, kind: unit.kind, effectiveOn: body.effectiveOn },
    { after },
  )
  if (source) await recordSplit(ctx, source, { id, name: unit.name }, body)
  return { id, version: 1 }
}

async function recordSplit(
  ctx: Ctx<Tx>,
  source: q.OrgUnit,
  made: { id: string; name: string },
  body: Input<typeof foundContract>['body'],
): Promise<void> {
  await recordChange(ctx, {
    unitId: source.id,
    orgPath: source.path,
    kind: 'split',
    effectiveOn: body.effectiveOn,
    documentNumber: body.documentNumber ?? null,
    before: {},
    after: { newId: made.id, newName: made.name },
  })
  const subject = { kind: 'org', id: source.id, orgPath: source.path }
  await publish(ctx, 'org.split', subject, { newId: made.id, effectiveOn: body.effectiveOn })
}

/** Renames from a date on; the old name stays readable in the tree as of an earlier day. */
export async function rename(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof renameContract>,
): Promise<Reply<typeof renameContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  await demandDate(ctx, unit, body.effectiveOn)

  const name = body.name.trim()
  await q
    .setName(ctx.db, ctx.actor.tenantId, unit.id, name, body.shortName ?? unit.shortName, ctx.now)
    .catch(refuseTaken)
  const before = { name: unit.name, shortName: unit.shortName }
  const after = { name, shortName: body.shortName ?? unit.shortName }
  await recordChange(ctx, {
    unitId: unit.id,
    orgPath: unit.path,
    kind: 'renamed',
    effectiveOn: body.effectiveOn,
    documentNumber: body.documentNumber ?? null,
    before,
    after,
  })
  await termRenamed(ctx, { ...unit, name })
  await publish(
    ctx,
    'org.renamed',
    { kind: 'org', id: unit.id, orgPath: unit.path },
    { name, effectiveOn: body.effectiveOn },
    { before, after },
  )
  return { id: unit.id, version: unit.version + 1 }
}
