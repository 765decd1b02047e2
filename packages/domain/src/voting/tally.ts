import { type Choice, choiceFault } from './choice.ts'
import type { QuestionResult, VoteQuestion } from './plan.ts'
import { instantRunoff, type RankedResult } from './ranked.ts'

/** The counts of one question and, where options were ranked, the rounds of its run-off. */
export type QuestionTally = QuestionResult & { readonly ranking?: RankedResult }

/**
 * Counts choices of one question. `null` is a ballot that could not be read: returned and invalid, like one with a
 * fault. `issued` is how many papers were drawn or, by name, how many voted.
 */
export function tallyChoices(
  question: VoteQuestion,
  choices: readonly (Choice | null)[],
  issued: number,
): QuestionTally {
  const valid = choices.filter((choice): choice is Choice => choice !== null && choiceFault(question, choice) === null)
  const written = new Map<string, number>()
  for (const { writeIns = [] } of valid)
    for (const memberId of writeIns) written.set(memberId, (written.get(memberId) ?? 0) + 1)
  const marked = (optionId: string, mark: string) => valid.filter(({ marks }) => marks?.[optionId] === mark).length
  const inFavour = (optionId: string) => {
    if (question.kind === 'approval') return marked(optionId, 'for')
    if (question.kind === 'ranked') return valid.filter(({ options }) => options?.[0] === optionId).length
    return valid.filter(({ options }) => options?.includes(optionId)).length
  }
  const abstained = valid.filter(({ options = [], writeIns = [] }) => options.length + writeIns.length === 0).length
  const count: QuestionResult = {
    questionId: question.id,
    issued,
    returned: choices.length,
    valid: valid.length,
    invalid: choices.length - valid.length,
    options: question.options.map(({ id }) => ({
      optionId: id,
      for: inFavour(id),
      against: question.kind === 'approval' ? marked(id, 'against') : 0,
      abstain: question.kind === 'approval' ? marked(id, 'abstain') : abstained,
      writtenFor: 0,
      writtenAgainst: 0,
    })),
    writtenIn: [...written]
      .map(([memberId, votes]) => ({ memberId, votes }))
      .sort((a, b) => b.votes - a.votes || (a.memberId < b.memberId ? -1 : 1)),
  }
  if (question.kind !== 'ranked') return count
  const ballots = valid.map(({ options = [] }) => options)
  return {
    ...count,
    ranking: instantRunoff(
      question.options.map(({ id }) => id),
      ballots,
    ),
  }
}

/** Two counts of one question by two ways (phone and paper) as one. Rankings are not counted by hand. */
export function addCounts(a: QuestionTally, b: QuestionResult): QuestionTally {
  const written = new Map(a.writtenIn.map(({ memberId, votes }) => [memberId, votes]))
  for (const { memberId, votes } of b.writtenIn) written.set(memberId, (written.get(memberId) ?? 0) + votes)
  return {
    ...a,
    issued: a.issued + b.issued,
    returned: a.returned + b.returned,
    valid: a.valid + b.valid,
    invalid: a.invalid + b.invalid,
    options: a.options.map((option) => {
      const other = b.options.find(({ optionId }) => optionId === option.optionId)
      if (!other) return option
      return {
        ...option,
        for: option.for + other.for,
        against: option.against + other.against,
        abstain: option.abstain + other.abstain,
      }
    }),
    writtenIn: [...written].map(([memberId, votes]) => ({ memberId, votes })),
  }
}
