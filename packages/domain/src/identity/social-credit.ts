const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const ORG_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * USCC-1: unified social credit code (GB 32100-2015), weights 3^(i-1) mod 31. Some early pilot codes fail although
 * lawful, so callers warn and do not block.
 */
export function usccValid(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return false
  let sum = 0
  let weight = 1
  for (const character of code.slice(0, 17)) {
    sum += CHARACTERS.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return CHARACTERS.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}

/** USCC-2: organisation code of nine characters without hyphen (GB 11714-1997). */
export function orgCodeValid(code9: string): boolean {
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code9)) return false
  let sum = 0
  for (const [place, weight] of ORG_WEIGHTS.entries()) sum += ORG_CHARACTERS.indexOf(code9.charAt(place)) * weight
  const check = 11 - (sum % 11)
  return code9.charAt(8) === (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}
