import {
  type Input,
  type readLeadership as leadershipContract,
  type OrgKind,
  orgRefusals,
  type Reply,
  type shiftTerm as shiftContract,
  type setTerm as termContract,
} from '@tongxin/contract'
import { PARAMETERS, shiftStatus, wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { lockLiving, recordChange } from './org.guards.ts'
import type { OrgUnit } from './org.queries.ts'
import * as r from './org.record.queries.ts'
import * as q from './org.terms.queries.ts'
import { demandRunning, keptRunning, remindOfTerm, shownTerm, termDone, termsWith } from './org.terms.ts'
import { peopleOf } from './org.total.queries.ts'
import { committeeSize, vacanciesOf } from './org.vacancies.ts'

/** Terms, posts and vacancies of a unit; `asOf` shows who held what on that day. */
export async function leadership(
  ctx: Ctx,
  { params, query }: Input<typeof leadershipContract>,
): Promise<Reply<typeof leadershipContract>> {
  const { db, actor } = ctx
  const unit = await r.recordOf(db, actor, params.id)
  if (!unit) throw orgRefusals.not_found()
  const [rows, posts, people] = await Promise.all([
    q.termsOf(db, actor.tenantId, unit.id),
    r.postsOf(db, actor.tenantId, unit.id, true),
    peopleOf(db, actor.tenantId, unit.path),
  ])
  const { terms, running } = termsWith(unit, rows)
  const on = query.asOf ?? null
  const then = on === null ? running : terms.find((term) => isRunningOn(term, on))
  const held = on === null ? posts : posts.filter((one) => isHeldOn(one, on))
  const figures = {
    kind: unit.kind as OrgKind,
    full: people.formal ?? 0,
    posts,
    seats: running?.seats ?? null,
    from: running?.fromOn ?? unit.founded_on,
  }
  return {
    asOf: on,
    term: then ? shownTerm(then) : null,
    terms: terms.map(shownTerm),
    posts: held,
    filled: committeeSize(on === null ? posts : held.map((one) => ({ ...one, untilOn: null }))),
    vacancies: on === null && !unit.dissolved_on ? vacanciesOf(figures) : [],
    version: unit.version,
  }
}

// A term that was not followed by an election goes on: its committee stays in office until the next one is elected.
const isRunningOn = (term: q.Term, on: string) => term.fromOn <= on && (term.endedOn === null || on < term.endedOn)
const isHeldOn = (post: { fromOn: string; untilOn: string | null }, on: string) =>
  post.fromOn <= on && (post.untilOn === null || on < post.untilOn)

type TermBody = Input<typeof termContract>['body']

/**
 * Enters a term: the next one after an election (换届), a correction of the running one, or one that was over before it.
 * The days decide which: a term that covers the first day of the running one is that one.
 */
export async function term(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof termContract>,
): Promise<Reply<typeof termContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  if (body.untilOn < body.fromOn) throw orgRefusals.ends_before_start.at('/body/untilOn')
  if (body.fromOn > todayOf(ctx.now)) throw orgRefusals.date_in_future.at('/body/fromOn')
  const record = await r.recordOf(ctx.db, ctx.actor, unit.id)
  if (!record) throw orgRefusals.not_found()
  const running = await keptRunning(ctx, record)
  const facts = {
    ordinal: body.ordinal ?? null,
    fromOn: body.fromOn,
    untilOn: body.untilOn,
    seats: body.seats ?? null,
    documentNumber: body.documentNumber ?? null,
  }
  if (running && body.untilOn <= running.fromOn) await enterPast(ctx, unit, facts)
  else if (running && body.fromOn <= running.fromOn) await correctRunning(ctx, unit, running, facts)
  else await begin(ctx, unit, running, facts)
  await noteTerm(ctx, unit, record, body)
  return { id: unit.id, version: unit.version + 1 }
}

type Facts = Parameters<typeof q.setTermFacts>[3]

async function begin(ctx: Ctx<Tx>, unit: OrgUnit, running: q.Term | undefined, facts: Facts): Promise<void> {
  const { tenantId } = ctx.actor
  if (running) {
    await q.setTermEnded(ctx.db, tenantId, running.id, facts.fromOn, ctx.now)
    await termDone(ctx, running)
  }
  const id = newId(ctx)
  await q.insertTerm(ctx.db, tenantId, { ...facts, id, endedOn: null, unit, at: ctx.now })
  await keepInUnit(ctx, unit, { ...facts, id })
}

async function correctRunning(ctx: Ctx<Tx>, unit: OrgUnit, running: q.Term, facts: Facts): Promise<void> {
  const kept = { ...facts, seats: facts.seats ?? running.seats, ordinal: facts.ordinal ?? running.ordinal }
  await q.setTermFacts(ctx.db, ctx.actor.tenantId, running.id, kept, ctx.now)
  await keepInUnit(ctx, unit, { ...kept, id: running.id })
}

/** A term of the past stands in the history only. */
async function enterPast(ctx: Ctx<Tx>, unit: OrgUnit, facts: Facts): Promise<void> {
  const past = { ...facts, id: newId(ctx), endedOn: facts.untilOn, unit, at: ctx.now }
  await q.insertTerm(ctx.db, ctx.actor.tenantId, past)
  await r.raiseVersion(ctx.db, ctx.actor.tenantId, unit.id, ctx.now)
}

/** The running term also stands in the unit, where lists and filters find it. */
async function keepInUnit(
  ctx: Ctx<Tx>,
  unit: OrgUnit,
  running: Pick<q.Term, 'id' | 'ordinal' | 'fromOn' | 'untilOn'>,
): Promise<void> {
  const { ordinal, fromOn, untilOn } = running
  await r.setTerm(ctx.db, ctx.actor.tenantId, unit.id, { ordinal, fromOn, untilOn, at: ctx.now })
  await remindOfTerm(ctx, unit, running)
}

type UnitRecord = NonNullable<Awaited<ReturnType<typeof r.recordOf>>>

async function noteTerm(ctx: Ctx<Tx>, unit: OrgUnit, old: UnitRecord, body: TermBody): Promise<void> {
  const before = { termOrdinal: old.term_ordinal, termFrom: old.term_from, termUntil: old.term_until }
  const after = { termOrdinal: body.ordinal ?? null, termFrom: body.fromOn, termUntil: body.untilOn }
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
}

/**
 * Delays or advances the end of the running term. It takes the approval of the level above and is generally at most a
 * year (选举工作条例 art. 3, ELEC-1), counted from the end that the election set; more is entered when that is confirmed.
 */
export async function shift(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof shiftContract>,
): Promise<Reply<typeof shiftContract>> {
  const unit = await lockLiving(ctx, params.id)
  demandVersion(ctx, unit.version)
  const record = await r.recordOf(ctx.db, ctx.actor, unit.id)
  if (!record) throw orgRefusals.not_found()
  const running = await demandRunning(ctx, record)
  refuseShift(running, body, todayOf(ctx.now))
  const { tenantId } = ctx.actor
  const { untilOn, documentNumber, approvedOn, reason } = body
  const approval = { document: documentNumber.trim(), approvedOn, reason: reason.trim() }
  const isPlanned = untilOn === running.plannedUntilOn
  await q.setTermShift(ctx.db, tenantId, running.id, untilOn, isPlanned ? null : approval, ctx.now)
  await keepInUnit(ctx, unit, { ...running, untilOn })
  const before = { termUntil: running.untilOn }
  const after = { termUntil: untilOn }
  await recordChange(ctx, {
    unitId: unit.id,
    orgPath: unit.path,
    kind: 'term_shifted',
    effectiveOn: approvedOn,
    documentNumber: approval.document,
    reason: approval.reason,
    before,
    after,
  })
  const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
  const payload = { untilOn, plannedUntilOn: running.plannedUntilOn }
  await publish(ctx, 'org.term_shifted', subject, payload, { reason: approval.reason, before, after })
  return { id: unit.id, version: unit.version + 1 }
}

function refuseShift(running: q.Term, body: Input<typeof shiftContract>['body'], today: string): void {
  const { untilOn, approvedOn } = body
  const field = '/body/untilOn'
  if (approvedOn > today) throw orgRefusals.date_in_future.at('/body/approvedOn')
  if (untilOn <= running.fromOn) throw orgRefusals.ends_before_start.at(field)
  if (untilOn === running.untilOn) throw orgRefusals.nothing_changed.at(field)
  const { value } = shiftStatus({ termEnd: running.plannedUntilOn, electionOn: untilOn, superiorApproval: true })
  if (value !== 'too-far' || body.acceptTooFar) return
  const months = wholeParameter(PARAMETERS, 'elections.shiftMonths', untilOn)
  throw orgRefusals.shift_too_far.at(field, { months })
}
