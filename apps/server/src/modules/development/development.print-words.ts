import en from '@tongxin/contract/words/development.en.json' with { type: 'json' }
import zh from '@tongxin/contract/words/development.zh-CN.json' with { type: 'json' }
import printEn from './texts/print.en.json' with { type: 'json' }
import printZh from './texts/print.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'
type Words = { readonly [G in keyof typeof zh]: Readonly<Record<string, string>> }

/** The words of the interface, for exports and printed forms. */
export const wordsOf = (language: Language): Words => (language === 'en' ? en : zh)
/** Words that stand only on paper. */
export const printWordsOf = (language: Language): typeof printZh => (language === 'en' ? printEn : printZh)

/** Fills `{{name}}` of a text. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? '—'))
}
