import { sha256 } from '@noble/hashes/sha2.js'
import { joined, sameBytes } from './bytes.ts'

// Merkle tree of RFC 9162 section 2.1.

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (leaf: Uint8Array): Uint8Array => sha256(joined(LEAF, leaf))
const nodeHash = (left: Uint8Array, right: Uint8Array) => sha256(joined(NODE, left, right))

/** Largest power of two below `size`. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

export type Tree = {
  readonly size: number
  readonly root: Uint8Array
  /** From the leaf upwards (section 2.1.3.1). */
  readonly inclusion: (index: number) => Uint8Array[]
  /** That the tree of the first `size` leaves is the beginning of this one (section 2.1.4.1). */
  readonly consistency: (size: number) => Uint8Array[]
}

/** A tree over leaf hashes. Whole subtrees are hashed once, so a proof costs no more than its own length. */
export function treeOf(leaves: readonly Uint8Array[]): Tree {
  const known = new Map<number, Map<number, Uint8Array>>()
  const hash = (from: number, size: number): Uint8Array => {
    if (size === 0) return sha256(new Uint8Array())
    if (size === 1) return leaves[from] as Uint8Array
    const level = known.get(size) ?? new Map<number, Uint8Array>()
    known.set(size, level)
    const split = splitOf(size)
    const kept = level.get(from) ?? nodeHash(hash(from, split), hash(from + split, size - split))
    level.set(from, kept)
    return kept
  }
  const path = (index: number, from: number, size: number): Uint8Array[] => {
    if (size === 1) return []
    const split = splitOf(size)
    return index < split
      ? [...path(index, from, split), hash(from + split, size - split)]
      : [...path(index - split, from + split, size - split), hash(from, split)]
  }
  const proof = (old: number, from: number, size: number, isWhole: boolean): Uint8Array[] => {
    if (old === size) return isWhole ? [] : [hash(from, size)]
    const split = splitOf(size)
    return old <= split
      ? [...proof(old, from, split, isWhole), hash(from + split, size - split)]
      : [...proof(old - split, from + split, size - split, false), hash(from, split)]
  }
  const size = leaves.length
  const within = (value: number, least: number, most: number) => {
    if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${value} of ${size} leaves`)
  }
  return {
    size,
    root: hash(0, size),
    inclusion(index) {
      within(index, 0, size - 1)
      return path(index, 0, size)
    },
    consistency(old) {
      within(old, 1, size)
      return proof(old, 0, size, true)
    },
  }
}

export const treeRoot = (leaves: readonly Uint8Array[]): Uint8Array => treeOf(leaves).root
export const inclusionProof = (leaves: readonly Uint8Array[], index: number) => treeOf(leaves).inclusion(index)
export const consistencyProof = (leaves: readonly Uint8Array[], size: number) => treeOf(leaves).consistency(size)

/** Whether the leaf stands at this place of the tree (section 2.1.3.2). */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false
  let [place, last, hash] = [index, size - 1, leaf]
  for (const sibling of proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)]
    } else hash = nodeHash(hash, sibling)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameBytes(hash, root)
}

/** Whether the larger tree begins with the smaller one (section 2.1.4.2): nothing was dropped or altered between. */
export function isConsistent(
  smaller: { readonly size: number; readonly root: Uint8Array },
  larger: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (smaller.size < 1 || smaller.size > larger.size) return false
  if (smaller.size === larger.size) return proof.length === 0 && sameBytes(smaller.root, larger.root)
  const isPower = Number.isInteger(Math.log2(smaller.size))
  const [first, ...rest] = isPower ? [smaller.root, ...proof] : proof
  if (!first) return false
  let [place, last] = [smaller.size - 1, larger.size - 1]
  while (place % 2 === 1) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  let [old, now] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      old = nodeHash(sibling, old)
      now = nodeHash(sibling, now)
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)]
    } else now = nodeHash(now, sibling)
    ;[place, last] = [Math.floor(place / 2), Math.floor(last / 2)]
  }
  return last === 0 && sameBytes(old, smaller.root) && sameBytes(now, larger.root)
}
