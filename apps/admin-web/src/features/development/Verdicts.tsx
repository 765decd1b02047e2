import type { StepVerdict } from '@tongxin/contract/development.words'
import { Lamp, type LampState, RefusalText, useRefusalWords, WhyArticle } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LAMPS: Readonly<Record<StepVerdict['severity'], LampState>> = { info: 'ok', warn: 'warn', block: 'late' }

/** One rule with what it says, what to do and its article. */
export function VerdictLine({ verdict }: { verdict: StepVerdict }) {
  const { t, i18n } = useTranslation()
  const words = useRefusalWords()
  const inLanguage = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh)
  const { code, citation, earliestOn, latestOn, detail } = verdict
  const said = code
    ? words(`development.${code}`, {
        citationZh: citation.zh,
        citationEn: citation.en,
        earliestOn,
        latestOn,
        ...detail,
      })
    : null
  return (
    <div className="rule-line">
      <Lamp state={LAMPS[verdict.severity]}>
        {said ? said.reason : t('development.inOrder', { on: latestOn ?? earliestOn ?? '' })}
      </Lamp>
      {said ? <p className="hint">{said.remedy}</p> : null}
      {verdict.provisional ? <p className="hint">{t('development.provisional')}</p> : null}
      {verdict.reason ? <p>{t('development.goneOn', { reason: verdict.reason })}</p> : null}
      <WhyArticle source={verdict.ruleId} article={inLanguage(citation)}>
        {inLanguage(verdict.text)}
      </WhyArticle>
    </div>
  )
}

/** Every rule that has something to say; a word when none has. */
export function Verdicts({ verdicts, none }: { verdicts: readonly StepVerdict[]; none?: string }) {
  const spoken = verdicts.filter(({ code }) => code !== null)
  if (spoken.length === 0) return none ? <Lamp state="ok">{none}</Lamp> : null
  return spoken.map((verdict) => <VerdictLine key={`${verdict.ruleId} ${verdict.code}`} verdict={verdict} />)
}

type Refused = { detail?: Readonly<Record<string, unknown>> }

/** A refusal with the article behind it, where a rule refused. */
export function RefusalWithArticle({ error, labels }: { error: unknown; labels?: Readonly<Record<string, string>> }) {
  const { i18n } = useTranslation()
  const detail = (error as Refused | null)?.detail ?? {}
  const isEnglish = i18n.language === 'en'
  const text = (isEnglish ? detail.ruleEn : detail.ruleZh) as string | undefined
  const citation = (isEnglish ? detail.citationEn : detail.citationZh) as string | undefined
  return (
    <>
      <RefusalText error={error} labels={labels ?? {}} />
      {citation ? (
        <WhyArticle source={String(detail.ruleId ?? '')} article={citation}>
          {text}
        </WhyArticle>
      ) : null}
    </>
  )
}
