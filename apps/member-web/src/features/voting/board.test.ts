// @vitest-environment node
import { base64url, bytesOf } from '@tongxin/ballot/bytes'
import { canonicalText } from '@tongxin/ballot/canonical'
import { signerOf } from '@tongxin/ballot/cast'
import { type BallotConfig, electionIdOf, plaintextBytesOf } from '@tongxin/ballot/config'
import { type ConfigLeaf, configLeaf, signConfig } from '@tongxin/ballot/config-leaf'
import { nameId } from '@tongxin/ballot/roll'
import { holdCeremony } from '@tongxin/ballot/trustees'
import type { MyVote } from '@tongxin/contract/voting.own'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { writeInsOf } from './ballot-acts.ts'
import { demandSignatures } from './board.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const PEOPLE = ['王五', '赵六'].map((name) => ({ name, salt: random(32) }))
const names = PEOPLE.map((one) => ({ id: nameId(one), name: one.name, salt: base64url(one.salt) }))
type Signed = { readonly configLeaf: ConfigLeaf; readonly electionId: string }
let sample: Signed
let other: Signed
let vote: MyVote

/** A plan with one question in which somebody may be written in, signed by the board and two trustees. */
async function signedPlan(): Promise<Signed & { readonly config: BallotConfig }> {
  // The first of three takes the part of the board.
  const people = ['公告栏', '甲', '乙'].map((name) => ({ name, role: '监票人' }))
  const { electionKey, trustees, secrets } = await holdCeremony(people, 2, random)
  const asked = { options: [{ id: 'c1', label: '王一' }], seats: 1, write_ins: names.map(({ id }) => id).sort() }
  const modulus = random(384).map((byte, at) => (at === 0 || at === 383 ? byte | 0x81 : byte))
  const config: BallotConfig = {
    format: 'tongxin-ballot-1',
    vote: 'V1',
    organisation: '第一党支部',
    title: '选举',
    grade: 'V2',
    phases: 'split',
    hall: false,
    times: { draw_opens: null, draw_closes: null, cast_opens: null, cast_closes: null },
    rule: { kind: 'election' },
    should_attend: 3,
    roll: { root: base64url(random(32)), size: 3 },
    questions: [
      {
        id: 'q1',
        kind: 'approval',
        title: '委员',
        ...asked,
        issuer_key: { n: base64url(modulus), e: 'AQAB' },
        plaintext_bytes: plaintextBytesOf(asked),
      },
    ],
    revoting: false,
    election_key: electionKey,
    board_key: trustees[0]?.key ?? '',
    trustees: trustees.slice(1),
    threshold: 2,
    client_hash: null,
  }
  const electionId = electionIdOf(config)
  const signatures = secrets.map(({ signingKey }) => signConfig(electionId, signerOf(bytesOf(signingKey))))
  const byKey = Object.fromEntries(trustees.map(({ key }, at) => [key, signatures[at] ?? '']))
  return { config, electionId, configLeaf: configLeaf(config, electionId, byKey) }
}

beforeAll(async () => {
  const own = await signedPlan()
  sample = own
  other = await signedPlan()
  const { config, electionId } = own
  vote = { config: canonicalText(config), electionId, castOrigin: 'https://cast.test' } as unknown as MyVote
})
afterEach(() => vi.unstubAllGlobals())

/** A board whose first leaf is this one. @returns the requests that it got */
function boardOf(leaf: object) {
  const seen: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    return new Response(`${canonicalText(leaf)}\n`)
  })
  return seen
}

it('draws nothing for a plan that not all trustees have signed on the board', async () => {
  const { signatures } = sample.configLeaf
  for (const leaf of [
    { ...sample.configLeaf, signatures: signatures.slice(0, -1) },
    { ...sample.configLeaf, signatures: signatures.map((one, at) => ({ ...one, key: signatures[at ^ 1]?.key ?? '' })) },
    { ...sample.configLeaf, signatures: signatures.map((one) => ({ ...one, signature: 'A'.repeat(86) })) },
    // A plan of her own, beside the board of everybody else.
    other.configLeaf,
    { ...sample.configLeaf, type: 'counted' },
    { ...sample.configLeaf, more: 1 },
  ]) {
    boardOf(leaf)
    await expect(demandSignatures(vote)).rejects.toThrow('unsound: signatures')
  }
  await expect(demandSignatures({ ...vote, electionId: other.electionId })).rejects.toThrow('unsound: plan')
})

it('asks the board of the election without saying who asks, and goes on when everybody has signed', async () => {
  const seen = boardOf(sample.configLeaf)
  await demandSignatures(vote)
  expect(seen).toEqual([
    {
      url: `https://cast.test/api/v1/cast/boards/${sample.electionId}/leaves.jsonl`,
      init: { credentials: 'omit', referrerPolicy: 'no-referrer' },
    },
  ])
})

it('shows a name only where it is the one that was signed', () => {
  const swapped = names.map((one, at) => ({ ...one, name: names[at ^ 1]?.name ?? '' }))
  expect(() => writeInsOf(vote, 'q1', swapped)).toThrow('unsound: names')
  expect(() => writeInsOf(vote, 'q1', names.slice(1))).toThrow('unsound: names')
  expect(writeInsOf(vote, 'q1', names).map(({ label }) => label)).toEqual(['王五', '赵六'])
})
