/** Money of the statutes: decimal text in yuan outside, whole fen as bigint inside. Never floating point. */
const YUAN = /^(-?)(\d+)(?:\.(\d{1,2}))?$/

/** Fen of an amount such as `12345.67`. Throws RangeError on anything else, also on a third decimal. */
export function fenOf(yuan: string): bigint {
  const match = YUAN.exec(yuan)
  if (!match) throw new RangeError(`Not an amount in yuan with at most two decimals: ${String(yuan)}`)
  const [, sign, whole = '0', decimals = ''] = match
  const fen = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
  return sign === '-' ? -fen : fen
}

/** Amount in yuan with two decimals. */
export function yuanOf(fen: bigint): string {
  const sign = fen < 0n ? '-' : ''
  const absolute = fen < 0n ? -fen : fen
  return `${sign}${absolute / 100n}.${String(absolute % 100n).padStart(2, '0')}`
}

/** Quotient rounded half up (away from zero); `divisor` above 0. */
export function dividedHalfUp(amount: bigint, divisor: bigint): bigint {
  const absolute = amount < 0n ? -amount : amount
  const quotient = (2n * absolute + divisor) / (2n * divisor)
  return amount < 0n ? -quotient : quotient
}
