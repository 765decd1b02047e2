// @vitest-environment node
import { powMod } from '@tongxin/ballot/blind-rsa'
import { base64url, bytesOf, bytesOfNumber, numberOf } from '@tongxin/ballot/bytes'
import { canonicalText } from '@tongxin/ballot/canonical'
import { type CastBody, leafHashOf, openBallot, signAcceptance, signerOf, verifyCast } from '@tongxin/ballot/cast'
import { decodeChoice } from '@tongxin/ballot/choice'
import { type BallotConfig, electionIdOf, plaintextBytesOf, questionOf } from '@tongxin/ballot/config'
import type { MyVote } from '@tongxin/contract/voting.own'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { blindPapers, castBallots, checkPapers, isCodeOf, newCode, sealBallots } from './ballot-acts.ts'
import type { OwnPapers } from './ballot-box.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
type Pair = { readonly secret: Uint8Array; readonly open: string }
let board: Pair
let election: Pair
/** `n` and `d` of the issuer of each question. */
const issuers: Record<string, { n: bigint; d: bigint }> = {}

async function jwkOf(algorithm: RsaHashedKeyGenParams | { name: 'Ed25519' } | { name: 'X25519' }, uses: KeyUsage[]) {
  const pair = (await crypto.subtle.generateKey(algorithm as RsaHashedKeyGenParams, true, uses)) as CryptoKeyPair
  return crypto.subtle.exportKey('jwk', pair.privateKey)
}

/** Both halves of a key on one of the curves. */
async function keysOn(name: 'Ed25519' | 'X25519'): Promise<Pair> {
  const { d = '', x = '' } = await jwkOf(
    { name } as { name: 'Ed25519' },
    name === 'Ed25519' ? ['sign'] : ['deriveBits'],
  )
  return { secret: bytesOf(d, 32), open: x }
}

async function issuerKey(id: string) {
  const publicExponent = Uint8Array.of(1, 0, 1)
  const rsa = { name: 'RSA-PSS', modulusLength: 3072, publicExponent, hash: 'SHA-384' }
  const { n = '', d = '', e = '' } = await jwkOf(rsa, ['sign'])
  issuers[id] = { n: numberOf(bytesOf(n)), d: numberOf(bytesOf(d)) }
  return { n, e }
}

let config: BallotConfig
let vote: MyVote
let code: string

beforeAll(async () => {
  board = await keysOn('Ed25519')
  election = await keysOn('X25519')
  const keys = [await issuerKey('q1'), await issuerKey('q2')]
  const questions = ['q1', 'q2'].map((id, at) => {
    const asked = { options: ['yes', 'no'].map((option) => ({ id: option, label: option })), seats: 1, write_ins: [] }
    return {
      id,
      kind: 'single' as const,
      title: id,
      ...asked,
      issuer_key: keys[at] as { n: string; e: string },
      plaintext_bytes: plaintextBytesOf(asked),
    }
  })
  config = {
    format: 'tongxin-ballot-1',
    vote: 'V1',
    organisation: '第一党支部',
    title: '表决',
    grade: 'V2',
    phases: 'split',
    hall: false,
    times: { draw_opens: null, draw_closes: null, cast_opens: null, cast_closes: null },
    rule: { kind: 'poll' },
    should_attend: 3,
    roll: { root: base64url(random(32)), size: 3 },
    questions,
    revoting: false,
    election_key: election.open,
    board_key: board.open,
    trustees: [1, 2].map((at) => ({ name: `T${at}`, role: '监票人', key: base64url(random(32)) })),
    threshold: 2,
    client_hash: null,
  }
  const shown = questions.map(({ id }) => ({ id, kind: 'single', title: id, options: [], seats: 1, writeIn: false }))
  vote = {
    id: 'V1',
    config: canonicalText(config),
    electionId: electionIdOf(config),
    castOrigin: 'https://cast.test',
    questions: shown,
    papers: [],
  } as unknown as MyVote
  code = newCode()
  vote = { ...vote, papers: signed(blindPapers(vote, code)) }
}, 60_000)
afterEach(() => vi.unstubAllGlobals())

/** The issuer: raw RSA over what it cannot read. */
function signed(papers: readonly { questionId: string; blinded: string }[]) {
  return papers.map(({ questionId, blinded }) => {
    const { n, d } = issuers[questionId] as { n: bigint; d: bigint }
    const signature = powMod(numberOf(bytesOf(blinded)), d, n)
    return { questionId, blinded, blindSignature: base64url(bytesOfNumber(signature, 384)) }
  })
}

const choices = [
  { questionId: 'q1', choice: { options: ['yes'] } },
  { questionId: 'q2', choice: { options: [] } },
]
const kept = (): OwnPapers => ({ electionId: vote.electionId ?? '', code, isCodeKept: true, ballots: [] })

it('stops when the configuration is not the one of the published number', () => {
  const other = { ...vote, config: canonicalText({ ...config, title: '另一个' }) }
  expect(() => blindPapers(other, code)).toThrow('unsound: plan')
})

it('stops when a paper was signed with a key of another question', () => {
  const crossed = vote.papers.map((paper) => ({ ...paper, questionId: paper.questionId === 'q1' ? 'q2' : 'q1' }))
  expect(() => checkPapers(vote, code, crossed)).toThrow('unsound: paper')
})

it('knows its own code, however it is typed, and no other', () => {
  expect(isCodeOf(vote, code.toLowerCase().replaceAll('-', ' '))).toBe(true)
  expect(isCodeOf(vote, newCode())).toBe(false)
  expect(isCodeOf(vote, 'not a code')).toBe(false)
})

it('puts each sealed ballot in without a cookie, and erases code and ballot when the box has promised it', async () => {
  const seen: { url: string; init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    seen.push({ url, init })
    const body = JSON.parse(String(init.body)) as CastBody
    verifyCast(config, vote.electionId ?? '', body)
    const acceptance = signAcceptance(body.election, leafHashOf(body), signerOf(board.secret))
    return Response.json(acceptance)
  })
  const sealed = sealBallots(vote, kept(), choices)
  const done = await castBallots(vote, sealed, () => undefined)
  expect(done.code).toBeNull()
  expect(done.ballots.every(({ body, acceptance }) => body === null && acceptance !== null)).toBe(true)
  expect(seen.map(({ init }) => [init.credentials, init.referrerPolicy])).toEqual([
    ['omit', 'no-referrer'],
    ['omit', 'no-referrer'],
  ])
  const opened = seen.map(({ init }) => {
    const body = JSON.parse(String(init.body)) as CastBody
    return [body.question, decodeChoice(questionOf(config, body.question), openBallot(election.secret, body))]
  })
  expect(Object.fromEntries(opened)).toEqual({ q1: { picks: ['yes'], write_ins: [] }, q2: { abstain: true } })
})

it('sends the same bytes again after a broken connection, and takes no promise that is not of the board', async () => {
  const bodies: string[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    bodies.push(String(init.body))
    throw new TypeError('broken')
  })
  const sealed = sealBallots(vote, kept(), choices)
  await expect(castBallots(vote, sealed, () => undefined)).rejects.toThrow()
  const first = bodies[0]
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    bodies.push(String(init.body))
    const body = JSON.parse(String(init.body)) as CastBody
    return Response.json(signAcceptance(body.election, leafHashOf(body), signerOf(random(32))))
  })
  for (let again = 0; again < 20; again += 1)
    await expect(castBallots(vote, sealed, () => undefined)).rejects.toThrow('unsound: acceptance')
  expect(new Set(bodies).size).toBeLessThanOrEqual(2)
  expect(bodies.slice(1)).toContain(first)
})
