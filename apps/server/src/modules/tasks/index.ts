import type { Db } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { receiversOf } from './queries/parts.queries.ts'
import { tasksRoutes } from './tasks.routes.ts'
import { tasksWaiting } from './waiting.doors.ts'

/** People and places that a task is for, with their parts, for notices. */
export const partsOfTask = (
  db: Db,
  tenantId: string,
  taskId: string,
): Promise<readonly { id: string; personId: string | null; orgPath: string }[]> => receiversOf(db, tenantId, taskId)

export const tasksModule: Module = { name: 'tasks', routes: tasksRoutes, waitingFor: tasksWaiting }
