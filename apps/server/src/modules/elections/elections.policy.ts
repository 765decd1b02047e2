import type { BoxCount, ElectedBody, ElectionState, NamedMember, RoundKind, RoundResult } from '@tongxin/contract'
import {
  byStrokes,
  countElection,
  countRunOff,
  type ElectionCount,
  electionValid,
  presentVoters,
  votesNeeded,
} from '@tongxin/domain'
import type { Election } from './queries/elections.queries.ts'
import type { Round } from './queries/rounds.queries.ts'

/** Pure decisions of the module: what a count means, what is elected, what has to be voted on next. */

export const inStrokeOrder = <T extends { readonly name: string }>(people: readonly T[]): T[] =>
  people.toSorted((a, b) => byStrokes(a.name, b.name))

/** Full members vote, elect and may be elected; not on probation within the Party, not while stopped (ELEC-3). */
export const hasRights = (one: { readonly category: string; readonly status: string }): boolean =>
  one.category === 'formal' && (one.status === 'normal' || one.status === 'restored')

type Fault = {
  readonly reason: 'count_issued' | 'count_invalid' | 'count_sum' | 'count_people' | 'count_write_in' | 'count_too_many'
  readonly field: string
  readonly detail: Readonly<Record<string, string | number>>
}
type Counted = Pick<Round, 'present' | 'seats' | 'writeIn' | 'candidates'>

/**
 * What cannot be in a count, or null. More ballots back than given out is no mistake of the count: the election is void
 * (ELEC-11), and of its ballots only the names are asked.
 */
export function faultOf(round: Counted, count: BoxCount, electable: ReadonlySet<string>): Fault | null {
  const { issued, returned, invalid } = count
  if (issued > round.present)
    return { reason: 'count_issued', field: '/body/issued', detail: { issued, present: round.present } }
  const named = faultOfNames(round, count, electable)
  if (named || returned > issued) return named
  if (invalid > returned) return { reason: 'count_invalid', field: '/body/invalid', detail: { invalid, returned } }
  return faultOfTallies(round, count, returned - invalid) ?? faultOfWriteIns(round, count, returned - invalid)
}

/** Everybody who stands once and nobody else; written in are people who may be elected and do not stand. */
function faultOfNames(
  { candidates }: Counted,
  { tallies, writtenIn }: BoxCount,
  electable: ReadonlySet<string>,
): Fault | null {
  const standing = new Set(candidates.map(({ memberId }) => memberId))
  const counted = new Set(tallies.map(({ memberId }) => memberId))
  const isEach = counted.size === tallies.length && counted.size === standing.size
  if (!isEach || ![...counted].every((id) => standing.has(id)))
    return { reason: 'count_people', field: '/body/tallies', detail: { candidates: standing.size } }
  const ids = writtenIn.map(({ memberId }) => memberId)
  const wrong = ids.findIndex((id, at) => !electable.has(id) || standing.has(id) || ids.indexOf(id) !== at)
  if (wrong < 0) return null
  return {
    reason: 'count_write_in',
    field: `/body/writtenIn/${wrong}/memberId`,
    detail: sumsOf({ tallies, writtenIn }),
  }
}

function faultOfTallies({ candidates }: Counted, count: BoxCount, valid: number): Fault | null {
  const standing = new Map(candidates.map(({ memberId, name }) => [memberId, name]))
  for (const [at, row] of count.tallies.entries()) {
    const sum = row.for + row.against + row.abstain
    if (sum !== valid) {
      const detail = { name: standing.get(row.memberId) ?? '', sum, valid }
      return { reason: 'count_sum', field: `/body/tallies/${at}/for`, detail }
    }
  }
  return null
}

const LEADERS: ReadonlySet<ElectedBody> = new Set(['secretary', 'deputy'])
/** Secretary or deputy, of whom nobody is both; a member of the standing committee may be either. */
export const isLeader = ({ body }: { readonly body: ElectedBody }): boolean => LEADERS.has(body)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
const sumsOf = ({ tallies, writtenIn }: Pick<BoxCount, 'tallies' | 'writtenIn'>) => ({
  written: sum(writtenIn.map((row) => row.votes)),
  against: sum(tallies.map((row) => row.against)),
})

/** Who votes against somebody may write in another (ELEC-10); no ballot names more people than there are seats (ELEC-12). */
function faultOfWriteIns(round: Counted, count: BoxCount, valid: number): Fault | null {
  const { tallies, writtenIn } = count
  const inFavour = sum(tallies.map((row) => row.for))
  const { written, against } = sumsOf(count)
  const field = '/body/writtenIn'
  if (written > 0 && (!round.writeIn || written > against))
    return { reason: 'count_write_in', field, detail: { written, against } }
  const over = writtenIn.findIndex(({ votes }) => votes > valid)
  if (over >= 0) return { reason: 'count_write_in', field: `${field}/${over}/votes`, detail: { written, against } }
  const most = valid * round.seats
  if (inFavour + written > most)
    return { reason: 'count_too_many', field: '/body/tallies', detail: { chosen: inFavour + written, most } }
  return null
}

/** What the rules make of a count: the denominator is the people present, whatever ballots came back (ELEC-13). */
export function resultOf(
  round: Pick<Round, 'kind' | 'seats' | 'present' | 'candidates'>,
  count: BoxCount,
  names: ReadonlyMap<string, string>,
): RoundResult {
  const needed = votesNeeded({ presentVoters: presentVoters(round.present) }).value
  if (!electionValid({ voters: count.issued, returned: count.returned }).value)
    return { valid: false, elected: [], tie: [], remaining: round.seats, action: 'vote-again', needed }
  const votes = Object.fromEntries([
    ...count.tallies.map((row) => [row.memberId, row.for] as const),
    ...count.writtenIn.map((row) => [row.memberId, row.votes] as const),
  ])
  const isRunOff = round.kind === 'run_off'
  const { elected, tie, remaining, action }: ElectionCount = isRunOff
    ? countRunOff({ seats: round.seats, votes }).value
    : countElection({ seats: round.seats, presentVoters: presentVoters(round.present), votes }).value
  const named = (ids: readonly string[]): NamedMember[] =>
    ids.map((memberId) => ({ memberId, name: names.get(memberId) ?? '' }))
  return {
    valid: true,
    elected: named(elected),
    tie: inStrokeOrder(named(tie)),
    remaining,
    action,
    needed: isRunOff ? null : needed,
  }
}

export type Elected = NamedMember & { readonly body: ElectedBody }
export const electedOf = (rounds: readonly Pick<Round, 'body' | 'result'>[]): Elected[] =>
  rounds.flatMap(({ body, result }) => (result?.elected ?? []).map((one) => ({ ...one, body })))

type Planned = Pick<Election, 'kind' | 'seats' | 'standing' | 'deputies' | 'electsSecretary' | 'steps'>
export type NextRound = {
  readonly body: ElectedBody
  readonly kind: RoundKind
  readonly seats: number
  readonly candidates: NamedMember[]
}

/** What the assembly elects: the committee, or delegates for a congress. The plenum elects everything else. */
export const bodyOf = ({ kind }: Pick<Election, 'kind'>): 'committee' | 'delegate' =>
  kind === 'delegates' ? 'delegate' : 'committee'

/** Seats of each body in the order in which they are filled. */
const toFill = ({ kind, seats, standing, deputies, electsSecretary, steps }: Planned): [ElectedBody, number][] => [
  [bodyOf({ kind }), steps.reduced?.seats ?? seats],
  ['standing', standing],
  ['secretary', electsSecretary ? 1 : 0],
  ['deputy', electsSecretary ? deputies : 0],
]

/** The round that is due (ELEC-7, ELEC-14, ELEC-15); null when everything is elected. */
export function nextRound(
  election: Planned,
  rounds: readonly Pick<Round, 'body' | 'kind' | 'state' | 'seats' | 'candidates' | 'result'>[],
  candidates: readonly Elected[],
): NextRound | null {
  const elected = electedOf(rounds)
  for (const [body, seats] of toFill(election)) {
    const open = seats - elected.filter((one) => one.body === body).length
    if (open > 0) return { body, ...roundFor(body, open, rounds, candidates, elected) }
  }
  return null
}

function roundFor(
  body: ElectedBody,
  open: number,
  rounds: Parameters<typeof nextRound>[1],
  candidates: readonly Elected[],
  elected: readonly Elected[],
): Omit<NextRound, 'body'> {
  const last = rounds.filter((one) => one.body === body).at(-1)
  const isElected = (memberId: string) => elected.some((one) => one.body === body && one.memberId === memberId)
  const named = ({ memberId, name }: NamedMember) => ({ memberId, name })
  if (!last) {
    const standing = candidates.filter((one) => one.body === body).map(named)
    return { kind: 'first', seats: open, candidates: inStrokeOrder(standing) }
  }
  if (last.state === 'void') return { kind: last.kind, seats: last.seats, candidates: last.candidates }
  if (last.result?.action === 'run-off') return { kind: 'run_off', seats: open, candidates: last.result.tie }
  const left = last.candidates.filter(({ memberId }) => !isElected(memberId))
  return { kind: 'separate', seats: open, candidates: left }
}

/** Where a file stands while it is voted on: the meeting, then the committee's first plenum, then the report. */
export function stateAfter(election: Planned, next: NextRound | null): ElectionState {
  if (!next) return 'reporting'
  if (next.body === bodyOf(election)) return 'voting'
  return election.seats > 0 || election.steps.plenum ? 'plenum' : 'voting'
}

/**
 * Agreed to by an organisation above, by nobody who asked for it. What stands above the top organisation is outside the
 * installation: there its letter is entered by somebody of the top with the same permission, again not by the maker.
 */
export function refusalOfApproval(
  actor: { readonly personId: string; readonly scope: string },
  election: Pick<Election, 'orgPath'>,
  makerId: string | null,
): 'not_from_above' | 'not_by_the_same' | null {
  const isTop = !election.orgPath.includes('.') && actor.scope === election.orgPath
  if (!isTop && !election.orgPath.startsWith(`${actor.scope}.`)) return 'not_from_above'
  return actor.personId === makerId ? 'not_by_the_same' : null
}
