import type { AbsenceRow } from '@tongxin/contract/membership'
import type { DecisionState, RuleShown } from '@tongxin/contract/membership.words'
import { Lamp, type LampState, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import type { Fact } from '../../shared/pages/RecordPage.tsx'

const LAMPS = { green: 'ok', yellow: 'warn', red: 'late' } as const

/** When contact is due, as colour, shape and words. */
export function ContactLamp({ row }: { row: Pick<AbsenceRow, 'lamp' | 'contactDueOn' | 'state' | 'end'> }) {
  const { t } = useTranslation()
  if (row.lamp === null || row.contactDueOn === null)
    return (
      <Lamp state="idle">
        {row.end ? t(`words.membership.absenceEnd.${row.end}`) : t('membership.absenceState.ended')}
      </Lamp>
    )
  return <Lamp state={LAMPS[row.lamp]}>{t(`membership.contactLamp.${row.lamp}`, { on: row.contactDueOn })}</Lamp>
}

export const DECISION_LAMPS: Readonly<Record<DecisionState, LampState>> = {
  proposed: 'warn',
  branch_decided: 'warn',
  approved: 'info',
  served: 'ok',
  appealed: 'late',
  upheld: 'ok',
  changed: 'info',
  not_carried: 'idle',
  returned: 'idle',
  withdrawn: 'idle',
}

/** The facts of an absence that are filled in. */
export function useAbsenceFacts(): (row: AbsenceRow) => Fact[] {
  const { t } = useTranslation()
  return (row) => [
    { label: t('membership.kind'), value: t(`words.membership.absenceKind.${row.kind}`) },
    { label: t('membership.branch'), value: row.orgName },
    ...(row.toOrgName
      ? [
          {
            label: t('membership.host'),
            value: `${row.toOrgName} · ${t(row.confirmedAt ? 'membership.hostConfirmed' : 'membership.hostWaits')}`,
          },
        ]
      : []),
    { label: t('membership.startedOn'), value: row.startedOn },
    ...(row.endedOn ? [{ label: t('membership.endedOn'), value: row.endedOn }] : []),
    ...(['place', 'unit', 'keeper', 'certificateNo', 'reason', 'expectedReturnOn'] as const).flatMap((name) => {
      const value = row.facts[name]
      return value ? [{ label: t(`words.membership.facts.${name}`), value }] : []
    }),
    ...(row.facts.purpose
      ? [{ label: t('words.membership.facts.purpose'), value: t(`words.membership.purpose.${row.facts.purpose}`) }]
      : []),
    { label: t('membership.lastContact'), value: row.lastContactOn ?? t('membership.never') },
  ]
}

/** A rule with its article: why something may, or may not yet, be done. */
export function RuleLine({ rule }: { rule: RuleShown }) {
  const { t, i18n } = useTranslation()
  const text = rule.ok
    ? t('membership.ruleMet')
    : rule.from
      ? t('membership.ruleFrom', { on: rule.from })
      : t('membership.ruleNotMet')
  return (
    <div className="rule-line">
      <Lamp state={rule.ok ? 'ok' : rule.severity === 'block' ? 'late' : 'warn'}>{text}</Lamp>
      <WhyArticle source={rule.ruleId} article={i18n.language === 'en' ? rule.citation.en : rule.citation.zh} />
    </div>
  )
}
