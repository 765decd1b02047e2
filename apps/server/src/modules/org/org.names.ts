import { syllablesOf } from '../../platform/pinyin.ts'

/** How an organisation is found by keyboard: full pinyin without tones or blanks, and initials. */
export function nameKeysOf(name: string): { pinyin: string; initials: string } {
  const syllables = syllablesOf(name, { isName: false })
  return { pinyin: syllables.join(''), initials: syllables.map((syllable) => syllable.slice(0, 1)).join('') }
}
