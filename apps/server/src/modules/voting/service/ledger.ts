import type { QuestionTally as LedgerTally } from '@tongxin/ballot'
import { instantRunoff, type QuestionTally } from '@tongxin/domain'
import type { HandCounts } from '../queries/papers.queries.ts'

/** Counts between the form of the bundle, which names nobody, and that of the domain. */

/** Member ids by what ballots call those written in. */
export type NamedMembers = ReadonlyMap<string, string>

/** A hand count in the form of the bundle, which names nobody. */
export const ledgerOf = (count: HandCounts, named: NamedMembers): LedgerTally => ({
  question: count.questionId,
  issued: count.issued,
  returned: count.returned,
  valid: count.valid,
  invalid: count.invalid,
  abstained: 0,
  reasons: {},
  options: count.options.map((option) => ({
    option: option.optionId,
    for: option.for,
    against: option.against,
    abstain: option.abstain,
  })),
  write_ins: count.writtenIn
    .map(({ memberId, votes }) => ({ member: [...named].find(([, id]) => id === memberId)?.[0] ?? '', votes }))
    .sort((a, b) => (a.member < b.member ? -1 : 1)),
  rankings: [],
})

/** The count of the bundle in the form of the domain; rankings are run off from what was cast. */
export function tallyOf(tally: LedgerTally, named: NamedMembers): QuestionTally {
  const rankings = tally.rankings.flatMap(({ ranks, ballots: times }) => Array.from({ length: times }, () => ranks))
  const options = tally.options.map(({ option }) => option)
  return {
    questionId: tally.question,
    issued: tally.issued,
    returned: tally.returned,
    valid: tally.valid,
    invalid: tally.invalid,
    options: tally.options.map(({ option, ...votes }) => ({
      optionId: option,
      ...votes,
      writtenFor: 0,
      writtenAgainst: 0,
    })),
    writtenIn: tally.write_ins
      .map(({ member, votes }) => ({ memberId: named.get(member) as string, votes }))
      .sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    ...(rankings.length > 0 ? { ranking: instantRunoff(options, rankings) } : {}),
  }
}
