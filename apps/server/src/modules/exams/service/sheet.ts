import type { ExamQuestion, OwnSitting, SittingCard } from '@tongxin/contract'
import type { Answer, Asked, Sitting } from '../queries/sittings.queries.ts'

/** What somebody sees of the own sitting. Made of versions, which know no key. */

export function askedQuestions(
  sitting: Sitting,
  asked: ReadonlyMap<string, Asked>,
  answers: readonly Answer[],
): ExamQuestion[] {
  const saved = new Map(answers.map((one) => [one.place, one]))
  return sitting.items.flatMap(({ v, points, order }, at) => {
    const question = asked.get(v)
    if (!question) return []
    const answer = saved.get(at + 1)
    return [
      {
        place: at + 1,
        kind: question.kind,
        stem: question.stem,
        options: order.length === 0 ? question.options : order.map((place) => question.options[place] ?? ''),
        blanks: question.blanks,
        points,
        response: answer?.response ?? null,
        seq: answer?.seq ?? 0,
      },
    ]
  })
}

export type SheetOf = {
  readonly sitting: Sitting
  readonly name: string
  readonly asked: ReadonlyMap<string, Asked>
  readonly answers: readonly Answer[]
  /** By the clock of the database. */
  readonly now: Date
}

/** The sheet of a running sitting; of one that was handed in only that it was. */
export function sheetOf({ sitting, name, asked, answers, now }: SheetOf): OwnSitting {
  return {
    id: sitting.id,
    name,
    paperId: sitting.paperId,
    sessionId: sitting.sessionId,
    attempt: sitting.attempt,
    state: sitting.state,
    startedAt: sitting.startedAt.toISOString(),
    endsAt: sitting.endsAt?.toISOString() ?? null,
    submittedAt: sitting.submittedAt?.toISOString() ?? null,
    now: now.toISOString(),
    most: sitting.most,
    questions: sitting.state === 'running' ? askedQuestions(sitting, asked, answers) : [],
  }
}

/** Whether a quiz asked something that an exam still to come may ask. */
export const isHeldBack = (sitting: Sitting, secret: ReadonlySet<string>): boolean =>
  sitting.sessionId === null && sitting.items.some(({ q }) => secret.has(q))

/**
 * `isOut`: whether the person may see points by now. `secret`: questions of exams still to come; a quiz with one of
 * them tells only whether it was passed, for points of one attempt after another would tell what is right.
 */
export function cardOf(sitting: Sitting, isOut: boolean, secret: ReadonlySet<string>): SittingCard {
  return {
    id: sitting.id,
    attempt: sitting.attempt,
    state: sitting.state,
    startedAt: sitting.startedAt.toISOString(),
    endsAt: sitting.endsAt?.toISOString() ?? null,
    submittedAt: sitting.submittedAt?.toISOString() ?? null,
    points: isOut && !isHeldBack(sitting, secret) ? sitting.points : null,
    most: sitting.most,
    passed: isOut ? sitting.passed : null,
  }
}
