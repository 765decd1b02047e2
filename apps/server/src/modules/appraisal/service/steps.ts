import { createHash, randomInt, randomUUID } from 'node:crypto'
import {
  type closeSheets,
  type Input,
  type openSheets,
  type recordAppraisalStudy,
  type recordComment,
  appraisalRefusals as refusals,
  type removeComment,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { shuffled } from '../../../platform/shuffled.ts'
import * as persons from '../queries/persons.queries.ts'
import type { Round } from '../queries/rounds.queries.ts'
import * as box from '../queries/sheets.queries.ts'
import { endOwnClocks, setOwnClocks } from './clocks.ts'
import { type Done, isGraded, locked, step, subjectOf } from './rounds.ts'
import { sealedComment } from './sealed.ts'
import { openedSheet, tallied } from './sheets.ts'

export function demandPast(ctx: Pick<Ctx, 'now'>, day: string, field: string): void {
  if (day > todayOf(ctx.now)) throw refusals.in_future.at(field)
}

/** One act does not come before the other. `since` is the day of the first, null where it has none. */
export function demandSince(since: string | null, day: string): void {
  if (since !== null && day < since) throw refusals.too_early.at('/body/on', { since })
}

export async function study(ctx: Ctx<Tx>, { params, body }: Input<typeof recordAppraisalStudy>): Promise<Done> {
  const round = await locked(ctx, params.id, 'study')
  demandPast(ctx, body.heldOn, '/body/heldOn')
  const { year } = round
  await publish(ctx, 'appraisal.study_recorded', subjectOf(round), { year, heldOn: body.heldOn })
  return step(ctx, round, 'reviewing', { study_on: body.heldOn, study_note: body.note })
}

export async function comment(ctx: Ctx<Tx>, { params, body }: Input<typeof recordComment>): Promise<{ id: string }> {
  const round = await locked(ctx, params.id, 'comment')
  if (body.byId === body.aboutId) throw refusals.about_oneself.at('/body/aboutId')
  const people = await persons.personsOf(ctx.db, ctx.actor.tenantId, round.id)
  for (const name of ['byId', 'aboutId'] as const)
    if (!people.some(({ id, hasLeft }) => id === body[name] && !hasLeft))
      throw refusals.no_such_person.at(`/body/${name}`)
  const id = newId(ctx)
  const { byId, aboutId } = body
  await persons.insertComment(ctx.db, ctx.actor, {
    id,
    roundId: round.id,
    orgPath: round.orgPath,
    byId,
    aboutId,
    comment: sealedComment(ctx, id, body.text),
    at: ctx.now,
  })
  await publish(ctx, 'appraisal.comment_recorded', subjectOf(round), { year: round.year })
  return { id }
}

export async function uncomment(ctx: Ctx<Tx>, { params, body }: Input<typeof removeComment>): Promise<{ id: string }> {
  const round = await locked(ctx, params.id, 'comment')
  if (!(await persons.removeComment(ctx.db, ctx.actor.tenantId, round.id, params.commentId, body.reason)))
    throw refusals.no_such_comment()
  await publish(ctx, 'appraisal.comment_removed', subjectOf(round), { year: round.year }, { reason: body.reason })
  return { id: params.commentId }
}

/** Who is on the sheet, and who returns one, is frozen here: people who came or went since the opening are followed. */
export async function open(ctx: Ctx<Tx>, { params }: Input<typeof openSheets>): Promise<Done> {
  const round = await locked(ctx, params.id, 'openSheets')
  const people = await freeze(ctx, round)
  if (!people.some((one) => one.isGraded)) throw refusals.nobody_to_appraise({ org: round.orgName, year: round.year })
  const personIds = people.map(({ personId }) => personId)
  const facts = { year: round.year, people: people.length, personIds }
  await publish(ctx, 'appraisal.sheets_opened', subjectOf(round), facts)
  const done = await step(ctx, round, 'assessing', { sheets_opened_on: todayOf(ctx.now) })
  await endOwnClocks(ctx, 'self', people, 'void')
  await setOwnClocks(ctx, { ...round, state: 'assessing' }, 'sheet', people)
  return done
}

async function freeze(ctx: Ctx<Tx>, round: Round): Promise<persons.Person[]> {
  const { tenantId } = ctx.actor
  const known = await persons.personsOf(ctx.db, tenantId, round.id)
  const now = await persons.participantsOf(ctx.db, tenantId, round.unitId)
  const taking = now.map((one) => ({ ...one, id: newId(ctx), isGraded: isGraded(one, round.gradesProbationary) }))
  await persons.insertPersons(ctx.db, tenantId, round, taking)
  const gone = known.filter((one) => !now.some(({ memberId }) => memberId === one.memberId))
  await persons.setLeft(
    ctx.db,
    tenantId,
    round.id,
    gone.map(({ id }) => id),
  )
  await endOwnClocks(ctx, 'self', gone, 'void')
  return (await persons.personsOf(ctx.db, tenantId, round.id)).filter(({ hasLeft }) => !hasLeft)
}

/**
 * Empties the box: every sheet is taken apart into marks, the marks of all are shuffled and written with random ids in
 * one transaction, and counted once. Before the last day, while people are still missing, a reason is asked for.
 */
export async function close(ctx: Ctx<Tx>, { params, body }: Input<typeof closeSheets>): Promise<Done> {
  const round = await locked(ctx, params.id, 'closeSheets')
  const { tenantId } = ctx.actor
  const people = (await persons.personsOf(ctx.db, tenantId, round.id)).filter(({ hasLeft }) => !hasLeft)
  const missing = people.filter(({ sheetReturned }) => !sheetReturned)
  const isEarly = missing.length > 0 && todayOf(ctx.now) <= round.sheetDueOn
  if (isEarly && !body.reason) throw refusals.reason_needed.at('/body/reason', { missing: missing.length })
  const sheets = (await box.emptyBox(ctx.db, tenantId, round.id)).map((one) => openedSheet(ctx, one))
  const place = { tenantId, roundId: round.id, orgPath: round.orgPath }
  const marks = sheets.flatMap(({ group, marks }) =>
    marks.map(([subjectId, rated, mark]) => ({ id: randomUUID(), subjectId, rated, group, mark })),
  )
  await box.insertMarks(ctx.db, place, shuffled(marks))
  await box.insertCounts(ctx.db, place, tallied(sheets))
  await box.dropCodes(ctx.db, tenantId, round.id)
  const members = sheets.filter(({ group }) => group === 'members').length
  const facts = { year: round.year, members, masses: sheets.length - members, early: isEarly }
  const reason = isEarly ? (body.reason ?? null) : null
  await publish(ctx, 'appraisal.sheets_closed', subjectOf(round), facts, reason === null ? {} : { reason })
  await endOwnClocks(ctx, 'sheet', missing, 'void')
  return step(ctx, round, 'grading', { sheets_closed_on: todayOf(ctx.now), early_reason: reason })
}

// Without I, L, O, U, 0 and 1, which are mistaken for others: 30 letters and figures, 78 bits in sixteen.
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A new code in four groups of four. */
export function newCode(): string {
  const letters = Array.from({ length: 16 }, () => ALPHABET[randomInt(ALPHABET.length)])
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-')
}

/** The hash under which a code is kept; blanks, hyphens and small letters do not matter. */
export const hashOfCode = (code: string): Buffer =>
  createHash('sha256')
    .update(`tongxin/appraisal-code/${code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')}`)
    .digest()
