import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  STUDY_GRADES,
  STUDY_TASK_KINDS,
  STUDY_TASK_STATES,
  STUDY_WORK_STATES,
  StudyChanged,
  StudyTaskCard,
  StudyTaskFacts,
  StudyWorkCard,
  StudyWorkRecord,
  saying,
} from './study.words.ts'

/** Homework and reflections at the desk: set, marked, returned, shown. */

const At = strict({ id: Id })
const Language = Type.Optional(oneOf(['zh-CN', 'en'] as const))

export const StudyTaskRow = Type.Object({
  ...StudyTaskCard.properties,
  handedIn: Type.Integer(),
  waiting: Type.Integer(),
})
export type StudyTaskRow = Static<typeof StudyTaskRow>

export const listStudyTasks = {
  method: 'GET',
  path: '/study/tasks',
  permission: 'learning.read',
  summary: 'Homework and reflections set in the scope, with how many handed in',
  query: strict({
    ...pageQuery(['dueOn', 'createdAt'] as const),
    kind: Type.Optional(oneOf(STUDY_TASK_KINDS)),
    state: Type.Optional(oneOf(STUDY_TASK_STATES)),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    text: Type.Optional(saying(60)),
  }),
  reply: pageOf(StudyTaskRow),
} as const satisfies Endpoint

export const setStudyTask = {
  method: 'POST',
  path: '/study/tasks',
  permission: 'learning.write',
  summary: 'Set homework or a reflection for a unit and all below it',
  body: StudyTaskFacts,
  reply: StudyChanged,
} as const satisfies Endpoint

export const readStudyTask = {
  method: 'GET',
  path: '/study/tasks/:id',
  permission: 'learning.read',
  summary: 'One assignment, and who has not handed in yet (the first hundred)',
  params: At,
  reply: Type.Object({
    task: StudyTaskRow,
    people: Type.Integer(),
    missing: Type.Array(Type.Object({ memberId: Id, name: Type.String(), orgName: Type.String() })),
  }),
} as const satisfies Endpoint

export const changeStudyTask = {
  method: 'PUT',
  path: '/study/tasks/:id',
  permission: 'learning.write',
  summary: 'Change an open assignment: its words and its last day; limits only before the first hand-in',
  params: At,
  body: strict({
    title: StudyTaskFacts.properties.title,
    brief: StudyTaskFacts.properties.brief,
    minWords: StudyTaskFacts.properties.minWords,
    maxWords: StudyTaskFacts.properties.maxWords,
    dueOn: StudyTaskFacts.properties.dueOn,
  }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const closeStudyTask = {
  method: 'PUT',
  path: '/study/tasks/:id/state',
  permission: 'learning.write',
  summary: 'Close an assignment, or open it again',
  params: At,
  body: strict({ state: oneOf(STUDY_TASK_STATES), reason: saying(300, 2) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const remindStudyTask = {
  method: 'POST',
  path: '/study/tasks/:id/remind',
  permission: 'learning.write',
  summary: 'Remind those who have not handed in, at most once a day',
  params: At,
  body: Empty,
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint

const worksFilter = {
  taskId: Type.Optional(Id),
  kind: Type.Optional(oneOf(STUDY_TASK_KINDS)),
  state: Type.Optional(oneOf(STUDY_WORK_STATES)),
  grade: Type.Optional(oneOf(STUDY_GRADES)),
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  text: Type.Optional(saying(60)),
}

export const listStudyWorks = {
  method: 'GET',
  path: '/study/works',
  permission: 'exams.mark',
  summary: 'What was handed in in the scope',
  query: strict({ ...pageQuery(['handedInAt', 'writer'] as const), ...worksFilter }),
  reply: pageOf(StudyWorkCard),
} as const satisfies Endpoint

export const SimilarWork = Type.Object({
  title: Type.String(),
  /** Null outside what the reader may see. */
  id: nullable(Id),
  writer: nullable(Type.String()),
  orgName: nullable(Type.String()),
  percent: Type.Integer(),
  handedInAt: InstantAt,
})
export type SimilarWork = Static<typeof SimilarWork>

export const readStudyWork = {
  method: 'GET',
  path: '/study/works/:id',
  permission: 'exams.mark',
  summary: 'One work with all its rounds, and what in the own bank reads alike: a hint to the reader, nothing else',
  params: At,
  reply: Type.Object({
    ...StudyWorkRecord.properties,
    brief: nullable(Type.String()),
    similar: Type.Array(SimilarWork),
    can: Type.Object({ mark: Type.Boolean(), show: Type.Boolean(), hide: Type.Boolean() }),
  }),
} as const satisfies Endpoint

export const markStudyWork = {
  method: 'POST',
  path: '/study/works/:id/mark',
  permission: 'exams.mark',
  summary: 'Grade a work with a comment; never the own',
  params: At,
  body: strict({ grade: oneOf(STUDY_GRADES), comment: saying(1000) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const returnStudyWork = {
  method: 'POST',
  path: '/study/works/:id/return',
  permission: 'exams.mark',
  summary: 'Send a work back with what is to be done',
  params: At,
  body: strict({ comment: saying(1000) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const markStudyWorks = {
  method: 'POST',
  path: '/study/work-marks',
  permission: 'exams.mark',
  summary: 'Grade many works with one comment, or (grade null) send them back; what cannot be done is named',
  body: strict({
    ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
    grade: nullable(oneOf(STUDY_GRADES)),
    comment: saying(1000),
  }),
  reply: Type.Object({
    done: Type.Integer(),
    refused: Type.Array(Type.Object({ id: Id, writer: Type.String(), title: Type.String(), code: Type.String() })),
  }),
} as const satisfies Endpoint

export const showStudyWork = {
  method: 'PUT',
  path: '/study/works/:id/show',
  permission: 'exams.mark',
  summary: 'Show an excellent work to the people of its unit, with the consent of the writer, or hide it',
  params: At,
  body: strict({ isShown: Type.Boolean() }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const exportStudyWorks = {
  method: 'POST',
  path: '/study/works/export',
  permission: 'exams.mark',
  summary: 'Who handed in what, with grades, as a workbook: never the words, never notes',
  download: 'application/octet-stream',
  body: strict({ filter: strict(worksFilter), language: Language }),
  reply: FileReply,
} as const satisfies Endpoint
