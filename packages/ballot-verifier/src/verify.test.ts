import {
  type BundleFile,
  base64url,
  bundleOf,
  type Counted,
  canonicalBytes,
  castBody,
  castPlaintext,
  countVote,
  encodeChoice,
  leafBytes,
  leafHashOf,
  linesOf,
  padded,
  type QuestionTally,
  signCheckpoint,
  tallyBallots,
  treeRoot,
  utf8,
} from '@tongxin/ballot'
import { APPROVAL, type Draft, holdElection, named, random, type Sample, SINGLE } from '@tongxin/ballot/test/sample'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { countQuestion } from './count.ts'
import { canonical, sha256 } from './reading.ts'
import { verifyFiles } from './verify.ts'

const RANKED: Draft = { ...SINGLE, id: 'q3', kind: 'ranked', options: named('x', 'y', 'z') }
type Bundle = ReadonlyMap<string, Buffer>
const bufferedOf = (files: Readonly<Record<string, Uint8Array>>): Bundle =>
  new Map(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]))

let tiny: Sample
let tinyBundle: Bundle
let mixed: Sample
beforeAll(async () => {
  tiny = await holdElection({ voters: 1, drafts: [SINGLE], deed: () => ({ picks: ['a'], write_ins: [] }) })
  tinyBundle = bufferedOf(bundleOf(tiny, tiny.sign))
  mixed = await holdElection({
    voters: 7,
    drafts: [APPROVAL, SINGLE, RANKED],
    deed(voter, { id, plaintext_bytes }) {
      if (voter === 0) return 'absent'
      if (voter === 1) return 'keeps'
      if (voter === 2) return { abstain: true }
      if (voter === 3) return padded(utf8('{"for":["c1"]}'), plaintext_bytes)
      if (id === 'q2') return { picks: [voter === 4 ? 'a' : 'b'], write_ins: [] }
      if (id === 'q3') return { ranks: voter === 4 ? ['z'] : ['y', 'x'] }
      return { against: ['c2'], for: ['c1'], write_ins: voter === 4 ? ['m-8'] : [] }
    },
  })
}, 60_000)

/** A bundle of a board that does wrong but signs everything as it should. */
function signedAnew(counted: Counted, change: Partial<Record<BundleFile, Uint8Array>>): Bundle {
  const { files, leaf } = countVote(counted)
  const all = { ...files, ...change }
  const hashes = Object.fromEntries(
    Object.keys(leaf.files).map((name) => [name, base64url(sha256(all[name as keyof typeof files]))]),
  )
  const leaves = [counted.configLeaf, ...counted.ballots, { ...leaf, files: hashes }]
  const { config } = counted
  const root = treeRoot(leaves.map(leafHashOf))
  return bufferedOf({
    ...all,
    'config.json': canonicalBytes(config),
    'leaves.jsonl': linesOf(leaves.map(leafBytes)),
    checkpoint: signCheckpoint(mixed.electionId, { size: leaves.length, root }, config.board_key, mixed.sign),
  })
}

describe('a good bundle', () => {
  it('is valid, and its recount is the count of the protocol', () => {
    const verdict = verifyFiles(bufferedOf(bundleOf(mixed, mixed.sign)))
    expect(verdict).toMatchObject({ valid: true, election: mixed.electionId, size: 2 + 15 })
    const { questions } = verdict as unknown as { questions: QuestionTally[] }
    expect(questions).toEqual(countVote(mixed).tally)
    expect(questions.map(({ issued, returned, valid, invalid }) => [issued, returned, valid, invalid])).toEqual(
      Array(3).fill([6, 5, 4, 1]),
    )
    expect(questions[0]?.write_ins).toEqual([{ member: 'm-8', votes: 1 }])
    expect(questions[2]?.rankings).toEqual([
      { ranks: ['y', 'x'], ballots: 2 },
      { ranks: ['z'], ballots: 1 },
    ])
  })

  it('counts the last ballot of a voter where voting again is allowed', async () => {
    const again = await holdElection({
      voters: 2,
      drafts: [SINGLE],
      issuers: tiny.issuers,
      more: { revoting: true },
      deed: () => ({ picks: ['a'], write_ins: [] }),
    })
    const { token, signature } = again.tokens[0] as Sample['tokens'][number]
    const vote = { token, tokenSignature: signature, choice: { picks: ['b'], write_ins: [] }, seq: 1 }
    const ballots = [castBody(again.config, vote, random), ...again.ballots]
    const verdict = verifyFiles(bufferedOf(bundleOf({ ...again, ballots }, again.sign)))
    expect(verdict).toMatchObject({
      valid: true,
      questions: [{ returned: 2, options: [{ for: 1 }, { for: 1 }] }],
    })
  })
})

describe('any changed byte', () => {
  it('of a tiny bundle is found, each of them, in the file where it was changed', () => {
    let [flips, elsewhere]: [number, string[]] = [0, []]
    for (const [name, content] of tinyBundle) {
      // Ballots are long and each change in one costs two signatures: every seventh byte of leaves, all bytes of the rest.
      for (let at = 0; at < content.length; at += name === 'leaves.jsonl' ? 7 : 1) {
        const changed = Buffer.from(content)
        changed[at] = (changed[at] as number) ^ (1 << (at % 8))
        const verdict = verifyFiles(new Map([...tinyBundle, [name, changed]]))
        if (verdict.valid || verdict.file !== name) elsewhere.push(`${name} ${at}: ${JSON.stringify(verdict)}`)
        flips += 1
      }
    }
    expect(elsewhere).toEqual([])
    expect(flips).toBeGreaterThan(3000)
  }, 60_000)

  it('added, dropped or put in anywhere is found as well', () => {
    const names = [...tinyBundle.keys()]
    const edit = fc.record({
      name: fc.constantFrom(...names),
      at: fc.nat(),
      kind: fc.constantFrom('drop', 'insert', 'cut'),
      byte: fc.constantFrom(0x0a, 0x20, 0x00, 0x41, 0x7d),
    })
    fc.assert(
      fc.property(edit, ({ name, at, kind, byte }) => {
        const content = tinyBundle.get(name) as Buffer
        const place = at % content.length
        const rest = content.subarray(kind === 'insert' ? place : place + 1)
        const middle = kind === 'insert' ? [byte] : []
        const changed = Buffer.concat([
          content.subarray(0, place),
          Buffer.from(middle),
          kind === 'cut' ? Buffer.alloc(0) : rest,
        ])
        fc.pre(!changed.equals(content))
        expect(verifyFiles(new Map([...tinyBundle, [name, changed]])).valid).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it.each(['checkpoint', 'leaves.jsonl', 'result.json'])('a trailing line feed too: %s', (name) => {
    const changed = Buffer.concat([tinyBundle.get(name) as Buffer, Buffer.from('\n')])
    expect(verifyFiles(new Map([...tinyBundle, [name, changed]]))).toMatchObject({ valid: false, file: name })
  })

  it('a missing file too', () => {
    for (const name of tinyBundle.keys()) {
      const rest = new Map([...tinyBundle].filter(([other]) => other !== name))
      expect(verifyFiles(rest)).toEqual({ valid: false, file: name, place: '', reason: 'missing_file' })
    }
  })
})

describe('a board that signs its own wrong is found out', () => {
  const verdictOf = (change: Partial<Counted>, files: Partial<Record<BundleFile, Uint8Array>> = {}) =>
    verifyFiles(signedAnew({ ...mixed, ...change }, files))

  it('when it casts a ballot paper twice', () => {
    const { token, signature } = mixed.tokens[2] as Sample['tokens'][number]
    const vote = { token, tokenSignature: signature, choice: { abstain: true } as const }
    const ballots = [...mixed.ballots, castBody(mixed.config, vote, random)]
    expect(verdictOf({ ballots })).toEqual({
      valid: false,
      file: 'leaves.jsonl',
      place: 'line 17',
      reason: 'cast_twice',
    })
  })

  it('when it puts in a ballot without a ballot paper', () => {
    const [question] = mixed.config.questions
    const { token } = mixed.tokens[0] as Sample['tokens'][number]
    const plaintext = encodeChoice(question as NonNullable<typeof question>, { abstain: true })
    const forged = castPlaintext(mixed.config, { token, tokenSignature: random(384), plaintext }, random)
    expect(verdictOf({ ballots: [forged, ...mixed.ballots] })).toMatchObject({ place: 'line 2', reason: 'token' })
  })

  it('when more ballots came back than papers were drawn', () => {
    const issues = mixed.issues.filter(({ question }) => question !== 'q2')
    expect(verdictOf({ issues })).toMatchObject({ file: 'issue_list.jsonl', place: 'q2', reason: 'more_than_issued' })
  })

  it('when somebody drew who is not on the roll', () => {
    const [first, ...rest] = mixed.issues as [Counted['issues'][number], ...Counted['issues']]
    const issues = [{ ...first, voter: base64url(random(32)) }, ...rest]
    expect(verdictOf({ issues })).toMatchObject({ file: 'issue_list.jsonl', reason: 'not_on_roll' })
  })

  it('when somebody drew twice for one question', () => {
    const issues = [...mixed.issues, mixed.issues[0] as Counted['issues'][number]]
    expect(verdictOf({ issues })).toMatchObject({ file: 'issue_list.jsonl', reason: 'order' })
  })

  it('when it publishes another roll', () => {
    expect(verdictOf({ roll: mixed.roll.slice(1) })).toMatchObject({ file: 'roll.json', reason: 'size' })
    const roll = [...mixed.roll.slice(1), base64url(random(32))].sort()
    expect(verdictOf({ roll })).toMatchObject({ file: 'roll.json', reason: 'root' })
  })

  it('when it publishes another key', () => {
    expect(verdictOf({ privateKey: random(32) })).toMatchObject({ file: 'election_key.json', reason: 'election_key' })
  })

  it('when it moves a single vote in the result', () => {
    const { tally } = countVote(mixed)
    const text = new TextDecoder().decode(canonicalBytes({ election: mixed.electionId, questions: tally }))
    const moved = utf8(text.replace('"for":3,"option":"c1"', '"for":4,"option":"c1"'))
    expect(verdictOf({}, { 'result.json': moved })).toEqual({
      valid: false,
      file: 'result.json',
      place: 'questions/0/options/0/for',
      reason: 'recount',
    })
  })

  it('when it drops a ballot and counts without it, by the checkpoint that somebody kept', () => {
    const dropped = signedAnew({ ...mixed, ballots: mixed.ballots.slice(1) }, {})
    const kept = bufferedOf(bundleOf(mixed, mixed.sign)).get('checkpoint') as Buffer
    expect(verifyFiles(new Map([...dropped, ['checkpoint', kept]]))).toMatchObject({ reason: 'size' })
  })

  it('when it says that fewer were present than drew, or that casting began before drawing ended', () => {
    const { protocol } = mixed
    expect(verdictOf({ protocol: { ...protocol, present: 5 } })).toMatchObject({
      file: 'protocol.json',
      place: 'present',
      reason: 'more_than_issued',
    })
    const casting = { ...protocol.casting, opened: '2026-11-22T01:09:59Z' }
    expect(verdictOf({ protocol: { ...protocol, casting } })).toMatchObject({ reason: 'times' })
  })
})

// Both sides count whatever bytes were in the envelope; neither may read a ballot that the other does not.
describe('the two implementations', () => {
  it('agree on every plaintext', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          {
            abstain: fc.constantFrom(true, false, null),
            against: lists(),
            for: lists(),
            picks: lists(),
            ranks: lists(),
            write_ins: lists(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value)),
    )
    const questions = [APPROVAL, SINGLE, RANKED, { ...APPROVAL, id: 'q4', kind: 'several' as const }]
    const config = {
      questions: questions.map((one) => ({ ...one, plaintext_bytes: 512 })),
    } as unknown as Sample['config']
    fc.assert(
      fc.property(fc.constantFrom(...config.questions), fc.array(text, { maxLength: 6 }), (question, texts) => {
        // Some with a byte order mark, which readers of text like to drop.
        const marked = texts.map((one, at) => (at % 3 === 2 ? `\uFEFF${one}` : one))
        const plaintexts = marked.map((one) => padded(utf8(one).slice(0, 512), 512))
        const opened = plaintexts.map((plaintext) => ({ question: question.id, plaintext }))
        const own = tallyBallots({ ...config, questions: [question] }, opened, {})
        const theirs = countQuestion(
          question,
          plaintexts.map((one) => Buffer.from(one)),
          0,
        )
        expect(canonical(theirs)).toBe(new TextDecoder().decode(canonicalBytes(own[0])))
      }),
      { numRuns: 1000 },
    )
  })
})

function lists() {
  return fc.oneof(
    { weight: 8, arbitrary: fc.array(fc.constantFrom('c1', 'c2', 'c3', 'a', 'x', 'm-7', 'm-8'), { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, 'c1', [1], [['c1']]) },
  )
}
