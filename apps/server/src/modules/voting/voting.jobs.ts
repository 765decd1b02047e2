import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import * as q from './queries/votes.queries.ts'
import type { Closing } from './service/closing.ts'
import { endCasting, endDrawing } from './service/phases.ts'
import { subjectOf } from './service/subjects.ts'
import type { VotingPorts } from './voting.ports.ts'

/** Closes phases that are over by the clock of the database, and says when a day is left to draw. */
export async function keepVotes(ports: VotingPorts, ctx: JobCtx): Promise<void> {
  const after: (() => void)[] = []
  await inEachTenant(ctx, async (tx, { id: tenantId }) => {
    const closing: Closing = {
      db: tx,
      vault: ctx.platform.vault,
      now: ctx.now,
      tell: (type, vote, payload) =>
        publishAll(tx, { tenantId, now: ctx.now }, type, [{ subject: subjectOf(vote), payload }]),
      onCommit: (work) => void after.push(work),
    }
    for (const { id } of await q.runningVotes(tx, tenantId)) {
      const vote = await q.lockVoteById(tx, tenantId, id)
      const phase = await q.holdPhase(tx, tenantId, id)
      if (!vote || !phase) continue
      if (phase.isOver && phase.state === 'drawing') await endDrawing(closing, vote)
      else if (phase.isOver && phase.state === 'casting') await endCasting(closing, ports, vote, null)
      else if (phase.isLastDay && vote.until) {
        await q.setVote(tx, tenantId, id, { reminded_at: ctx.now }, ctx.now)
        const left = { voteId: id, until: vote.until.toISOString() }
        await publishAll(tx, { tenantId, now: ctx.now }, 'voting.drawing_ends', [
          { subject: subjectOf(vote), payload: left },
        ])
      }
    }
  }).finally(ctx.platform.wake)
  for (const work of after) work()
}

export const votingJobs = (ports: VotingPorts): readonly Job[] => [
  { name: 'voting_keep', cron: '* * * * *', run: (ctx) => keepVotes(ports, ctx) },
]
