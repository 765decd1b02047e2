import {
  type answerAppeal,
  type Input,
  type listAppeals,
  type listMarking,
  type markScript,
  type nextScript,
  type Reply,
  examsRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { nextRound, passes, settledPoints, totalOf } from '../exams.policy.ts'
import type { ExamsPorts } from '../exams.ports.ts'
import * as q from '../queries/marking.queries.ts'
import { papersById } from '../queries/papers.queries.ts'
import { examById } from '../queries/sessions.queries.ts'
import * as sittings from '../queries/sittings.queries.ts'
import { demandKeysOpen } from './bank-acts.ts'
import { finish, type Settling } from './hand-in.ts'

export async function heaps(ctx: Ctx): Promise<Reply<typeof listMarking>> {
  return { rows: await q.heapsOf(ctx.db, ctx.actor) }
}

export async function next(ctx: Ctx, { params }: Input<typeof nextScript>): Promise<Reply<typeof nextScript>> {
  await demandKeysOpen(ctx)
  const { tenantId } = ctx.actor
  // While others may still sit an exam, nobody reads in what they are asked.
  const exam = params.kind === 'session' ? await examById(ctx.db, tenantId, params.id) : undefined
  if (params.kind === 'session' && exam?.state !== 'closed') throw refusals.not_found()
  const script = await q.anyScript(ctx.db, ctx.actor, params)
  if (!script) return { script: null, left: 0 }
  const asked = (await sittings.askedOf(ctx.db, tenantId, [script.versionId])).get(script.versionId)
  const key = (await sittings.keysOf(ctx.db, tenantId, [script.versionId])).get(script.versionId)
  const { id, response, most } = script
  const shown = { id, response, most, stem: asked?.stem ?? '', reference: key?.answer.reference ?? null }
  return { script: shown, left: await q.countForMe(ctx.db, ctx.actor, params) }
}

/** The columns of the round that is asked for. */
const ROUNDS = {
  1: (by: string, points: number): q.Mark => ({ first_by: by, first_points: points }),
  2: (by: string, points: number): q.Mark => ({ second_by: by, second_points: points }),
  3: (by: string, points: number): q.Mark => ({ third_by: by, third_points: points }),
} as const

export const mark =
  (ports: ExamsPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof markScript>): Promise<Reply<typeof markScript>> => {
    const script = await q.lockScript(ctx.db, ctx.actor, params.id)
    if (!script) throw refusals.not_found()
    await demandKeysOpen(ctx)
    const { tenantId, personId } = ctx.actor
    if (script.writerId === personId) throw refusals.own_script()
    const exam = script.sessionId === null ? null : await examById(ctx.db, tenantId, script.sessionId)
    if (exam && exam.state !== 'closed') throw refusals.wrong_state({ state: exam.state })
    const marks = {
      markers: script.markers,
      difference: script.difference,
      first: script.firstPoints,
      second: script.secondPoints,
      third: script.thirdPoints,
    }
    const round = nextRound(marks)
    if (round === null || script.firstBy === personId || script.secondBy === personId) throw refusals.marked_already()
    if (body.points > script.most) throw refusals.points_outside.at('/body/points', { most: script.most })
    const settled = settledPoints({
      ...marks,
      [(['first', 'second', 'third'] as const)[round - 1] as string]: body.points,
    })
    await q.setMark(ctx.db, tenantId, script.id, { ...ROUNDS[round](personId, body.points), points: settled })
    await publish(ctx, 'exams.marked', { kind: 'exam_script', id: script.id, orgPath: script.orgPath }, { round })
    if (settled !== null) await carryOver(ctx, ports, script, settled)
    const which = {
      kind: script.sessionId === null ? ('quiz' as const) : ('session' as const),
      id: script.sessionId ?? script.paperId,
    }
    return { id: script.id, left: await q.countForMe(ctx.db, ctx.actor, which) }
  }

/** Puts settled points into the sitting; a quiz that is now whole is final. */
async function carryOver(ctx: Ctx<Tx>, ports: ExamsPorts, script: q.Script, points: number): Promise<void> {
  const sitting = await settledSitting(ctx, script, points)
  if (!sitting || sitting.points === null || sitting.sessionId !== null) return
  const name = (await papersById(ctx.db, ctx.actor.tenantId, [sitting.paperId])).get(sitting.paperId)?.name ?? ''
  await finish(settlingOf(ctx, ports), [sitting], () => name)
}

export const settlingOf = (ctx: Ctx<Tx>, ports: ExamsPorts): Settling => ({
  db: ctx.db,
  now: ctx.now,
  tenantId: ctx.actor.tenantId,
  ports,
})

async function settledSitting(
  ctx: Ctx<Tx>,
  { sittingId, place, paperId }: Pick<q.Script, 'sittingId' | 'place' | 'paperId'>,
  points: number,
): Promise<sittings.Sitting | undefined> {
  const { tenantId } = ctx.actor
  const [sitting] = await sittings.lockSittings(ctx.db, tenantId, [{ id: sittingId, personId: null }])
  const paper = (await papersById(ctx.db, tenantId, [paperId])).get(paperId)
  if (!sitting || !paper) return undefined
  const itemPoints = [...(sitting.itemPoints ?? [])]
  itemPoints[place - 1] = points
  const total = totalOf(itemPoints)
  const passed = total === null ? null : passes(total, sitting.most, paper.passPercent)
  const change = { id: sitting.id, itemPoints, points: total, passed }
  await sittings.setMarked(ctx.db, tenantId, change)
  return { ...sitting, ...change, state: total === null ? 'submitted' : 'marked' }
}

const wordsOf = (response: q.ListedAppeal['response']): string =>
  response?.text ?? response?.blanks?.join(' / ') ?? response?.choices?.map((at) => 'ABCDEFGHIJ'[at]).join('') ?? ''

/** What others answered and what it earned: closed, like keys, to whoever has still to sit. */
export async function appeals(ctx: Ctx, { query }: Input<typeof listAppeals>): Promise<Reply<typeof listAppeals>> {
  await demandKeysOpen(ctx)
  const keyset = keysetOf(query, { madeAt: 'a.made_at' }, '-madeAt')
  const filter = { sessionId: query.sessionId ?? null, open: query.open ?? null, text: query.text ?? null }
  const found = await q.listAppeals(ctx.db, ctx.actor, filter, keyset)
  const page = pageOfRows(found, keyset, (row) => ({ value: row.madeAt.toISOString(), id: row.id }))
  const rows = page.rows.map((row) => ({
    id: row.id,
    examName: row.examName,
    name: row.name,
    orgName: row.unitName,
    question: row.place,
    stem: row.stem,
    response: wordsOf(row.response),
    points: row.points,
    most: row.most,
    text: row.text,
    madeAt: row.madeAt.toISOString(),
    answer: row.answer,
    answeredAt: row.answeredAt?.toISOString() ?? null,
    newPoints: row.newPoints,
  }))
  return { rows, next: page.next, total: null }
}

export const answer =
  (ports: ExamsPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof answerAppeal>): Promise<Reply<typeof answerAppeal>> => {
    await demandKeysOpen(ctx)
    const { tenantId, personId } = ctx.actor
    const appeal = await q.lockAppeal(ctx.db, ctx.actor, params.id)
    if (!appeal) throw refusals.not_found()
    if (appeal.answeredAt) throw refusals.wrong_state({ state: 'answered' })
    if (appeal.personId === personId) throw refusals.own_script()
    const script = await q.scriptAt(ctx.db, tenantId, appeal.sittingId, appeal.place)
    if (script && [script.firstBy, script.secondBy, script.thirdBy].includes(personId)) throw refusals.not_by_the_same()
    const [before] = await sittings.lockSittings(ctx.db, tenantId, [{ id: appeal.sittingId, personId: null }])
    const most = before?.items[appeal.place - 1]?.points ?? 0
    const points = body.points ?? appeal.points
    if (points > most) throw refusals.points_outside.at('/body/points', { most })
    // Nobody is worse off for having appealed (公务员法 2018 Art. 95, 行政复议法 2023 Art. 63): what was passed stays so.
    if (points < appeal.points) throw refusals.appeal_lowers.at('/body/points', { points: appeal.points })
    const changed = points !== appeal.points
    const answered = { answer: body.text, answered_by: personId, answered_at: ctx.now, new_points: points }
    await q.setAppeal(ctx.db, tenantId, appeal.id, answered)
    const sitting = changed ? await settledSitting(ctx, appeal, points) : before
    const subject = { kind: 'exam_appeal', id: appeal.id, orgPath: appeal.orgPath, personId: appeal.personId }
    await publish(ctx, 'exams.appeal_answered', subject, { changed })
    if (changed && sitting && sitting.passed !== before?.passed) await finishAnew(ctx, ports, sitting)
    return { id: appeal.id, points: sitting?.points ?? 0, passed: sitting?.passed ?? false }
  }

/** Whoever passes through an appeal is told, and the fact is stated like that of all others. */
async function finishAnew(ctx: Ctx<Tx>, ports: ExamsPorts, sitting: sittings.Sitting): Promise<void> {
  const { tenantId } = ctx.actor
  const exam = sitting.sessionId === null ? null : await examById(ctx.db, tenantId, sitting.sessionId)
  const paper = (await papersById(ctx.db, tenantId, [sitting.paperId])).get(sitting.paperId)
  await finish(settlingOf(ctx, ports), [sitting], () => exam?.name ?? paper?.name ?? '')
}
