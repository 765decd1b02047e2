import { createHash } from 'node:crypto'
import {
  type ChangePlan,
  type dissolveOrg as dissolveContract,
  type Input,
  type mergeOrg as mergeContract,
  type moveOrg as moveContract,
  orgRefusals,
  type planMerge as planMergeContract,
  type planMove as planMoveContract,
  type Reply,
  type upgradeOrg as upgradeContract,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { isWithin } from '../../platform/scope.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { demandDate, lockLiving, recordChange, refuseTaken } from './org.guards.ts'
import { hintsOf } from './org.hints.ts'
import * as m from './org.move.queries.ts'
import { mayStandBelow } from './org.policy.ts'
import * as q from './org.queries.ts'
import { namesAlong, postsOf } from './org.record.queries.ts'
import { termsVoid } from './org.terms.ts'
import { peopleOf } from './org.total.queries.ts'

type Pair = { unit: q.OrgUnit; target: q.OrgUnit }
type Obstacle =
  | 'is_top'
  | 'into_itself'
  | 'same_parent'
  | 'kind_not_below'
  | 'kinds_differ'
  | 'posts_remain'
  | 'meetings_remain'
type Draft = Omit<ChangePlan, 'hash' | 'obstacles'> & { obstacles: Obstacle[] }

/** What would change if the unit stood below another parent. Writes nothing. */
export async function planMove(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof planMoveContract>,
): Promise<Reply<typeof planMoveContract>> {
  return sealed(await moveDraft(ctx, await lockPair(ctx, params.id, body.parentId, '/body/parentId')))
}

/** Moves a unit with everything below it: all paths of all tables in one transaction, one event. */
export async function move(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof moveContract>,
): Promise<Reply<typeof moveContract>> {
  const pair = await lockPair(ctx, params.id, body.parentId, '/body/parentId')
  const { unit, target } = pair
  await demandDate(ctx, unit, body.effectiveOn)
  const draft = await moveDraft(ctx, pair)
  refuse(draft.obstacles, '/body/parentId')
  if (sealed(draft).hash !== body.planHash) throw orgRefusals.plan_stale()
  const { tenantId } = ctx.actor
  await m.lockSubtree(ctx.db, ctx.actor, unit.path)
  const path = `${target.path}.${await q.nextLabel(ctx.db, tenantId, target.path, target.id)}`
  await m.setParent(ctx.db, tenantId, unit.id, { parentId: target.id, at: ctx.now }).catch(refuseTaken)
  const rewritten = await m.rewritePaths(ctx.db, tenantId, { from: unit.path, to: path, now: ctx.now })
  const before = { parentId: unit.parentId, parentName: draft.before.at(-2) ?? null }
  const after = { parentId: target.id, parentName: target.name }
  const { effectiveOn, documentNumber } = body
  await recordChange(ctx, { unitId: unit.id, orgPath: path, kind: 'moved', effectiveOn, documentNumber, before, after })
  const payload = { fromParentId: unit.parentId, toParentId: target.id, effectiveOn, rewritten }
  await publish(ctx, 'org.moved', { kind: 'org', id: unit.id, orgPath: path }, payload, { before, after })
  return { id: unit.id, version: unit.version + 1 }
}

/** What would change if the unit were merged into another. Writes nothing. */
export async function planMerge(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof planMergeContract>,
): Promise<Reply<typeof planMergeContract>> {
  return sealed(await mergeDraft(ctx, await lockPair(ctx, params.id, body.intoId, '/body/intoId')))
}

/** Merges: units below go under the target, people and open matters go over, the unit is dissolved. */
export async function merge(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof mergeContract>,
): Promise<Reply<typeof mergeContract>> {
  const pair = await lockPair(ctx, params.id, body.intoId, '/body/intoId')
  const { unit, target } = pair
  await demandDate(ctx, unit, body.effectiveOn)
  const draft = await mergeDraft(ctx, pair)
  refuse(draft.obstacles, '/body/intoId')
  if (sealed(draft).hash !== body.planHash) throw orgRefusals.plan_stale()
  const { tenantId } = ctx.actor
  const { effectiveOn, documentNumber } = body
  await m.lockSubtree(ctx.db, ctx.actor, unit.path)
  let rewritten = await moveChildren(ctx, pair, { effectiveOn, documentNumber })
  const ends = { from: unit, into: target }
  await termsVoid(ctx, unit.id)
  rewritten += await m.handOver(ctx.db, tenantId, ends)
  const members = await m.mergeCounts(ctx.db, tenantId, ends, ctx.now)
  const end = { on: effectiveOn, document: documentNumber, mergedInto: target.id, at: ctx.now }
  await m.setDissolved(ctx.db, tenantId, unit.id, end)
  const after = { intoId: target.id, intoName: target.name }
  const change = { kind: 'merged', effectiveOn, documentNumber, before: {} }
  await recordChange(ctx, { ...change, unitId: unit.id, orgPath: unit.path, after })
  await recordChange(ctx, {
    ...change,
    unitId: target.id,
    orgPath: target.path,
    after: { fromId: unit.id, fromName: unit.name },
  })
  const payload = { intoId: target.id, effectiveOn, members, rewritten }
  await publish(ctx, 'org.merged', { kind: 'org', id: unit.id, orgPath: unit.path }, payload, { after })
  return { id: unit.id, version: unit.version + 1 }
}

async function moveChildren(
  ctx: Ctx<Tx>,
  { unit, target }: Pair,
  dated: { effectiveOn: string; documentNumber: string },
): Promise<number> {
  const { tenantId } = ctx.actor
  let rewritten = 0
  for (const child of await m.childrenOf(ctx.db, tenantId, unit.id)) {
    const path = `${target.path}.${await q.nextLabel(ctx.db, tenantId, target.path, target.id)}`
    await m.setParent(ctx.db, tenantId, child.id, { parentId: target.id, at: ctx.now }).catch(refuseTaken)
    rewritten += await m.rewritePaths(ctx.db, tenantId, { from: child.path, to: path, now: ctx.now })
    await recordChange(ctx, {
      unitId: child.id,
      orgPath: path,
      kind: 'moved',
      ...dated,
      before: { parentId: unit.id, parentName: unit.name },
      after: { parentId: target.id, parentName: target.name },
    })
  }
  return rewritten
}

/** Changes the kind: the parent must still hold it, and it must still hold what stands below. */
export async function upgrade(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof upgradeContract>,
): Promise<Reply<typeof upgradeContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  await demandDate(ctx, unit, body.effectiveOn)
  if (unit.kind === body.kind) throw orgRefusals.nothing_changed.at('/body/kind')
  const { tenantId } = ctx.actor
  const parent = unit.parentId ? (await namesAlong(ctx.db, tenantId, unit.path)).at(-2) : undefined
  const children = await m.childrenOf(ctx.db, tenantId, unit.id)
  const fits =
    (!parent || mayStandBelow(body.kind, parent.kind as never)) &&
    children.every((child) => mayStandBelow(child.kind as never, body.kind))
  if (!fits) throw orgRefusals.kind_not_below.at('/body/kind', { kind: body.kind })
  await m.setKind(ctx.db, tenantId, unit.id, body.kind, ctx.now)
  const { effectiveOn, documentNumber } = body
  const before = { kind: unit.kind }
  const after = { kind: body.kind }
  const at = { unitId: unit.id, orgPath: unit.path }
  await recordChange(ctx, { ...at, kind: 'upgraded', effectiveOn, documentNumber, before, after })
  const payload = { from: unit.kind, to: body.kind, effectiveOn }
  await publish(ctx, 'org.upgraded', { kind: 'org', id: unit.id, orgPath: unit.path }, payload, { before, after })
  return { id: unit.id, version: unit.version + 1 }
}

/** Dissolves a unit that is empty: nobody and nothing is lost with it. There is no way back but a new founding. */
export async function dissolve(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof dissolveContract>,
): Promise<Reply<typeof dissolveContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  await demandDate(ctx, unit, body.effectiveOn)
  const { tenantId } = ctx.actor
  if (unit.path === ctx.actor.scope || unit.parentId === null) throw orgRefusals.is_top()
  const children = await m.childrenOf(ctx.db, tenantId, unit.id)
  if (children.length > 0) throw orgRefusals.children_remain({ children: children.length })
  const counts = await m.countedBelow(ctx.db, tenantId, unit.path, ctx.now, true)
  const people = rowsOf(counts, 'records')
  if (people > 0) throw orgRefusals.people_remain({ people })
  refuse(await leftovers(ctx, unit, counts), '/body')
  await termsVoid(ctx, unit.id)
  const { effectiveOn, documentNumber } = body
  const end = { on: effectiveOn, document: documentNumber, mergedInto: null, at: ctx.now }
  await m.setDissolved(ctx.db, tenantId, unit.id, end)
  const at = { unitId: unit.id, orgPath: unit.path }
  await recordChange(ctx, { ...at, kind: 'dissolved', effectiveOn, documentNumber, before: {}, after: {} })
  await publish(ctx, 'org.dissolved', { kind: 'org', id: unit.id, orgPath: unit.path }, { effectiveOn })
  return { id: unit.id, version: unit.version + 1 }
}

/** Both units, locked in the order of their ids so that two plans never wait for each other. */
async function lockPair(ctx: Ctx<Tx>, id: string, otherId: string, field: string): Promise<Pair> {
  const first = id < otherId
  const early = await lockLiving(ctx, first ? id : otherId, first ? undefined : field)
  const late = id === otherId ? early : await lockLiving(ctx, first ? otherId : id, first ? field : undefined)
  return first ? { unit: early, target: late } : { unit: late, target: early }
}

async function moveDraft(ctx: Ctx<Tx>, { unit, target }: Pair): Promise<Draft> {
  const obstacles: Obstacle[] = []
  if (unit.path === ctx.actor.scope || unit.parentId === null) obstacles.push('is_top')
  else if (isWithin(target.path, unit.path)) obstacles.push('into_itself')
  else if (unit.parentId === target.id) obstacles.push('same_parent')
  else if (!mayStandBelow(unit.kind, target.kind)) obstacles.push('kind_not_below')
  return draftOf(ctx, { unit, target }, obstacles)
}

async function mergeDraft(ctx: Ctx<Tx>, { unit, target }: Pair): Promise<Draft> {
  const obstacles: Obstacle[] = []
  if (unit.path === ctx.actor.scope || unit.parentId === null) obstacles.push('is_top')
  else if (isWithin(target.path, unit.path)) obstacles.push('into_itself')
  else {
    const children = await m.childrenOf(ctx.db, ctx.actor.tenantId, unit.id)
    const branches = new Set(['branch', 'joint_branch', 'temporary_branch'])
    const alike = unit.kind === target.kind || (branches.has(unit.kind) && branches.has(target.kind))
    if (!alike || !children.every((child) => mayStandBelow(child.kind as never, target.kind)))
      obstacles.push('kinds_differ')
    obstacles.push(
      ...(await leftovers(ctx, unit, await m.countedBelow(ctx.db, ctx.actor.tenantId, unit.path, ctx.now, true))),
    )
  }
  const draft = await draftOf(ctx, { unit, target }, obstacles)
  const [mine, theirs, posts] = await Promise.all([
    peopleOf(ctx.db, ctx.actor.tenantId, unit.path),
    peopleOf(ctx.db, ctx.actor.tenantId, target.path),
    postsOf(ctx.db, ctx.actor.tenantId, target.id, false),
  ])
  const full = (mine.formal ?? 0) + (theirs.formal ?? 0)
  const members = full + (mine.probationary ?? 0) + (theirs.probationary ?? 0)
  const figures = { kind: target.kind, members, full, posts, termUntil: null, today: todayOf(ctx.now) }
  return { ...draft, after: draft.after.slice(0, -1), hints: hintsOf(figures) }
}

/** What must be finished before a unit can end: posts and meetings have nobody to go over to. */
async function leftovers(ctx: Ctx<Tx>, unit: q.OrgUnit, counts: ChangePlan['counts']): Promise<Obstacle[]> {
  const posts = await postsOf(ctx.db, ctx.actor.tenantId, unit.id, false)
  const found: Obstacle[] = []
  if (posts.length > 0 || rowsOf(counts, 'posts') > 0) found.push('posts_remain')
  if (rowsOf(counts, 'meetings') > 0) found.push('meetings_remain')
  return found
}

async function draftOf(ctx: Ctx<Tx>, { unit, target }: Pair, obstacles: Obstacle[]): Promise<Draft> {
  const { tenantId } = ctx.actor
  const [before, above, counts] = await Promise.all([
    namesAlong(ctx.db, tenantId, unit.path),
    namesAlong(ctx.db, tenantId, target.path),
    m.countedBelow(ctx.db, tenantId, unit.path, ctx.now),
  ])
  return {
    unit: { id: unit.id, name: unit.name, version: unit.version },
    target: { id: target.id, name: target.name },
    before: before.map((step) => step.name),
    after: [...above.map((step) => step.name), unit.name],
    counts,
    hints: [],
    obstacles,
  }
}

const rowsOf = (counts: ChangePlan['counts'], what: string) => counts.find((count) => count.what === what)?.rows ?? 0

function refuse(obstacles: readonly Obstacle[], field: string): void {
  const [first] = obstacles
  if (first) throw orgRefusals[first]({}, [{ field, code: `org.${first}` }])
}

/** The plan with a hash of all it says: carrying out demands the same hash, so that nothing changed in between. */
function sealed(draft: Draft): ChangePlan {
  const obstacles = draft.obstacles.map((obstacle) => `org.${obstacle}`)
  const plan = { ...draft, obstacles }
  return { ...plan, hash: createHash('sha256').update(JSON.stringify(plan)).digest('hex') }
}
