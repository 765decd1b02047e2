import { type ElectionState, electionsRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { refusalOfApproval } from '../elections.policy.ts'
import * as q from '../queries/elections.queries.ts'

export const subjectOf = (election: Pick<q.Election, 'id' | 'orgPath'>) => ({
  kind: 'election',
  id: election.id,
  orgPath: election.orgPath,
})

/** The file, locked and in reach, in one of the states. */
export async function lockIn(ctx: Ctx<Tx>, id: string, ...states: readonly ElectionState[]): Promise<q.Election> {
  const election = await q.lockElection(ctx.db, ctx.actor, id)
  if (!election) throw refusals.not_found()
  if (!states.includes(election.state)) throw refusals.wrong_state({ state: election.state })
  return election
}

/** Demands that the caller stands above the file and is not the maker of what is agreed to. */
export function demandAbove(ctx: Ctx<Tx>, election: q.Election, makerId: string | null): void {
  const reason = refusalOfApproval(ctx.actor, election, makerId)
  if (reason) throw refusals[reason]()
}

export function demandPast(ctx: Pick<Ctx, 'now'>, day: string, field = '/body/on'): void {
  if (day > todayOf(ctx.now)) throw refusals.in_future.at(field)
}

export const letterOf = (ctx: Ctx<Tx>, documentNumber: string, on: string): q.KeptLetter => ({
  documentNumber: documentNumber.trim(),
  on,
  by: ctx.actor.personId,
  at: ctx.now.toISOString(),
})

type Done = { id: string; state: ElectionState; version: number }

/** Writes the act into the file. */
export async function keep(
  ctx: Ctx<Tx>,
  election: q.Election,
  change: q.ElectionChange,
  steps: q.Steps = {},
): Promise<Done> {
  await q.setElection(ctx.db, ctx.actor.tenantId, election, change, steps, ctx.now)
  return { id: election.id, state: change.state ?? election.state, version: election.version + 1 }
}
