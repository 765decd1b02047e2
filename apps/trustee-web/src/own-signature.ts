import { bytesOf } from '@tongxin/ballot/bytes'
import { signerOf } from '@tongxin/ballot/cast'
import { type BallotConfig, electionIdOf } from '@tongxin/ballot/config'
import { signConfig, verifyConfigSignature } from '@tongxin/ballot/config-leaf'
import type { TrusteeSecret } from '@tongxin/ballot/trustees'

export type OwnSignature = { readonly electionId: string; readonly publicKey: string; readonly signature: string }

/**
 * The trustee's signature over a plan, null where it is not that of the ceremony in which she took part: another key
 * of the election, another number of shares or of those who must come, or a list of trustees without her.
 */
export function ownSignature(config: BallotConfig, secret: TrusteeSecret): OwnSignature | null {
  const isSame =
    secret.electionKey === config.election_key &&
    secret.threshold === config.threshold &&
    secret.shares === config.trustees.length
  if (!isSame) return null
  const electionId = electionIdOf(config)
  const seed = bytesOf(secret.signingKey, 32)
  const signature = signConfig(electionId, signerOf(seed))
  seed.fill(0)
  const own = config.trustees.find(({ key }) => verifyConfigSignature(electionId, key, signature))
  return own ? { electionId, publicKey: own.key, signature } : null
}
