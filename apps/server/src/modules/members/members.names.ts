import { givenNameOf } from '@tongxin/domain/members/name-parts'
import { cacheOf } from '../../platform/cache.ts'
import { syllablesOf } from '../../platform/pinyin.ts'

/** How a name is found and sorted: full pinyin without tones and blanks, initials, and the given name alone. */
export type NameKeys = { readonly given: string; readonly pinyin: string; readonly initials: string }

// Names repeat in an organisation, and segmenting is the slowest part of reading a roster.
const known = cacheOf<NameKeys>(20_000)

/** The keys of a name. A surname is read as one (单 is shan, 仇 is qiu). */
export function nameKeysOf(name: string): NameKeys {
  const remembered = known.get(name)
  if (remembered) return remembered
  const syllables = syllablesOf(name, { isName: true })
  const keys = {
    given: givenNameOf(name),
    pinyin: syllables.join(''),
    initials: syllables.map((syllable) => syllable.slice(0, 1)).join(''),
  }
  known.set(name, keys)
  return keys
}
