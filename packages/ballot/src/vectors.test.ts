import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blind, finalize, inverseMod, isBlindSignature, isPssSignature, powMod } from './blind-rsa.ts'
import { bytesOfNumber, joined, numberOf, utf8 } from './bytes.ts'
import { canonicalText } from './canonical.ts'
import { open, seal } from './hpke.ts'
import { consistencyProof, inclusionProof, isConsistent, isIncluded, leafHash, treeOf, treeRoot } from './tree.ts'

const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/^0x/, ''), 'hex'))
const VECTORS = new URL('../../../test-data/acceptance/vectors/rfc9474.json', import.meta.url)

describe('RFC 9474, appendix A', () => {
  type Vector = Record<'name' | 'n' | 'e' | 'd' | 'msg' | 'msg_prefix' | 'input_msg' | 'sLen' | 'salt', string> &
    Record<'inv' | 'blinded_msg' | 'blind_sig' | 'sig', string>
  const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vector[]

  it('has four variants', () => {
    expect(vectors.map(({ name }) => name)).toEqual([
      'RSABSSA-SHA384-PSS-Randomized',
      'RSABSSA-SHA384-PSSZERO-Randomized',
      'RSABSSA-SHA384-PSS-Deterministic',
      'RSABSSA-SHA384-PSSZERO-Deterministic',
    ])
  })

  it.each(vectors)('$name blinds, signs, finalises and verifies to the very bytes', (vector) => {
    const n = numberOf(hex(vector.n))
    const key = { n, e: numberOf(hex(vector.e)), bits: n.toString(2).length }
    const prepared = joined(hex(vector.msg_prefix), hex(vector.msg))
    expect(prepared).toEqual(hex(vector.input_msg))
    const salt = hex(vector.salt)
    const factor = inverseMod(numberOf(hex(vector.inv)), n) as bigint
    const made = blind(key, prepared, salt, factor)
    expect(made?.blinded).toEqual(hex(vector.blinded_msg))
    expect(made?.inverse).toBe(numberOf(hex(vector.inv)))
    const signed = bytesOfNumber(powMod(numberOf(hex(vector.blinded_msg)), numberOf(hex(vector.d)), n), 512)
    expect(signed).toEqual(hex(vector.blind_sig))
    expect(isBlindSignature(key, hex(vector.blinded_msg), signed)).toBe(true)
    const signature = finalize(key, prepared, signed, numberOf(hex(vector.inv)), salt.length)
    expect(signature).toEqual(hex(vector.sig))
    expect(isPssSignature(key, prepared, signature, salt.length)).toBe(true)
    expect(isPssSignature(key, joined(prepared, utf8('.')), signature, salt.length)).toBe(false)
  })
})

// RFC 9180 appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. The suite
// with AES-256-GCM differs in the length of the key and a number, and is checked against OpenSSL by the verifier.
describe('RFC 9180, appendix A.1.1', () => {
  const recipient = hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8')
  const recipientPublic = hex('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d')
  const ephemeral = hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736')
  const enc = '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'
  const ciphertext = 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'
  const sealed = { info: utf8('Ode on a Grecian Urn'), aad: utf8('Count-0'), aead: { id: 1, keyBytes: 16 } }
  const plaintext = utf8('Beauty is truth, truth beauty')

  it('seals to the very bytes', () => {
    expect(seal(recipientPublic, ephemeral, plaintext, sealed)).toEqual(hex(enc + ciphertext))
  })

  it('opens, and only with info and aad as sealed', () => {
    expect(open(recipient, hex(enc + ciphertext), sealed)).toEqual(plaintext)
    expect(() => open(recipient, hex(enc + ciphertext), { ...sealed, aad: utf8('Count-1') })).toThrow('does not open')
    expect(() => open(recipient, hex(enc + ciphertext), { ...sealed, info: utf8('Ode') })).toThrow('does not open')
  })
})

// The eight leaves and the roots that Certificate Transparency has been tested with since RFC 6962, whose tree RFC 9162
// keeps; the proofs are those of the example in RFC 9162 section 2.1.5.
describe('RFC 9162, section 2.1', () => {
  const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const ROOTS = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const hashes = LEAVES.map((leaf) => leafHash(hex(leaf)))

  it.each(ROOTS.map((root, size) => [size, root] as const))('has the known root of %i leaves', (size, root) => {
    expect(treeRoot(hashes.slice(0, size))).toEqual(hex(root))
  })

  it('gives the audit paths and consistency proofs of the example', () => {
    const seven = hashes.slice(0, 7)
    const rootOf = (from: number, to: number) => treeRoot(hashes.slice(from, to))
    const [, b, c, d] = hashes
    const [g, h, i, k] = [rootOf(0, 2), rootOf(2, 4), rootOf(4, 6), rootOf(0, 4)]
    expect(inclusionProof(seven, 0)).toEqual([b, h, rootOf(4, 7)])
    expect(inclusionProof(seven, 3)).toEqual([c, g, rootOf(4, 7)])
    expect(inclusionProof(seven, 4)).toEqual([hashes[5], hashes[6], k])
    expect(inclusionProof(seven, 6)).toEqual([i, k])
    expect(consistencyProof(seven, 3)).toEqual([c, d, g, rootOf(4, 7)])
    expect(consistencyProof(seven, 4)).toEqual([rootOf(4, 7)])
    expect(consistencyProof(seven, 6)).toEqual([i, hashes[6], k])
  })

  it('proves every leaf of every tree up to forty, and no leaf elsewhere', () => {
    const many = Array.from({ length: 40 }, (_, at) => leafHash(Uint8Array.of(at)))
    for (let size = 1; size <= many.length; size += 1) {
      const tree = treeOf(many.slice(0, size))
      for (let index = 0; index < size; index += 1) {
        const proof = tree.inclusion(index)
        const leaf = many[index] as Uint8Array
        expect(isIncluded(leaf, index, size, proof, tree.root)).toBe(true)
        expect(isIncluded(leaf, (index + 1) % size, size, proof, tree.root)).toBe(size === 1)
        expect(isIncluded(leafHash(leaf), index, size, proof, tree.root)).toBe(false)
        expect(isIncluded(leaf, index, size, [...proof, leaf], tree.root)).toBe(false)
      }
    }
  })

  it('proves that every tree begins with every smaller one, and not with one of an exchanged leaf', () => {
    const many = Array.from({ length: 33 }, (_, at) => leafHash(Uint8Array.of(at)))
    for (let size = 1; size <= many.length; size += 1) {
      const larger = treeOf(many.slice(0, size))
      for (let old = 1; old <= size; old += 1) {
        const smaller = treeOf(many.slice(0, old))
        const forged = treeOf([leafHash(utf8('forged')), ...many.slice(1, old)])
        const proof = larger.consistency(old)
        expect(isConsistent(smaller, larger, proof)).toBe(true)
        expect(isConsistent(forged, larger, proof)).toBe(false)
        expect(isConsistent(forged, larger, forged.consistency(old))).toBe(false)
      }
    }
    expect(isConsistent(treeOf(many.slice(0, 3)), treeOf(many.slice(0, 2)), [])).toBe(false)
  })
})

// RFC 8785 section 3.2.3: names are sorted by their UTF-16 units.
describe('RFC 8785', () => {
  it('sorts members and writes no white space', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalText(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
    expect(canonicalText({ b: [1, { d: null, c: true }], a: '"\\\u000f/' })).toBe(
      '{"a":"\\"\\\\\\u000f/","b":[1,{"c":true,"d":null}]}',
    )
  })

  it.each([[0.5], [2 ** 53], [Number.NaN], ['\ud800'], [undefined], [{ a: undefined }]])('refuses %j', (value) => {
    expect(() => canonicalText(value)).toThrow()
  })
})
