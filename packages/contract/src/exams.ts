import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import {
  AtExam,
  DIFFICULTIES,
  EXAM_QUESTION_KINDS,
  ExamText,
  ExamWhy,
  QUESTION_STATES,
  QuestionBody,
  QuestionKey,
} from './exams.words.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const QuestionRow = Type.Object({
  id: Id,
  kind: oneOf(EXAM_QUESTION_KINDS),
  difficulty: oneOf(DIFFICULTIES),
  topic: Type.String(),
  stem: Type.String(),
  state: oneOf(QUESTION_STATES),
  /** Number of the newest version, and of the one in use. */
  no: Type.Integer(),
  liveNo: nullable(Type.Integer()),
  unitId: Id,
  orgName: Type.String(),
  isMine: Type.Boolean(),
  updatedAt: InstantAt,
  version: Type.Integer(),
})
export type QuestionRow = Static<typeof QuestionRow>

const questionFilter = {
  orgId: Type.Optional(Id),
  kind: Type.Optional(oneOf(EXAM_QUESTION_KINDS)),
  difficulty: Type.Optional(oneOf(DIFFICULTIES)),
  state: Type.Optional(oneOf(QUESTION_STATES)),
  topic: Type.Optional(ExamText(60)),
  text: Type.Optional(ExamText(60)),
}

export const listQuestions = {
  method: 'GET',
  path: '/exam-questions',
  permission: 'exams.write',
  summary: 'The question bank of the scope, without keys',
  query: strict({ ...pageQuery(['updatedAt', 'topic'] as const), ...questionFilter }),
  reply: pageOf(QuestionRow),
} as const satisfies Endpoint

export const QuestionRecord = Type.Object({
  ...QuestionRow.properties,
  body: QuestionBody,
  /** Null with `isWithheld` while the caller has to sit an exam or is in the middle of a quiz. */
  key: nullable(QuestionKey),
  explanation: nullable(Type.String()),
  isWithheld: Type.Boolean(),
  source: nullable(Type.String()),
  author: nullable(Type.String()),
  reviewer: nullable(Type.String()),
  returnedReason: nullable(Type.String()),
  retiredReason: nullable(Type.String()),
  versions: Type.Array(Type.Object({ no: Type.Integer(), madeAt: InstantAt, madeBy: nullable(Type.String()) })),
  can: Type.Object({
    change: Type.Boolean(),
    submit: Type.Boolean(),
    review: Type.Boolean(),
    retire: Type.Boolean(),
  }),
})
export type QuestionRecord = Static<typeof QuestionRecord>

export const readQuestion = {
  method: 'GET',
  path: '/exam-questions/:id',
  permission: 'exams.write',
  summary: 'One question with its key, for those who keep the bank',
  params: AtExam,
  reply: QuestionRecord,
} as const satisfies Endpoint

export const QuestionDraft = strict({
  kind: oneOf(EXAM_QUESTION_KINDS),
  difficulty: oneOf(DIFFICULTIES),
  topic: ExamText(60),
  body: QuestionBody,
  key: QuestionKey,
  explanation: nullable(ExamText(2000)),
  source: nullable(ExamText(300)),
})
export type QuestionDraft = Static<typeof QuestionDraft>
const QuestionDone = Type.Object({ id: Id, state: oneOf(QUESTION_STATES), version: Type.Integer() })

export const makeQuestion = {
  method: 'POST',
  path: '/exam-questions',
  permission: 'exams.write',
  summary: 'Write a question as a draft',
  body: strict({ orgId: Id, ...QuestionDraft.properties }),
  reply: QuestionDone,
} as const satisfies Endpoint

export const changeQuestion = {
  method: 'PUT',
  path: '/exam-questions/:id',
  permission: 'exams.write',
  ifMatch: true,
  summary: 'Change a question: a new version, to be reviewed; the live one stays in use until then',
  params: AtExam,
  body: QuestionDraft,
  reply: QuestionDone,
} as const satisfies Endpoint

export const submitQuestion = {
  method: 'POST',
  path: '/exam-questions/:id/submit',
  permission: 'exams.write',
  summary: 'Hand a draft to a second person for review',
  params: AtExam,
  body: strict({}),
  reply: QuestionDone,
} as const satisfies Endpoint

export const approveQuestion = {
  method: 'POST',
  path: '/exam-questions/:id/approve',
  permission: 'exams.write',
  summary: 'A second person takes the question into use',
  params: AtExam,
  body: strict({}),
  reply: QuestionDone,
} as const satisfies Endpoint

export const returnQuestion = {
  method: 'POST',
  path: '/exam-questions/:id/return',
  permission: 'exams.write',
  summary: 'A second person sends the question back with a reason',
  params: AtExam,
  body: strict({ reason: ExamWhy }),
  reply: QuestionDone,
} as const satisfies Endpoint

export const retireQuestion = {
  method: 'POST',
  path: '/exam-questions/:id/retire',
  permission: 'exams.write',
  summary: 'Take a question out of use with a reason; sittings that have it keep it',
  params: AtExam,
  body: strict({ reason: ExamWhy }),
  reply: QuestionDone,
} as const satisfies Endpoint

export const moveQuestions = {
  method: 'POST',
  path: '/exam-question-acts',
  permission: 'exams.write',
  summary: 'Submit or approve many questions at once; what cannot be done is named',
  body: strict({
    act: oneOf(['submit', 'approve'] as const),
    ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
  }),
  reply: Type.Object({
    done: Type.Integer(),
    refused: Type.Array(Type.Object({ id: Id, stem: Type.String(), code: Type.String() })),
  }),
} as const satisfies Endpoint

/** How many live questions there are to draw from. */
export const TopicPool = Type.Object({
  topic: Type.String(),
  difficulty: oneOf(DIFFICULTIES),
  kind: oneOf(EXAM_QUESTION_KINDS),
  questions: Type.Integer(),
})
export const listExamTopics = {
  method: 'GET',
  path: '/exam-topics',
  permission: 'exams.write',
  summary: 'Topics of the bank with the number of live questions by difficulty and kind',
  query: strict({ orgId: Type.Optional(Id) }),
  reply: Type.Object({ rows: Type.Array(TopicPool) }),
} as const satisfies Endpoint

export const QUESTION_FILES = ['xlsx', 'gift', 'qti'] as const
export const MOST_QUESTION_BYTES = 10 * 1024 * 1024
export const MOST_QUESTIONS_IN_FILE = 2000

/** Where a question of a file stands and what is wrong with it. */
export const QuestionFault = Type.Object({
  /** The row of the table, or which question of the file, counted from 1. */
  place: Type.Integer(),
  column: nullable(Type.String()),
  code: Type.String(),
  excerpt: Type.String(),
})
export type QuestionFault = Static<typeof QuestionFault>

export const importQuestions = {
  method: 'POST',
  path: '/exam-question-imports',
  permission: 'exams.write',
  summary: 'Read questions from XLSX, GIFT or QTI 1.2/2.x: check them, or write those without a fault as drafts',
  query: strict({
    fileName: ExamText(200),
    mode: oneOf(['check', 'write'] as const),
    orgId: Id,
    /** For what the file says nothing about. */
    topic: Type.Optional(ExamText(60)),
    difficulty: Type.Optional(oneOf(DIFFICULTIES)),
  }),
  reply: Type.Object({
    format: oneOf(QUESTION_FILES),
    good: Type.Integer(),
    repeated: Type.Integer(),
    written: Type.Integer(),
    faults: Type.Array(QuestionFault),
    /** The first of the good ones, to look at. */
    shown: Type.Array(QuestionDraft),
  }),
} as const satisfies Endpoint

export const downloadQuestionTemplate = {
  method: 'GET',
  path: '/exam-question-template',
  permission: 'exams.write',
  summary: 'The workbook to fill in with questions',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  query: strict({ language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
  reply: FileReply,
} as const satisfies Endpoint

export const exportQuestions = {
  method: 'POST',
  path: '/exam-questions/export',
  permission: 'exams.write',
  summary: 'Questions with their keys as the workbook of the template',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  body: strict({
    filter: strict(questionFilter),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const examsRefusals = defineRefusals('exams', {
  not_found: 'missing',
  no_such_org: 'missing',
  no_such_paper: 'missing',
  no_such_member: 'missing',
  wrong_state: 'conflict',
  not_by_the_same: 'forbidden',
  keys_withheld: 'forbidden',
  options_missing: 'invalid',
  options_not_for_kind: 'invalid',
  key_missing: 'invalid',
  key_outside: 'invalid',
  blanks_differ: 'invalid',
  too_many_rows: 'invalid',
  paper_empty: 'invalid',
  question_not_live: 'invalid',
  question_twice: 'invalid',
  pool_too_small: 'invalid',
  wrong_purpose: 'invalid',
  paper_not_released: 'conflict',
  paper_in_use: 'conflict',
  window_wrong: 'invalid',
  no_seats: 'conflict',
  seated_already: 'conflict',
  exam_running: 'conflict',
  still_sitting: 'conflict',
  marking_open: 'conflict',
  nobody_to_make_up: 'conflict',
  not_yours: 'forbidden',
  not_open_yet: 'conflict',
  is_over: 'conflict',
  no_attempt_left: 'conflict',
  not_a_learner: 'forbidden',
  no_such_place: 'invalid',
  handed_in: 'conflict',
  own_script: 'forbidden',
  marked_already: 'conflict',
  points_outside: 'invalid',
  appeal_lowers: 'invalid',
  result_not_out: 'conflict',
  appeal_too_late: 'conflict',
  appealed_already: 'conflict',
  file_unknown: 'invalid',
  file_empty: 'invalid',
  file_too_large: 'large',
  file_broken: 'invalid',
})
