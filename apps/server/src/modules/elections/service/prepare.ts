import {
  type approveElection,
  type cancelElection,
  type changeElection,
  type createElection,
  type Input,
  type Leadership,
  type Reply,
  electionsRefusals as refusals,
  type requestElection,
  type returnElection,
  type Vacancy,
} from '@tongxin/contract'
import { committeeAdvice, fullMembers, mayUseCongress, PARAMETERS, shiftStatus, wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { violated } from '../../../platform/sql.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { elects, findUnit, leadershipOf, type OrgUnit } from '../../org/index.ts'
import { clocksVoid, reportDueOn, setClock } from '../elections.deadlines.ts'
import type { Votes } from '../elections.ports.ts'
import { congressFor, countMembers, delegateElections } from '../queries/congress.queries.ts'
import * as q from '../queries/elections.queries.ts'
import { formalBelow } from '../queries/people.queries.ts'
import { roundsOf } from '../queries/rounds.queries.ts'
import { demandAbove, demandPast, keep, letterOf, lockIn, subjectOf } from './file.ts'

type Plan = Input<typeof changeElection>['body']
const BRANCHES: ReadonlySet<string> = new Set(['branch', 'joint_branch'])

/** The rules that a plan is tested against at once, before anybody is asked. */
async function demandPlan(ctx: Ctx<Tx>, unit: OrgUnit, plan: Plan): Promise<Way> {
  const today = todayOf(ctx.now)
  if (plan.plannedOn < today) throw refusals.in_past.at('/body/plannedOn')
  await demandAssembly(ctx, unit, plan)
  if (plan.kind === 'delegates') return { plenum: false, congressId: await allottedCongress(ctx, unit, plan) }
  return { ...(await demandOffices(ctx, unit, plan)), congressId: null }
}

type Way = { readonly plenum: boolean; readonly congressId: string | null }

/** A congress or a standing committee: only of a party committee at the end of its term, by ELEC-2 and ELEC-8. */
async function demandAssembly(ctx: Ctx<Tx>, unit: OrgUnit, plan: Plan): Promise<void> {
  const { standing = 0, delegates = null, scattered = false } = plan
  const isWhole = plan.kind === 'term' && unit.kind === 'committee'
  if (standing > 0 && (!isWhole || standing >= plan.seats)) throw refusals.standing_not_here.at('/body/standing')
  if (delegates === null) return
  const members = await countMembers(ctx.db, ctx.actor.tenantId, unit.path)
  // The level above agrees with its approval of the file, before which no seat is allotted.
  const may = mayUseCongress({ orgType: 'committee', members, scattered, superiorApproval: true })
  if (!isWhole || !may.value) throw refusals.congress_not_here.at('/body/delegates', { members })
}

/** Delegates are elected in the number that the congress allots to the unit, once. */
async function allottedCongress(ctx: Ctx<Tx>, unit: OrgUnit, plan: Plan): Promise<string> {
  const { db, actor } = ctx
  const congress = await congressFor(db, actor, unit)
  const isElected =
    congress &&
    (await delegateElections(db, actor.tenantId, congress.id)).some(
      ({ unitId, state }) => unitId === unit.id && state === 'done',
    )
  if (!congress || isElected) throw refusals.not_allotted.at('/body/kind', { seats: 0 })
  if (plan.seats !== congress.seats) throw refusals.not_allotted.at('/body/seats', { seats: congress.seats })
  if (plan.electsSecretary) throw refusals.nothing_to_elect.at('/body/electsSecretary')
  return congress.id
}

async function demandOffices(ctx: Ctx<Tx>, unit: OrgUnit, plan: Plan): Promise<{ plenum: boolean }> {
  if (plan.kind === 'term' && !plan.electsSecretary) throw refusals.nothing_to_elect.at('/body/electsSecretary')
  if (plan.seats === 0 && !plan.electsSecretary) throw refusals.nothing_to_elect.at('/body/seats')
  const { term, vacancies, posts, filled } = await leadershipOf(ctx, unit.id)
  if (plan.kind === 'by_election') {
    // A by-election fills what is vacant within a running term (ELEC-20); a whole committee stays as it is.
    if (!term || vacancies.length === 0) throw refusals.nothing_to_elect.at('/body/kind')
    if (plan.seats > seatsOpen(vacancies, posts, term.fromOn)) throw refusals.nothing_to_elect.at('/body/seats')
    if (plan.seats > 0) return { plenum: false }
    // Leaders alone: the committee's plenum elects them, the members' meeting where there is no committee (ELEC-7).
    const isVacant = vacancies.some(({ post }) => post === 'secretary')
    if (!isVacant) throw refusals.nothing_to_elect.at('/body/electsSecretary')
    return { plenum: (term.seats ?? 0) > 0 || filled > 2 }
  }
  await demandSize(ctx, unit, plan.seats)
  if (!term) return { plenum: false }
  const shift = { termEnd: term.plannedUntilOn, electionOn: plan.plannedOn, superiorApproval: true }
  if (shiftStatus(shift).value === 'too-far')
    throw refusals.too_far.at('/body/plannedOn', {
      until: term.plannedUntilOn,
      months: wholeParameter(PARAMETERS, 'elections.shiftMonths', plan.plannedOn),
    })
  return { plenum: false }
}

/** Seats beside the secretary's that a by-election may fill: what ought to be held, or what was left within the term. */
function seatsOpen(vacancies: readonly Vacancy[], posts: Leadership['posts'], from: string): number {
  const missing = vacancies.filter(({ post }) => post !== 'secretary').reduce((sum, { count }) => sum + count, 0)
  const left = posts.filter(
    ({ post, untilOn }) => post !== 'secretary' && post !== 'group_leader' && untilOn !== null && untilOn >= from,
  )
  return Math.max(missing, new Set(left.map(({ memberId }) => memberId)).size)
}

/**
 * A branch of seven full members or more has a committee of three at least, a smaller one has none (BR-16). More than
 * seven is 一般不超过: the file tells it with the article and goes on.
 */
async function demandSize(ctx: Ctx<Tx>, unit: OrgUnit, seats: number): Promise<void> {
  if (!BRANCHES.has(unit.kind)) {
    if (seats === 0) throw refusals.committee_needed.at('/body/seats')
    return
  }
  const full = (await formalBelow(ctx.db, ctx.actor.tenantId, unit.path)).length
  const advice = committeeAdvice({ fullMembers: fullMembers(full), size: seats }).value
  if (advice === 'committee-required') throw refusals.committee_needed.at('/body/seats', { full })
  if (advice === 'too-small') throw refusals.committee_small.at('/body/seats', { full })
  if (advice === 'no-committee' && seats > 0) throw refusals.no_committee.at('/body/seats', { full })
}

export async function create(
  ctx: Ctx<Tx>,
  { body }: Input<typeof createElection>,
): Promise<Reply<typeof createElection>> {
  const unit = ctx.actor.reach === 'self' ? undefined : await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit || unit.dissolvedOn) throw refusals.no_such_org.at('/body/orgId')
  if (!elects(unit.kind)) throw refusals.not_electing.at('/body/orgId')
  const { orgId: _, standing = 0, delegates = null, scattered = false, ...plan } = body
  const assembly = { standing, delegates, scattered }
  const way = await demandPlan(ctx, unit, { ...plan, ...assembly })
  const named = { id: newId(ctx), unitId: unit.id, orgPath: unit.path, unitName: unit.name }
  const made = { ...named, ...plan, ...assembly, ...way }
  await q.insertElection(ctx.db, ctx.actor, made, ctx.now).catch((error: unknown) => {
    throw violated(error) === 'elections_election_open' ? refusals.already_open.at('/body/orgId') : error
  })
  await publish(ctx, 'elections.created', subjectOf(made), { kind: plan.kind, seats: plan.seats })
  return { id: made.id, state: 'draft', version: 1 }
}

export async function change(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changeElection>,
): Promise<Reply<typeof changeElection>> {
  const election = await lockIn(ctx, params.id, 'draft')
  demandVersion(ctx, election.version)
  const unit = await findUnit(ctx.db, ctx.actor, election.unitId)
  if (!unit) throw refusals.no_such_org()
  const way = await demandPlan(ctx, unit, body)
  const { plannedOn, electsSecretary, reason, standing = 0, delegates = null, scattered = false, ...rest } = body
  const before = { ...election, reason: election.steps.reason }
  const fields = Object.entries(body).filter(([key, value]) => before[key as keyof typeof before] !== value)
  const done = await keep(
    ctx,
    election,
    {
      ...rest,
      standing,
      delegates,
      congress_id: way.congressId,
      planned_on: plannedOn,
      elects_secretary: electsSecretary,
    },
    { reason, scattered, plenum: way.plenum },
  )
  await publish(ctx, 'elections.changed', subjectOf(election), { fields: fields.map(([key]) => key) })
  return done
}

export async function request(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof requestElection>,
): Promise<Reply<typeof requestElection>> {
  const election = await lockIn(ctx, params.id, 'draft')
  const letter = letterOf(ctx, body.documentNumber, todayOf(ctx.now))
  const change = { state: 'requested', requested_by: ctx.actor.personId } as const
  const done = await keep(ctx, election, change, { request: letter, returnedReason: null })
  await publish(ctx, 'elections.requested', subjectOf(election), { documentNumber: letter.documentNumber })
  return done
}

export async function approve(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof approveElection>,
): Promise<Reply<typeof approveElection>> {
  const election = await lockIn(ctx, params.id, 'requested')
  demandAbove(ctx, election, election.requestedBy)
  demandPast(ctx, body.on)
  const approval = letterOf(ctx, body.documentNumber, body.on)
  const change = { state: 'nominating', approved_by: ctx.actor.personId } as const
  const done = await keep(ctx, election, change, { approval })
  await setClock(ctx, election, 'hold', { from: body.on, dueOn: election.plannedOn })
  await publish(ctx, 'elections.approved', subjectOf(election), {
    documentNumber: approval.documentNumber,
    makerId: election.requestedBy,
  })
  return done
}

const BACK = { requested: 'draft', candidates_reported: 'nominating', reported: 'reporting' } as const

/** What was sent up comes back with a reason; the makers send it again when it is mended. */
export async function sendBack(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof returnElection>,
): Promise<Reply<typeof returnElection>> {
  const election = await lockIn(ctx, params.id, 'requested', 'candidates_reported', 'reported')
  const from = election.state as keyof typeof BACK
  const makers = { requested: 'requestedBy', candidates_reported: 'candidatesBy', reported: 'reportedBy' } as const
  const makerId = election[makers[from]]
  demandAbove(ctx, election, makerId)
  const done = await keep(ctx, election, { state: BACK[from] }, { returnedReason: body.reason.trim() })
  const today = todayOf(ctx.now)
  // What was reported is to be reported again, by the same day as before.
  if (from === 'reported')
    await setClock(ctx, election, 'report', { from: today, dueOn: reportDueOn(election.heldOn ?? today) })
  await publish(ctx, 'elections.returned', subjectOf(election), { from, makerId }, { reason: body.reason })
  return done
}

/** Given up before it is done; an electronic round that is open goes with it. */
export const cancel =
  (votes: Votes) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof cancelElection>): Promise<Reply<typeof cancelElection>> => {
    const election = await q.lockElection(ctx.db, ctx.actor, params.id)
    if (!election) throw refusals.not_found()
    if (['done', 'cancelled', 'reported'].includes(election.state))
      throw refusals.wrong_state({ state: election.state })
    const open = (await roundsOf(ctx.db, ctx.actor.tenantId, election.id)).find(({ state }) => state === 'open')
    if (open?.voteId) await votes.cancel(ctx, open.voteId, body.reason)
    const done = await keep(ctx, election, { state: 'cancelled' }, { cancelledReason: body.reason.trim() })
    await clocksVoid(ctx, election.id)
    await publish(ctx, 'elections.cancelled', subjectOf(election), { state: election.state }, { reason: body.reason })
    return done
  }
