import type { Ctx } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { conversationsConsumer } from './conversations.consumer.ts'
import { conversationsJobs } from './conversations.jobs.ts'
import type { ConversationPorts } from './conversations.ports.ts'
import { conversationsRoutes } from './conversations.routes.ts'
import { findOwn } from './queries/conversations.queries.ts'
import { conversationOfFile, spokenIn } from './queries/messages.queries.ts'
import { belongingOf } from './service/belonging.ts'
import { audienceOf } from './service/people.ts'
import { conversationsWaiting } from './waiting.doors.ts'

export { newKey } from './cipher.ts'
export type { ConversationPorts } from './conversations.ports.ts'

/** Whoever belongs to the conversation now opens the files of its messages; nobody else does, whatever the post. */
export const mayReadMessageFile =
  (ports: ConversationPorts) =>
  async (ctx: Ctx, fileId: string): Promise<boolean> => {
    const id = await conversationOfFile(ctx.db, ctx.actor.tenantId, fileId)
    return id !== undefined && (await findOwn(ctx.db, await belongingOf(ctx, ports), id)) !== undefined
  }

export const conversationsModule = (ports: ConversationPorts): Module => ({
  name: 'conversations',
  routes: conversationsRoutes(ports),
  consumer: conversationsConsumer(ports),
  jobs: conversationsJobs(ports),
  waitingFor: conversationsWaiting,
  whispers: [
    {
      type: 'conversations.said',
      kind: 'conversation',
      fresh: spokenIn,
      audienceOf: (tx, tenantId, id, now) => audienceOf(tx, tenantId, ports, id, now),
    },
  ],
})
