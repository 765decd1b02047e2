import { bytesOf } from './bytes.ts'
import { WORDS } from './words.ts'

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const WORD_COUNT = 8

/**
 * The root in eight words, one for each of its first eight bytes: for the minutes on paper and to be read aloud. They
 * find every later change; the whole root stands beside them as a square code, since eight bytes can be sought again
 * by whoever prepares two boards.
 */
export const rootWords = (root: Uint8Array): string[] =>
  [...root.slice(0, WORD_COUNT)].map((byte) => WORDS[byte] as string)

/**
 * An election in the same words, for the hall: who reads other words on her telephone than on the wall was given
 * another plan than everybody else.
 */
export const electionWords = (electionId: string): string[] => rootWords(bytesOf(electionId, 32))

/** Ten letters and digits of a leaf hash: `8K3MV-0Q7TX`. Says which ballot, never what is in it. */
export function receiptCode(leaf: string): string {
  const bits = [...bytesOf(leaf, 32).slice(0, 7)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const digits = Array.from({ length: 10 }, (_, at) => DIGITS[Number.parseInt(bits.slice(5 * at, 5 * at + 5), 2)])
  return `${digits.slice(0, 5).join('')}-${digits.slice(5).join('')}`
}
