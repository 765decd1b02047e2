import { createHmac } from 'node:crypto'
import { toDataURL } from 'qrcode'
import { readableCode, typedCode } from '../../platform/setup-codes.ts'
import type { Vault } from '../../platform/vault.ts'

/**
 * One-time codes. The table keeps keyed hashes only. Codes of activation and recovery are derived from the master key,
 * their batch and the person, so that a slip can be printed when paper is at hand and no copy waits anywhere.
 */
export type CodePurpose = 'set_up' | 'activation' | 'reset'

export function derivedCode(vault: Vault, purpose: CodePurpose, batchId: string, personId: string): string {
  const bytes = createHmac('sha256', vault.derive(`one-time-code/${purpose}`))
    .update(`${batchId}\u2016${personId}`)
    .digest()
  return readableCode((count) => bytes.subarray(0, count))
}

/** What the table knows of a code, however a person typed it. */
export function codeHash(vault: Vault, purpose: CodePurpose, code: string): Buffer {
  return createHmac('sha256', vault.derive('one-time-code-hash'))
    .update(`${purpose}\u2016${typedCode(code)}`)
    .digest()
}

/** Binds a code to the last four characters that only its owner should know. */
export function bondOf(vault: Vault, code: string, lastFour: string): string {
  const four = lastFour.normalize('NFKC').replace(/\s/g, '').toUpperCase()
  return createHmac('sha256', vault.derive('one-time-code-bond'))
    .update(`${typedCode(code)}\u2016${four}`)
    .digest('base64url')
}

/** The code stands behind `#`: it reaches no server log and no other site. */
export const linkTo = (publicOrigin: string, page: 'activate' | 'reset', code: string) =>
  `${publicOrigin}/${page}#${code}`

export async function shownCode(
  publicOrigin: string,
  page: 'activate' | 'reset',
  code: string,
): Promise<{ code: string; url: string; qr: string }> {
  const url = linkTo(publicOrigin, page, code)
  return { code, url, qr: await toDataURL(url, { margin: 1, width: 320 }) }
}
