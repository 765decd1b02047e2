import { admissionVote } from '../admission/vote.ts'
import { resolution } from '../branch/meetings.ts'
import { electionQuorum } from '../elections/conditions.ts'
import { countElection, electionValid, votesNeeded } from '../elections/count.ts'
import type { IsoDate } from '../general/dates.ts'
import { electorate, eligibleVoting, presentVoters } from '../general/denominators.ts'
import type { Text } from '../verdict.ts'
import type { QuestionResult, VoteQuestion, VoteRule } from './plan.ts'
import type { RankedResult } from './ranked.ts'

/** What a rule makes of the counts of one question. */
export type QuestionOutcome = {
  readonly questionId: string
  readonly ruleId: string | null
  readonly citation: Text | null
  /** The crowd that shares are taken of: 应到会, 实到会, or the valid ballots where no statute speaks. */
  readonly base: { readonly kind: 'shouldAttend' | 'present' | 'valid'; readonly people: number }
  readonly needed: number | null
  readonly quorum: boolean
  readonly holds: boolean
  readonly passed: readonly string[]
  readonly tied: readonly string[]
  readonly remaining: number
  readonly rounds: RankedResult['rounds']
}

export type Attendance = {
  readonly shouldAttend: number
  readonly present: number
  readonly secret: boolean
  /** Day of the vote: the edition of the rules depends on it. */
  readonly on: IsoDate
}
type Counted = QuestionResult & { readonly ranking?: RankedResult }

/** More ballots than papers, or more papers than people: nothing is decided by such a count (ELEC-11). */
const stands = (count: QuestionResult, present: number): boolean =>
  count.issued <= present && electionValid({ voters: count.issued, returned: count.returned }).value

/** Judges one question by its rule. Numbers are whole; shares are compared by multiplying across. */
export function judgeQuestion(
  rule: VoteRule,
  question: VoteQuestion,
  count: Counted,
  attendance: Attendance,
): QuestionOutcome {
  if (rule.kind === 'election') return judgeElection(question, count, attendance)
  if (rule.kind === 'poll') return judgePoll(rule, question, count, attendance)
  return judgeMajority(rule.kind, count, attendance)
}

/** Every option on its own (DEV-17): admission by the stricter rule, resolutions by BR-7. */
function judgeMajority(kind: 'resolution' | 'admission', count: Counted, at: Attendance): QuestionOutcome {
  const eligible = eligibleVoting(at.shouldAttend)
  const present = presentVoters(at.present)
  const holds = stands(count, at.present)
  const verdicts = count.options.map((option) => ({
    optionId: option.optionId,
    verdict:
      kind === 'admission'
        ? admissionVote({
            eligible,
            present,
            forInPerson: option.for,
            forWritten: option.writtenFor,
            secretBallot: at.secret,
          })
        : resolution({ eligible, presentVoting: present, for: option.for }),
  }))
  const first = verdicts[0]?.verdict
  return {
    questionId: count.questionId,
    ruleId: first?.ruleId ?? null,
    citation: first?.citation ?? null,
    base: { kind: 'shouldAttend', people: at.shouldAttend },
    needed: Math.floor(at.shouldAttend / 2) + 1,
    quorum: first?.value.quorum ?? false,
    holds,
    passed: holds ? verdicts.filter(({ verdict }) => verdict.value.passed).map(({ optionId }) => optionId) : [],
    tied: [],
    remaining: 0,
    rounds: [],
  }
}

function judgeElection(question: VoteQuestion, count: Counted, at: Attendance): QuestionOutcome {
  const present = presentVoters(at.present)
  const quorum = electionQuorum({ present, shouldAttend: electorate(at.shouldAttend), date: at.on })
  const votes = Object.fromEntries([
    ...count.options.map((option) => [option.optionId, option.for] as const),
    ...count.writtenIn.map(({ memberId, votes }) => [memberId, votes] as const),
  ])
  const verdict = countElection({ seats: question.seats, presentVoters: present, votes })
  const holds = stands(count, at.present)
  const counts = holds && quorum.value
  return {
    questionId: count.questionId,
    ruleId: quorum.value ? verdict.ruleId : quorum.ruleId,
    citation: quorum.value ? verdict.citation : quorum.citation,
    base: { kind: 'present', people: at.present },
    needed: votesNeeded({ presentVoters: present }).value,
    quorum: quorum.value,
    holds,
    passed: counts ? verdict.value.elected : [],
    tied: counts ? verdict.value.tie : [],
    remaining: counts ? verdict.value.remaining : question.seats,
    rounds: [],
  }
}

/** No statute speaks: the quorum is a share of the roll, the share one of the valid ballots; both may be left open. */
function judgePoll(
  rule: Extract<VoteRule, { kind: 'poll' }>,
  question: VoteQuestion,
  count: Counted,
  at: Attendance,
): QuestionOutcome {
  const quorum = 100 * count.returned >= (rule.quorumPercent ?? 0) * at.shouldAttend && count.returned > 0
  const needed = rule.sharePercent === null ? null : Math.ceil((rule.sharePercent * count.valid) / 100)
  const holds = electionValid({ voters: count.issued, returned: count.returned }).value
  const winners = count.ranking
    ? { passed: count.ranking.chosen === null ? [] : [count.ranking.chosen], tied: [...count.ranking.tied] }
    : leading(question, count, needed ?? 1)
  return {
    questionId: count.questionId,
    ruleId: null,
    citation: null,
    base: { kind: 'valid', people: count.valid },
    needed,
    quorum,
    holds,
    passed: holds && quorum ? winners.passed : [],
    tied: holds && quorum ? winners.tied : [],
    remaining: 0,
    rounds: count.ranking?.rounds ?? [],
  }
}

/** Single: the one with most votes; several and approval: up to the seats. A tie at the last place is left open. */
function leading(question: VoteQuestion, count: Counted, needed: number): { passed: string[]; tied: string[] } {
  const places = question.kind === 'single' ? 1 : question.seats
  const enough = count.options
    .filter((option) => option.for >= needed && option.for > 0)
    .filter((option) => question.kind !== 'approval' || option.for > option.against)
    .sort((a, b) => b.for - a.for || (a.optionId < b.optionId ? -1 : 1))
  const last = enough[places - 1]
  if (!last || enough[places]?.for !== last.for)
    return { passed: enough.slice(0, places).map(({ optionId }) => optionId), tied: [] }
  return {
    passed: enough.filter((option) => option.for > last.for).map(({ optionId }) => optionId),
    tied: enough.filter((option) => option.for === last.for).map(({ optionId }) => optionId),
  }
}
