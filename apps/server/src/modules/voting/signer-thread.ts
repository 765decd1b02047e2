import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'
import { parentPort } from 'node:worker_threads'

// The private operation of RSA takes milliseconds of pure arithmetic: done here, requests go on being answered.

export type ToSign = {
  readonly id: number
  readonly key: KeyObject
  readonly publicKey: KeyObject
  readonly blinded: Uint8Array
}
export type Signed = { readonly id: number; readonly signature: Uint8Array | null }

/** BlindSign (RFC 9474, 4.3): raw RSA, then the check that the result is right, lest a fault give the key away. */
function sign({ key, publicKey, blinded }: ToSign): Uint8Array | null {
  const padding = constants.RSA_NO_PADDING
  try {
    const signature = privateDecrypt({ key, padding }, blinded)
    const again = publicEncrypt({ key: publicKey, padding }, signature)
    return again.equals(blinded) ? signature : null
  } catch {
    // A value that is no number below the modulus.
    return null
  }
}

parentPort?.on('message', (work: ToSign) => {
  parentPort?.postMessage({ id: work.id, signature: sign(work) } satisfies Signed)
})
