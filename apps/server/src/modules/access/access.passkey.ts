import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { accessRefusals } from '@tongxin/contract/access.refusals'
import { domainOf } from './access.origin.ts'
import type { Passkey } from './queries/factors.queries.ts'

/** Loaded with the first passkey: its ASN.1 schemas take memory that many installations never need. */
export const webauthn = () => import('@simplewebauthn/server')

type Asked = {
  readonly publicOrigin: string
  /** The challenge as base64url, or what takes it away when it is the right one. */
  readonly challenge: string | ((challenge: string) => boolean | Promise<boolean>)
}

/**
 * Which of the keys answered, with the person shown to it (WebAuthn 7.2), and the counter to keep with it.
 * @throws Refusal `access.passkey_refused`
 */
export async function answeringKey(
  keys: readonly Passkey[],
  response: AuthenticationResponseJSON,
  { publicOrigin, challenge }: Asked,
): Promise<{ id: string; counter: number }> {
  const key = keys.find(({ id }) => id === response.id)
  if (!key) throw accessRefusals.passkey_refused()
  const { verifyAuthenticationResponse } = await webauthn()
  const verdict = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: publicOrigin,
    expectedRPID: domainOf(publicOrigin),
    credential: {
      id: key.id,
      publicKey: new Uint8Array(key.publicKey),
      counter: key.counter,
      transports: key.transports as never,
    },
    requireUserVerification: true,
  }).catch(() => null)
  if (!verdict?.verified) throw accessRefusals.passkey_refused()
  return { id: key.id, counter: verdict.authenticationInfo.newCounter }
}
