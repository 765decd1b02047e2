import { randomUUID } from 'node:crypto'
import {
  type acknowledgeResult,
  type draftSelfReview,
  type handInSelfReview,
  type Input,
  type listMyAppraisals,
  type OpenSheet,
  type OwnAppraisal,
  type OwnRound,
  type Reply,
  type readMyAppraisal,
  appraisalRefusals as refusals,
  type returnSheet,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { isTold } from '../appraisal.policy.ts'
import * as persons from '../queries/persons.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import * as box from '../queries/sheets.queries.ts'
import { endOwnClocks } from './clocks.ts'
import { subjectOf } from './rounds.ts'
import { opened, openedReview, sealed } from './sealed.ts'
import { demandWhole, marksOf, sealedSheet } from './sheets.ts'

type Own = { readonly round: q.Round; readonly row: persons.Person }

/** A round in which the caller takes part. `share` holds its state until the commit. @throws `not_yours` */
async function ownOf(ctx: Ctx | Ctx<Tx>, id: string, lock?: 'share'): Promise<Own> {
  const round = await q.roundOf(ctx.db, ctx.actor.tenantId, id, lock)
  const row = round && (await persons.ownRow(ctx.db, ctx.actor, round.id, lock !== undefined))
  if (!round || !row || round.state === 'cancelled') throw refusals.not_yours()
  return { round, row }
}

type Standing = Pick<persons.OwnRoundRow, 'state' | 'selfHandedIn' | 'sheetReturned' | 'feedback' | 'grade'>

function waitsFor({ state, selfHandedIn, sheetReturned, feedback, grade }: Standing): OwnRound['waits'] {
  if ((state === 'study' || state === 'reviewing') && !selfHandedIn) return 'self'
  if (state === 'assessing' && !sheetReturned) return 'sheet'
  return isTold(state) && grade !== null && feedback === 'untold' ? 'result' : null
}

/** A grade is the person's to see once it is confirmed, not before. */
const gradeSeen = ({ state, grade }: Pick<Standing, 'state' | 'grade'>) => (isTold(state) ? grade : null)

export async function list(ctx: Ctx): Promise<Reply<typeof listMyAppraisals>> {
  const rows = await persons.ownRounds(ctx.db, ctx.actor)
  return {
    rows: rows.map(({ id, year, orgName, state, selfDueOn, sheetDueOn, ...standing }) => ({
      id,
      year,
      orgName,
      state,
      selfDueOn,
      sheetDueOn,
      waits: waitsFor({ state, ...standing }),
      grade: gradeSeen({ state, grade: standing.grade }),
    })),
  }
}

const mayChangeSelf = ({ round, row }: Own): boolean =>
  (round.state === 'study' || round.state === 'reviewing') && row.selfHandedInOn === null

export async function read(ctx: Ctx, { params }: Input<typeof readMyAppraisal>): Promise<OwnAppraisal> {
  const own = await ownOf(ctx, params.id)
  const { round, row } = own
  const { tenantId } = ctx.actor
  const standing = { ...round, selfHandedIn: row.selfHandedInOn !== null, ...row }
  const said = round.state === 'study' ? [] : await persons.commentsOf(ctx.db, tenantId, round.id, row.id)
  const isOpen = round.state === 'assessing' && !row.sheetReturned
  return {
    id: round.id,
    year: round.year,
    orgName: round.orgName,
    state: round.state,
    selfDueOn: round.selfDueOn,
    sheetDueOn: round.sheetDueOn,
    waits: waitsFor(standing),
    grade: gradeSeen(standing),
    self: {
      ...openedReview(ctx, row.id, row.selfReview),
      grade: row.selfGrade,
      handedIn: row.selfHandedInOn !== null,
      canChange: mayChangeSelf(own),
    },
    comments: said.map(({ byName, comment, id }) => ({
      byName,
      text: ctx.vault.open({ table: 'appraisal_comment', column: 'comment', rowId: id }, comment),
    })),
    sheetReturned: row.sheetReturned,
    sheet: isOpen ? openSheetOf(round, await persons.personsOf(ctx.db, tenantId, round.id)) : null,
    result: isTold(round.state) ? resultOf(ctx, row) : null,
  }
}

function resultOf(ctx: Ctx, row: persons.Person): OwnAppraisal['result'] {
  const text = (column: string, bytes: Buffer | null) => opened(ctx, row.id, column, bytes)
  return {
    grade: row.grade,
    reason: text('reason', row.reason),
    daily: text('daily', row.daily),
    measures: text('measures', row.measures),
    disposal: row.disposal,
    feedback: row.feedback,
    objection: text('objection', row.objection),
    answer: text('answer', row.answer),
  }
}

/** Everybody who is graded, by name. Oneself as well: a sheet without a line for its rater would name the rater. */
export const subjectsOf = (people: readonly persons.Person[]): persons.Person[] =>
  people.filter(({ isGraded, hasLeft }) => isGraded && !hasLeft)

export const openSheetOf = (round: q.Round, people: readonly persons.Person[]): OpenSheet => ({
  year: round.year,
  orgName: round.orgName,
  dueOn: round.sheetDueOn,
  leastRaters: round.leastRaters,
  criteria: round.criteria,
  persons: subjectsOf(people).map(({ id, name }) => ({ personId: id, name })),
})

export async function draft(ctx: Ctx<Tx>, { params, body }: Input<typeof draftSelfReview>): Promise<{ id: string }> {
  const { round, row } = await ownOf(ctx, params.id, 'share')
  demandOpenReview(round, row)
  const { text, checks, grade } = body
  await persons.setPerson(ctx.db, ctx.actor.tenantId, row.id, {
    self_review: sealed(ctx, row.id, 'self_review', JSON.stringify({ text, checks })),
    self_grade: grade,
  })
  return { id: round.id }
}

function demandOpenReview(round: q.Round, row: persons.Person): void {
  if (row.selfHandedInOn !== null) throw refusals.self_review_handed_in()
  if (round.state !== 'study' && round.state !== 'reviewing') throw refusals.self_review_closed()
}

const SHORTEST = 20

export async function handIn(ctx: Ctx<Tx>, { params }: Input<typeof handInSelfReview>): Promise<{ id: string }> {
  const { round, row } = await ownOf(ctx, params.id, 'share')
  demandOpenReview(round, row)
  const { text } = openedReview(ctx, row.id, row.selfReview)
  if (text.trim().length < SHORTEST || row.selfGrade === null)
    throw refusals.self_review_incomplete({ shortest: SHORTEST })
  const { tenantId } = ctx.actor
  await persons.setPerson(ctx.db, tenantId, row.id, { self_handed_in_on: todayOf(ctx.now) })
  await endOwnClocks(ctx, 'self', [row], 'done')
  await publish(ctx, 'appraisal.self_review_handed_in', subjectOf(round, row.personId), { year: round.year })
  return { id: round.id }
}

/**
 * Puts a sheet into the box. That the person has returned one, and the sealed sheet, are written together, so that
 * neither is lost; the closing mixes all sheets and keeps nothing of what they were written with.
 */
export async function putIn(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof returnSheet>,
): Promise<Reply<typeof returnSheet>> {
  const { round, row } = await ownOf(ctx, params.id, 'share')
  if (row.sheetReturned) throw refusals.sheet_returned()
  if (round.state !== 'assessing' || todayOf(ctx.now) > round.sheetDueOn) throw refusals.sheet_not_open()
  const { tenantId } = ctx.actor
  demandWhole(body.marks, subjectsOf(await persons.personsOf(ctx.db, tenantId, round.id)), round.criteria)
  const place = { tenantId, roundId: round.id, orgPath: round.orgPath }
  if (!(await box.insertReturn(ctx.db, place, row.id))) throw refusals.sheet_returned()
  const id = randomUUID()
  await box.insertSheet(ctx.db, place, id, sealedSheet(ctx, id, { group: 'members', marks: marksOf(body.marks) }))
  await endOwnClocks(ctx, 'sheet', [row], 'done')
  await publish(ctx, 'appraisal.sheet_returned', subjectOf(round), { year: round.year, group: 'members' })
  return { returned: true }
}

export async function acknowledge(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof acknowledgeResult>,
): Promise<Reply<typeof acknowledgeResult>> {
  const { round, row } = await ownOf(ctx, params.id, 'share')
  if (round.state !== 'feedback' || row.grade === null) throw refusals.wrong_state({ state: round.state })
  if (row.feedback !== 'untold') throw refusals.told_already()
  const feedback = body.objection === undefined ? ('signed' as const) : ('objected' as const)
  await persons.setPerson(ctx.db, ctx.actor.tenantId, row.id, {
    feedback,
    told_on: todayOf(ctx.now),
    ...(body.objection === undefined ? {} : { objection: sealed(ctx, row.id, 'objection', body.objection) }),
  })
  await endOwnClocks(ctx, 'result', [row], 'done')
  const type = feedback === 'signed' ? 'appraisal.result_signed' : 'appraisal.result_objected'
  await publish(ctx, type, subjectOf(round, row.personId), { year: round.year })
  return { id: round.id, feedback }
}
