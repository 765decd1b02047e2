import {
  type Input,
  type listMyExams,
  type OwnExam,
  type OwnQuiz,
  type OwnSitting,
  type Reply,
  type readMyQuiz,
  type readMySitting,
  examsRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { isWithin, pathsAlong } from '../../../platform/scope.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as papers from '../queries/papers.queries.ts'
import { type OwnSeat, ownSeats } from '../queries/seats.queries.ts'
import { secretQuestions } from '../queries/secrecy.queries.ts'
import { examById } from '../queries/sessions.queries.ts'
import * as q from '../queries/sittings.queries.ts'
import { cardOf, sheetOf } from './sheet.ts'

/** A transaction of the whole tenant, for what the caller may see of units above the own; he is held to it by `work`. */
export async function asTenant<T>(platform: Platform, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { path: scope } = await tenantOf(platform.db, tenantId)
  return inSystemTransaction(platform, { tenantId, scope }, work)
}

/** Whether somebody may see the points of a sitting by now. */
export const isOut = (sitting: q.Sitting, seat: Pick<OwnSeat, 'releasedAt'> | undefined): boolean =>
  sitting.sessionId === null ? sitting.state === 'marked' : (seat?.releasedAt ?? null) !== null

function standingOf(seat: OwnSeat, sitting: q.Sitting | undefined, now: Date): OwnExam['standing'] {
  if (!sitting) return seat.state === 'announced' && now < seat.closesAt ? 'waiting' : 'absent'
  if (sitting.state === 'running') return 'sitting'
  if (seat.releasedAt === null || sitting.passed === null) return 'handed_in'
  return sitting.passed ? 'passed' : 'failed'
}

export const list =
  (platform: () => Platform) =>
  async (ctx: Ctx): Promise<Reply<typeof listMyExams>> => {
    const { actor } = ctx
    const seats = await ownSeats(ctx.db, actor)
    const sittings = await q.ownSittings(ctx.db, actor)
    const now = await q.databaseNow(ctx.db)
    const learner = (await q.learnersOf(ctx.db, actor.tenantId, [actor.personId])).get(actor.personId)
    const quizzes = learner ? await papers.quizzesAlong(ctx.db, actor.tenantId, pathsAlong(learner.orgPath)) : []
    const paperIds = seats.map(({ paperId }) => paperId)
    const { known, secret } = await asTenant(platform(), actor.tenantId, async (tx) => ({
      known: await papers.papersById(tx, actor.tenantId, paperIds),
      secret: await secretQuestions(tx, actor.tenantId, q.askedInQuizzes(sittings)),
    }))
    return {
      now: now.toISOString(),
      exams: seats.map((seat) => {
        const sitting = sittings.find(({ sessionId }) => sessionId === seat.sessionId)
        const paper = known.get(seat.paperId)
        return {
          sessionId: seat.sessionId,
          name: seat.name,
          state: seat.state,
          opensAt: seat.opensAt.toISOString(),
          closesAt: seat.closesAt.toISOString(),
          minutes: paper?.minutes ?? null,
          questions: paper?.questions ?? 0,
          most: paper?.points ?? 0,
          standing: standingOf(seat, sitting, now),
          sitting: sitting ? cardOf(sitting, isOut(sitting, seat), secret) : null,
        }
      }),
      quizzes: quizzes.map((paper) => quizOf(paper, sittings, secret)),
    }
  }

function quizOf(paper: papers.Paper, sittings: readonly q.Sitting[], secret: ReadonlySet<string>): OwnQuiz {
  const own = sittings.filter(({ paperId, sessionId }) => paperId === paper.id && sessionId === null)
  const isRunning = own.some(({ state }) => state === 'running')
  return {
    paperId: paper.id,
    name: paper.name,
    minutes: paper.minutes,
    questions: paper.questions,
    most: paper.points,
    passPercent: paper.passPercent,
    attempts: paper.attempts,
    canBegin: isRunning || (paper.state === 'released' && (paper.attempts === null || own.length < paper.attempts)),
    sittings: own.slice(0, 20).map((one) => cardOf(one, isOut(one, undefined), secret)),
  }
}

export const quiz =
  (platform: () => Platform) =>
  async (ctx: Ctx, { params }: Input<typeof readMyQuiz>): Promise<OwnQuiz> => {
    const { tenantId, personId } = ctx.actor
    const sittings = await q.ownSittings(ctx.db, ctx.actor)
    const learner = (await q.learnersOf(ctx.db, tenantId, [personId])).get(personId)
    if (!learner) throw refusals.not_a_learner()
    const { paper, secret } = await asTenant(platform(), tenantId, async (tx) => ({
      paper: (await papers.papersById(tx, tenantId, [params.id])).get(params.id),
      secret: await secretQuestions(tx, tenantId, q.askedInQuizzes(sittings)),
    }))
    const isMine =
      paper && isWithin(learner.orgPath, paper.orgPath) && paper.purpose === 'quiz' && paper.state !== 'draft'
    if (!paper || !isMine) throw refusals.no_such_paper()
    return quizOf(paper, sittings, secret)
  }

export const sitting =
  (platform: () => Platform) =>
  async (ctx: Ctx, { params }: Input<typeof readMySitting>): Promise<OwnSitting> => {
    const { tenantId } = ctx.actor
    const own = await q.ownSitting(ctx.db, ctx.actor, params.id)
    if (!own) throw refusals.not_found()
    return asTenant(platform(), tenantId, async (tx) => {
      const answers = await q.answersOf(tx, tenantId, [own.id])
      const asked = await q.askedOf(
        tx,
        tenantId,
        own.items.map(({ v }) => v),
      )
      const name = await nameOf(tx, tenantId, own)
      return sheetOf({ sitting: own, name, asked, answers: answers.get(own.id) ?? [], now: await q.databaseNow(tx) })
    })
  }

export async function nameOf(tx: Tx, tenantId: string, own: q.Sitting): Promise<string> {
  if (own.sessionId !== null) return (await examById(tx, tenantId, own.sessionId))?.name ?? ''
  return (await papers.papersById(tx, tenantId, [own.paperId])).get(own.paperId)?.name ?? ''
}
