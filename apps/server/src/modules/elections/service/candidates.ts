import {
  type approveCandidates,
  type closeCandidates,
  type ElectedBody,
  type Input,
  type postCandidates,
  type Reply,
  electionsRefusals as refusals,
  type reportCandidates,
} from '@tongxin/contract'
import { addDays, candidatesOk, countWorkdays, daysBetween, minCandidates } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { leadershipOf } from '../../org/index.ts'
import { calendarOf } from '../../settings/index.ts'
import { clockDone, setClock } from '../elections.deadlines.ts'
import { bodyOf, hasRights } from '../elections.policy.ts'
import type { Election } from '../queries/elections.queries.ts'
import { cardsOf, replaceCandidates, type Standing } from '../queries/people.queries.ts'
import { demandAbove, demandPast, keep, letterOf, lockIn, subjectOf } from './file.ts'

type Body = Input<typeof reportCandidates>['body']

/** Usual practice of making candidates public; the regulations leave the days to the level above (GEN-3). */
const PUBLICITY_WORKDAYS = 5
/** Days after its first day within which a publicity on paper is entered, with a reason. */
const PUBLICITY_LATE_DAYS = 30
/** Longer is a slip of the pen; each of its days is looked up in the calendar. */
const PUBLICITY_MOST_DAYS = 90

export async function report(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reportCandidates>,
): Promise<Reply<typeof reportCandidates>> {
  const election = await lockIn(ctx, params.id, 'nominating')
  demandNumbers(election, body)
  const people = await standing(ctx, election, body)
  await replaceCandidates(
    ctx.db,
    ctx.actor.tenantId,
    election,
    people.map((one) => ({ ...one, id: newId(ctx) })),
  )
  const letter = letterOf(ctx, body.documentNumber, todayOf(ctx.now))
  const change = {
    state: 'candidates_reported',
    candidates_by: ctx.actor.personId,
    candidates_approved_by: null,
  } as const
  const done = await keep(ctx, election, change, { candidatesRequest: letter, returnedReason: null })
  await publish(ctx, 'elections.candidates_reported', subjectOf(election), {
    candidates: people.length,
    documentNumber: letter.documentNumber,
  })
  return done
}

/**
 * A fifth more than seats for the committee and for delegates (ELEC-6), as many as posts for secretary and deputy
 * (ELEC-7); for the standing committee at least as many as seats, one or two more being told (ELEC-8).
 */
function demandNumbers(election: Election, { committee, standing = [], secretary, deputies }: Body): void {
  const { seats } = election
  if (seats === 0 && committee.length > 0) throw refusals.not_equal.at('/body/committee', { seats: 0 })
  if (seats > 0 && !candidatesOk({ seats, candidates: committee.length }).value) {
    const detail = { seats, least: minCandidates({ seats }).value, candidates: committee.length }
    throw refusals.too_few_candidates.at('/body/committee', detail)
  }
  const least = election.standing
  if (least === 0 && standing.length > 0) throw refusals.not_equal.at('/body/standing', { seats: 0 })
  if (standing.length < least)
    throw refusals.too_few_candidates.at('/body/standing', { seats: least, least, candidates: standing.length })
  const wanted = election.electsSecretary ? 1 : 0
  if ((secretary === null ? 0 : 1) !== wanted) throw refusals.not_equal.at('/body/secretary', { seats: wanted })
  const posts = election.electsSecretary ? election.deputies : 0
  if (deputies.length !== posts) throw refusals.not_equal.at('/body/deputies', { seats: posts })
  if (secretary !== null && deputies.includes(secretary)) throw refusals.named_twice.at('/body/deputies')
}

async function standing(ctx: Ctx<Tx>, election: Election, body: Body): Promise<Standing[]> {
  const leaders = [...(body.secretary === null ? [] : [body.secretary]), ...body.deputies]
  const { standing: few = [] } = body
  const cards = await cardsOf(ctx.db, ctx.actor.tenantId, election.orgPath, [...body.committee, ...leaders])
  const one = (body: ElectedBody, memberId: string, field: string): Standing => {
    const card = cards.find(({ id }) => id === memberId)
    if (!card) throw refusals.no_such_person.at(field)
    if (!hasRights(card)) throw refusals.no_rights.at(field, { name: card.name })
    return { memberId, personId: card.personId, name: card.name, body }
  }
  // In a whole election secretary and deputy come from the new committee, from its standing committee where there is
  // one; a by-election may raise somebody in office.
  const from = election.standing > 0 ? few : body.committee
  const outside = leaders.find((id) => election.kind === 'term' && election.seats > 0 && !from.includes(id))
  const alien = few.findIndex((id) => !body.committee.includes(id))
  if (alien >= 0) throw refusals.not_on_committee.at(`/body/standing/${alien}`)
  const inOffice = election.steps.plenum ? await committeeOf(ctx, election.unitId) : null
  const stranger = inOffice && leaders.find((id) => !inOffice.includes(id))
  if (stranger) throw refusals.not_on_committee.at(stranger === body.secretary ? '/body/secretary' : '/body/deputies')
  if (outside) throw refusals.not_on_committee.at(outside === body.secretary ? '/body/secretary' : '/body/deputies')
  return [
    ...body.committee.map((id, at) => one(bodyOf(election), id, `/body/committee/${at}`)),
    ...few.map((id, at) => one('standing', id, `/body/standing/${at}`)),
    ...(body.secretary === null ? [] : [one('secretary', body.secretary, '/body/secretary')]),
    ...body.deputies.map((id, at) => one('deputy', id, `/body/deputies/${at}`)),
  ]
}

/** Who is on the committee now: its plenum elects from its own. */
async function committeeOf(ctx: Ctx<Tx>, unitId: string): Promise<string[]> {
  const { posts } = await leadershipOf(ctx, unitId)
  return posts.filter((one) => one.untilOn === null && one.post !== 'group_leader').map(({ memberId }) => memberId)
}

export async function agree(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof approveCandidates>,
): Promise<Reply<typeof approveCandidates>> {
  const election = await lockIn(ctx, params.id, 'candidates_reported')
  demandAbove(ctx, election, election.candidatesBy)
  demandPast(ctx, body.on)
  const letter = letterOf(ctx, body.documentNumber, body.on)
  const change = { state: 'publicity', candidates_approved_by: ctx.actor.personId } as const
  const done = await keep(ctx, election, change, { candidatesApproval: letter })
  await publish(ctx, 'elections.candidates_approved', subjectOf(election), {
    documentNumber: letter.documentNumber,
    makerId: election.candidatesBy,
  })
  return done
}

export async function post(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof postCandidates>,
): Promise<Reply<typeof postCandidates>> {
  const election = await lockIn(ctx, params.id, 'publicity')
  const { from, until, place } = body
  const lateReason = reasonOfLate(ctx, election, body)
  if (until > addDays(from, PUBLICITY_MOST_DAYS))
    throw refusals.publicity_long.at('/body/until', { most: PUBLICITY_MOST_DAYS })
  const years = [...new Set([from, until].map((day) => Number(day.slice(0, 4))))]
  const calendars = []
  for (const year of years) calendars.push(await calendarOf(ctx.db, ctx.actor.tenantId, year))
  const days = countWorkdays(from, until, {
    holidays: calendars.flatMap((one) => one.holidays),
    makeupWorkdays: calendars.flatMap((one) => one.makeupWorkdays),
  })
  if (days < PUBLICITY_WORKDAYS) throw refusals.publicity_short.at('/body/until', { days, least: PUBLICITY_WORKDAYS })
  const done = await keep(
    ctx,
    election,
    {},
    { publicity: { from, until, place: place.trim(), outcome: null, lateReason } },
  )
  await setClock(ctx, election, 'publicity', { from, dueOn: until })
  const facts = { from, until, late: lateReason !== null }
  await publish(ctx, 'elections.publicity_posted', subjectOf(election), facts, lateReason ? { reason: lateReason } : {})
  return done
}

/**
 * Candidates are public after the level above agreed to them, never before. What hung on the board and is entered
 * afterwards says why, and only within a month. @returns the reason, null for what is entered in time
 */
function reasonOfLate(ctx: Ctx<Tx>, election: Election, body: Input<typeof postCandidates>['body']): string | null {
  const { from } = body
  const today = todayOf(ctx.now)
  demandPast(ctx, from, '/body/from')
  const approvedOn = election.steps.candidatesApproval?.on ?? today
  if (from < approvedOn) throw refusals.publicity_before_approval.at('/body/from', { from, approvedOn })
  if (daysBetween(from, today) > PUBLICITY_LATE_DAYS)
    throw refusals.publicity_too_late.at('/body/from', { from, most: PUBLICITY_LATE_DAYS })
  if (from === today) return null
  const reason = body.lateReason?.trim()
  if (!reason) throw refusals.late_reason_missing.at('/body/lateReason', { from })
  return reason
}

/** Only after its last day; what people said about the candidates is written down in any case. */
export async function close(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof closeCandidates>,
): Promise<Reply<typeof closeCandidates>> {
  const election = await lockIn(ctx, params.id, 'publicity')
  const { publicity } = election.steps
  if (!publicity) throw refusals.publicity_missing()
  if (todayOf(ctx.now) <= publicity.until) throw refusals.publicity_running({ until: publicity.until })
  const done = await keep(
    ctx,
    election,
    { state: 'preparing' },
    { publicity: { ...publicity, outcome: body.outcome.trim() } },
  )
  await clockDone(ctx, election.id, 'publicity')
  await publish(ctx, 'elections.publicity_closed', subjectOf(election), { until: publicity.until })
  return done
}
