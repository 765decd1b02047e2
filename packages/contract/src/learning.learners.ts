import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { LEARNING_FILES } from './learning.ts'
import { DateOn, FileReply, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const At = strict({ id: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))

export const LearnerRow = Type.Object({
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  number: Type.Integer(),
  done: Type.Integer(),
  total: Type.Integer(),
  startedOn: DateOn,
  lastOn: DateOn,
  completedOn: nullable(DateOn),
})
export type LearnerRow = Static<typeof LearnerRow>
const learnerFilter = {
  completed: Type.Optional(Type.Boolean()),
  orgId: Type.Optional(Id),
  text: Type.Optional(Text(60)),
}
export const listLearners = {
  method: 'GET',
  path: '/courses/:id/learners',
  permission: 'learning.read',
  summary: 'Who of the scope has begun a course, and how far everybody is',
  params: At,
  query: strict({ ...pageQuery(['name', 'lastOn'] as const), ...learnerFilter }),
  reply: pageOf(LearnerRow),
} as const satisfies Endpoint

export const exportLearners = {
  method: 'POST',
  path: '/courses/:id/learners/export',
  permission: 'learning.read',
  summary: 'The progress of everybody in the scope as a table or a printed register',
  params: At,
  body: strict({ format: oneOf(LEARNING_FILES), language: Language, filter: strict(learnerFilter) }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
