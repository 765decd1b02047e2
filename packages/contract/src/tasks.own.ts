import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, pageOf, pageQuery, strict } from './page.ts'
import { TaskChanged, TaskExtension, TaskNote, TaskPartRecord, TaskPartRow } from './tasks.words.ts'

/** What I myself am asked, on the phone. */

const At = strict({ id: Id })

export const listMyTaskParts = {
  method: 'GET',
  path: '/my/tasks',
  permission: 'signed-in',
  summary: 'Tasks that I am asked for: what waits by its day, or what has ended',
  query: strict({ ...pageQuery(['dueOn'] as const), done: Type.Optional(Type.Boolean()) }),
  reply: pageOf(TaskPartRow),
} as const satisfies Endpoint

export const readMyTaskPart = {
  method: 'GET',
  path: '/my/tasks/:id',
  permission: 'signed-in',
  summary: 'One task of mine: what is asked, what I did, what came back',
  params: At,
  reply: TaskPartRecord,
} as const satisfies Endpoint

export const signMyTask = {
  method: 'POST',
  path: '/my/tasks/:id/sign',
  permission: 'signed-in',
  summary: 'Sign for a task of mine',
  params: At,
  body: Empty,
  reply: TaskChanged,
} as const satisfies Endpoint

export const noteMyTask = {
  method: 'POST',
  path: '/my/tasks/:id/notes',
  permission: 'signed-in',
  summary: 'Tell how far I am, with photos or files',
  params: At,
  body: TaskNote,
  reply: TaskChanged,
} as const satisfies Endpoint

export const handInMyTask = {
  method: 'POST',
  path: '/my/tasks/:id/hand-in',
  permission: 'signed-in',
  summary: 'Hand a task of mine in with the evidence asked for',
  params: At,
  body: TaskNote,
  reply: TaskChanged,
} as const satisfies Endpoint

export const askMyExtension = {
  method: 'POST',
  path: '/my/tasks/:id/extension',
  permission: 'signed-in',
  summary: 'Ask for a later day for a task of mine',
  params: At,
  body: TaskExtension,
  reply: TaskChanged,
} as const satisfies Endpoint
