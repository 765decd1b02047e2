import { createHash } from 'node:crypto'
import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { domainOf, isPasskeyPossible } from './access.origin.ts'
import { answeringKey, webauthn } from './access.passkey.ts'
import * as factors from './queries/factors.queries.ts'
import * as sessions from './queries/sessions.queries.ts'

/** Acts that a passkey itself signs: the challenge is made of what is done, so that nobody else can do it in the name. */

const usableKeys = async (db: Db, personId: string, publicOrigin: string): Promise<factors.Passkey[]> =>
  isPasskeyPossible(publicOrigin) ? factors.passkeysOf(db, personId) : []

/** Whether the person has a passkey that can be used at this origin. */
export async function hasPasskey(db: Db, personId: string, publicOrigin: string): Promise<boolean> {
  return (await usableKeys(db, personId, publicOrigin)).length > 0
}

/** What the browser asks a passkey for, or null where the person has none. */
export async function passkeyOptionsFor(
  db: Db,
  personId: string,
  publicOrigin: string,
  challenge: Uint8Array,
): Promise<Record<string, unknown> | null> {
  const keys = await usableKeys(db, personId, publicOrigin)
  if (keys.length === 0) return null
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({
    rpID: domainOf(publicOrigin),
    challenge: new Uint8Array(challenge),
    userVerification: 'required',
    allowCredentials: keys.map(({ id, transports }) => ({ id, transports: transports as never })),
  })
  return { ...options }
}

const LATELY_MS = 15 * 60_000

/** Whether the owner of this session signed in, or showed password or second factor, in the last fifteen minutes. */
export async function provedLately(db: Db, actor: Pick<Actor, 'sessionHash'>, now: Date): Promise<boolean> {
  const at = await sessions.provedAt(db, actor.sessionHash)
  return at !== null && now.getTime() - at.getTime() <= LATELY_MS
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
  const keys = await usableKeys(tx, proof.personId, proof.publicOrigin)
  if (keys.length === 0) return null
  if (proof.answer === null) return 'needed'
  const response = proof.answer as unknown as AuthenticationResponseJSON
  const key = await answeringKey(keys, response, {
    publicOrigin: proof.publicOrigin,
    challenge: Buffer.from(proof.challenge).toString('base64url'),
  })
  await factors.setCounter(tx, key.id, key.counter, proof.now)
  const { authenticatorData, clientDataJSON } = response.response
  const clientHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest()
  return createHash('sha256').update(Buffer.from(authenticatorData, 'base64url')).update(clientHash).digest('base64url')
}
