import { sha256 } from '@noble/hashes/sha2.js'
import { base64url, bytesOf, joined, type Random, utf8 } from './bytes.ts'
import { inclusionProof, isIncluded, leafHash, treeRoot } from './tree.ts'

/** One voter of the frozen roll: the salt is told to that member only, so the published roll names nobody. */
export type RollEntry = { readonly memberId: string; readonly salt: Uint8Array }

export const newSalt = (random: Random): Uint8Array => random(32)

/** `SHA-256("cpb-roll-v1" ‖ salt ‖ member id)` as base64url: how the bundle calls a voter. */
export const rollLeaf = ({ memberId, salt }: RollEntry): string =>
  base64url(sha256(joined(utf8('cpb-roll-v1'), salt, utf8(memberId))))

/** Sorted as text, so that the order of the roll tells nothing. */
export const rollLeaves = (entries: readonly RollEntry[]): string[] =>
  entries.map(rollLeaf).sort((a, b) => (a < b ? -1 : 1))

/** Root over the 32 bytes of each voter, in that order; an RFC 9162 tree like the board. */
export const rollRoot = (leaves: readonly string[]): string => base64url(treeRoot(hashesOf(leaves)))

const hashesOf = (leaves: readonly string[]) => leaves.map((leaf) => leafHash(bytesOf(leaf, 32)))

/** Shows a member that she stands on the roll that was signed, without the names of others. */
export const rollProof = (leaves: readonly string[], leaf: string): { index: number; proof: string[] } => {
  const index = leaves.indexOf(leaf)
  return { index, proof: inclusionProof(hashesOf(leaves), index).map(base64url) }
}

export const isOnRoll = (
  entry: RollEntry,
  { index, proof }: { readonly index: number; readonly proof: readonly string[] },
  roll: { readonly root: string; readonly size: number },
): boolean =>
  isIncluded(
    leafHash(bytesOf(rollLeaf(entry), 32)),
    index,
    roll.size,
    proof.map((hash) => bytesOf(hash, 32)),
    bytesOf(roll.root, 32),
  )

/** Derived from the salt of the roll, which nobody else may know: this one is told to the electorate with the name. */
export const nameSalt = (rollSalt: Uint8Array): Uint8Array => sha256(joined(utf8('cpb-name-salt-v1'), rollSalt))

/**
 * `SHA-256("cpb-name-v1" ‖ salt ‖ name)` as base64url: how the configuration calls somebody who may be written in. Who
 * is told name and salt can see that the trustees signed this name under it; nobody else can try names.
 */
export const nameId = ({ name, salt }: { readonly name: string; readonly salt: Uint8Array }): string =>
  base64url(sha256(joined(utf8('cpb-name-v1'), salt, utf8(name))))
