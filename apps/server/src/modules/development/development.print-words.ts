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

/** A day as a letter writes it; an empty place where there is none. */
export function dayText(date: string | null | undefined, language: Language): string {
  if (!date) return '__________'
  const [year, month, day] = date.split('-').map(Number)
  return language === 'en' ? date : `${year}年${month}月${day}日`
}
/** A day as a register writes it: 2026.11.05. */
export const shortDay = (date: string | null | undefined): string => (date ?? '').replaceAll('-', '.')
