import { createHash } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { accessRefusals } from '@tongxin/contract/access.refusals'
import type { Db, Tx } from '../../platform/ctx.ts'
import { domainOf, isPasskeyPossible } from './access.origin.ts'
import * as factors from './queries/factors.queries.ts'

/** Acts that a passkey itself signs: the challenge is made of what is done, so that nobody else can do it in the name. */

/** Whether the person has a passkey that can be used at this origin. */
export async function hasPasskey(db: Db, personId: string, publicOrigin: string): Promise<boolean> {
  return isPasskeyPossible(publicOrigin) && (await factors.passkeysOf(db, personId)).length > 0
}

/** What the browser asks a passkey for, or null where the person has none. */
export async function passkeyOptionsFor(
  db: Db,
  personId: string,
  publicOrigin: string,
  challenge: Uint8Array,
): Promise<Record<string, unknown> | null> {
  if (!isPasskeyPossible(publicOrigin)) return null
  const keys = await factors.passkeysOf(db, personId)
  if (keys.length === 0) return null
  const options = await generateAuthenticationOptions({
    rpID: domainOf(publicOrigin),
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    allowCredentials: keys.map(({ id, transports }) => ({ id, transports: transports as never })),
  })
  return { ...options }
}

type Proof = {
  readonly personId: string
  readonly publicOrigin: string
  readonly challenge: Uint8Array
  /** The browser's answer, or null where none was sent. */
  readonly answer: Readonly<Record<string, unknown>> | null
  readonly now: Date
}

/**
 * SHA-256 of what the passkey signed (authenticator data and the hash of the client data; WebAuthn 7.2) as base64url;
 * `null` for a person without a passkey, `'needed'` when one was to be shown.
 * @throws Refusal `access.passkey_refused`
 */
export async function provedWithPasskey(tx: Tx, proof: Proof): Promise<string | null | 'needed'> {
  if (!(await hasPasskey(tx, proof.personId, proof.publicOrigin))) return null
  if (proof.answer === null) return 'needed'
  const response = proof.answer as unknown as AuthenticationResponseJSON
  const key = (await factors.passkeysOf(tx, proof.personId)).find(({ id }) => id === response.id)
  if (!key) throw accessRefusals.passkey_refused()
  const verdict = await verifyAuthenticationResponse({
    response,
    expectedChallenge: Buffer.from(proof.challenge).toString('base64url'),
    expectedOrigin: proof.publicOrigin,
    expectedRPID: domainOf(proof.publicOrigin),
    credential: {
      id: key.id,
      publicKey: new Uint8Array(key.publicKey),
      counter: key.counter,
      transports: key.transports as never,
    },
    requireUserVerification: true,
  }).catch(() => null)
  if (!verdict?.verified) throw accessRefusals.passkey_refused()
  await factors.setCounter(tx, key.id, verdict.authenticationInfo.newCounter, proof.now)
  const { authenticatorData, clientDataJSON } = response.response
  const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
  return createHash('sha256').update(Buffer.from(authenticatorData, 'base64url')).update(clientHash).digest('base64url')
}
