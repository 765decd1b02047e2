import type { GroupResult } from '@tongxin/contract'
import { APPRAISAL_MARKS } from '@tongxin/contract'
import en from '@tongxin/contract/words/appraisal.en.json' with { type: 'json' }
import zh from '@tongxin/contract/words/appraisal.zh-CN.json' with { type: 'json' }
import printEn from './texts/print.en.json' with { type: 'json' }
import printZh from './texts/print.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'

/** The words of the interface, for exports and printed forms. */
export const wordsOf = (language: Language): typeof zh => (language === 'en' ? en : zh)
/** Words that stand only on paper. */
export const printWordsOf = (language: Language): typeof printZh => (language === 'en' ? printEn : printZh)

/** Fills `{{name}}` of a text. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** What may be said of a group in one line: counts, a band, or that it is too small. */
export function resultText(result: GroupResult, language: Language): string {
  const words = wordsOf(language)
  if (result.kind === 'few') return words.few
  if (result.kind === 'band') return filled(words.band, { mark: result.band === null ? '' : words.mark[result.band] })
  const print = printWordsOf(language)
  return APPRAISAL_MARKS.map((mark, at) => ({ mark: words.mark[mark], count: result.counts?.[at] ?? 0 }))
    .filter(({ count }) => count > 0)
    .map((one) => filled(print.of, one))
    .join(print.separator)
}
