import type { ElectionAct, ElectionState } from '@tongxin/contract'
import type { Actor } from '../../platform/ctx.ts'
import { bodyOf, refusalOfApproval } from './elections.policy.ts'
import type { Election } from './queries/elections.queries.ts'
import type { Round } from './queries/rounds.queries.ts'

const BELOW: Readonly<Partial<Record<ElectionState, readonly ElectionAct[]>>> = {
  draft: ['change', 'appointGroup', 'request', 'cancel'],
  requested: ['appointGroup', 'cancel'],
  nominating: ['appointGroup', 'reportCandidates', 'cancel'],
  candidates_reported: ['appointGroup', 'cancel'],
  publicity: ['appointGroup', 'postPublicity', 'cancel'],
  preparing: ['appointGroup', 'adoptMethod', 'appointTellers', 'roll', 'openRound', 'cancel'],
  voting: ['appointTellers', 'cancel'],
  plenum: ['cancel'],
  reporting: ['report', 'cancel'],
}
const ABOVE: Readonly<Partial<Record<ElectionState, ElectionAct>>> = {
  requested: 'approve',
  candidates_reported: 'approveCandidates',
  reported: 'approveResult',
}

const makerOf = (election: Election): string | null =>
  ({
    requested: election.requestedBy,
    candidates_reported: election.candidatesBy,
    reported: election.reportedBy,
  })[election.state as string] ?? null

function votingActs(election: Election, rounds: readonly Round[]): ElectionAct[] {
  if (election.state !== 'voting' && election.state !== 'plenum') return []
  const last = rounds.at(-1)
  if (last?.state === 'open') return ['count']
  const mayReduce = last?.body === bodyOf(election) && last.result?.action === 're-elect-or-reduce'
  return ['openRound', ...(mayReduce ? (['reduce'] as const) : [])]
}

const OF_THE_MEETING: readonly ElectionAct[] = ['appointGroup', 'adoptMethod', 'appointTellers', 'roll']

/** A plenum that elects leaders alone has no meeting to prepare. */
const belowActs = ({ state, steps }: Election): readonly ElectionAct[] =>
  (BELOW[state] ?? []).filter((act) => !(state === 'preparing' && steps.plenum && OF_THE_MEETING.includes(act)))

const ALLOTTING: ReadonlySet<ElectionState> = new Set(['nominating', 'candidates_reported', 'publicity', 'preparing'])
/** Seats are allotted and credentials examined between the approval from above and the congress. */
export const mayAllot = (actor: Actor, { delegates, state }: Pick<Election, 'delegates' | 'state'>): boolean =>
  delegates !== null && ALLOTTING.has(state) && actor.permissions.has('elections.write')

/** What the caller may do with the file now. */
export function actsOf(actor: Actor, election: Election, rounds: readonly Round[]): ElectionAct[] {
  const acts: ElectionAct[] = []
  if (actor.permissions.has('elections.write')) {
    acts.push(...belowActs(election), ...votingActs(election, rounds))
    if (election.state === 'publicity' && election.steps.publicity) acts.push('closePublicity')
  }
  if (mayAllot(actor, election)) acts.push('allot')
  const above = ABOVE[election.state]
  if (above && actor.permissions.has('elections.approve') && !refusalOfApproval(actor, election, makerOf(election)))
    acts.push(above)
  return acts
}
