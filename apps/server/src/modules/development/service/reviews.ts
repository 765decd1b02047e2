import {
  type addDevelopmentReview,
  type closePublicity,
  type Input,
  type postPublicity,
  type Reply,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { activistReviewDueDates, addMonths, publicityOk } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { calendarOf } from '../../settings/index.ts'
import { liveStep, type Road, roadOf } from '../development.road.ts'
import { type Case, lockCase } from '../queries/cases.queries.ts'
import { insertPublicity, insertReview, setClosed } from '../queries/parts.queries.ts'
import { found, settleFindings } from '../rules/findings.ts'
import { attachToCase } from './proofs.ts'
import { settle, subjectOf } from './settle.ts'

/** The open case of the scope, locked: what belongs to it may be entered while it runs. */
async function runningCase(ctx: Ctx<Tx>, id: string): Promise<Case> {
  const one = await lockCase(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  if (one.state !== 'running' && one.state !== 'returned') throw refusals.not_running({ state: one.state })
  return one
}

type Body = Input<typeof addDevelopmentReview>['body']

export async function addReview(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof addDevelopmentReview>,
): Promise<Reply<typeof addDevelopmentReview>> {
  return addReviewTo(ctx, await runningCase(ctx, params.id), body)
}

/** Keeps a review of a case that the caller has locked and may write to. */
export async function addReviewTo(ctx: Ctx<Tx>, one: Case, body: Body): Promise<{ id: string }> {
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  demandTime(ctx, one, body)
  if (body.fileId) await attachToCase(ctx, one, body.fileId)
  const id = newId(ctx)
  await insertReview(ctx.db, ctx.actor.tenantId, one, {
    id,
    by: ctx.actor.personId,
    at: ctx.now,
    kind: body.kind,
    isOwn: body.kind === 'thought_report',
    dueOn: dueOf(road, body),
    heldOn: body.heldOn,
    verdict: body.verdict ?? null,
    opinion: body.opinion.trim(),
    fileId: body.fileId ?? null,
  })
  await publish(ctx, 'development.reviewed', subjectOf(one), { caseId: one.id, kind: body.kind, heldOn: body.heldOn })
  await settle(ctx, one.id)
  return { id }
}

/** A review belongs to the time in which it is owed: of an activist, or of probation. */
function demandTime(ctx: Ctx<Tx>, one: Case, { heldOn, kind }: Body): void {
  if (heldOn > todayOf(ctx.now))
    throw refusals.date_in_future({}, [{ field: '/body/heldOn', code: 'development.date_in_future' }])
  const from = kind.startsWith('probation') ? one.admittedOn : kind === 'half_year' ? one.activistOn : one.appliedOn
  if (!from)
    throw refusals.wrong_state({ state: one.state }, [{ field: '/body/kind', code: 'development.wrong_state' }])
  if (heldOn < from)
    throw refusals.before_last_step({ last: from }, [
      { field: '/body/heldOn', code: 'development.before_last_step', detail: { last: from } },
    ])
}

/** The due date that a review answers: each counted from the day of the decision (GEN-2). */
function dueOf({ one, reviews, parameters }: Road, { kind }: Body): string | null {
  const held = reviews.filter((each) => each.kind === kind).length
  if (kind === 'half_year' && one.activistOn) {
    const until = addMonths(one.activistOn, 12 * (held + 1))
    return activistReviewDueDates({ activistDate: one.activistOn, until }, parameters).value[held] ?? null
  }
  if (kind === 'thought_report') return one.activistOn ? addMonths(one.activistOn, 3 * (held + 1)) : null
  return one.admittedOn ? addMonths(one.admittedOn, (kind === 'probation_quarter' ? 3 : 6) * (held + 1)) : null
}

/** After which step a publicity may be posted. */
const AFTER = { activist: 3, object: 8, admission: 15, conversion: 23 } as const

export async function post(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof postPublicity>,
): Promise<Reply<typeof postPublicity>> {
  const one = await runningCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  const decided = liveStep(road, AFTER[body.purpose])
  // Art. 13: an object of development is made public after the level above has agreed.
  if (decided?.state !== 'confirmed' || body.until < body.from)
    throw refusals.wrong_state({ state: one.state }, [{ field: '/body/purpose', code: 'development.wrong_state' }])
  if (road.publicities.some(({ purpose, closedOn }) => purpose === body.purpose && closedOn === null))
    throw refusals.publicity_open()
  const first = decided.decidedOn ?? decided.heldOn
  if (body.from < first)
    throw refusals.before_last_step({ last: first }, [
      { field: '/body/from', code: 'development.before_last_step', detail: { last: first } },
    ])
  const verdict = publicityOk(
    { ...body, to: body.until, ...(await daysAround(ctx, body.from, body.until)) },
    road.parameters,
  )
  const version = verdict.version === '2014' ? '2014' : '2026'
  const [kept] = settleFindings([found(verdict, { version, word: 'publicity_short', field: '/body/until' })], [])
  if (!kept) throw new Error('a publicity has one verdict')
  const id = newId(ctx)
  const made = { id, by: ctx.actor.personId, at: ctx.now }
  await insertPublicity(ctx.db, ctx.actor.tenantId, one, { ...made, ...body, places: [...body.places], verdict: kept })
  const { purpose, from, until } = body
  await publish(ctx, 'development.publicity_posted', subjectOf(one), { caseId: one.id, purpose, from, until })
  await settle(ctx, one.id)
  return { id }
}

/** Holidays of every year that the days touch. */
async function daysAround(ctx: Ctx<Tx>, from: string, until: string) {
  const years = [...new Set([from, until].map((day) => Number(day.slice(0, 4))))]
  const calendars = []
  for (const year of years) calendars.push(await calendarOf(ctx.db, ctx.actor.tenantId, year))
  return {
    holidays: calendars.flatMap(({ holidays }) => holidays),
    makeupWorkdays: calendars.flatMap(({ makeupWorkdays }) => makeupWorkdays),
    years: calendars.filter(({ provisional }) => !provisional).flatMap((each) => each.years),
  }
}

export async function close(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof closePublicity>,
): Promise<Reply<typeof closePublicity>> {
  const one = await runningCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  const posted = road.publicities.find(({ id }) => id === params.publicityId)
  if (!posted) throw refusals.no_such_publicity()
  if (posted.closedOn !== null) throw refusals.publicity_closed()
  const today = todayOf(ctx.now)
  if (body.closedOn > today)
    throw refusals.date_in_future({}, [{ field: '/body/closedOn', code: 'development.date_in_future' }])
  if (body.closedOn <= posted.until) throw refusals.publicity_open({ until: posted.until })
  const verification = body.verification?.trim() || null
  // What was heard has to be looked into before anything follows from it.
  if (body.feedback > 0 && !verification)
    throw refusals.reason_missing({}, [{ field: '/body/verification', code: 'field.missing' }])
  await setClosed(ctx.db, ctx.actor.tenantId, posted.id, {
    on: body.closedOn,
    feedback: body.feedback,
    verification,
    passed: body.passed,
    by: ctx.actor.personId,
  })
  const { feedback } = body
  await publish(ctx, 'development.publicity_closed', subjectOf(one), {
    caseId: one.id,
    purpose: posted.purpose,
    feedback,
  })
  await settle(ctx, one.id)
  return { id: posted.id }
}
