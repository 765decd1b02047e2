import type { Ctx, Db } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { campaignOfTenant } from './queries/campaigns.queries.ts'
import { groupFacts, groupsAfter, groupsSeating, seatsOf } from './queries/groups.queries.ts'
import { isFileOfGroups } from './queries/sessions.queries.ts'
import { missingOf, peopleIn, taskOfTenant } from './queries/tasks.queries.ts'
import { peopleOf } from './service/audience.ts'
import { studyConsumer } from './study.consumer.ts'
import { studyJobs } from './study.jobs.ts'
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
  const missing = await missingOf(db, tenantId, task.id, await peopleOf(db, tenantId, task), 100_000)
  return missing.map(({ personId, name }) => ({ personId, name }))
}
/** People whom an open campaign is for, for notices. */
export async function peopleOfCampaign(
  db: Db,
  tenantId: string,
  campaignId: string,
): Promise<{ personId: string; name: string }[]> {
  const campaign = await campaignOfTenant(db, tenantId, campaignId)
  return campaign?.state === 'open' ? peopleIn(db, tenantId, await peopleOf(db, tenantId, campaign), 100_000) : []
}
/** Whoever sits in the group opens the papers of its minutes. */
export const mayReadMinutesFile = (ctx: Ctx, fileId: string): Promise<boolean> =>
  isFileOfGroups(ctx.db, ctx.actor, fileId)

/** Study groups as the talk in them needs them: by person, with their people, and all of them for jobs. */
export const studyTalks = { groupsSeating, seatsOf, groupFacts, groupsAfter }

export const studyModule = (ports: StudyPorts): Module => ({
  name: 'study',
  routes: studyRoutes(ports),
  consumer: studyConsumer,
  jobs: studyJobs,
  waitingFor: studyWaiting,
})
