import { BallotError, bytesOf, numberOf } from './bytes.ts'

/** Public half of the RSA key that signs the tokens of one question: members `n` and `e` of RFC 7518 section 6.3.1. */
export type IssuerKey = { readonly n: string; readonly e: string }
export type RsaPublicKey = { readonly n: bigint; readonly e: bigint; readonly bits: number }

const BITS = 3072
const EXPONENT = 'AQAB'

/**
 * RSA of 3072 bits with exponent 65537. A key of another size would mark its voters.
 * @throws BallotError `issuer_key`
 */
export function checkIssuerKey(key: IssuerKey): void {
  const n = numberOf(bytesOf(key.n, BITS / 8))
  if (n.toString(2).length !== BITS || n % 2n === 0n)
    throw new BallotError('issuer_key', 'not an RSA modulus of 3072 bits')
  if (key.e !== EXPONENT) throw new BallotError('issuer_key', 'the exponent is not 65537')
}

/** The numbers of a key, of any size: the vectors of RFC 9474 have 4096 bits. */
export function rsaKeyOf(key: IssuerKey): RsaPublicKey {
  const n = numberOf(bytesOf(key.n))
  return { n, e: numberOf(bytesOf(key.e)), bits: n.toString(2).length }
}
