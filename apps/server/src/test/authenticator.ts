import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** The public key as COSE_Key (RFC 9053 7.1.1): EC2, ES256, P-256. */
function coseKey(publicKey: KeyObject) {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const coordinate = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  return new Map<number, number | Uint8Array>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, coordinate(x)],
    [-3, coordinate(y)],
  ])
}

const clientDataOf = (origin: string, type: string, challenge: string) =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** A passkey in software: ES256, user verified, attestation `none` (WebAuthn level 3, 6.1 and 6.5). */
export function authenticatorOf(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const rpIdHash = createHash('sha256').update(new URL(origin).hostname).digest()
  let counter = 0

  const head = (flags: number) => {
    const bytes = Buffer.alloc(5)
    bytes[0] = flags
    bytes.writeUInt32BE((counter += 1), 1)
    return Buffer.concat([rpIdHash, bytes])
  }
  const shell = {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
  }
  return {
    id: shell.id,
    /** Answers registration options. `flags` 0x45: present, verified, attested; 0x41 leaves the verification out. */
    register(options: { challenge: string }, flags = 0x45) {
      const key = coseKey(publicKey)
      const authData = Buffer.concat([
        head(flags),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        Buffer.from(isoCBOR.encode(key as never)),
      ])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authData)],
        ]) as never,
      )
      return {
        ...shell,
        response: {
          clientDataJSON: clientDataOf(origin, 'webauthn.create', options.challenge).toString('base64url'),
          attestationObject: Buffer.from(attestation).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** Answers authentication options. `flags` 0x05: present and verified. */
    show(options: { challenge: string }, flags = 0x05) {
      const data = clientDataOf(origin, 'webauthn.get', options.challenge)
      const authData = head(flags)
      const signature = createSign('sha256')
        .update(Buffer.concat([authData, createHash('sha256').update(data).digest()]))
        .sign(privateKey)
      return {
        ...shell,
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      }
    },
  }
}
