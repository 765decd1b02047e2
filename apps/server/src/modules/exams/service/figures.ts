import {
  type ExamFigures,
  type Input,
  type readExamFigures,
  type readPaperFigures,
  examsRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx } from '../../../platform/ctx.ts'
import { figuresOf, type MarkedSitting } from '../exams.figures.ts'
import { findPaper } from '../queries/papers.queries.ts'
import { knownVersions } from '../queries/pool.queries.ts'
import { findExam } from '../queries/sessions.queries.ts'
import { type Sitting, sittingsOfExam, sittingsOfPaper } from '../queries/sittings.queries.ts'

/** The newest so many sittings of a quiz tell enough. */
const MOST = 5000

const markedOf = (one: Sitting): MarkedSitting => ({
  points: one.points ?? 0,
  most: one.most,
  passed: one.passed ?? false,
  items: one.items.map(({ v, points }, at) => ({ v, points: one.itemPoints?.[at] ?? 0, most: points })),
})

async function told(ctx: Ctx, sittings: readonly Sitting[]): Promise<ExamFigures> {
  const versions = [...new Set(sittings.flatMap(({ items }) => items.map(({ v }) => v)))]
  const known = await knownVersions(ctx.db, ctx.actor.tenantId, versions)
  return figuresOf(sittings.map(markedOf), known)
}

export async function ofExam(ctx: Ctx, { params }: Input<typeof readExamFigures>): Promise<ExamFigures> {
  const exam = await findExam(ctx.db, ctx.actor, params.id)
  if (!exam) throw refusals.not_found()
  if (exam.state !== 'closed' && exam.state !== 'released') throw refusals.wrong_state({ state: exam.state })
  return told(ctx, await sittingsOfExam(ctx.db, ctx.actor.tenantId, exam.id))
}

export async function ofPaper(ctx: Ctx, { params }: Input<typeof readPaperFigures>): Promise<ExamFigures> {
  const paper = await findPaper(ctx.db, ctx.actor, params.id)
  if (!paper) throw refusals.not_found()
  return told(ctx, await sittingsOfPaper(ctx.db, ctx.actor.tenantId, paper.id, MOST))
}
