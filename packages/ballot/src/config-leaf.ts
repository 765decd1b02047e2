import { BallotError, base64url, bytesOf, joined, utf8 } from './bytes.ts'
import { readCanonical } from './canonical.ts'
import { isEd25519, type Sign } from './cast.ts'
import type { BallotConfig } from './config.ts'

// Apart from the keys of trustees: a phone that checks who signed loads nothing of shares and passphrases.

const configMessage = (electionId: string) => joined(utf8('cpb-config-v1'), bytesOf(electionId, 32))

/** Signature of a trustee or of the board over the config, by its id. */
export const signConfig = (electionId: string, sign: Sign): string => base64url(sign(configMessage(electionId)))

export const verifyConfigSignature = (electionId: string, key: string, signature: string): boolean =>
  isEd25519(bytesOf(signature), configMessage(electionId), bytesOf(key, 32))

/** First leaf of the board: the config, signed by the board and then by the trustees in their order. */
export type ConfigLeaf = {
  readonly type: 'config'
  readonly election: string
  readonly signatures: readonly { readonly key: string; readonly signature: string }[]
}

/**
 * The first leaf, once everybody has signed.
 * @throws BallotError `config_signature`
 */
export function configLeaf(
  config: BallotConfig,
  electionId: string,
  signatures: Readonly<Record<string, string>>,
): ConfigLeaf {
  const keys = [config.board_key, ...config.trustees.map(({ key }) => key)]
  return {
    type: 'config',
    election: electionId,
    signatures: keys.map((key) => {
      const signature = signatures[key]
      if (signature === undefined || !verifyConfigSignature(electionId, key, signature)) {
        throw new BallotError('config_signature', `no good signature of ${key}`)
      }
      return { key, signature }
    }),
  }
}

/**
 * Whether these bytes are the first leaf of the board of this very election, signed by the board and every trustee in
 * the order of the config.
 */
export function isSignedByAll(config: BallotConfig, electionId: string, leaf: Uint8Array): boolean {
  try {
    const { type, election, signatures, ...more } = readCanonical(leaf) as unknown as ConfigLeaf
    const keys = [config.board_key, ...config.trustees.map(({ key }) => key)]
    return (
      type === 'config' &&
      election === electionId &&
      Object.keys(more).length === 0 &&
      signatures.length === keys.length &&
      signatures.every(
        ({ key, signature }, at) => key === keys[at] && verifyConfigSignature(electionId, key, signature),
      )
    )
  } catch {
    return false
  }
}
