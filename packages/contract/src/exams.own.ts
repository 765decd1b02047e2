import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  AtExam,
  EXAM_QUESTION_KINDS,
  EXAM_STATES,
  ExamResponse,
  ExamWhy,
  QuestionKey,
  SEAT_STANDINGS,
  SITTING_STATES,
  SittingCard,
} from './exams.words.ts'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

export const OwnExam = Type.Object({
  sessionId: Id,
  name: Type.String(),
  state: oneOf(EXAM_STATES),
  opensAt: InstantAt,
  closesAt: InstantAt,
  minutes: nullable(Type.Integer()),
  questions: Type.Integer(),
  most: Type.Integer(),
  standing: oneOf(SEAT_STANDINGS),
  sitting: nullable(SittingCard),
})
export type OwnExam = Static<typeof OwnExam>

export const OwnQuiz = Type.Object({
  paperId: Id,
  name: Type.String(),
  minutes: nullable(Type.Integer()),
  questions: Type.Integer(),
  most: Type.Integer(),
  passPercent: Type.Integer(),
  attempts: nullable(Type.Integer()),
  canBegin: Type.Boolean(),
  sittings: Type.Array(SittingCard),
})
export type OwnQuiz = Static<typeof OwnQuiz>

export const listMyExams = {
  method: 'GET',
  path: '/my/exams',
  permission: 'signed-in',
  summary: 'Exams I am on the list of, and quizzes that I may take',
  reply: Type.Object({ now: InstantAt, exams: Type.Array(OwnExam), quizzes: Type.Array(OwnQuiz) }),
} as const satisfies Endpoint

export const readMyQuiz = {
  method: 'GET',
  path: '/my/exam-papers/:id',
  permission: 'signed-in',
  summary: 'A quiz before one begins: its rules and my sittings',
  params: AtExam,
  reply: OwnQuiz,
} as const satisfies Endpoint

/** A question as it is shown: nothing of it tells what is right. Options stand in the order of this sitting. */
export const ExamQuestion = Type.Object({
  place: Type.Integer(),
  kind: oneOf(EXAM_QUESTION_KINDS),
  stem: Type.String(),
  options: Type.Array(Type.String()),
  blanks: Type.Integer(),
  points: Type.Integer(),
  /** What is saved on the server, and under which number of the client. */
  response: nullable(ExamResponse),
  seq: Type.Integer(),
})
export type ExamQuestion = Static<typeof ExamQuestion>

export const OwnSitting = Type.Object({
  id: Id,
  name: Type.String(),
  paperId: Id,
  sessionId: nullable(Id),
  attempt: Type.Integer(),
  state: oneOf(SITTING_STATES),
  startedAt: InstantAt,
  endsAt: nullable(InstantAt),
  submittedAt: nullable(InstantAt),
  /** The clock of the server when it answered: what is left of the time is counted from it. */
  now: InstantAt,
  most: Type.Integer(),
  questions: Type.Array(ExamQuestion),
})
export type OwnSitting = Static<typeof OwnSitting>

export const startSitting = {
  method: 'POST',
  path: '/my/exam-sittings',
  permission: 'signed-in',
  summary: 'Begin, or go on with what was begun: the questions are frozen, without their keys',
  body: strict({ paperId: Type.Optional(Id), sessionId: Type.Optional(Id) }),
  reply: OwnSitting,
} as const satisfies Endpoint

export const readMySitting = {
  method: 'GET',
  path: '/my/exam-sittings/:id',
  permission: 'signed-in',
  summary: 'My sitting with what is saved of it',
  params: AtExam,
  reply: OwnSitting,
} as const satisfies Endpoint

export const saveAnswers = {
  method: 'PUT',
  path: '/my/exam-sittings/:id/answers',
  permission: 'signed-in',
  summary: 'Save answers: an older number of the client never overwrites a newer one; repeated without harm',
  params: AtExam,
  body: strict({
    answers: Type.Array(
      strict({
        place: Type.Integer({ minimum: 1, maximum: 200 }),
        seq: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
        response: ExamResponse,
      }),
      { minItems: 1, maxItems: 200 },
    ),
  }),
  reply: Type.Object({ saved: Type.Integer(), endsAt: nullable(InstantAt), now: InstantAt }),
} as const satisfies Endpoint

export const submitSitting = {
  method: 'POST',
  path: '/my/exam-sittings/:id/submit',
  permission: 'signed-in',
  summary: 'Hand in: what is saved counts; repeated without harm',
  params: AtExam,
  body: strict({}),
  reply: SittingCard,
} as const satisfies Endpoint

export const SittingResult = Type.Object({
  ...SittingCard.properties,
  name: Type.String(),
  paperId: Id,
  sessionId: nullable(Id),
  passPercent: Type.Integer(),
  /** When points may be seen: at once, when all is marked, when results are released, after an exam that asks the same. */
  waitsFor: nullable(oneOf(['marking', 'release', 'exam'] as const)),
  /** Whether all keys and explanations may be seen; not while an exam is to come that may ask the same questions. */
  isExplained: Type.Boolean(),
  canAppealUntil: nullable(InstantAt),
  questions: Type.Array(
    Type.Object({
      place: Type.Integer(),
      kind: oneOf(EXAM_QUESTION_KINDS),
      stem: Type.String(),
      options: Type.Array(Type.String()),
      response: nullable(ExamResponse),
      points: nullable(Type.Integer()),
      most: Type.Integer(),
      key: nullable(QuestionKey),
      explanation: nullable(Type.String()),
      appeal: nullable(
        Type.Object({ text: Type.String(), answer: nullable(Type.String()), newPoints: nullable(Type.Integer()) }),
      ),
    }),
  ),
})
export type SittingResult = Static<typeof SittingResult>

export const readMyResult = {
  method: 'GET',
  path: '/my/exam-sittings/:id/result',
  permission: 'signed-in',
  summary: 'What came out of my sitting, with keys and explanations where they may be seen',
  params: AtExam,
  reply: SittingResult,
} as const satisfies Endpoint

export const appealMark = {
  method: 'POST',
  path: '/my/exam-sittings/:id/appeals',
  permission: 'signed-in',
  summary: 'Appeal against the points of one question, within seven days',
  params: AtExam,
  body: strict({ place: Type.Integer({ minimum: 1, maximum: 200 }), text: ExamWhy }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
