import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { ExamFigures } from './exams.papers.ts'
import { AtExam, EXAM_FORMS, EXAM_STATES, ExamText, ExamWhy, SEAT_STANDINGS } from './exams.words.ts'
import { FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))

export const ExamRow = Type.Object({
  id: Id,
  name: Type.String(),
  paperId: Id,
  paperName: Type.String(),
  unitId: Id,
  orgName: Type.String(),
  state: oneOf(EXAM_STATES),
  opensAt: InstantAt,
  closesAt: InstantAt,
  /** The make-up of this exam. */
  makeUpOf: nullable(Id),
  seats: Type.Integer(),
  sitting: Type.Integer(),
  handedIn: Type.Integer(),
  passed: Type.Integer(),
  toMark: Type.Integer(),
  version: Type.Integer(),
})
export type ExamRow = Static<typeof ExamRow>

export const listExams = {
  method: 'GET',
  path: '/exam-sessions',
  permission: 'exams.write',
  summary: 'Exam sessions of the scope',
  query: strict({
    ...pageQuery(['opensAt', 'name'] as const),
    orgId: Type.Optional(Id),
    state: Type.Optional(oneOf(EXAM_STATES)),
    text: Type.Optional(ExamText(60)),
  }),
  reply: pageOf(ExamRow),
} as const satisfies Endpoint

export const ExamRecord = Type.Object({
  ...ExamRow.properties,
  minutes: nullable(Type.Integer()),
  questions: Type.Integer(),
  points: Type.Integer(),
  passPercent: Type.Integer(),
  cancelledReason: nullable(Type.String()),
  releasedAt: nullable(InstantAt),
  appealsOpen: Type.Integer(),
  /** While it is planned: how many of its questions quizzes ask too, whose answers stay closed until it is over. */
  alsoInQuizzes: Type.Integer(),
  /** By the clock of the database, against which the window is held. */
  now: InstantAt,
  can: Type.Object({
    change: Type.Boolean(),
    seat: Type.Boolean(),
    announce: Type.Boolean(),
    close: Type.Boolean(),
    release: Type.Boolean(),
    makeUp: Type.Boolean(),
    cancel: Type.Boolean(),
  }),
})
export type ExamRecord = Static<typeof ExamRecord>

export const readExam = {
  method: 'GET',
  path: '/exam-sessions/:id',
  permission: 'exams.write',
  summary: 'One exam session and how far it has come',
  params: AtExam,
  reply: ExamRecord,
} as const satisfies Endpoint

const plan = { name: ExamText(120), opensAt: InstantAt, closesAt: InstantAt }
const ExamDone = Type.Object({ id: Id, state: oneOf(EXAM_STATES), version: Type.Integer() })

export const makeExam = {
  method: 'POST',
  path: '/exam-sessions',
  permission: 'exams.write',
  summary: 'Plan an exam session with a released paper',
  body: strict({ orgId: Id, paperId: Id, ...plan }),
  reply: ExamDone,
} as const satisfies Endpoint

export const changeExam = {
  method: 'PUT',
  path: '/exam-sessions/:id',
  permission: 'exams.write',
  ifMatch: true,
  summary: 'Change name and window until the exam opens',
  params: AtExam,
  body: strict(plan),
  reply: ExamDone,
} as const satisfies Endpoint

/** People by name, or everybody of a unit and what lies below it. */
export const Seating = strict({
  memberIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true })),
  orgId: Type.Optional(Id),
  categories: Type.Optional(
    Type.Array(oneOf(['formal', 'probationary', 'candidate', 'activist', 'applicant', 'masses'] as const), {
      minItems: 1,
    }),
  ),
})

export const seatPeople = {
  method: 'POST',
  path: '/exam-sessions/:id/seats',
  permission: 'exams.write',
  summary: 'Put people on the list of those who sit the exam',
  params: AtExam,
  body: Seating,
  reply: Type.Object({ added: Type.Integer(), seats: Type.Integer() }),
} as const satisfies Endpoint

export const unseatPeople = {
  method: 'POST',
  path: '/exam-sessions/:id/unseat',
  permission: 'exams.write',
  summary: 'Take people off the list who have not begun',
  params: AtExam,
  body: strict({ memberIds: Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true }) }),
  reply: Type.Object({ removed: Type.Integer(), seats: Type.Integer() }),
} as const satisfies Endpoint

export const SeatRow = Type.Object({
  memberId: Id,
  no: Type.Integer(),
  name: Type.String(),
  orgName: Type.String(),
  standing: oneOf(SEAT_STANDINGS),
  startedAt: nullable(InstantAt),
  submittedAt: nullable(InstantAt),
  /** Null until everything is marked. */
  points: nullable(Type.Integer()),
  byClock: Type.Boolean(),
})
export type SeatRow = Static<typeof SeatRow>

export const listSeats = {
  method: 'GET',
  path: '/exam-sessions/:id/seats',
  permission: 'exams.write',
  summary: 'Who sits the exam, and where each stands',
  params: AtExam,
  query: strict({
    ...pageQuery(['no', 'name'] as const),
    standing: Type.Optional(oneOf(SEAT_STANDINGS)),
    text: Type.Optional(ExamText(60)),
  }),
  reply: pageOf(SeatRow),
} as const satisfies Endpoint

const act = (name: string, summary: string) =>
  ({
    method: 'POST',
    path: `/exam-sessions/:id/${name}`,
    permission: 'exams.write',
    summary,
    params: AtExam,
    body: strict({}),
    reply: ExamDone,
  }) as const

export const announceExam = {
  ...act('announce', 'Tell those on the list; from the opening on they may begin'),
  path: '/exam-sessions/:id/announce',
} as const satisfies Endpoint
export const closeExam = {
  ...act('close', 'End the exam before its time: what is saved is handed in'),
  path: '/exam-sessions/:id/close',
} as const satisfies Endpoint
export const releaseExam = {
  ...act('release', 'Release the results to those who sat the exam'),
  path: '/exam-sessions/:id/release',
} as const satisfies Endpoint

export const cancelExam = {
  method: 'POST',
  path: '/exam-sessions/:id/cancel',
  permission: 'exams.write',
  summary: 'Call the exam off, with a reason, before anybody has begun',
  params: AtExam,
  body: strict({ reason: ExamWhy }),
  reply: ExamDone,
} as const satisfies Endpoint

export const makeUpExam = {
  method: 'POST',
  path: '/exam-sessions/:id/make-up',
  permission: 'exams.write',
  summary: 'Plan the make-up (补考) for those who were absent or did not pass',
  params: AtExam,
  body: strict({
    ...plan,
    paperId: Id,
    who: Type.Array(oneOf(['absent', 'failed'] as const), { minItems: 1, uniqueItems: true }),
  }),
  reply: ExamDone,
} as const satisfies Endpoint

export const readExamFigures = {
  method: 'GET',
  path: '/exam-sessions/:id/figures',
  permission: 'exams.write',
  summary: 'Figures of an exam and its item statistics, once it is over',
  params: AtExam,
  reply: ExamFigures,
} as const satisfies Endpoint

export const exportExam = {
  method: 'POST',
  path: '/exam-sessions/:id/export',
  permission: 'exams.write',
  summary: '准考名单 or 成绩表 as a file or on paper',
  params: AtExam,
  download: 'application/octet-stream',
  body: strict({
    form: oneOf(EXAM_FORMS),
    format: oneOf(['xlsx', 'csv', 'pdf', 'docx'] as const),
    language: Language,
  }),
  reply: FileReply,
} as const satisfies Endpoint
