import type { PresentVoters } from '../general/denominators.ts'
import { isFraction } from '../general/words.ts'
import { ELECTION_RULES } from '../rules/elections.ts'
import { judge, type Verdict } from '../verdict.ts'

/** No more ballots came back than people voted (ELEC-11). */
export function electionValid(input: { voters: number; returned: number }): Verdict<boolean> {
  const valid = input.returned <= input.voters
  return judge(ELECTION_RULES['ELEC-11'], valid, valid)
}

/** A ballot names no more people than there are seats; a blank one is valid (ELEC-12). */
export function ballotValid(input: { seats: number; chosen: number }): Verdict<boolean> {
  const valid = input.chosen >= 0 && input.chosen <= input.seats
  return judge(ELECTION_RULES['ELEC-12'], valid, valid)
}

/** Fewest votes that elect: more than half of the voters present (ELEC-13). */
export function votesNeeded(input: { presentVoters: PresentVoters }): Verdict<number> {
  return judge(ELECTION_RULES['ELEC-13'], Math.floor(input.presentVoters / 2) + 1, true)
}

/** Elected or not (ELEC-13). Ballots returned and valid are taken only to show that they do not matter. */
export function isElected(input: {
  forVotes: number
  presentVoters: PresentVoters
  returned: number
  validBallots: number
}): Verdict<boolean> {
  const elected = isFraction('超过半数', input.forVotes, input.presentVoters)
  return judge(ELECTION_RULES['ELEC-13'], elected, elected)
}

export type ElectionCount = {
  elected: string[]
  /** Candidates between whom the last seats are voted on again. */
  tie: string[]
  /** Seats still open. */
  remaining: number
  action: 'complete' | 'run-off' | 're-elect-or-reduce'
}

type Tally = { name: string; votes: number }

// By votes; equal votes by code point, so that the result does not depend on the order of counting.
function ranked(votes: Readonly<Record<string, number>>): Tally[] {
  return Object.entries(votes)
    .map(([name, count]) => ({ name, votes: count }))
    .sort((a, b) => b.votes - a.votes || (a.name < b.name ? -1 : 1))
}

/** Result of a ballot (ELEC-13..15): votes in favour by candidate. */
export function countElection(input: {
  seats: number
  presentVoters: PresentVoters
  votes: Readonly<Record<string, number>>
}): Verdict<ElectionCount> {
  const { seats } = input
  const over = ranked(input.votes).filter(({ votes }) => isFraction('超过半数', votes, input.presentVoters))
  const names = (tallies: Tally[]) => tallies.map(({ name }) => name)
  const last = over[seats - 1]
  if (over.length < seats || last === undefined) {
    const remaining = seats - over.length
    const value: ElectionCount = { elected: names(over), tie: [], remaining, action: 're-elect-or-reduce' }
    return judge(ELECTION_RULES['ELEC-15'], value, false)
  }
  if (over[seats]?.votes === last.votes) {
    const elected = names(over.filter(({ votes }) => votes > last.votes))
    const tie = names(over.filter(({ votes }) => votes === last.votes))
    const value: ElectionCount = { elected, tie, remaining: seats - elected.length, action: 'run-off' }
    return judge(ELECTION_RULES['ELEC-14'], value, false)
  }
  const value: ElectionCount = { elected: names(over.slice(0, seats)), tie: [], remaining: 0, action: 'complete' }
  return judge(ELECTION_RULES['ELEC-14'], value, true)
}

/**
 * Seats may be reduced (ELEC-15) when the number elected is close to them and half or more of the voters, or
 * the presidium of a congress, agree. What is close the text does not say: a person states it.
 */
export function mayReduceSeats(input: {
  voters: number
  consenting: number
  closeToNumber: boolean
  presidiumDecision: boolean
}): Verdict<boolean> {
  const agreed = input.presidiumDecision || (input.voters > 0 && isFraction('半数以上', input.consenting, input.voters))
  const may = input.closeToNumber && agreed
  return judge(ELECTION_RULES['ELEC-15'], may, may)
}

/**
 * Result of a vote held again between people tied at the last seat (ELEC-14): each of them had more than half before,
 * so more votes win. Those level at the last seat once more are voted on once more.
 */
export function countRunOff(input: { seats: number; votes: Readonly<Record<string, number>> }): Verdict<ElectionCount> {
  const rows = ranked(input.votes)
  const last = rows[input.seats - 1]?.votes ?? -1
  const isTied = rows[input.seats]?.votes === last
  const elected = isTied ? rows.filter(({ votes }) => votes > last) : rows.slice(0, input.seats)
  const tie = isTied ? rows.filter(({ votes }) => votes === last) : []
  const value: ElectionCount = {
    elected: elected.map(({ name }) => name),
    tie: tie.map(({ name }) => name),
    remaining: input.seats - elected.length,
    action: isTied ? 'run-off' : elected.length < input.seats ? 're-elect-or-reduce' : 'complete',
  }
  return judge(ELECTION_RULES['ELEC-14'], value, value.action === 'complete')
}
