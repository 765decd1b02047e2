/**
 * Ranked choice by instant run-off (排序复选): of the votes of each round only the first preference still in it counts;
 * who has more than half of the ballots that still name somebody is chosen, otherwise the last one goes. It asks
 * nothing of voters but an order and never needs a second meeting, which is why it is the method here.
 */
export type RankedResult = {
  /** Votes of each round, for the options still in it, in their order on the paper. */
  readonly rounds: readonly (readonly { readonly optionId: string; readonly votes: number }[])[]
  readonly chosen: string | null
  /** Options between which no rule of the count decides: whoever called the vote settles it. */
  readonly tied: readonly string[]
}

/**
 * Counts ballots, each a list of options in order of preference. The last one goes; of several last ones those go
 * together who even together have fewer votes than the next above; otherwise who was behind in the latest round that
 * tells them apart. Where nothing does, they are tied and the count stops.
 */
export function instantRunoff(options: readonly string[], ballots: readonly (readonly string[])[]): RankedResult {
  const rounds: { optionId: string; votes: number }[][] = []
  let left = [...options]
  while (left.length > 0) {
    const votes = firstPreferences(left, ballots)
    rounds.push(left.map((optionId) => ({ optionId, votes: votes.get(optionId) ?? 0 })))
    const all = [...votes.values()].reduce((sum, count) => sum + count, 0)
    const ahead = left.find((option) => 2 * (votes.get(option) ?? 0) > all)
    if (ahead !== undefined) return { rounds, chosen: ahead, tied: [] }
    const out = eliminated(left, rounds)
    if (out === null || out.length === left.length) return { rounds, chosen: null, tied: lastOf(left, votes) }
    left = left.filter((option) => !out.includes(option))
  }
  return { rounds, chosen: null, tied: [] }
}

function firstPreferences(left: readonly string[], ballots: readonly (readonly string[])[]): Map<string, number> {
  const votes = new Map(left.map((option) => [option, 0]))
  for (const ballot of ballots) {
    const first = ballot.find((option) => votes.has(option))
    if (first !== undefined) votes.set(first, (votes.get(first) ?? 0) + 1)
  }
  return votes
}

function lastOf(among: readonly string[], votes: ReadonlyMap<string, number>): string[] {
  const fewest = Math.min(...among.map((option) => votes.get(option) ?? 0))
  return among.filter((option) => (votes.get(option) ?? 0) === fewest)
}

type Rounds = readonly (readonly { optionId: string; votes: number }[])[]

function eliminated(left: readonly string[], rounds: Rounds): string[] | null {
  const tables = rounds.map((round) => new Map(round.map(({ optionId, votes }) => [optionId, votes])))
  const now = tables.at(-1) ?? new Map<string, number>()
  let last = lastOf(left, now)
  if (last.length === 1) return last
  const above = left.filter((option) => !last.includes(option)).map((option) => now.get(option) ?? 0)
  if (above.length > 0 && last.length * (now.get(last[0] ?? '') ?? 0) < Math.min(...above)) return last
  for (const earlier of tables.slice(0, -1).reverse()) {
    last = lastOf(last, earlier)
    if (last.length === 1) return last
  }
  return null
}
