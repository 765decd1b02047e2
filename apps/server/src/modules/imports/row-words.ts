import { readFileSync } from 'node:fs'
import type { Language } from '../../platform/config.ts'

type Words = { readonly reason: string; readonly remedy: string }
const TEXTS = new URL('../../../../../packages/contract/src/texts/rows/', import.meta.url)

/** What a problem or remark code says to a person: reason and remedy in one sentence each. */
export function rowWords(language: Language): (code: string) => string {
  const texts = JSON.parse(readFileSync(new URL(`roster.${language}.json`, TEXTS), 'utf8')) as Record<string, Words>
  return (code) => {
    const words = texts[code]
    return words === undefined ? code : `${words.reason}${language === 'en' ? ' ' : ''}${words.remedy}`
  }
}
