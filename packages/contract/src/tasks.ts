import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Id, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { IssuedTaskRow, saysTask, TASK_STATES, TaskFacts, TaskTargets, TaskText } from './tasks.words.ts'

/** Tasks as the unit that asks sees them: issued, counted, withdrawn; and how long each stage takes. */

const At = strict({ id: Id })

export const listIssuedTasks = {
  method: 'GET',
  path: '/tasks',
  permission: 'tasks.read',
  summary: 'Tasks that units of the scope have issued, with how many parts stand where',
  query: strict({
    ...pageQuery(['dueOn', 'createdAt'] as const),
    state: Type.Optional(oneOf(TASK_STATES)),
    /** Only those with a part beyond its day. */
    late: Type.Optional(Type.Boolean()),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    /** Part of the basis or of the document number. */
    basis: Type.Optional(saysTask(60)),
    text: Type.Optional(saysTask(60)),
  }),
  reply: pageOf(IssuedTaskRow),
} as const satisfies Endpoint

export const TaskIssued = Type.Object({ id: Id, state: Type.String(), parts: Type.Integer() })
export const issueTask = {
  method: 'POST',
  path: '/tasks',
  permission: 'tasks.write',
  summary: 'Ask units below, or people, for something by a day',
  body: TaskFacts,
  reply: TaskIssued,
} as const satisfies Endpoint

export const TaskRecord = Type.Object({
  ...IssuedTaskRow.properties,
  text: TaskText,
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type TaskRecord = Static<typeof TaskRecord>
export const readTask = {
  method: 'GET',
  path: '/tasks/:id',
  permission: 'tasks.read',
  summary: 'One task of the scope: its text, and how many parts stand where',
  params: At,
  reply: TaskRecord,
} as const satisfies Endpoint

export const withdrawTask = {
  method: 'POST',
  path: '/tasks/:id/withdraw',
  permission: 'tasks.write',
  summary: 'Withdraw a task with the reason: open parts end, also those passed on further down',
  params: At,
  body: strict({ reason: saysTask(500, 2) }),
  reply: TaskIssued,
} as const satisfies Endpoint

export const passTaskOn = {
  method: 'POST',
  path: '/task-parts/:id/pass-on',
  permission: 'tasks.write',
  summary: 'Pass the own part on to own units and people: the text from above stays as it is, own words are added',
  params: At,
  body: strict({ words: saysTask(2000, 2), dueOn: DateOn, targets: TaskTargets }),
  reply: TaskIssued,
} as const satisfies Endpoint

export const TaskStageTime = Type.Object({
  stage: oneOf(['sign', 'do', 'check'] as const),
  ended: Type.Integer(),
  medianHours: Type.Number(),
  ninetyHours: Type.Number(),
})
export type TaskStageTime = Static<typeof TaskStageTime>
export const TaskUnitTime = Type.Object({ id: Id, orgName: Type.String(), ...TaskStageTime.properties })
export type TaskUnitTime = Static<typeof TaskUnitTime>
export const readTaskTimes = {
  method: 'GET',
  path: '/task-times',
  permission: 'tasks.read',
  summary: 'How long stages took in a period: median and 90 % of units, never of a single person',
  query: strict({
    from: Type.Optional(DateOn),
    until: Type.Optional(DateOn),
    orgId: Type.Optional(Id),
  }),
  reply: Type.Object({
    from: DateOn,
    until: DateOn,
    stages: Type.Array(TaskStageTime),
    /** Units with at least `least` ended stages of a kind, those first whose slow tenth waits longest. */
    least: Type.Integer(),
    units: Type.Array(TaskUnitTime),
  }),
} as const satisfies Endpoint
export type TaskTimes = Static<(typeof readTaskTimes)['reply']>
