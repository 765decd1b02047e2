import {
  type appoint as appointContract,
  type correctOrg as correctContract,
  type endPost as endContract,
  type Input,
  type readMyOrg as myContract,
  type OrgChange,
  type OrgFacts,
  type OrgKind,
  orgRefusals,
  type Reply,
  type readOrg as readContract,
  type setTerm as termContract,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { violated } from '../../platform/sql.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { lockLiving, recordChange, refuseTaken } from './org.guards.ts'
import { hintsOf } from './org.hints.ts'
import * as r from './org.record.queries.ts'
import { peopleOf } from './org.total.queries.ts'

/** One organisation with everything its page shows. */
export async function read(ctx: Ctx, { params }: Input<typeof readContract>): Promise<Reply<typeof readContract>> {
  const { db, actor } = ctx
  const unit = await r.recordOf(db, actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  const [trail, people, posts, changes] = await Promise.all([
    r.namesAlong(db, actor.tenantId, unit.path),
    peopleOf(db, actor.tenantId, unit.path),
    r.postsOf(db, actor.tenantId, unit.id, true),
    r.changesOf(db, actor.tenantId, unit.id),
  ])
  const mergedInto = unit.merged_into ? await r.recordOf(db, actor, unit.merged_into) : undefined
  const kind = unit.kind as OrgKind
  const figures = {
    kind,
    members: (people.formal ?? 0) + (people.probationary ?? 0),
    full: people.formal ?? 0,
    posts: posts.filter((post) => post.untilOn === null),
    termUntil: unit.term_until,
    today: todayOf(ctx.now),
  }
  return {
    id: unit.id,
    kind,
    name: unit.name,
    shortName: unit.short_name,
    code: unit.code,
    parentId: unit.parent_id,
    trail: trail
      .filter((step) => step.id !== unit.id && step.path.startsWith(actor.scope))
      .map(({ id, name }) => ({ id, name })),
    foundedOn: unit.founded_on,
    foundingDocument: unit.founding_document,
    approvedBy: unit.approved_by,
    dissolvedOn: unit.dissolved_on,
    dissolvingDocument: unit.dissolving_document,
    mergedInto: mergedInto ? { id: mergedInto.id, name: mergedInto.name } : null,
    termOrdinal: unit.term_ordinal,
    termFrom: unit.term_from,
    termUntil: unit.term_until,
    tags: unit.tags,
    sortOrder: unit.sort_order,
    facts: unit.facts as OrgFacts,
    people,
    children: unit.children ?? 0,
    posts,
    hints: unit.dissolved_on ? [] : hintsOf(figures),
    changes: changes.map(shownChange),
    version: unit.version,
  }
}

function shownChange(change: Awaited<ReturnType<typeof r.changesOf>>[number]): OrgChange {
  return {
    ...change,
    kind: change.kind as OrgChange['kind'],
    before: change.before as Record<string, unknown>,
    after: change.after as Record<string, unknown>,
    madeAt: new Date(change.madeAt).toISOString(),
  }
}

/** Corrects or completes the record; what changed is kept with the reason, old and new. */
export async function correct(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof correctContract>,
): Promise<Reply<typeof correctContract>> {
  const locked = await lockLiving(ctx, params.id)
  demandVersion(ctx, locked.version)
  const unit = await r.recordOf(ctx.db, ctx.actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  const today = todayOf(ctx.now)
  if (body.foundedOn && body.foundedOn > today) throw orgRefusals.date_in_future.at('/body/foundedOn')
  const old: r.Correction = {
    shortName: unit.short_name,
    code: unit.code,
    foundedOn: unit.founded_on,
    foundingDocument: unit.founding_document,
    approvedBy: unit.approved_by,
    tags: unit.tags,
    sortOrder: unit.sort_order,
    facts: unit.facts as OrgFacts,
  }
  const { reason, facts, ...columns } = body
  const to = { ...old, ...columns, facts: { ...old.facts, ...facts } } as r.Correction
  const fields = changedFields(old, to)
  if (fields.length === 0) throw orgRefusals.nothing_changed()
  await r.setRecord(ctx.db, ctx.actor.tenantId, unit.id, to, ctx.now).catch(refuseTaken)
  const before = Object.fromEntries(fields.map((field) => [field, valueOf(old, field)]))
  const after = Object.fromEntries(fields.map((field) => [field, valueOf(to, field)]))
  await recordChange(ctx, {
    unitId: unit.id,
    orgPath: unit.path,
    kind: 'corrected',
    effectiveOn: today,
    documentNumber: null,
    reason,
    before,
    after,
  })
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  await publish(ctx, 'org.corrected', subject, { fields, effectiveOn: today }, { reason, before, after })
  return { id: unit.id, version: unit.version + 1 }
}

function valueOf(record: r.Correction, field: string): unknown {
  return field in record ? record[field as keyof r.Correction] : (record.facts[field as keyof OrgFacts] ?? null)
}

function changedFields(old: r.Correction, to: r.Correction): string[] {
  const { facts: _, ...columns } = to
  return [...new Set([...Object.keys(columns), ...Object.keys(old.facts), ...Object.keys(to.facts)])].filter(
    (field) => JSON.stringify(valueOf(old, field)) !== JSON.stringify(valueOf(to, field)),
  )
}

/** Enters the term of a committee (换届): a dated change with its document. */
export async function term(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof termContract>,
): Promise<Reply<typeof termContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  if (body.untilOn < body.fromOn) throw orgRefusals.ends_before_start.at('/body/untilOn')
  if (body.fromOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at('/body/fromOn')
  const old = await r.recordOf(ctx.db, ctx.actor, unit.id)
  const before = {
    termOrdinal: old?.term_ordinal ?? null,
    termFrom: old?.term_from ?? null,
    termUntil: old?.term_until ?? null,
  }
  const after = { termOrdinal: body.ordinal ?? null, termFrom: body.fromOn, termUntil: body.untilOn }
  await r.setTerm(ctx.db, ctx.actor.tenantId, unit.id, {
    ordinal: body.ordinal ?? null,
    fromOn: body.fromOn,
    untilOn: body.untilOn,
    at: ctx.now,
  })
  await recordChange(ctx, {
    unitId: unit.id,
    orgPath: unit.path,
    kind: 'committee_changed',
    effectiveOn: body.fromOn,
    documentNumber: body.documentNumber ?? null,
    before,
    after,
  })
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  await publish(ctx, 'org.term_set', subject, { fromOn: body.fromOn, untilOn: body.untilOn }, { before, after })
  return { id: unit.id, version: unit.version + 1 }
}

/** Enters who holds a post. Only people of the Party hold one, and an organisation has one secretary. */
export async function appoint(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof appointContract>,
): Promise<Reply<typeof appointContract>> {
  const unit = await lockLiving(ctx, params.id)
  if (body.fromOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at('/body/fromOn')
  const member = await r.findMember(ctx.db, ctx.actor, body.memberId)
  if (!member || (member.category !== 'formal' && member.category !== 'probationary'))
    throw orgRefusals.not_a_member.at('/body/memberId')
  const id = newId(ctx)
  const post = {
    id,
    unitId: unit.id,
    orgPath: unit.path,
    post: body.post,
    memberId: body.memberId,
    name: member.name ?? '',
    fromOn: body.fromOn,
    documentNumber: body.documentNumber ?? null,
    at: ctx.now,
  }
  await r.insertPost(ctx.db, ctx.actor.tenantId, post).catch(refusePostTaken)
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  const payload = { postId: id, post: body.post, memberId: body.memberId, fromOn: body.fromOn }
  await publish(ctx, 'org.post_taken', subject, payload)
  return { id }
}

function refusePostTaken(error: unknown): never {
  const constraint = violated(error)
  if (constraint === 'org_post_secretary_key') throw orgRefusals.secretary_taken.at('/body/post')
  if (constraint === 'org_post_holder_key') throw orgRefusals.post_taken.at('/body/memberId')
  throw error
}

/** Enters that a post was left; the row stays as history. */
export async function leavePost(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof endContract>,
): Promise<Reply<typeof endContract>> {
  const unit = await lockLiving(ctx, params.id)
  const post = await r.lockPost(ctx.db, ctx.actor.tenantId, unit.id, params.postId)
  if (!post) throw orgRefusals.post_missing()
  if (post.untilOn) throw orgRefusals.post_ended({ untilOn: post.untilOn })
  const field = '/body/untilOn'
  if (body.untilOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at(field)
  if (body.untilOn < post.fromOn) throw orgRefusals.ends_before_start.at(field)
  await r.setPostEnd(ctx.db, ctx.actor.tenantId, post.id, body.untilOn, body.reason)
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  const payload = { postId: post.id, post: post.post, memberId: post.memberId, untilOn: body.untilOn }
  await publish(ctx, 'org.post_left', subject, payload, { reason: body.reason })
  return { id: post.id }
}

/** What everybody may know of the own organisation: committee, contact, superiors. */
export async function readOwn(ctx: Ctx): Promise<Reply<typeof myContract>> {
  const { db, actor } = ctx
  // Also a member, whose grant reaches nobody else, may know where he belongs.
  const unit = await r.recordOf(db, { ...actor, reach: 'node' }, actor.orgId)
  if (!unit) throw orgRefusals.not_found()
  const [trail, people, posts] = await Promise.all([
    r.namesAlong(db, actor.tenantId, unit.path),
    peopleOf(db, actor.tenantId, unit.path),
    r.postsOf(db, actor.tenantId, unit.id, false),
  ])
  const facts = unit.facts as OrgFacts
  return {
    id: unit.id,
    kind: unit.kind as never,
    name: unit.name,
    shortName: unit.short_name,
    foundedOn: unit.founded_on,
    trail: trail.filter((step) => step.id !== unit.id).map(({ name }) => ({ name })),
    contact: facts.contact ?? null,
    phone: facts.phone ?? null,
    address: facts.address ?? null,
    brand: facts.brand ?? null,
    termFrom: unit.term_from,
    termUntil: unit.term_until,
    members: (people.formal ?? 0) + (people.probationary ?? 0),
    committee: posts.map(({ id, post, name, fromOn }) => ({ id, post, name, fromOn })),
  }
}
