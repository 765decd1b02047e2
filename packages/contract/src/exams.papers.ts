import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  AtExam,
  DIFFICULTIES,
  EXAM_QUESTION_KINDS,
  ExamText,
  ExamWhy,
  PAPER_PURPOSES,
  PAPER_STATES,
  PAPER_WAYS,
  PARTIAL_RULES,
} from './exams.words.ts'
import { Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** One line of a drawn paper: so many questions of this topic and difficulty, each worth so many points. */
export const DrawLine = strict({
  topic: nullable(ExamText(60)),
  difficulty: nullable(oneOf(DIFFICULTIES)),
  kind: nullable(oneOf(EXAM_QUESTION_KINDS)),
  count: Type.Integer({ minimum: 1, maximum: 200 }),
  points: Type.Integer({ minimum: 1, maximum: 100 }),
})
export type DrawLine = Static<typeof DrawLine>

const rules = {
  /** Minutes from the start, by the server; null without a limit. */
  minutes: nullable(Type.Integer({ minimum: 1, maximum: 600 })),
  /** How often one person may sit it; null as often as one likes. An exam session is sat once. */
  attempts: nullable(Type.Integer({ minimum: 1, maximum: 50 })),
  passPercent: Type.Integer({ minimum: 1, maximum: 100 }),
  shufflesQuestions: Type.Boolean(),
  shufflesOptions: Type.Boolean(),
  partial: oneOf(PARTIAL_RULES),
  /** How many mark a 简答 without knowing of each other. */
  markers: Type.Integer({ minimum: 1, maximum: 2 }),
  /** Points by which two markers may differ before a third is asked. */
  difference: Type.Integer({ minimum: 0, maximum: 100 }),
}

export const ExamPaperRow = Type.Object({
  id: Id,
  name: Type.String(),
  purpose: oneOf(PAPER_PURPOSES),
  way: oneOf(PAPER_WAYS),
  state: oneOf(PAPER_STATES),
  unitId: Id,
  orgName: Type.String(),
  questions: Type.Integer(),
  points: Type.Integer(),
  minutes: nullable(Type.Integer()),
  sittings: Type.Integer(),
  updatedAt: InstantAt,
  version: Type.Integer(),
})
export type ExamPaperRow = Static<typeof ExamPaperRow>

export const listPapers = {
  method: 'GET',
  path: '/exam-papers',
  permission: 'exams.write',
  summary: 'Papers of the scope',
  query: strict({
    ...pageQuery(['updatedAt', 'name'] as const),
    orgId: Type.Optional(Id),
    purpose: Type.Optional(oneOf(PAPER_PURPOSES)),
    state: Type.Optional(oneOf(PAPER_STATES)),
    text: Type.Optional(ExamText(60)),
  }),
  reply: pageOf(ExamPaperRow),
} as const satisfies Endpoint

export const PaperRecord = Type.Object({
  ...ExamPaperRow.properties,
  ...rules,
  items: Type.Array(
    Type.Object({
      questionId: Id,
      no: Type.Integer(),
      kind: oneOf(EXAM_QUESTION_KINDS),
      difficulty: oneOf(DIFFICULTIES),
      topic: Type.String(),
      stem: Type.String(),
      points: Type.Integer(),
      /** There is a newer live version, or the question was retired. */
      isOutdated: Type.Boolean(),
    }),
  ),
  plan: Type.Array(DrawLine),
  can: Type.Object({ change: Type.Boolean(), release: Type.Boolean(), retire: Type.Boolean() }),
})
export type PaperRecord = Static<typeof PaperRecord>

export const readPaper = {
  method: 'GET',
  path: '/exam-papers/:id',
  permission: 'exams.write',
  summary: 'One paper: its rules, its questions or how they are drawn',
  params: AtExam,
  reply: PaperRecord,
} as const satisfies Endpoint

export const PaperDraft = strict({
  name: ExamText(120),
  purpose: oneOf(PAPER_PURPOSES),
  way: oneOf(PAPER_WAYS),
  ...rules,
  items: Type.Array(strict({ questionId: Id, points: Type.Integer({ minimum: 1, maximum: 100 }) }), { maxItems: 200 }),
  plan: Type.Array(DrawLine, { maxItems: 40 }),
})
export type PaperDraft = Static<typeof PaperDraft>
const PaperDone = Type.Object({ id: Id, state: oneOf(PAPER_STATES), version: Type.Integer() })

export const makePaper = {
  method: 'POST',
  path: '/exam-papers',
  permission: 'exams.write',
  summary: 'Make a paper as a draft',
  body: strict({ orgId: Id, ...PaperDraft.properties }),
  reply: PaperDone,
} as const satisfies Endpoint

export const changePaper = {
  method: 'PUT',
  path: '/exam-papers/:id',
  permission: 'exams.write',
  ifMatch: true,
  summary: 'Change a paper that was not released yet',
  params: AtExam,
  body: PaperDraft,
  reply: PaperDone,
} as const satisfies Endpoint

export const releasePaper = {
  method: 'POST',
  path: '/exam-papers/:id/release',
  permission: 'exams.write',
  summary: 'Release a paper: from now on it is sat as it is',
  params: AtExam,
  body: strict({}),
  reply: PaperDone,
} as const satisfies Endpoint

export const retirePaper = {
  method: 'POST',
  path: '/exam-papers/:id/retire',
  permission: 'exams.write',
  summary: 'No new sitting of this paper, with a reason; running ones go on',
  params: AtExam,
  body: strict({ reason: ExamWhy }),
  reply: PaperDone,
} as const satisfies Endpoint

/** How one question did: `p` is the mean share of its points (难度), `d` upper less lower 27 per cent (区分度). */
export const QuestionFigure = Type.Object({
  questionId: Id,
  no: Type.Integer(),
  kind: oneOf(EXAM_QUESTION_KINDS),
  topic: Type.String(),
  stem: Type.String(),
  sittings: Type.Integer(),
  p: nullable(Type.Number()),
  d: nullable(Type.Number()),
})
export type QuestionFigure = Static<typeof QuestionFigure>
export const ExamFigures = Type.Object({
  sittings: Type.Integer(),
  passed: Type.Integer(),
  mean: nullable(Type.Number()),
  most: Type.Integer(),
  /** People by tenths of the points: 0 to 9 per cent, 10 to 19, … 90 to 100. */
  tenths: Type.Array(Type.Integer()),
  questions: Type.Array(QuestionFigure),
})
export type ExamFigures = Static<typeof ExamFigures>

export const readPaperFigures = {
  method: 'GET',
  path: '/exam-papers/:id/figures',
  permission: 'exams.write',
  summary: 'Item statistics of a paper over all marked sittings',
  params: AtExam,
  reply: ExamFigures,
} as const satisfies Endpoint
