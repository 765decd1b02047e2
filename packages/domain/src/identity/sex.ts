import { plain } from './written-text.ts'

/** GB/T 2261.1 code of a sex as written (男, 男性, 1, M …), or null. */
export function readSex(written: string): '1' | '2' | null {
  const bare = plain(written).toUpperCase()
  if (/^(?:男性?|男[士生]|先生|0?1|M|MALE)$/.test(bare)) return '1'
  return /^(?:女性?|女[士生]|0?2|F|FEMALE)$/.test(bare) ? '2' : null
}
