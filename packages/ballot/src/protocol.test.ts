import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { blind, inverseMod, powMod } from './blind-rsa.ts'
import { base64url, bytesOf, numberOf, utf8 } from './bytes.ts'
import { canonicalBytes, canonicalText } from './canonical.ts'
import {
  type CastBody,
  castBody,
  leafHashOf,
  openBallot,
  signAcceptance,
  signerOf,
  verifyAcceptance,
  verifyCast,
} from './cast.ts'
import { readCheckpoint, signCheckpoint } from './checkpoint.ts'
import { decodeChoice } from './choice.ts'
import { checkConfig, electionIdOf, readConfig } from './config.ts'
import { receiptCode, rootWords } from './receipt.ts'
import { newRecoveryCode, recoveryCodeOf, secretOfCode } from './recovery-code.ts'
import { isOnRoll, rollLeaf, rollLeaves, rollProof, rollRoot } from './roll.ts'
import { blindSign, holdElection, newIssuer, random, type Sample, SINGLE } from './test/sample.ts'
import { blindToken, finalizeToken, tokenOf, verifyToken } from './token.ts'
import { rsaKeyOf } from './token-key.ts'
import { isIncluded, treeOf, treeRoot } from './tree.ts'
import { holdCeremony, joinShares, lockSecret, splitKey, unlockSecret } from './trustees.ts'
import { WORDS } from './words.ts'

const TWO = [SINGLE, { ...SINGLE, id: 'q3' }]
let sample: Sample
beforeAll(async () => {
  sample = await holdElection({ voters: 2, drafts: TWO, deed: () => ({ picks: ['a'], write_ins: [] }) })
})
const refused = (body: CastBody) => {
  try {
    verifyCast(sample.config, sample.electionId, body)
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the ballot box refuses', () => {
  const first = () => sample.ballots[0] as CastBody

  it.each<[string, string, (body: CastBody) => CastBody]>([
    ['cast.form', 'a member more', (body) => ({ ...body, mark: 1 }) as CastBody],
    ['cast.form', 'another type', (body) => ({ ...body, type: 'config' }) as unknown as CastBody],
    ['cast.form', 'a second vote where none is allowed', (body) => ({ ...body, seq: 1 })],
    ['cast.form', 'a fraction as seq', (body) => ({ ...body, seq: 0.5 })],
    ['cast.election', 'another election', (body) => ({ ...body, election: base64url(random(32)) })],
    ['question', 'a question that is not there', (body) => ({ ...body, question: 'q9' })],
    ['cast.token', 'the paper of another question', (body) => ({ ...body, question: 'q3' })],
    ['cast.token', 'another token', (body) => ({ ...body, tpk: base64url(random(32)) })],
    ['cast.token', 'another prefix', (body) => ({ ...body, prefix: base64url(random(32)) })],
    ['cast.token', 'an invented signature', (body) => ({ ...body, token_sig: base64url(random(384)) })],
    ['cast.signature', 'another envelope', (body) => ({ ...body, ct: base64url(random(560)) })],
    ['base64url', 'an envelope of another length', (body) => ({ ...body, ct: base64url(random(559)) })],
    ['cast.signature', 'an invented cast signature', (body) => ({ ...body, cast_sig: base64url(random(64)) })],
    ['base64url', 'a number where bytes belong', (body) => ({ ...body, tpk: 7 }) as unknown as CastBody],
    ['base64url', 'bytes written another way', (body) => ({ ...body, tpk: `${body.tpk}=` })],
  ])('%s: %s', (code, _, change) => {
    expect(refused(first())).toBeNull()
    expect(refused(change(first()))).toBe(code)
  })

  it('every ballot with a changed letter, wherever it is', () => {
    const text = canonicalText(first())
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'B', '0', '"', '-', ' ', 'é'), (at, letter) => {
        fc.pre(text[at] !== letter)
        let body: CastBody
        try {
          body = JSON.parse(`${text.slice(0, at)}${letter}${text.slice(at + 1)}`) as CastBody
        } catch {
          return
        }
        // White space between members is no other ballot.
        if (canonicalText(body) !== text) expect(refused(body)).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  it('a ballot of an election that differs in a single letter', () => {
    const other = { ...sample.config, title: `${sample.config.title}。` }
    expect(electionIdOf(other)).not.toBe(sample.electionId)
    expect(() => verifyCast(other, electionIdOf(other), first())).toThrow('another election')
  })
})

describe('a ballot paper', () => {
  it('is signed without being seen: nothing that the issuer saw is in what is cast', () => {
    const { token, signature } = sample.tokens[0] as Sample['tokens'][number]
    const key = sample.config.questions[0]?.issuer_key as { n: string; e: string }
    const blinded = blindToken(token, key)
    const signed = blindSign(sample.issuers[0] as Sample['issuers'][number], blinded)
    const cast = JSON.stringify(sample.ballots[0])
    for (const seen of [blinded, signed]) expect(cast).not.toContain(base64url(seen).slice(4, 40))
    expect(verifyToken(key, token, signature)).toBe(true)
  })

  it('could be that of every voter: for each pair of drawing and paper there is a blinding factor', () => {
    const { key, secret } = sample.issuers[0] as Sample['issuers'][number]
    const rsa = rsaKeyOf(key)
    const drawn = blindToken(tokenOf(newRecoveryCode(random), sample.electionId, 'q2'), key)
    const [another, salt] = [random(100), random(48)]
    // With the factor 1 nothing is blinded: the encoded message itself.
    const message = numberOf(blind(rsa, another, salt, 1n)?.blinded as Uint8Array)
    const exponent = numberOf(bytesOf(secret.export({ format: 'jwk' }).d as string))
    const quotient = (numberOf(drawn) * (inverseMod(message, rsa.n) as bigint)) % rsa.n
    expect(blind(rsa, another, salt, powMod(quotient, exponent, rsa.n))?.blinded).toEqual(drawn)
  })

  it('comes again from its recovery code, the same to the last byte', () => {
    const code = newRecoveryCode(random)
    const key = sample.config.questions[0]?.issuer_key as { n: string; e: string }
    const again = () => tokenOf(code.toLowerCase().replaceAll('-', ' '), sample.electionId, 'q2')
    expect(again()).toEqual(tokenOf(code, sample.electionId, 'q2'))
    expect(blindToken(again(), key)).toEqual(blindToken(tokenOf(code, sample.electionId, 'q2'), key))
    expect(tokenOf(code, sample.electionId, 'q3').publicKey).not.toEqual(again().publicKey)
  })

  it('signed with a key that is not the published one is noticed by the voter', () => {
    const key = sample.config.questions[0]?.issuer_key as { n: string; e: string }
    const token = tokenOf(newRecoveryCode(random), sample.electionId, 'q2')
    const tagged = newIssuer()
    const blinded = blindToken(token, tagged.key)
    expect(() => finalizeToken(token, key, blindSign(tagged, blinded))).toThrow('another key')
  })
})

describe('a sealed ballot', () => {
  it('opens with the joined key only, and says what was chosen', () => {
    const body = sample.ballots[0] as CastBody
    const question = sample.config.questions[0] as Sample['config']['questions'][number]
    expect(decodeChoice(question, openBallot(sample.privateKey, body))).toEqual({ picks: ['a'], write_ins: [] })
    expect(() => openBallot(random(32), body)).toThrow('does not open')
    expect(() => openBallot(sample.privateKey, { ...body, question: 'q3' })).toThrow('does not open')
    expect(() => openBallot(sample.privateKey, { ...body, tpk: base64url(random(32)) })).toThrow('does not open')
  })

  it('looks different each time the same is chosen, and always has one length', () => {
    const { token, signature } = sample.tokens[0] as Sample['tokens'][number]
    const cast = (choice: 'a' | 'b') =>
      castBody(sample.config, { token, tokenSignature: signature, choice: { picks: [choice], write_ins: [] } }, random)
    expect(cast('a').ct).not.toBe(cast('a').ct)
    expect(cast('a').ct).toHaveLength(cast('b').ct.length)
  })
})

describe('the board', () => {
  it('promises a leaf with a signature that holds for this leaf and this election alone', () => {
    const leaf = leafHashOf(sample.ballots[0] as CastBody)
    const accepted = signAcceptance(sample.electionId, leaf, sample.sign)
    expect(verifyAcceptance(sample.config, sample.electionId, accepted)).toBe(true)
    expect(verifyAcceptance(sample.config, base64url(random(32)), accepted)).toBe(false)
    expect(verifyAcceptance(sample.config, sample.electionId, { ...accepted, leaf: base64url(random(32)) })).toBe(false)
    expect(JSON.stringify(accepted)).not.toContain('"a"')
  })

  it('that drops or alters an accepted ballot is caught by everybody who holds the receipt of one', () => {
    const leaves = sample.ballots.map(leafHashOf)
    for (const [at, leaf] of leaves.entries()) {
      const accepted = signAcceptance(sample.electionId, leaf, sample.sign)
      expect(verifyAcceptance(sample.config, sample.electionId, accepted)).toBe(true)
      const honest = treeOf(leaves)
      expect(isIncluded(leaf, at, honest.size, honest.inclusion(at), honest.root)).toBe(true)
      const dropped = leaves.filter((other) => other !== leaf)
      const altered = leaves.map((other) => (other === leaf ? leafHashOf({ type: 'ballot' }) : other))
      for (const board of [treeOf(dropped), treeOf(altered)]) {
        const isAnywhere = Array.from({ length: board.size }, (_, place) =>
          isIncluded(leaf, place, board.size, board.inclusion(place), board.root),
        )
        expect(isAnywhere).not.toContain(true)
      }
    }
  })

  it('signs checkpoints that nobody else can, and that belong to one election', () => {
    const { config, electionId } = sample
    const checkpoint = { size: 3, root: treeRoot(sample.ballots.map(leafHashOf)) }
    const note = signCheckpoint(electionId, checkpoint, config.board_key, sample.sign)
    expect(readCheckpoint(note, electionId, config.board_key)).toEqual(checkpoint)
    const forged = signCheckpoint(electionId, checkpoint, config.board_key, signerOf(random(32)))
    expect(() => readCheckpoint(forged, electionId, config.board_key)).toThrow('the signature is wrong')
    expect(() => readCheckpoint(note, base64url(random(32)), config.board_key)).toThrow('another election')
    expect(() => readCheckpoint(note, electionId, base64url(random(32)))).toThrow('another key')
    expect(() => readCheckpoint(utf8('tongxin-ballot'), electionId, config.board_key)).toThrow('not a signed')
  })
})

describe('the roll', () => {
  it('lets a member find herself, and nobody else find her', () => {
    const entries = ['m1', 'm2', 'm3'].map((memberId) => ({ memberId, salt: random(32) }))
    const leaves = rollLeaves(entries)
    const roll = { root: rollRoot(leaves), size: 3 }
    for (const entry of entries) expect(isOnRoll(entry, rollProof(leaves, rollLeaf(entry)), roll)).toBe(true)
    const guessed = { memberId: 'm1', salt: new Uint8Array(32) }
    expect(leaves).not.toContain(rollLeaf(guessed))
    expect(isOnRoll(guessed, rollProof(leaves, leaves[0] as string), roll)).toBe(false)
  })
})

describe('the trustees', () => {
  it('open nothing with one share fewer than agreed, and everything with any of enough', async () => {
    const key = random(32)
    const { electionKey, secrets } = await holdCeremony(
      ['甲', '乙', '丙'].map((name) => ({ name, role: '监票人' })),
      2,
      random,
    )
    const shares = secrets.map(({ share }) => bytesOf(share))
    const pairs = [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1, 2],
    ].map((places) => places.map((at) => shares[at] as Uint8Array))
    for (const pair of pairs) expect(await joinShares(pair, electionKey)).toHaveLength(32)
    for (const share of shares) await expect(joinShares([share], electionKey)).rejects.toThrow()
    const foreign = await splitKey(key, 3, 2)
    await expect(joinShares([shares[0] as Uint8Array, foreign[0] as Uint8Array], electionKey)).rejects.toThrow('shares')
  })

  it('with two of three agreed learn nothing from two of a threshold of three', async () => {
    const key = random(32)
    const shares = await splitKey(key, 5, 3)
    const electionKey = (
      await holdCeremony(
        [
          { name: '甲', role: '' },
          { name: '乙', role: '' },
        ],
        2,
        random,
      )
    ).electionKey
    await expect(joinShares(shares.slice(0, 2), electionKey)).rejects.toThrow('too few shares')
  })

  it('lock their share with a passphrase', async () => {
    const { secrets } = await holdCeremony(
      [
        { name: '甲', role: '监票人' },
        { name: '乙', role: '计票人' },
      ],
      2,
      random,
    )
    const [secret] = secrets
    const file = lockSecret(secret as (typeof secrets)[number], '三个 词语 的口令', random)
    expect(unlockSecret(file, '三个 词语 的口令')).toEqual(secret)
    expect(() => unlockSecret(file, '三个 词语 的口号')).toThrow('another passphrase')
    expect(() => unlockSecret(utf8('{}'), '')).toThrow('not the file')
    expect(new TextDecoder().decode(file)).not.toContain(secret?.share)
  })
})

describe('the config', () => {
  it.each<[string, (config: Sample['config']) => object]>([
    ['one trustee alone', (config) => ({ ...config, threshold: 1 })],
    ['more trustees than there are', (config) => ({ ...config, threshold: 4 })],
    [
      'one issuer key for two questions',
      (config) => ({ ...config, questions: [config.questions[0], { ...config.questions[0], id: 'q9' }] }),
    ],
    [
      'a short issuer key',
      (config) => ({ ...config, questions: [{ ...config.questions[0], issuer_key: { n: 'AQAB', e: 'AQAB' } }] }),
    ],
    ['a question without options', (config) => ({ ...config, questions: [{ ...config.questions[0], options: [] }] })],
    [
      'ballots of another length',
      (config) => ({ ...config, questions: [{ ...config.questions[0], plaintext_bytes: 64 }] }),
    ],
    ['another format', (config) => ({ ...config, format: 'tongxin-ballot-2' })],
    ['a missing roll', ({ roll: _, ...rest }) => rest],
  ])('is refused: %s', (_, change) => {
    expect(() => readConfig(canonicalBytes(change(sample.config)))).toThrow()
  })

  it('is read from its canonical bytes only', () => {
    expect(readConfig(canonicalBytes(sample.config))).toEqual(sample.config)
    expect(() => readConfig(utf8(JSON.stringify(sample.config, null, 1)))).toThrow('canonical')
    checkConfig(sample.config)
  })
})

describe('what people write down', () => {
  it('a recovery code comes back however it is typed, and a slip is noticed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(27), (secret, at) => {
        const code = recoveryCodeOf(secret)
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/)
        expect(secretOfCode(code.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(secret)
        const digits = code.replaceAll('-', '')
        const slipped = `${digits.slice(0, at)}${digits[at] === '7' ? '8' : '7'}${digits.slice(at + 1)}`
        expect(() => secretOfCode(slipped)).toThrow('wrong')
      }),
      { seed: 20_261_122 },
    )
    expect(() => secretOfCode('7777')).toThrow('28')
  })

  it('the root is eight words of a list in which none stands twice', () => {
    expect(new Set(WORDS).size).toBe(256)
    expect(WORDS.every((word) => word.length === 2)).toBe(true)
    expect(rootWords(Uint8Array.from({ length: 32 }, (_, at) => at * 17)).join(' ')).toBe(
      '苹果 萝卜 馒头 熊猫 天鹅 梧桐 细雨 海岛',
    )
  })

  it('a receipt code is short and the same each time', () => {
    expect(receiptCode(base64url(new Uint8Array(32).fill(0xff)))).toBe('ZZZZZ-ZZZZZ')
  })

  it('bytes have one writing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(bytesOf(base64url(bytes))).toEqual(bytes)
      }),
    )
    for (const text of ['A', 'AB', 'AA=', 'A A', 'A+']) expect(() => bytesOf(text)).toThrow('base64url')
    expect(() => bytesOf('AAAA', 4)).toThrow('3 bytes where 4 belong')
  })
})
