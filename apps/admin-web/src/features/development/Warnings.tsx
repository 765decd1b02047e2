import type { StepVerdict } from '@tongxin/contract/development.words'
import { Lamp, TextArea, useRefusalWords, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

/** A rule that warns: it may be gone on with when the reason is written down. */
export type Warning = {
  readonly ruleId: string
  readonly code: string
  readonly detail: Readonly<Record<string, unknown>>
}
export type Reasons = Readonly<Record<string, string>>

type Refused = {
  code?: string
  fields?: readonly { code: string; detail?: Readonly<Record<string, unknown>> }[]
}

/** Warnings that a refusal named because their reasons were wanting. */
export function warningsIn(error: unknown): Warning[] {
  const { code, fields = [] } = (error ?? {}) as Refused
  if (code !== 'development.warning_open') return []
  return fields.map((field) => ({
    ruleId: String(field.detail?.ruleId ?? ''),
    code: field.code,
    detail: field.detail ?? {},
  }))
}

/** Warnings among the verdicts of a check. */
export const warningsAmong = (verdicts: readonly StepVerdict[]): Warning[] =>
  verdicts.flatMap(({ severity, code, ruleId, citation, latestOn, earliestOn, detail }) =>
    severity === 'warn' && code
      ? [
          {
            ruleId,
            code: `development.${code}`,
            detail: { citationZh: citation.zh, citationEn: citation.en, latestOn, earliestOn, ...detail },
          },
        ]
      : [],
  )

/** The reasons given so far, as the endpoints take them. */
export const acknowledgedOf = (warnings: readonly Warning[], reasons: Reasons) =>
  [...new Set(warnings.map(({ ruleId }) => ruleId))]
    .map((ruleId) => ({ ruleId, reason: (reasons[ruleId] ?? '').trim() }))
    .filter(({ reason }) => reason.length >= 2)

/** One field of reason for each warning, with its article; nothing while there is none. */
export function WarningReasons(props: {
  warnings: readonly Warning[]
  reasons: Reasons
  onChange: (reasons: Reasons) => void
}) {
  const { t, i18n } = useTranslation()
  const words = useRefusalWords()
  if (props.warnings.length === 0) return null
  return (
    <fieldset className="development-warnings">
      <legend>{t('development.warnings')}</legend>
      {props.warnings.map(({ ruleId, code, detail }) => {
        const { reason, remedy } = words(code, detail)
        return (
          <div key={`${ruleId} ${code}`} className="rule-line">
            <Lamp state="warn">{reason}</Lamp>
            <p className="hint">{remedy}</p>
            <WhyArticle
              source={ruleId}
              article={String((i18n.language === 'en' ? detail.citationEn : detail.citationZh) ?? '')}
            />
            <TextArea
              label={t('development.goOnReason')}
              required
              rows={2}
              maxLength={500}
              value={props.reasons[ruleId] ?? ''}
              onChange={(text) => props.onChange({ ...props.reasons, [ruleId]: text })}
            />
          </div>
        )
      })}
    </fieldset>
  )
}
