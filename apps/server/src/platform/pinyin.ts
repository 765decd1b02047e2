import { createRequire } from 'node:module'
import type * as library from 'pinyin-pro'

const load = createRequire(import.meta.url)

/** Loaded with the first name: its dictionary takes 10 MB of memory, and many servers stand idle or only read. */
const loaded = (): typeof library => load('pinyin-pro') as typeof library

/** Syllables without tones, small, of letters and figures alone. `isName`: a surname is read as one (单 is shan). */
export const syllablesOf = (text: string, { isName }: { readonly isName: boolean }): string[] =>
  loaded()
    .pinyin(text, {
      toneType: 'none',
      type: 'array',
      nonZh: 'consecutive',
      v: true,
      ...(isName ? { mode: 'surname' as const } : {}),
    })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '')
