import type { CreditArticle, CreditStanding } from '@tongxin/contract/credits.words'
import { Lamp, type LampState, Select, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_CREDITS, yearsOffered } from './credits.api.ts'

const LAMPS: Readonly<Record<CreditStanding, LampState>> = {
  reached: 'ok',
  short: 'warn',
  exempt: 'info',
  free: 'idle',
}

/** Where a year stands, as colour, shape and word. */
export function StandingLamp({ standing }: { standing: CreditStanding }) {
  const { t } = useTranslation()
  return <Lamp state={LAMPS[standing]}>{t(`words.credits.standing.${standing}`)}</Lamp>
}

/** The year that a page looks at; every figure belongs to one. */
export function YearChoice({ year, onChange }: { year: number; onChange: (year: string) => void }) {
  const { t } = useTranslation()
  return (
    <Select
      label={t('credits.year')}
      value={String(year)}
      options={yearsOffered().map((one) => ({ value: String(one), label: t('credits.yearOf', { year: one }) }))}
      onChange={(value) => value && onChange(value)}
    />
  )
}

/** The articles behind a target or an hour, opened together. */
export function Articles({ articles }: { articles: readonly CreditArticle[] }) {
  const { t, i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return (
    <details className="tx-why">
      <summary>{t('ui.why')}</summary>
      {articles.map((one) => (
        <blockquote key={one.ruleId}>
          <cite>
            {one.ruleId} {one.citation[language]}
          </cite>
          <p>{one.text[language]}</p>
        </blockquote>
      ))}
    </details>
  )
}

/** Reloads, says what happened, closes. */
export function useDone(onClose: () => void, textKey: string) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_CREDITS,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}
