import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Reason } from './meetings.words.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

const At = strict({ id: Id })
export const STUDY_WAYS = ['recording', 'papers', 'told'] as const
/** open: owed; submitted: waits to be countersigned; countersigned; returned with a note. Never presence. */
export const STUDY_STATES = ['open', 'submitted', 'countersigned', 'returned'] as const

const Three = (item: ReturnType<typeof Type.String>) => Type.Array(item, { minItems: 3, maxItems: 3 })
const Question = Type.String({ minLength: 2, maxLength: 200, pattern: '\\S' })
const AnswerText = Type.String({ minLength: 2, maxLength: 2000, pattern: '\\S' })

export const StudySheet = Type.Object({ questions: Type.Array(Type.String()), dueOn: DateOn })
export const StudyRow = Type.Object({
  memberId: Id,
  name: Type.String(),
  state: oneOf(STUDY_STATES),
  way: nullable(oneOf(STUDY_WAYS)),
  answers: Type.Array(Type.String()),
  submittedAt: nullable(InstantAt),
  decidedBy: nullable(Type.String()),
  note: nullable(Type.String()),
})
export type StudyRow = Static<typeof StudyRow>

export const setStudy = {
  method: 'PUT',
  path: '/meetings/:id/study',
  permission: 'meetings.convene',
  summary: 'Three questions for those who were absent, and the day until which they make up for it',
  params: At,
  body: strict({ questions: Three(Question), dueOn: DateOn }),
  reply: Type.Object({ absent: Type.Integer() }),
} as const satisfies Endpoint

export const readStudy = {
  method: 'GET',
  path: '/meetings/:id/study',
  permission: 'meetings.read',
  summary: 'Who was absent and how far the make-up study is; at most 500 people',
  params: At,
  reply: Type.Object({ sheet: nullable(StudySheet), rows: Type.Array(StudyRow) }),
} as const satisfies Endpoint

export const decideStudy = {
  method: 'POST',
  path: '/meetings/:id/study/:memberId',
  permission: 'meetings.convene',
  summary: 'Countersign a make-up study, or return it with a note',
  params: strict({ id: Id, memberId: Id }),
  body: strict({ isAccepted: Type.Boolean(), note: Type.Optional(Reason) }),
  reply: Type.Object({ state: oneOf(STUDY_STATES) }),
} as const satisfies Endpoint

export const readOwnStudy = {
  method: 'GET',
  path: '/my/meetings/:id/study',
  permission: 'signed-in',
  summary: 'My make-up study of a meeting I missed; null when there is none to do',
  params: At,
  reply: Type.Object({ sheet: nullable(StudySheet), own: nullable(StudyRow) }),
} as const satisfies Endpoint

export const submitStudy = {
  method: 'POST',
  path: '/my/meetings/:id/study',
  permission: 'signed-in',
  summary: 'I have made up for the meeting: how, and the answers to the three questions',
  params: At,
  body: strict({ way: oneOf(STUDY_WAYS), answers: Three(AnswerText) }),
  reply: Type.Object({ state: oneOf(STUDY_STATES) }),
} as const satisfies Endpoint
