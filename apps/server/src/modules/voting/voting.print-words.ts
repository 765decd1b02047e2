import { readFileSync } from 'node:fs'
import type { Secrecy } from '@tongxin/domain'

type Word =
  | 'title'
  | 'organisation'
  | 'secrecy'
  | 'shouldAttend'
  | 'present'
  | 'closed'
  | 'counted'
  | 'issued'
  | 'returned'
  | 'valid'
  | 'invalid'
  | 'option'
  | 'for'
  | 'against'
  | 'abstain'
  | 'writtenFor'
  | 'outcome'
  | 'writtenIn'
  | 'passed'
  | 'notPassed'
  | 'tied'
  | 'by'
  | 'root'
  | 'rootBytes'
  | 'rootWhy'
  | 'scrutineer'
  | 'teller'
  | 'chair'

export type PrintWords = Readonly<Record<Word, string>> & { readonly secrecies: Readonly<Record<Secrecy, string>> }
export type Language = 'zh-CN' | 'en'

const read = (language: Language): PrintWords =>
  JSON.parse(readFileSync(new URL(`./texts/print.${language}.json`, import.meta.url), 'utf8')) as PrintWords
const words: Partial<Record<Language, PrintWords>> = {}

/** The words of the printed record, read from their file once. */
export function wordsOf(language: Language): PrintWords {
  const known = words[language] ?? read(language)
  words[language] = known
  return known
}
