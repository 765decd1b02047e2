import {
  APPRAISAL_GRADES,
  type Criterion,
  type confirmGrades,
  type GradeRow,
  type GradeTable,
  type Input,
  type noteGrades,
  type RaterGroup,
  type readGrades,
  appraisalRefusals as refusals,
  type returnGrades,
  type submitGrades,
} from '@tongxin/contract'
import { excellentOk, GRADES, maxExcellent } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { enterAppraisals } from '../../members/index.ts'
import { gradesWithin, indicatedGrade, isCounted, shownResult, type Voices } from '../appraisal.policy.ts'
import * as persons from '../queries/persons.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import { type Tally, talliesOf } from '../queries/sheets.queries.ts'
import { setOwnClocks } from './clocks.ts'
import { type Done, locked, step, subjectOf } from './rounds.ts'
import { opened, openedReview, sealed } from './sealed.ts'
import { demandPast, demandSince } from './steps.ts'

type Reading = Pick<Ctx, 'vault' | 'actor' | 'db'>

function voicesOf(round: q.Round, person: persons.Person, tallies: readonly Tally[]): Voices {
  const of = (group: Tally['group']) =>
    tallies.find((one) => one.subjectId === person.id && one.group === group && one.rated === '')?.counts
  const [members, masses] = [of('members'), of('masses')]
  return {
    weights: round.weights,
    least: round.leastRaters,
    // What was not handed in is a draft.
    self: person.selfHandedInOn === null ? null : person.selfGrade,
    counts: { ...(members ? { members } : {}), ...(masses ? { masses } : {}) },
  }
}

/** The table that the organisation grades by: results and daily performance side by side, by name (EVAL-4). */
export async function tableOf(ctx: Reading, round: q.Round): Promise<GradeTable> {
  const { tenantId } = ctx.actor
  const people = (await persons.personsOf(ctx.db, tenantId, round.id)).filter(({ hasLeft }) => !hasLeft)
  const counted = isCounted(round.state)
  const tallies = counted ? await talliesOf(ctx.db, tenantId, round.id) : []
  const returned = people.filter(({ sheetReturned }) => sheetReturned).length
  return {
    rows: people.map((person) => rowOf(ctx, round, person, tallies)),
    cap: capOf(round, people),
    returned: { members: returned, masses: round.codesReturned },
    version: round.version,
  }
}

function rowOf(ctx: Reading, round: q.Round, person: persons.Person, tallies: readonly Tally[]): GradeRow {
  const text = (column: string, bytes: Buffer | null) => opened(ctx, person.id, column, bytes)
  const voices = voicesOf(round, person, tallies)
  const shown = (['members', 'masses'] as const).filter((group) => group === 'members' || round.codesPrinted > 0)
  const review = person.selfHandedInOn === null ? null : openedReview(ctx, person.id, person.selfReview)
  const isOpen = person.isGraded && isCounted(round.state)
  return {
    id: person.id,
    memberId: person.memberId,
    name: person.name,
    isGraded: person.isGraded,
    self: review && { ...review, grade: person.selfGrade },
    groups: isOpen ? shown.map((group) => shownResult(group, voices.counts[group], round.leastRaters)) : [],
    criteria: isOpen ? round.criteria.map((name) => ratingsOf(round, person, tallies, name, shown)) : [],
    indicated: isOpen ? indicatedGrade(voices) : null,
    within: isOpen ? gradesWithin(voices) : [],
    daily: text('daily', person.daily),
    grade: person.grade,
    reason: text('reason', person.reason),
    measures: text('measures', person.measures),
    disposal: person.disposal,
    feedback: person.feedback,
    toldOn: person.toldOn,
    objection: text('objection', person.objection),
    answer: text('answer', person.answer),
  }
}

/** What the groups say by one criterion, hidden as the grades are. */
function ratingsOf(
  round: q.Round,
  person: persons.Person,
  tallies: readonly Tally[],
  criterion: Criterion,
  shown: readonly RaterGroup[],
): GradeRow['criteria'][number] {
  const countsOf = (group: RaterGroup) =>
    tallies.find((one) => one.subjectId === person.id && one.group === group && one.rated === criterion)?.counts
  return { criterion, groups: shown.map((group) => shownResult(group, countsOf(group), round.leastRaters)) }
}

/** Graded members are the whole of EVAL-2, and probationary ones too where the organisation has set it so. */
function capOf(round: q.Round, people: readonly persons.Person[]): GradeTable['cap'] {
  const total = people.filter(({ isGraded }) => isGraded || round.countsProbationary).length
  const excellent = people.filter(({ grade }) => grade === 'excellent').length
  const verdict = excellentOk({ total, excellent })
  return {
    total,
    excellent,
    most: maxExcellent({ total }).value,
    ok: verdict.ok,
    ruleId: verdict.ruleId,
    citation: verdict.citation,
  }
}

export async function read(ctx: Ctx, { params }: Input<typeof readGrades>): Promise<GradeTable> {
  const round = await q.findRound(ctx.db, ctx.actor, params.id)
  if (!round) throw refusals.not_found()
  return tableOf(ctx, round)
}

export async function note(ctx: Ctx<Tx>, { params, body }: Input<typeof noteGrades>): Promise<Done> {
  const round = await locked(ctx, params.id, 'grade')
  demandVersion(ctx, round.version)
  const { tenantId } = ctx.actor
  const people = await persons.personsOf(ctx.db, tenantId, round.id)
  for (const [at, row] of body.rows.entries()) {
    const person = people.find(({ id, hasLeft }) => id === row.id && !hasLeft)
    if (!person) throw refusals.no_such_person.at(`/body/rows/${at}/id`)
    if (!person.isGraded && row.grade !== null)
      throw refusals.not_graded.at(`/body/rows/${at}/grade`, { name: person.name })
    await persons.setPerson(ctx.db, tenantId, person.id, changeOf(ctx, person.id, row))
  }
  await publish(ctx, 'appraisal.grades_noted', subjectOf(round), { year: round.year, people: body.rows.length })
  return step(ctx, round, 'grading', { noted_by: [...new Set([...round.notedBy, ctx.actor.personId])] })
}

type Noted = Input<typeof noteGrades>['body']['rows'][number]

function changeOf(ctx: Ctx<Tx>, id: string, row: Noted): persons.PersonChange {
  const text = (column: 'daily' | 'reason' | 'measures') => {
    const value = row[column]
    return value === undefined ? {} : { [column]: value === null ? null : sealed(ctx, id, column, value) }
  }
  return {
    grade: row.grade,
    ...text('daily'),
    ...text('reason'),
    ...text('measures'),
    // A disposal follows 不合格 only (DISP-1): what was noted for a grade that was changed since does not stay.
    ...(row.grade === 'unqualified'
      ? row.disposal === undefined
        ? {}
        : { disposal: row.disposal }
      : { disposal: null }),
  }
}

/** Grades by people, with results and daily performance in view; the cap refuses with its article. */
export async function submit(ctx: Ctx<Tx>, { params, body }: Input<typeof submitGrades>): Promise<Done> {
  const round = await locked(ctx, params.id, 'grade')
  demandPast(ctx, body.on, '/body/on')
  demandSince(round.sheetsClosedOn, body.on)
  const table = await tableOf(ctx, round)
  demandGrades(table)
  const { total, excellent } = table.cap
  await publish(ctx, 'appraisal.grades_submitted', subjectOf(round), { year: round.year, excellent, total })
  return step(ctx, round, 'checking', {
    decided_by: body.by,
    decided_on: body.on,
    submitted_by: ctx.actor.personId,
    returned_reason: null,
  })
}

function demandGrades({ rows, cap }: GradeTable): void {
  const graded = rows.filter(({ isGraded }) => isGraded)
  const refuse = (which: (row: GradeRow) => boolean, make: (detail: { names: string[] }) => Error) => {
    const names = graded.filter(which).map(({ name }) => name)
    if (names.length > 0) throw make({ names })
  }
  refuse(({ grade }) => grade === null, refusals.grades_missing)
  if (!cap.ok)
    throw refusals.too_many_excellent({
      excellent: cap.excellent,
      total: cap.total,
      most: cap.most,
      rule: cap.ruleId,
      article: cap.citation.zh,
      articleEn: cap.citation.en,
    })
  refuse(({ daily }) => daily === null, refusals.daily_missing)
  refuse(
    ({ grade, within, reason }) => grade !== null && !within.includes(grade) && reason === null,
    refusals.departs_without_reason,
  )
  refuse(
    ({ grade, measures }) => (grade === 'basic' || grade === 'unqualified') && measures === null,
    refusals.measures_missing,
  )
  refuse(({ grade, disposal }) => grade === 'unqualified' && disposal === null, refusals.disposal_missing)
}

/** Maker and checker are two people: neither who noted grades nor who submitted them decides on them. */
function demandSecond(ctx: Ctx<Tx>, round: q.Round): void {
  const makers = [...round.notedBy, round.submittedBy]
  if (makers.includes(ctx.actor.personId)) throw refusals.not_by_the_same()
}

export async function confirm(ctx: Ctx<Tx>, { params }: Input<typeof confirmGrades>): Promise<Done> {
  const round = await locked(ctx, params.id, 'confirm')
  demandSecond(ctx, round)
  const done = await step(ctx, round, 'feedback', { confirmed_by: ctx.actor.personId })
  const people = await persons.personsOf(ctx.db, ctx.actor.tenantId, round.id)
  const personIds = people.filter(({ isGraded, hasLeft }) => isGraded && !hasLeft).map(({ personId }) => personId)
  await publish(ctx, 'appraisal.grades_confirmed', subjectOf(round), { year: round.year, personIds })
  const results = people.flatMap(({ memberId, grade, hasLeft }) =>
    grade === null || hasLeft ? [] : [{ memberId, grade: GRADES[APPRAISAL_GRADES.indexOf(grade)] ?? grade }],
  )
  const on = round.decidedOn ?? todayOf(ctx.now)
  await enterAppraisals(ctx, { year: round.year, on, by: round.orgName }, results)
  await setOwnClocks(
    ctx,
    { ...round, state: 'feedback' },
    'result',
    people.filter(({ grade, hasLeft }) => grade !== null && !hasLeft),
  )
  return done
}

export async function sendBack(ctx: Ctx<Tx>, { params, body }: Input<typeof returnGrades>): Promise<Done> {
  const round = await locked(ctx, params.id, 'confirm')
  demandSecond(ctx, round)
  const facts = { year: round.year, makerId: round.submittedBy ?? '' }
  await publish(ctx, 'appraisal.grades_returned', subjectOf(round), facts, { reason: body.reason })
  return step(ctx, round, 'grading', { returned_reason: body.reason })
}
