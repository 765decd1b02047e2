import type { CreditArticle, CreditSource } from '@tongxin/contract'
import { CREDIT_RULES, type CreditFact, creditOf, type ParameterTable, RULES } from '@tongxin/domain'
import type { LearningFact } from '@tongxin/domain/learning/fact'

/** A rule with its text and article, as it is shown. */
export function articleOf(ruleId: string): CreditArticle {
  const rule = RULES[ruleId]
  if (!rule) throw new Error(`no rule ${ruleId}`)
  return { ruleId, text: rule.text, citation: rule.citation }
}

/** Why this target and why these hours: the articles of an account. */
export const articlesOf = (account: {
  readonly post: 'member' | 'leader'
  readonly isExempt: boolean
}): CreditArticle[] =>
  [account.post === 'leader' ? 'EDU-2' : 'EDU-1', ...(account.isExempt ? ['EDU-4'] : []), 'EDU-5'].map(articleOf)

const SAMPLES: readonly CreditFact[] = [
  { kind: 'video', minutes: [600] },
  { kind: 'video', minutes: [16] },
  { kind: 'video', minutes: [1] },
  { kind: 'quiz' },
  { kind: 'study', minutes: 60, isMadeUp: false },
  { kind: 'study', minutes: 60, isMadeUp: true },
  { kind: 'homework' },
  { kind: 'reflection' },
]

/** What each rule gives on a day, for "what counts"; one hour of study stands for the minutes. */
export const ratesOn = (on: string, parameters: ParameterTable) =>
  SAMPLES.flatMap((fact) => {
    const credit = creditOf(fact, on, parameters)
    return credit ? [{ rule: credit.rule, hundredths: credit.hundredths, since: credit.version }] : []
  }).sort((a, b) => CREDIT_RULES.indexOf(a.rule) - CREDIT_RULES.indexOf(b.rule))

/** Which source a fact becomes; null for those that count only as part of something else. */
export function sourceOf(fact: LearningFact): Exclude<CreditSource, 'certificate'> | null {
  const { kind } = fact.activity
  if (fact.verb === 'completed') {
    if (kind === 'course' || kind === 'micro') return kind
    // A meeting that was made up for is study, never presence.
    return kind === 'meeting' ? 'study' : null
  }
  if (fact.verb === 'passed') return oneOf(['quiz', 'exam', 'homework', 'reflection'] as const, kind)
  if (fact.verb === 'attended') return oneOf(['meeting', 'group', 'programme'] as const, kind)
  return null
}

const oneOf = <K extends string>(kinds: readonly K[], kind: string): K | null =>
  kinds.find((one) => one === kind) ?? null

/** Which groups are too small for an average. */
export const LEAST_PEOPLE = 5

type Certificate = { readonly state: string; readonly personId: string; readonly checkedBy: string | null }
type Reviewer = { readonly personId: string; readonly permissions: ReadonlySet<string> }

export const certificateActs = (actor: Reviewer, one: Certificate) => ({
  check: one.state === 'submitted' && one.personId !== actor.personId && actor.permissions.has('learning.write'),
  accept:
    one.state === 'checked' &&
    one.personId !== actor.personId &&
    one.checkedBy !== actor.personId &&
    actor.permissions.has('learning.review'),
})

type Honour = {
  readonly state: string
  readonly personId: string
  readonly proposedBy: string
  readonly reviewedBy: string | null
}
/** One proposes, another reviews, a third decides; nobody about oneself. */
export const honourActs = (actor: Reviewer, one: Honour) => {
  const isOther =
    actor.permissions.has('learning.review') && one.personId !== actor.personId && one.proposedBy !== actor.personId
  return {
    review: one.state === 'proposed' && isOther,
    decide: one.state === 'reviewed' && isOther && one.reviewedBy !== actor.personId,
  }
}
