import type { ElectionRow } from '@tongxin/contract/elections'
import type { ElectionState } from '@tongxin/contract/elections.words'
import type { RuleShown } from '@tongxin/contract/membership.words'
import { Lamp, type LampState, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

export const STATE_LAMPS: Readonly<Record<ElectionState, LampState>> = {
  draft: 'idle',
  requested: 'warn',
  nominating: 'info',
  candidates_reported: 'warn',
  publicity: 'info',
  preparing: 'info',
  voting: 'info',
  plenum: 'info',
  reporting: 'warn',
  reported: 'warn',
  done: 'ok',
  cancelled: 'idle',
}

export function StateLamp({ state }: { state: ElectionState }) {
  const { t } = useTranslation()
  return <Lamp state={STATE_LAMPS[state]}>{t(`elections.state.${state}`)}</Lamp>
}

/** 第三届换届选举, or only the kind where the number of the committee was not entered. */
export function useElectionName(): (row: Pick<ElectionRow, 'kind' | 'ordinal'>) => string {
  const { t } = useTranslation()
  return ({ kind, ordinal }) =>
    ordinal === null ? t(`elections.kindOf.${kind}`) : t(`elections.named.${kind}`, { n: ordinal })
}

/** A rule with its article: whether it is kept, and why it asks. */
export function RuleLine({ rule }: { rule: RuleShown }) {
  const { t, i18n } = useTranslation()
  const state = rule.ok ? 'ok' : rule.severity === 'block' ? 'late' : 'warn'
  return (
    <div className="election-rule">
      <Lamp state={state}>{t(`elections.rule.${rule.ruleId}.${rule.ok ? 'met' : 'not'}`)}</Lamp>
      <WhyArticle source={rule.ruleId} article={i18n.language === 'en' ? rule.citation.en : rule.citation.zh} />
    </div>
  )
}
