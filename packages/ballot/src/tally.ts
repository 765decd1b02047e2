import { canonicalText } from './canonical.ts'
import { type Choice, decodeChoice, type InvalidReason } from './choice.ts'
import type { BallotConfig, QuestionConfig } from './config.ts'

/** Counts of one question as result.json has them; every list in a fixed order, so equal counts are equal bytes. */
export type QuestionTally = {
  readonly question: string
  readonly issued: number
  readonly returned: number
  readonly valid: number
  readonly invalid: number
  /** Valid ballots that abstain as a whole; they also stand under `abstain` of every option. */
  readonly abstained: number
  /** Invalid ballots by reason, reasons that occurred only. */
  readonly reasons: { readonly [reason in InvalidReason]?: number }
  /** In the order of the ballot paper. `for` of a ranking counts first preferences. */
  readonly options: readonly {
    readonly option: string
    readonly for: number
    readonly against: number
    readonly abstain: number
  }[]
  /** Members written in at least once, by id. */
  readonly write_ins: readonly { readonly member: string; readonly votes: number }[]
  /** Rankings as cast, the most frequent first, then by their text; empty for other kinds. */
  readonly rankings: readonly { readonly ranks: readonly string[]; readonly ballots: number }[]
}

/** A ballot as opened: `plaintext` is null where it did not open. */
export type OpenedBallot = { readonly question: string; readonly plaintext: Uint8Array | null }

/**
 * Counts opened ballots: for each question those issued, returned, valid and invalid, and what the valid ones say. An
 * invalid ballot counts as returned. `issued` comes from the list of drawings.
 */
export function tallyBallots(
  config: BallotConfig,
  ballots: readonly OpenedBallot[],
  issued: Readonly<Record<string, number>>,
): QuestionTally[] {
  return config.questions.map((question) => {
    const own = ballots.filter((ballot) => ballot.question === question.id)
    const decoded = own.map(({ plaintext }) => (plaintext === null ? 'unreadable' : decodeChoice(question, plaintext)))
    const choices = decoded.filter((one): one is Choice => typeof one !== 'string')
    const reasons: { [reason in InvalidReason]?: number } = {}
    for (const one of decoded) if (typeof one === 'string') reasons[one] = (reasons[one] ?? 0) + 1
    return {
      question: question.id,
      issued: issued[question.id] ?? 0,
      returned: own.length,
      valid: choices.length,
      invalid: own.length - choices.length,
      abstained: choices.filter((choice) => 'abstain' in choice).length,
      reasons,
      options: countOptions(question, choices),
      write_ins: countWriteIns(choices),
      rankings: countRankings(choices),
    }
  })
}

function countOptions(question: QuestionConfig, choices: readonly Choice[]): QuestionTally['options'] {
  const inFavour = (choice: Choice, option: string) =>
    ('picks' in choice && choice.picks.includes(option)) ||
    ('for' in choice && choice.for.includes(option)) ||
    ('ranks' in choice && choice.ranks[0] === option)
  const isAgainst = (choice: Choice, option: string) => 'against' in choice && choice.against.includes(option)
  const abstains = (choice: Choice, option: string) =>
    'abstain' in choice || ('for' in choice && !inFavour(choice, option) && !isAgainst(choice, option))
  return question.options.map(({ id }) => ({
    option: id,
    for: choices.filter((choice) => inFavour(choice, id)).length,
    against: choices.filter((choice) => isAgainst(choice, id)).length,
    abstain: choices.filter((choice) => abstains(choice, id)).length,
  }))
}

function countWriteIns(choices: readonly Choice[]): QuestionTally['write_ins'] {
  const written = countOf(choices.flatMap((choice) => ('write_ins' in choice ? choice.write_ins : [])))
  return [...written].map(([member, votes]) => ({ member, votes })).sort((a, b) => (a.member < b.member ? -1 : 1))
}

function countRankings(choices: readonly Choice[]): QuestionTally['rankings'] {
  const texts = countOf(choices.flatMap((choice) => ('ranks' in choice ? [canonicalText(choice.ranks)] : [])))
  return [...texts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([text, ballots]) => ({ ranks: JSON.parse(text) as string[], ballots }))
}

function countOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}
