import type { Ctx } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { creditsConsumer } from './credits.consumer.ts'
import { creditsJobs } from './credits.jobs.ts'
import type { CreditPorts } from './credits.ports.ts'
import { creditsRoutes } from './credits.routes.ts'
import { isOwnFile } from './queries/certificates.queries.ts'
import { creditsWaiting } from './waiting.doors.ts'

export { rebuildCredits } from './credits.jobs.ts'
export { honoursOf, learningOf } from './portrait.doors.ts'
/** Whoever handed a certificate in may open its picture. */
export const mayReadCertificate = (ctx: Ctx, fileId: string): Promise<boolean> =>
  isOwnFile(ctx.db, ctx.actor.tenantId, ctx.actor.personId, fileId)

export const creditsModule = (ports: CreditPorts): Module => ({
  name: 'credits',
  routes: creditsRoutes(ports),
  consumer: creditsConsumer(ports),
  jobs: creditsJobs(ports),
  waitingFor: creditsWaiting,
})
