import { readFileSync } from 'node:fs'
import type chinese from './texts/print.zh-CN.json'

export type Language = 'zh-CN' | 'en'
type Texts = typeof chinese
const load = (language: Language): Texts =>
  JSON.parse(readFileSync(new URL(`texts/print.${language}.json`, import.meta.url), 'utf8')) as Texts
const texts = { 'zh-CN': load('zh-CN'), en: load('en') }

/** Words of the papers of an election: the reader of paper has no interface that could translate. */
export const wordsOf = (language: Language): Texts => texts[language]

/** The same words where a congress of delegates is the assembly instead of the members' meeting. */
export function wordsOfCongress(language: Language): Texts {
  const words = texts[language]
  const { congressWords, ...rest } = words
  const said = congressWords.reduce((text, [from = '', to = '']) => text.replaceAll(from, to), JSON.stringify(rest))
  return { ...(JSON.parse(said) as typeof rest), congressWords }
}

/** Puts the facts into the places `{{name}}` of a text. */
export const filled = (text: string, facts: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => `${facts[key] ?? ''}`)

/** `2026年11月2日`; a blank for the pen where there is no day. */
export function dayText(day: string | null | undefined, language: Language): string {
  if (!day) return wordsOf(language).blank
  const [year, month, date] = day.split('-').map(Number)
  return language === 'en' ? day : `${year}年${month}月${date}日`
}
