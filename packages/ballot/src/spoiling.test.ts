import { createPublicKey, verify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { countVote } from './bundle.ts'
import { base64url, bytesOf, bytesOfNumber, joined, numberOf, utf8 } from './bytes.ts'
import { type CastBody, castPlaintext, verifyCast } from './cast.ts'
import { padded } from './choice.ts'
import { holdElection, random, type Sample, SINGLE } from './test/sample.ts'

// What the box takes and another verifier refuses would spoil the published bundle for everybody.

const { Point } = ed25519
/** A point of order 8: added to a commitment, a check that multiplies by 8 does not see it. */
const TORSION = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')

let sample: Sample
beforeAll(async () => {
  sample = await holdElection({ voters: 2, drafts: [SINGLE], deed: () => ({ picks: ['a'], write_ins: [] }) })
}, 60_000)

const accepted = (body: CastBody): boolean => {
  try {
    verifyCast(sample.config, sample.electionId, body)
    return true
  } catch {
    return false
  }
}
const number = (bytes: Uint8Array) => numberOf(bytes.slice().reverse())
const messageOf = ({ election, question, ct }: CastBody) =>
  joined(utf8('cpb-cast-v1'), sha256(bytesOf(ct)), bytesOfNumber(0n, 4), bytesOf(election, 32), utf8(question))
const byOpenSsl = ({ tpk, cast_sig }: CastBody, message: Uint8Array) =>
  verify(
    null,
    message,
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: tpk } }),
    bytesOf(cast_sig),
  )

/** The first ballot signed by its own voter, with a commitment that was moved by a point of order 8. */
function crooked(): CastBody {
  const body = sample.ballots[0] as CastBody
  const { token } = sample.tokens[0] as Sample['tokens'][number]
  const nonce = number(random(64)) % Point.Fn.ORDER
  const commitment = Point.BASE.multiply(nonce).add(TORSION).toBytes()
  const challenge = number(sha512(joined(commitment, token.publicKey, messageOf(body)))) % Point.Fn.ORDER
  const { scalar } = ed25519.utils.getExtendedPublicKey(token.secretKey)
  const answer = (nonce + challenge * scalar) % Point.Fn.ORDER
  return { ...body, cast_sig: base64url(joined(commitment, bytesOfNumber(answer, 32).reverse())) }
}

describe('one voter cannot spoil the bundle of all', () => {
  it('by a signature that some libraries take and others refuse', () => {
    const body = crooked()
    const { tpk, cast_sig } = body
    expect(ed25519.verify(bytesOf(cast_sig), messageOf(body), bytesOf(tpk), { zip215: false })).toBe(true)
    expect(byOpenSsl(body, messageOf(body))).toBe(false)
    expect(accepted(body)).toBe(false)
  })

  it('by a second writing of a good signature, its number made larger by the order of the group', () => {
    const [body] = sample.ballots as [CastBody]
    const good = bytesOf(body.cast_sig, 64)
    const larger = bytesOfNumber(number(good.slice(32)) + Point.Fn.ORDER, 32).reverse()
    expect(accepted({ ...body, cast_sig: base64url(joined(good.slice(0, 32), larger)) })).toBe(false)
    expect(sample.ballots.every((one) => accepted(one) && byOpenSsl(one, messageOf(one)))).toBe(true)
  })

  it('by a byte order mark before the choice, which would also make the ballot known again', () => {
    const { token, signature } = sample.tokens[0] as Sample['tokens'][number]
    const length = sample.config.questions[0]?.plaintext_bytes ?? 0
    const plaintext = padded(utf8('\uFEFF{"picks":["a"],"write_ins":[]}'), length)
    const marked = castPlaintext(sample.config, { token, tokenSignature: signature, plaintext }, random)
    const { tally } = countVote({ ...sample, ballots: [marked, ...sample.ballots.slice(1)] })
    expect(tally[0]).toMatchObject({ valid: 1, invalid: 1, reasons: { malformed: 1 } })
  })
})
