import { sha256 } from '@noble/hashes/sha2.js'
import { BallotError, type Random } from './bytes.ts'

/** Crockford's digits: none is mistaken for another in handwriting. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BYTES = 16
/** 128 bits and 12 bits that find a slip of the pen. */
const LENGTH = 28

/** A new recovery code, shown to its voter once: seven groups of four. All of a vote's secrets follow from it. */
export const newRecoveryCode = (random: Random): string => recoveryCodeOf(random(BYTES))

export function recoveryCodeOf(secret: Uint8Array): string {
  const check = sha256(secret)
  const bits = [...secret, check[0] ?? 0, check[1] ?? 0].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const digits = Array.from({ length: LENGTH }, (_, at) => DIGITS[Number.parseInt(bits.slice(5 * at, 5 * at + 5), 2)])
  return (digits.join('').match(/.{4}/g) ?? []).join('-')
}

/**
 * The 16 bytes of a code as a person types it: any case, any spaces, O for 0, I and L for 1.
 * @throws BallotError `recovery_code`
 */
export function secretOfCode(code: string): Uint8Array {
  const typed = code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  const values = [...typed].map((digit) => DIGITS.indexOf(digit))
  if (values.length !== LENGTH || values.includes(-1)) {
    throw new BallotError('recovery_code', 'a recovery code has 28 letters and digits')
  }
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const secret = Uint8Array.from({ length: BYTES }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2))
  if (recoveryCodeOf(secret).replaceAll('-', '') !== typed) {
    throw new BallotError('recovery_code', 'a letter or digit of the recovery code is wrong')
  }
  return secret
}
