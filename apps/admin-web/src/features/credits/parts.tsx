import type { CreditArticle, CreditStanding } from '@tongxin/contract/credits.words'
import { Lamp, type LampState, Select, say, WhyArticle } from '@tongxin/ui'
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

/** Articles behind a target or an hour. */
export function Articles({ articles }: { articles: readonly CreditArticle[] }) {
  const { i18n } = useTranslation()
  const language = i18n.language === 'en' ? 'en' : 'zh'
  return articles.map((one) => (
    <WhyArticle key={one.ruleId} source={one.ruleId} article={one.citation[language]}>
      {one.text[language]}
    </WhyArticle>
  ))
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
