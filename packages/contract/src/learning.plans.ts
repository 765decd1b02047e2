import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { LEARNING_FILES } from './learning.ts'
import { Audience, AudienceShown, COURSE_STATES, PLAN_KINDS, PLAN_STATES } from './learning.words.ts'
import { DateOn, Empty, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const Text = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })
const At = strict({ id: Id })
const Year = Type.Integer({ minimum: 2000, maximum: 2100 })
const Changed = Type.Object({ id: Id, version: Type.Integer() })

export const PlanRow = Type.Object({
  id: Id,
  kind: oneOf(PLAN_KINDS),
  year: Year,
  title: Type.String(),
  state: oneOf(PLAN_STATES),
  orgId: Id,
  orgName: Type.String(),
  audience: AudienceShown,
  courses: Type.Integer(),
  required: Type.Integer(),
  /** The next day on which something is due; null when nothing is due any more. */
  dueOn: nullable(DateOn),
  version: Type.Integer(),
})
export type PlanRow = Static<typeof PlanRow>

const planFilter = {
  year: Type.Optional(Year),
  kind: Type.Optional(oneOf(PLAN_KINDS)),
  state: Type.Optional(oneOf(PLAN_STATES)),
  orgId: Type.Optional(Id),
  text: Type.Optional(Text(60)),
}
export const listPlans = {
  method: 'GET',
  path: '/learning-plans',
  permission: 'learning.read',
  summary: 'Plans and assignments of the scope, and those from above that are meant for it',
  query: strict({ ...pageQuery(['year', 'title', 'dueOn'] as const), ...planFilter }),
  reply: pageOf(PlanRow),
} as const satisfies Endpoint

/** One course of a plan, in the order of the plan. */
export const PlanCourse = strict({ courseId: Id, isRequired: Type.Boolean(), dueOn: nullable(DateOn) })
export type PlanCourse = Static<typeof PlanCourse>
const PlanCourseShown = Type.Object({
  ...PlanCourse.properties,
  title: Type.String(),
  courseState: oneOf(COURSE_STATES),
  quarters: Type.Integer(),
})

export const PlanRecord = Type.Object({
  ...PlanRow.properties,
  note: Type.String(),
  rows: Type.Array(PlanCourseShown),
  createdBy: Type.String(),
  publishedAt: nullable(InstantAt),
  remindedAt: nullable(InstantAt),
  /** Of the caller's scope: people the plan is for, and those who have finished everything required. */
  people: Type.Integer(),
  finished: Type.Integer(),
  can: Type.Object({ write: Type.Boolean(), publish: Type.Boolean(), close: Type.Boolean(), remind: Type.Boolean() }),
})
export type PlanRecord = Static<typeof PlanRecord>

export const readPlan = {
  method: 'GET',
  path: '/learning-plans/:id',
  permission: 'learning.read',
  summary: 'One plan: its courses, its audience and how far the scope is',
  params: At,
  reply: PlanRecord,
} as const satisfies Endpoint

const planBody = {
  title: Text(80),
  note: Type.String({ maxLength: 1000 }),
  audience: Audience,
  courses: Type.Array(PlanCourse, { maxItems: 60 }),
}
export const createPlan = {
  method: 'POST',
  path: '/learning-plans',
  permission: 'learning.write',
  summary: 'Begin a yearly plan or an assignment',
  body: strict({ kind: oneOf(PLAN_KINDS), year: Year, orgId: Id, ...planBody }),
  reply: Changed,
} as const satisfies Endpoint

export const changePlan = {
  method: 'PUT',
  path: '/learning-plans/:id',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Change a plan; of a published one courses and days may still be changed',
  params: At,
  body: strict(planBody),
  reply: Changed,
} as const satisfies Endpoint

export const publishPlan = {
  method: 'POST',
  path: '/learning-plans/:id/publish',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Publish a plan: everybody of the audience has it, now and when joining later',
  params: At,
  body: Empty,
  reply: Changed,
} as const satisfies Endpoint

export const closePlan = {
  method: 'POST',
  path: '/learning-plans/:id/close',
  permission: 'learning.write',
  ifMatch: true,
  summary: 'Close a plan: nobody is reminded any more; a draft disappears from the lists',
  params: At,
  body: strict({ reason: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }) }),
  reply: Changed,
} as const satisfies Endpoint

export const PlanPerson = Type.Object({
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  required: Type.Integer(),
  done: Type.Integer(),
  overdue: Type.Integer(),
  lastOn: nullable(DateOn),
})
export type PlanPerson = Static<typeof PlanPerson>
const personFilter = {
  finished: Type.Optional(Type.Boolean()),
  overdue: Type.Optional(Type.Boolean()),
  orgId: Type.Optional(Id),
  text: Type.Optional(Text(60)),
}
export const listPlanPeople = {
  method: 'GET',
  path: '/learning-plans/:id/people',
  permission: 'learning.read',
  summary: 'Everybody of the scope whom the plan is for, with what is finished and what is overdue',
  params: At,
  query: strict({ ...pageQuery(['name'] as const), ...personFilter }),
  reply: pageOf(PlanPerson),
} as const satisfies Endpoint

export const PlanUnit = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  hasBelow: Type.Boolean(),
  people: Type.Integer(),
  finished: Type.Integer(),
  overdue: Type.Integer(),
})
export type PlanUnit = Static<typeof PlanUnit>
export const listPlanUnits = {
  method: 'GET',
  path: '/learning-plans/:id/units',
  permission: 'learning.read',
  summary: 'How far each unit directly below one is with a plan',
  params: At,
  query: strict({ orgId: Type.Optional(Id) }),
  reply: Type.Object({ orgId: Id, orgName: Type.String(), rows: Type.Array(PlanUnit) }),
} as const satisfies Endpoint

export const remindPlan = {
  method: 'POST',
  path: '/learning-plans/:id/remind',
  permission: 'learning.write',
  summary: 'Remind everybody of the scope, or those named, who has not finished; once a day',
  params: At,
  body: strict({ memberIds: nullable(Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true })) }),
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint

export const exportPlanPeople = {
  method: 'POST',
  path: '/learning-plans/:id/people/export',
  permission: 'learning.read',
  summary: 'Who has finished and who has not, as a table or a printed register',
  params: At,
  body: strict({
    format: oneOf(LEARNING_FILES),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
    filter: strict(personFilter),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
