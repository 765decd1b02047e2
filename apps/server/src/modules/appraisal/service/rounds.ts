import {
  CRITERIA,
  type cancelRound,
  type changeRoundDates,
  type Input,
  type listRounds,
  type openRounds,
  type Reply,
  type RoundDates,
  type RoundRow,
  appraisalRefusals as refusals,
} from '@tongxin/contract'
import { gradeAllowed, type ParameterTable, switchParameter, wholeParameter } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { type Act, allows, dueOf, inOrder } from '../appraisal.policy.ts'
import * as persons from '../queries/persons.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import * as box from '../queries/sheets.queries.ts'
import { endAllClocks, setOwnClocks, setStepClock } from './clocks.ts'

export type Done = { id: string; version: number; state: q.Round['state'] }

export const subjectOf = (round: Pick<q.Round, 'id' | 'orgPath'>, personId: string | null = null) => ({
  kind: 'appraisal_round',
  id: round.id,
  orgPath: round.orgPath,
  personId,
})

/** A round of the caller's reach, locked, in a state that allows the act. @throws `not_found`, `wrong_state` */
export async function locked(ctx: Ctx<Tx>, id: string, act: Act): Promise<q.Round> {
  const round = await q.lockRound(ctx.db, ctx.actor, id)
  if (!round) throw refusals.not_found()
  if (!allows(act, round.state)) throw refusals.wrong_state({ state: round.state })
  return round
}

/** Moves the round on: its state, the last day of the step that now runs, and the reminder of it. */
export async function step(
  ctx: Ctx<Tx>,
  round: q.Round,
  state: q.Round['state'],
  change: q.RoundChange,
): Promise<Done> {
  const dueOn = dueOf(state, round)
  await q.setRound(ctx.db, ctx.actor.tenantId, round, { ...change, state, due_on: dueOn }, ctx.now)
  await setStepClock(ctx, { ...round, state, dueOn })
  return { id: round.id, version: round.version + 1, state }
}

export const rowOf = (round: q.Round & q.Counted, today: string): RoundRow => ({
  id: round.id,
  year: round.year,
  state: round.state,
  orgId: round.unitId,
  orgName: round.orgName,
  people: round.people,
  selfHandedIn: round.selfHandedIn,
  sheetsReturned: round.sheetsReturned,
  told: round.told,
  dates: datesOf(round),
  dueOn: round.dueOn,
  isOverdue: round.dueOn !== null && round.dueOn < today,
  version: round.version,
})

const datesOf = ({ selfDueOn, sheetDueOn, gradeDueOn, reportDueOn }: RoundDates): RoundDates => ({
  selfDueOn,
  sheetDueOn,
  gradeDueOn,
  reportDueOn,
})

const SORTS = { year: 'r.year', orgName: 'o.name', dueOn: 'r.due_on' } as const
type Filter = Pick<Input<typeof listRounds>['query'], 'orgId' | 'below' | 'year' | 'state' | 'overdue' | 'text'>

export async function filterOf(
  ctx: { db: Db; actor: Actor; now: Date },
  asked: Filter,
  at: string,
): Promise<q.RoundFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : undefined
  if (asked.orgId && !unit) throw refusals.no_such_org.at(`${at}/orgId`)
  return {
    place: unit?.path ?? ctx.actor.scope,
    below: unit === undefined || (asked.below ?? true),
    year: asked.year ?? null,
    state: asked.state ?? null,
    overdueBefore: asked.overdue ? todayOf(ctx.now) : null,
    text: asked.text ?? null,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listRounds>): Promise<Reply<typeof listRounds>> {
  const keyset = keysetOf(query, SORTS, '-year')
  const found = await q.listRounds(ctx.db, ctx.actor, await filterOf(ctx, query, '/query'), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: { 'r.year': row.year, 'o.name': row.orgName, 'r.due_on': row.dueOn }[keyset.column] ?? null,
    id: row.id,
  }))
  const today = todayOf(ctx.now)
  return { rows: rows.map((row) => rowOf(row, today)), next, total: null }
}

const BRANCHES = new Set(['branch', 'joint_branch', 'temporary_branch'])
const MOST_BRANCHES = 2000

/** One round for each branch at or below the unit; those that have one of the year, or no members, are passed over. */
export async function open(ctx: Ctx<Tx>, { body }: Input<typeof openRounds>): Promise<Reply<typeof openRounds>> {
  demandDates(ctx, body.dates)
  if (body.year > Number(todayOf(ctx.now).slice(0, 4))) throw refusals.year_in_future.at('/body/year')
  const below = await q.branchesBelow(ctx.db, ctx.actor, body.orgId)
  if (!below) throw refusals.no_such_org.at('/body/orgId')
  if (below.branches.length > MOST_BRANCHES) throw refusals.too_many_rows({ most: MOST_BRANCHES })
  const branches = BRANCHES.has(below.unit.kind) ? [below.unit] : below.branches
  if (branches.length === 0) throw refusals.no_branch.at('/body/orgId', { org: below.unit.name })
  const ids: string[] = []
  const skipped: string[] = []
  for (const branch of branches) {
    const id = await openOne(ctx, branch, body)
    if (typeof id === 'string') ids.push(id)
    else if (branches.length === 1) throw refusals[id.refused].at('/body/orgId', { org: branch.name, year: body.year })
    else skipped.push(branch.name)
  }
  return { ids, skipped }
}

type Passed = { refused: 'opened_already' | 'nobody_to_appraise' }

async function openOne(
  ctx: Ctx<Tx>,
  branch: q.Branch,
  { year, dates, criteria = [] }: Pick<Input<typeof openRounds>['body'], 'year' | 'dates' | 'criteria'>,
): Promise<string | Passed> {
  const { tenantId } = ctx.actor
  const people = await persons.participantsOf(ctx.db, tenantId, branch.id)
  if (people.length === 0) return { refused: 'nobody_to_appraise' }
  const id = newId(ctx)
  const today = todayOf(ctx.now)
  const figures = figuresOn(await parametersOf(ctx.db, tenantId, branch.path), today)
  const chosen = CRITERIA.filter((name) => criteria.includes(name))
  const round = { id, unitId: branch.id, orgPath: branch.path, year, criteria: chosen, ...figures, ...dates }
  if (!(await q.insertRound(ctx.db, ctx.actor, round, ctx.now))) return { refused: 'opened_already' }
  const taking = people.map((one) => ({ ...one, id: newId(ctx), isGraded: isGraded(one, figures.gradesProbationary) }))
  await persons.insertPersons(ctx.db, tenantId, round, taking)
  const clocked = { ...round, orgName: branch.name, state: 'study' as const, dueOn: dates.selfDueOn }
  await setStepClock(ctx, clocked)
  await setOwnClocks(ctx, clocked, 'self', taking)
  const personIds = people.map(({ personId }) => personId)
  await publish(ctx, 'appraisal.opened', subjectOf(round), { year, people: people.length, personIds })
  return id
}

/** Weights and numbers as they hold for the branch on the day of the opening. */
function figuresOn(parameters: ParameterTable, on: string) {
  const whole = (code: string) => wholeParameter(parameters, `appraisal.${code}`, on)
  return {
    weights: {
      self: whole('selfWeight'),
      mutual: whole('mutualWeight'),
      masses: whole('massesWeight'),
      organisation: whole('organisationWeight'),
    },
    leastRaters: whole('leastRaters'),
    gradesProbationary: switchParameter(parameters, 'appraisal.gradesProbationary', on),
    countsProbationary: switchParameter(parameters, 'appraisal.countsProbationary', on),
  }
}

/** Probationary members take part and are graded only where the organisation has set it so (EVAL-3). */
export const isGraded = ({ category }: { category: 'formal' | 'probationary' }, gradesProbationary: boolean): boolean =>
  gradesProbationary || gradeAllowed({ category }).value

function demandDates(ctx: Ctx<Tx>, dates: RoundDates, from: keyof RoundDates = 'selfDueOn'): void {
  if (!inOrder(dates)) throw refusals.dates_out_of_order.at('/body/dates')
  if (dates[from] < todayOf(ctx.now)) throw refusals.date_past.at(`/body/dates/${from}`)
}

const RUNNING: Readonly<Partial<Record<q.Round['state'], keyof RoundDates>>> = {
  study: 'selfDueOn',
  reviewing: 'selfDueOn',
  assessing: 'sheetDueOn',
  grading: 'gradeDueOn',
  checking: 'gradeDueOn',
  feedback: 'reportDueOn',
}
const NAMES = ['selfDueOn', 'sheetDueOn', 'gradeDueOn', 'reportDueOn'] as const

/** Days of steps that are over stay as they were. */
export async function changeDates(ctx: Ctx<Tx>, { params, body }: Input<typeof changeRoundDates>): Promise<Done> {
  const round = await locked(ctx, params.id, 'change')
  demandVersion(ctx, round.version)
  const running = RUNNING[round.state] ?? 'reportDueOn'
  const over = NAMES.slice(0, NAMES.indexOf(running))
  const dates = { ...body, ...Object.fromEntries(over.map((name) => [name, round[name]])) }
  demandDates(ctx, dates, running)
  const fields = NAMES.filter((name) => dates[name] !== round[name])
  await publish(ctx, 'appraisal.dates_changed', subjectOf(round), { fields: [...fields] })
  const moved = { ...round, ...dates }
  const done = await step(ctx, moved, round.state, {
    self_due_on: dates.selfDueOn,
    sheet_due_on: dates.sheetDueOn,
    grade_due_on: dates.gradeDueOn,
    report_due_on: dates.reportDueOn,
  })
  const waiting = (await persons.personsOf(ctx.db, ctx.actor.tenantId, round.id)).filter(({ hasLeft }) => !hasLeft)
  if (running === 'selfDueOn')
    await setOwnClocks(
      ctx,
      moved,
      'self',
      waiting.filter(({ selfHandedInOn }) => selfHandedInOn === null),
    )
  if (running === 'sheetDueOn')
    await setOwnClocks(
      ctx,
      moved,
      'sheet',
      waiting.filter(({ sheetReturned }) => !sheetReturned),
    )
  if (running === 'reportDueOn')
    await setOwnClocks(
      ctx,
      moved,
      'result',
      waiting.filter(({ feedback, grade }) => feedback === 'untold' && grade !== null),
    )
  return done
}

export async function cancel(ctx: Ctx<Tx>, { params, body }: Input<typeof cancelRound>): Promise<Done> {
  const round = await locked(ctx, params.id, 'cancel')
  await publish(ctx, 'appraisal.cancelled', subjectOf(round), { year: round.year }, { reason: body.reason })
  // What was said in it is never opened: sealed sheets and unused codes go with the round.
  await box.emptyBox(ctx.db, ctx.actor.tenantId, round.id)
  await box.dropCodes(ctx.db, ctx.actor.tenantId, round.id)
  const done = await step(ctx, round, 'cancelled', { cancelled_reason: body.reason })
  await endAllClocks(ctx, round, await persons.personsOf(ctx.db, ctx.actor.tenantId, round.id))
  return done
}
