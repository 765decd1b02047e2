import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import { moveToBoard } from './queries/ballots.queries.ts'
import * as q from './queries/votes.queries.ts'
import { signBoard } from './service/board.ts'
import type { Closing } from './service/closing.ts'
import { endCasting, endDrawing } from './service/phases.ts'
import { placeOf, subjectOf } from './service/subjects.ts'
import { isSealed } from './voting.policy.ts'
import type { VotingPorts } from './voting.ports.ts'

/** Fewer on the board at once would tell when each of them was cast. */
const LEAST_TOGETHER = 20

/** Closes phases that are over by the clock of the database, and carries cast ballots to the board. */
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
      else if (
        phase.state === 'casting' &&
        isSealed(vote) &&
        (await moveToBoard(tx, placeOf(vote), LEAST_TOGETHER)) > 0
      )
        await signBoard(tx, ctx.platform.vault, vote, ctx.now)
    }
  }).finally(ctx.platform.wake)
  for (const work of after) work()
}

export const votingJobs = (ports: VotingPorts): readonly Job[] => [
  { name: 'voting_keep', cron: '* * * * *', run: (ctx) => keepVotes(ports, ctx) },
]
