/** The three mutually exclusive administrators of a fresh installation; one code each. */
export const SET_UP_ROLES = ['system_admin', 'security_admin', 'audit_admin'] as const
export type SetUpRole = (typeof SET_UP_ROLES)[number]
export type SetUpCode = { readonly role: SetUpRole; readonly code: string }

/**
 * Keeps the hashes of fresh codes when this installation never had any. The codes themselves are never stored.
 * @returns whether they were kept: only then may they be shown
 */
export type KeepSetUpCodes = (codes: readonly SetUpCode[]) => Promise<boolean>

/** Crockford's base 32: no I, L, O, U, so that a code can be read aloud and copied from a screen. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** One readable code of 80 random bits: four groups of four. `random` gives that many secure bytes. */
export function readableCode(random: (bytes: number) => Uint8Array): string {
  const letters = Array.from(random(16), (byte) => ALPHABET[byte & 31] ?? '')
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-')
}

/** What a person typed as the code it was shown as: any case, with or without hyphens, O for 0, I and L for 1. */
export function typedCode(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '')
  return (letters.match(/.{1,4}/g) ?? []).join('-')
}

export function makeSetUpCodes(random: (bytes: number) => Uint8Array): SetUpCode[] {
  return SET_UP_ROLES.map((role) => ({ role, code: readableCode(random) }))
}
