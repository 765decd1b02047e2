import { isoDate } from './calendar.ts'
import { isProvince } from './regions.ts'

/** Why a citizen ID number is refused: shape, region prefix, birth date, check digit. */
export type CitizenIdFault = 'format' | 'region' | 'date' | 'check'
export type CitizenId =
  | { readonly valid: true; readonly birth: string; readonly sex: '1' | '2'; readonly region: string }
  | { readonly valid: false; readonly reason: CitizenIdFault }

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** The check character of the first 17 digits (GB 11643-1999; ISO 7064 MOD 11-2). */
export function checkCharacterOf(digits17: string): string {
  let sum = 0
  for (let place = 0; place < 17; place += 1) sum += (digits17.charCodeAt(place) - 48) * (WEIGHTS[place] ?? 0)
  return CHECKS.charAt(sum % 11)
}

/**
 * ID-1: reads an 18-character citizen ID number (lower-case x accepted). The birth date must exist and not lie after
 * `today`; sex is the parity of the 17th digit as a GB/T 2261.1 code. Prefix 83 occurs on residence permits of Taiwan
 * residents only, so it is accepted here and not by `regionLevel`.
 */
export function parseCitizenId(id: string, today: string): CitizenId {
  if (!/^\d{17}[\dXx]$/.test(id)) return { valid: false, reason: 'format' }
  const region = id.slice(0, 6)
  if (!isProvince(region) && region !== '830000') return { valid: false, reason: 'region' }
  const birth = isoDate(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14)))
  if (birth === null || birth > today) return { valid: false, reason: 'date' }
  if (checkCharacterOf(id) !== id.charAt(17).toUpperCase()) return { valid: false, reason: 'check' }
  return { valid: true, birth, sex: (id.charCodeAt(16) - 48) % 2 === 1 ? '1' : '2', region }
}

/** ID-2: the 18-character form of a 15-digit number (GB 11643-1989), for archive import only; null when malformed. */
export function upgrade15(id15: string): string | null {
  if (!/^\d{15}$/.test(id15)) return null
  const digits17 = `${id15.slice(0, 6)}19${id15.slice(6)}`
  return digits17 + checkCharacterOf(digits17)
}
