import { randomUUID } from 'node:crypto'
import { examsRefusals as refusals, type SittingCard, type submitSitting } from '@tongxin/contract'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import { passes, pointsFor, totalOf } from '../exams.policy.ts'
import type { ExamsPorts } from '../exams.ports.ts'
import { insertScripts, type NewScript } from '../queries/marking.queries.ts'
import * as papers from '../queries/papers.queries.ts'
import { secretQuestions } from '../queries/secrecy.queries.ts'
import * as q from '../queries/sittings.queries.ts'
import type { CrowdCtx, Outcome, Proved } from './crowd.ts'
import { cardOf } from './sheet.ts'

type E = typeof submitSitting
export type Settling = { readonly db: Tx; readonly tenantId: string; readonly now: Date; readonly ports: ExamsPorts }

/** A group of people hands in; whoever did so before gets the same answer. */
export async function submitGroup(
  ports: ExamsPorts,
  ctx: CrowdCtx,
  asks: readonly Proved<E>[],
): Promise<Map<number, Outcome<E>>> {
  const wanted = asks.map(({ ask, personId }) => ({ id: ask.input.params.id, personId }))
  const locked = await q.lockSittings(ctx.db, ctx.tenantId, wanted)
  const running = locked.filter(({ state }) => state === 'running')
  await handIn({ ...ctx, ports }, running, false)
  const stored = running.length === 0 ? locked : await q.lockSittings(ctx.db, ctx.tenantId, wanted)
  const byId = new Map(stored.map((one) => [one.id, one]))
  const secret = await secretQuestions(ctx.db, ctx.tenantId, q.askedInQuizzes(stored))
  return new Map(
    asks.map(({ at, ask, personId }): [number, SittingCard | Error] => {
      const sitting = byId.get(ask.input.params.id)
      if (sitting?.personId !== personId) return [at, refusals.not_found()]
      return [at, cardOf(sitting, sitting.sessionId === null, secret)]
    }),
  )
}

/**
 * Hands in running sittings, which are locked: what is saved is marked, answers in words go to the markers. A quiz
 * whose points are all known is final at once.
 */
export async function handIn(ctx: Settling, sittings: readonly q.Sitting[], byClock: boolean): Promise<void> {
  if (sittings.length === 0) return
  const { db, tenantId, now } = ctx
  const known = await papers.papersById(
    db,
    tenantId,
    sittings.map(({ paperId }) => paperId),
  )
  const versions = sittings.flatMap(({ items }) => items.map(({ v }) => v))
  const asked = await q.askedOf(db, tenantId, versions)
  const keys = await q.keysOf(db, tenantId, versions)
  const answers = await q.answersOf(
    db,
    tenantId,
    sittings.map(({ id }) => id),
  )
  const scripts: NewScript[] = []
  const handed = sittings.flatMap((sitting) => {
    const paper = known.get(sitting.paperId)
    if (!paper) return []
    const saved = new Map((answers.get(sitting.id) ?? []).map(({ place, response }) => [place, response]))
    const points = sitting.items.map((item, at) => {
      const question = asked.get(item.v)
      const key = keys.get(item.v)
      const response = saved.get(at + 1) ?? null
      if (!question || !key) return 0
      const earned = pointsFor(question.kind, key.answer, response, item, paper.partial)
      if (earned === null) scripts.push(scriptOf(sitting, paper, at, response?.text ?? ''))
      return earned
    })
    const total = totalOf(points)
    const passed = total === null ? null : passes(total, sitting.most, paper.passPercent)
    return [{ id: sitting.id, item_points: points, points: total, passed, by_clock: byClock }]
  })
  await q.setHandedIn(db, tenantId, handed)
  await insertScripts(db, tenantId, scripts)
  await publishAll(
    db,
    { tenantId, now },
    'exams.handed_in',
    sittings.map(({ id, orgPath, personId, paperId }) => ({
      subject: { kind: 'exam_sitting', id, orgPath, personId },
      payload: { paperId, byClock },
    })),
  )
  const final = new Map(handed.map((row) => [row.id, row]))
  const quizzes = sittings.filter(({ id, sessionId }) => sessionId === null && final.get(id)?.points !== null)
  await finish(
    ctx,
    quizzes.map((one) => ({
      ...one,
      points: final.get(one.id)?.points ?? 0,
      passed: final.get(one.id)?.passed ?? false,
    })),
    (one) => known.get(one.paperId)?.name ?? '',
  )
}

const scriptOf = (sitting: q.Sitting, paper: papers.Paper, at: number, response: string): NewScript => ({
  id: randomUUID(),
  orgPath: paper.orgPath,
  sittingId: sitting.id,
  place: at + 1,
  paperId: paper.id,
  sessionId: sitting.sessionId,
  versionId: sitting.items[at]?.v ?? '',
  writerId: sitting.personId,
  response,
  most: sitting.items[at]?.points ?? 0,
  markers: paper.markers,
  difference: paper.difference,
})

/** Tells everybody who needs to know what came out of sittings that are final, and states it as a fact of learning. */
export async function finish(
  { db, tenantId, now, ports }: Settling,
  sittings: readonly q.Sitting[],
  nameOf: (sitting: q.Sitting) => string,
): Promise<void> {
  if (sittings.length === 0) return
  // Who has no living record any more is told of nothing.
  const living = await q.learnersOf(
    db,
    tenantId,
    sittings.map(({ personId }) => personId),
  )
  const kept = sittings.filter(({ personId, memberId }) => living.get(personId)?.memberId === memberId)
  const scaled = ({ points, most }: q.Sitting): number =>
    most === 0 ? 0 : Math.round(((points ?? 0) / most) * 1000) / 1000
  await ports.stateFacts(
    { db, now, tenantId },
    kept.map(
      (one): LearningFact => ({
        memberId: one.memberId,
        verb: one.passed ? 'passed' : 'failed',
        activity: {
          kind: one.sessionId === null ? 'quiz' : 'exam',
          id: one.sessionId ?? one.paperId,
          name: nameOf(one),
        },
        at: one.submittedAt ?? now,
        result: { scaled: scaled(one), success: one.passed ?? false },
        registration: one.id,
      }),
    ),
  )
  await publishAll(
    db,
    { tenantId, now },
    'exams.finished',
    kept.map((one) => ({
      subject: { kind: 'exam_sitting', id: one.id, orgPath: one.orgPath, personId: one.personId },
      payload: {
        paperId: one.paperId,
        sittingId: one.id,
        memberId: one.memberId,
        passed: one.passed ?? false,
        scaled: scaled(one),
      },
    })),
  )
}
