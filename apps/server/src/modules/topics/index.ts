import type { Ctx } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { isOwnSample } from './queries/lecturers.queries.ts'
import { topicsConsumer } from './topics.consumer.ts'
import { topicsJobs } from './topics.jobs.ts'
import type { TopicPorts } from './topics.ports.ts'
import { topicsRoutes } from './topics.routes.ts'
import { topicsWaiting } from './waiting.doors.ts'

export { supportersOf } from './queries/crowd.queries.ts'
export { peopleWithTags } from './queries/lecturers.queries.ts'
/** A lecturer may open the own sample. */
export const mayReadSample = (ctx: Ctx, fileId: string): Promise<boolean> =>
  isOwnSample(ctx.db, ctx.actor.tenantId, ctx.actor.personId, fileId)

export const topicsModule = (ports: TopicPorts): Module => ({
  name: 'topics',
  routes: topicsRoutes(ports),
  consumer: topicsConsumer(ports),
  jobs: topicsJobs,
  waitingFor: topicsWaiting,
})
