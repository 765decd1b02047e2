import type { DevelopmentCase, StepRecord } from '@tongxin/contract/development'
import { useTranslation } from 'react-i18next'
import { type Fact, Facts } from '../../shared/pages/RecordPage.tsx'

type Person = DevelopmentCase['people'][number]
// Words of their own list; every other text is what somebody wrote.
const WORDS = new Set(['appliedAt', 'talkerPost', 'recommendedBy', 'decidedBy', 'chosen', 'outcome', 'keptIn'])

/** What was entered with a step and with its decision, read as sentences and not as keys. */
export function StepFacts({ row, people }: { row: StepRecord; people: readonly Person[] }) {
  const { t } = useTranslation()
  const shown = (name: string, value: unknown): string => {
    if (typeof value === 'boolean') return t(value ? 'development.yes' : 'development.no')
    if (Array.isArray(value))
      return value
        .map((one: string) =>
          name === 'contacts' || name === 'introducers'
            ? (people.find(({ memberId }) => memberId === one)?.name ?? t('shared.chosen'))
            : t(`words.development.word.${one}`),
        )
        .join(t('development.listComma'))
    return WORDS.has(name) ? t(`words.development.word.${String(value)}`) : String(value)
  }
  const factsOf = (given: StepRecord['facts'], isDecision: boolean): Fact[] =>
    Object.entries(given)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => {
        const label = t(`words.development.field.${name}`)
        return { label: isDecision ? t('development.ofAbove', { label }) : label, value: shown(name, value) }
      })
  const facts = [...factsOf(row.facts, false), ...factsOf(row.decision, true)]
  return facts.length > 0 ? <Facts facts={facts} /> : null
}
