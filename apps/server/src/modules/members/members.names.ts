import { givenNameOf } from '@tongxin/domain/members/name-parts'
import { LRUCache } from 'lru-cache'
import { pinyin } from 'pinyin-pro'

/** How a name is found and sorted: full pinyin without tones and blanks, initials, and the given name alone. */
export type NameKeys = { readonly given: string; readonly pinyin: string; readonly initials: string }

// Names repeat in an organisation, and segmenting is the slowest part of reading a roster.
const known = new LRUCache<string, NameKeys>({ max: 20_000 })

/** The keys of a name. A surname is read as one (单 is shan, 仇 is qiu). */
export function nameKeysOf(name: string): NameKeys {
  const remembered = known.get(name)
  if (remembered) return remembered
  const syllables = pinyin(name, { toneType: 'none', type: 'array', mode: 'surname', nonZh: 'consecutive', v: true })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '')
  const keys = {
    given: givenNameOf(name),
    pinyin: syllables.join(''),
    initials: syllables.map((syllable) => syllable.slice(0, 1)).join(''),
  }
  known.set(name, keys)
  return keys
}
