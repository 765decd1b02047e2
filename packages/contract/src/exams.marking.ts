import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { AtExam, ExamText, ExamWhy } from './exams.words.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Something to mark: an exam session, or a paper that is sat as a quiz. */
export const MarkingHeap = Type.Object({
  kind: oneOf(['session', 'quiz'] as const),
  id: Id,
  name: Type.String(),
  orgName: Type.String(),
  /** Answers that wait for anybody, and those that wait for me: none that I marked or wrote. */
  open: Type.Integer(),
  forMe: Type.Integer(),
  settled: Type.Integer(),
})
export type MarkingHeap = Static<typeof MarkingHeap>

export const listMarking = {
  method: 'GET',
  path: '/exam-marking',
  permission: 'exams.mark',
  summary: 'Exams and quizzes with answers in words that wait to be marked',
  reply: Type.Object({ rows: Type.Array(MarkingHeap) }),
} as const satisfies Endpoint

/** One answer without a name, a unit, a time or what another marker gave. */
export const Script = Type.Object({
  id: Id,
  stem: Type.String(),
  reference: nullable(Type.String()),
  response: Type.String(),
  most: Type.Integer(),
})
export type Script = Static<typeof Script>

export const nextScript = {
  method: 'GET',
  path: '/exam-marking/:kind/:id/next',
  permission: 'exams.mark',
  summary: 'An answer to mark, drawn at random; nothing says whose it is',
  params: strict({ kind: oneOf(['session', 'quiz'] as const), id: Id }),
  reply: Type.Object({ script: nullable(Script), left: Type.Integer() }),
} as const satisfies Endpoint

export const markScript = {
  method: 'POST',
  path: '/exam-scripts/:id/mark',
  permission: 'exams.mark',
  summary: 'Give points to an answer; two do so without knowing of each other, a third where they differ',
  params: AtExam,
  body: strict({ points: Type.Integer({ minimum: 0, maximum: 100 }) }),
  reply: Type.Object({ id: Id, left: Type.Integer() }),
} as const satisfies Endpoint

export const AppealRow = Type.Object({
  id: Id,
  examName: Type.String(),
  name: Type.String(),
  orgName: Type.String(),
  question: Type.Integer(),
  stem: Type.String(),
  response: Type.String(),
  points: Type.Integer(),
  most: Type.Integer(),
  text: Type.String(),
  madeAt: InstantAt,
  answer: nullable(Type.String()),
  answeredAt: nullable(InstantAt),
  newPoints: nullable(Type.Integer()),
})
export type AppealRow = Static<typeof AppealRow>

export const listAppeals = {
  method: 'GET',
  path: '/exam-appeals',
  permission: 'exams.mark',
  summary: 'Appeals against marks in the scope',
  query: strict({
    ...pageQuery(['madeAt'] as const),
    sessionId: Type.Optional(Id),
    open: Type.Optional(Type.Boolean()),
    text: Type.Optional(ExamText(60)),
  }),
  reply: pageOf(AppealRow),
} as const satisfies Endpoint

export const answerAppeal = {
  method: 'POST',
  path: '/exam-appeals/:id/answer',
  permission: 'exams.mark',
  summary: 'Answer an appeal: leave the points or give others; never by somebody who marked this answer',
  params: AtExam,
  body: strict({ text: ExamWhy, points: nullable(Type.Integer({ minimum: 0, maximum: 100 })) }),
  reply: Type.Object({ id: Id, points: Type.Integer(), passed: Type.Boolean() }),
} as const satisfies Endpoint
