import type { DeadlineRow } from '@tongxin/contract/deadlines'
import { type DeadlineWords, deadlineModule, deadlineTitle } from '@tongxin/contract/deadlines.words'
import type { LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

type Files = Record<string, DeadlineWords>
const chinese = import.meta.glob<DeadlineWords>('../../../../../packages/contract/src/words/deadlines/*.zh-CN.json', {
  eager: true,
  import: 'default',
}) as Files
const english = import.meta.glob<DeadlineWords>('../../../../../packages/contract/src/words/deadlines/*.en.json', {
  eager: true,
  import: 'default',
}) as Files

const wordsOf = (files: Files): ReadonlyMap<string, DeadlineWords> =>
  new Map(Object.entries(files).map(([path, words]) => [path.split('/').at(-1)?.split('.')[0] ?? '', words]))
const WORDS = { 'zh-CN': wordsOf(chinese), en: wordsOf(english) }

export const LAMP_STATES: Readonly<Record<DeadlineRow['lamp'], LampState>> = {
  green: 'ok',
  yellow: 'warn',
  red: 'late',
}

/** What is due, the name of the module it comes from, and how long it still has, in the language on the screen. */
export function useDeadlineWords() {
  const { t, i18n } = useTranslation()
  const words = i18n.language === 'en' ? WORDS.en : WORDS['zh-CN']
  return {
    title: (row: Pick<DeadlineRow, 'kind' | 'params'>) => deadlineTitle(words, row),
    module: (kind: string) => words.get(deadlineModule(kind))?.module ?? deadlineModule(kind),
    modules: [...words].map(([value, texts]) => ({ value, label: texts.module ?? value })),
    left: ({ state, lamp, daysLeft }: Pick<DeadlineRow, 'state' | 'lamp' | 'daysLeft'>) => {
      if (state !== 'open') return t(`deadlines.state.${state}`)
      if (lamp === 'red') return t('deadlines.late', { count: -daysLeft })
      return daysLeft === 0 ? t('deadlines.today') : t('deadlines.left', { count: daysLeft })
    },
  }
}
