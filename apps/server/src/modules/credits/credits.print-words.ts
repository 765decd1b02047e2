import en from '@tongxin/contract/words/credits.en.json' with { type: 'json' }
import zh from '@tongxin/contract/words/credits.zh-CN.json' with { type: 'json' }
import printEn from './texts/print.en.json' with { type: 'json' }
import printZh from './texts/print.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'
/** Words of the interface that files and sheets use too. */
export const wordsOf = (language: Language): typeof zh => (language === 'en' ? en : zh)
/** Words that stand only on paper. */
export const printWordsOf = (language: Language): typeof printZh => (language === 'en' ? printEn : printZh)

/** Fills `{{name}}` of a text. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
