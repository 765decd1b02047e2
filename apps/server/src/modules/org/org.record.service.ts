import {
  type correctOrg as correctContract,
  type Input,
  type readMyOrg as myContract,
  type OrgChange,
  type OrgFacts,
  type OrgKind,
  orgRefusals,
  type Reply,
  type readOrg as readContract,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { lockLiving, recordChange, refuseTaken } from './org.guards.ts'
import { hintsOf } from './org.hints.ts'
import * as r from './org.record.queries.ts'
import { termsOf } from './org.terms.queries.ts'
import { termsWith } from './org.terms.ts'
import { peopleOf } from './org.total.queries.ts'
import { vacanciesOf } from './org.vacancies.ts'

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

/** What everybody may know of the own organisation: committee, contact, superiors. */
export async function readOwn(ctx: Ctx): Promise<Reply<typeof myContract>> {
  const { db, actor } = ctx
  // Also a member, whose grant reaches nobody else, may know where he belongs.
  const unit = await r.recordOf(db, { ...actor, reach: 'node' }, actor.orgId)
  if (!unit) throw orgRefusals.not_found()
  const [trail, people, posts, rows] = await Promise.all([
    r.namesAlong(db, actor.tenantId, unit.path),
    peopleOf(db, actor.tenantId, unit.path),
    r.postsOf(db, actor.tenantId, unit.id, true),
    termsOf(db, actor.tenantId, unit.id),
  ])
  const { running } = termsWith(unit, rows)
  const figures = { kind: unit.kind as OrgKind, full: people.formal ?? 0, posts }
  const from = running?.fromOn ?? unit.founded_on
  const vacant = vacanciesOf({ ...figures, seats: running?.seats ?? null, from })
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
    termOrdinal: unit.term_ordinal,
    termFrom: unit.term_from,
    termUntil: unit.term_until,
    members: (people.formal ?? 0) + (people.probationary ?? 0),
    committee: posts
      .filter((one) => one.untilOn === null)
      .map(({ id, post, name, fromOn, way }) => ({ id, post, name, fromOn, way })),
    vacant: vacant.map(({ post }) => post),
  }
}
