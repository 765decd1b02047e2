import type { ArticleRow } from '@tongxin/contract/publishing.words'
import type { LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LAMPS = {
  editing: 'idle',
  review: 'info',
  final: 'info',
  ready: 'warn',
  released: 'ok',
  withdrawn: 'idle',
} as const satisfies Record<string, LampState>

type Standing = Pick<ArticleRow, 'state' | 'stage' | 'brokenLinks'>
/** Where an article stands, as shape and word: a correction under way is told with what is shown. */
export function useStanding() {
  const { t } = useTranslation()
  return ({ state, stage, brokenLinks }: Standing): { state: LampState; word: string } => {
    const standing = state === 'draft' ? (stage ?? 'editing') : state
    const word = t(`words.publishing.standing.${standing}`)
    if (state === 'released' && brokenLinks > 0)
      return { state: 'late', word: t('publishing.hasBroken', { count: brokenLinks }) }
    if (state === 'released' && stage !== null)
      return { state: 'warn', word: t('publishing.correctingAt', { stage: t(`words.publishing.stage.${stage}`) }) }
    return { state: LAMPS[standing], word }
  }
}

/** An option for each word of a list. */
export function useOptions() {
  const { t } = useTranslation()
  return <V extends string>(values: readonly V[], key: string) =>
    values.map((value) => ({ value, label: t(`words.publishing.${key}.${value as string}`) }))
}
