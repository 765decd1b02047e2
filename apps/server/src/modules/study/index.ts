import type { Ctx, Db } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { isFileOfGroups } from './queries/groups.queries.ts'
import { missingOf, taskOfTenant } from './queries/tasks.queries.ts'
import type { StudyPorts } from './study.ports.ts'
import { studyRoutes } from './study.routes.ts'
import { studyWaiting } from './waiting.doors.ts'

/** People whom a task is for and who have not handed in, for notices. */
export async function withoutWork(
  db: Db,
  tenantId: string,
  taskId: string,
): Promise<{ personId: string; name: string }[]> {
  const task = await taskOfTenant(db, tenantId, taskId)
  if (task?.state !== 'open') return []
  const people = await missingOf(db, tenantId, task, 100_000)
  return people.map(({ personId, name }) => ({ personId, name }))
}
/** Whoever sits in the group opens the papers of its minutes. */
export const mayReadMinutesFile = (ctx: Ctx, fileId: string): Promise<boolean> =>
  isFileOfGroups(ctx.db, ctx.actor, fileId)

export const studyModule = (ports: StudyPorts): Module => ({
  name: 'study',
  routes: studyRoutes(ports),
  waitingFor: studyWaiting,
})
