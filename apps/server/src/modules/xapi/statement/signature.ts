import { createVerify, X509Certificate } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { comparable } from './result.ts'
import { type Members, wrong } from './shape.ts'
import { soundAt } from './sound.ts'

export const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature'
const ALGORITHMS: Readonly<Record<string, string>> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' }
/** What the signer could not know or sign: set by whoever keeps the statement, and the signature itself. */
const NOT_SIGNED = ['id', 'authority', 'stored', 'timestamp', 'version', 'attachments']

/**
 * Checks a signature (4.2.6; RFC 7515, compact form): an RSA algorithm, the statement itself as the payload, and with a
 * certificate (`x5c`) the signature by its key. Whether the certificate is to be trusted is the reader's judgement.
 */
export function signatureAt(bytes: Buffer, statement: Members, at: string): void {
  const [head, payload, signature, more] = bytes.toString('latin1').trim().split('.')
  if (!head || !payload || !signature || more !== undefined) wrong(at, 'wrong_format')
  const { alg, x5c } = jsonIn(head as string, at) as { alg?: unknown; x5c?: unknown }
  const algorithm = typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined
  if (algorithm === undefined) wrong(at, 'not_in_list')
  const signed = jsonIn(payload as string, at) as Members
  soundAt(signed, at)
  if (!isDeepStrictEqual(withoutUnsigned(signed), withoutUnsigned(statement))) wrong(at, 'wrong_format')
  if (x5c === undefined) return
  const [first] = Array.isArray(x5c) ? x5c : []
  if (typeof first !== 'string') wrong(at, 'wrong_format')
  if (!isSignedBy(first as string, algorithm as string, `${head}.${payload}`, signature as string))
    wrong(at, 'wrong_format')
}

function isSignedBy(certificate: string, algorithm: string, text: string, signature: string): boolean {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
    return createVerify(algorithm).update(text).verify(publicKey, Buffer.from(signature, 'base64url'))
  } catch {
    // A certificate that cannot be read signs nothing.
    return false
  }
}

function jsonIn(part: string, at: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Not JSON: refused below, like JSON that is no object.
  }
  return wrong(at, 'wrong_format')
}

const withoutUnsigned = (statement: Members): Members =>
  comparable(Object.fromEntries(Object.entries(statement).filter(([name]) => !NOT_SIGNED.includes(name))))
