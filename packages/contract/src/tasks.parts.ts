import { PART_STATES } from '@tongxin/domain/tasks/parts'
import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  IssuedTaskRow,
  saysTask,
  TASK_FILES,
  TaskChanged,
  TaskExtension,
  TaskNote,
  TaskPartRecord,
  TaskPartRow,
} from './tasks.words.ts'

/** Parts of tasks at the desk: the units that are asked sign, do and hand in; those that ask check, extend, remind. */

const At = strict({ id: Id })

/** `own`: what the unit of the post is asked; `check`: what waits for it as the unit that asks. */
export const TASK_SIDES = ['own', 'check'] as const
/** 已超期, 督办 (超期或退回), 三天内到期. */
export const TASK_STANDINGS = ['late', 'supervised', 'soon'] as const
const filter = {
  side: Type.Optional(oneOf(TASK_SIDES)),
  standing: Type.Optional(oneOf(TASK_STANDINGS)),
  state: Type.Optional(oneOf(PART_STATES)),
  taskId: Type.Optional(Id),
  /** Parts into which this one was passed on. */
  parentPartId: Type.Optional(Id),
  orgId: Type.Optional(Id),
  below: Type.Optional(Type.Boolean()),
  dueFrom: Type.Optional(DateOn),
  dueTo: Type.Optional(DateOn),
  /** Part of the basis or of the document number. */
  basis: Type.Optional(saysTask(60)),
  text: Type.Optional(saysTask(60)),
}
export const TaskPartFilter = strict(filter)
export type TaskPartFilter = Static<typeof TaskPartFilter>

export const listTaskParts = {
  method: 'GET',
  path: '/task-parts',
  permission: 'tasks.read',
  summary: 'Parts of tasks in the scope; `standing=supervised` is the list of what is late or came back',
  query: strict({ ...pageQuery(['dueOn', 'since'] as const), ...filter }),
  reply: pageOf(TaskPartRow),
} as const satisfies Endpoint

export const TaskPartDesk = Type.Object({
  ...TaskPartRecord.properties,
  /** Whether the post acts for the unit that is asked, and for the one that asks. */
  mayDo: Type.Boolean(),
  mayCheck: Type.Boolean(),
  /** What the unit passed on, task by task. */
  passedOn: Type.Array(IssuedTaskRow),
})
export type TaskPartDesk = Static<typeof TaskPartDesk>
export const readTaskPart = {
  method: 'GET',
  path: '/task-parts/:id',
  permission: 'tasks.read',
  summary: 'One part with the text from above, what happened, and what was passed on',
  params: At,
  reply: TaskPartDesk,
} as const satisfies Endpoint

export const signTaskPart = {
  method: 'POST',
  path: '/task-parts/:id/sign',
  permission: 'tasks.do',
  summary: 'Sign for the part of the own unit (签收)',
  params: At,
  body: Empty,
  reply: TaskChanged,
} as const satisfies Endpoint

export const noteTaskPart = {
  method: 'POST',
  path: '/task-parts/:id/notes',
  permission: 'tasks.do',
  summary: 'Tell how far the part is, with files',
  params: At,
  body: TaskNote,
  reply: TaskChanged,
} as const satisfies Endpoint

export const handInTaskPart = {
  method: 'POST',
  path: '/task-parts/:id/hand-in',
  permission: 'tasks.do',
  summary: 'Hand the part in with the evidence asked for; parts passed on have ended by then',
  params: At,
  body: TaskNote,
  reply: TaskChanged,
} as const satisfies Endpoint

export const askTaskExtension = {
  method: 'POST',
  path: '/task-parts/:id/extension',
  permission: 'tasks.do',
  summary: 'Ask for a later day with the reason',
  params: At,
  body: TaskExtension,
  reply: TaskChanged,
} as const satisfies Endpoint

export const checkTaskPart = {
  method: 'POST',
  path: '/task-parts/:id/check',
  permission: 'tasks.write',
  summary: 'Accept what was handed in, or return it with the reason; never by whoever handed it in',
  params: At,
  body: strict({ isAccepted: Type.Boolean(), comment: saysTask(1000, 2) }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const decideTaskExtension = {
  method: 'POST',
  path: '/task-parts/:id/extension/decision',
  permission: 'tasks.write',
  summary: 'Grant a later day, asked for or not, or refuse the one that was asked for',
  params: At,
  body: strict({ isGranted: Type.Boolean(), dueOn: Type.Optional(DateOn), reason: saysTask(500, 2) }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const withdrawTaskPart = {
  method: 'POST',
  path: '/task-parts/:id/withdraw',
  permission: 'tasks.write',
  summary: 'Withdraw one part with the reason, and what was passed on from it',
  params: At,
  body: strict({ reason: saysTask(500, 2) }),
  reply: TaskChanged,
} as const satisfies Endpoint

export const remindTaskParts = {
  method: 'POST',
  path: '/task-parts/remind',
  permission: 'tasks.write',
  summary: 'Remind up to 200 parts at once (催办): each at most once a day, others are passed over',
  body: strict({ ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
  reply: Type.Object({ reminded: Type.Integer(), passedOver: Type.Integer() }),
} as const satisfies Endpoint

export const exportTaskParts = {
  method: 'POST',
  path: '/task-parts/export',
  permission: 'tasks.read',
  summary: 'The parts of a list as a table or as a printed register (督办台账)',
  download: 'application/octet-stream',
  body: strict({
    filter: TaskPartFilter,
    format: oneOf(TASK_FILES),
    /** Why it leaves the platform; kept with the event. */
    purpose: Type.Optional(saysTask(300, 2)),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint
