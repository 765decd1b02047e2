import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from './bytes.ts'
import { canonicalText } from './canonical.ts'
import { type Choice, canonicalChoice, decodeChoice, encodeChoice, padded } from './choice.ts'
import { type BallotConfig, plaintextBytesOf, type QuestionConfig } from './config.ts'
import { tallyBallots } from './tally.ts'
import { APPROVAL, type Draft, named, SINGLE } from './test/sample.ts'

const questionOf = (draft: Draft): QuestionConfig => ({
  ...draft,
  issuer_key: { n: '', e: 'AQAB' },
  plaintext_bytes: plaintextBytesOf(draft),
})
const approval = questionOf(APPROVAL)
const single = questionOf(SINGLE)
const several = questionOf({ ...APPROVAL, kind: 'several' })
const ranked = questionOf({ ...SINGLE, kind: 'ranked', options: named('a', 'b', 'c') })
const kinds: readonly QuestionConfig[] = [approval, single, several, ranked]

const rawOf = (question: QuestionConfig, text: string) => padded(utf8(text), question.plaintext_bytes)
const verdictOf = (question: QuestionConfig, text: string) => decodeChoice(question, rawOf(question, text))

describe('a ballot is invalid', () => {
  it('when bytes follow the padding, or its length is another', () => {
    const marked = encodeChoice(approval, { abstain: true })
    marked[marked.length - 1] = 1
    expect(decodeChoice(approval, marked)).toBe('padding')
    expect(decodeChoice(approval, utf8('{"abstain":true}'))).toBe('padding')
  })

  it.each([
    ['no JSON', 'abstain'],
    ['no object', '[]'],
    ['null', 'null'],
    ['nothing at all', ''],
    ['a space', '{"abstain": true}'],
    ['another abstention', '{"abstain":false}'],
    ['more than an abstention', '{"abstain":true,"for":[]}'],
    ['the members of another kind', '{"picks":["c1"],"write_ins":[]}'],
    ['members in another order', '{"for":["c1"],"against":[],"write_ins":[]}'],
    ['a missing member', '{"against":[],"for":["c1"]}'],
    ['no list', '{"against":null,"for":["c1"],"write_ins":[]}'],
    ['numbers', '{"against":[],"for":[1],"write_ins":[]}'],
    ['a blank one written at length', '{"against":[],"for":[],"write_ins":[]}'],
    ['options out of order', '{"against":[],"for":["c2","c1"],"write_ins":[]}'],
    ['an option twice', '{"against":[],"for":["c1","c1"],"write_ins":[]}'],
    ['for and against the same', '{"against":["c1"],"for":["c1"],"write_ins":[]}'],
    ['members written in out of order', '{"against":["c1","c2"],"for":[],"write_ins":["m-8","m-7"]}'],
    ['broken UTF-8', '\ud800'],
  ])('when malformed: %s', (_, text) => {
    const bytes = text === '\ud800' ? padded(Uint8Array.of(0xff, 0xfe), 512) : rawOf(approval, text)
    expect(decodeChoice(approval, bytes)).toBe('malformed')
  })

  it('for an option that is not on the paper, or somebody who may not be written in', () => {
    expect(verdictOf(approval, '{"against":[],"for":["c9"],"write_ins":[]}')).toBe('unknown_option')
    expect(verdictOf(approval, '{"against":["c1"],"for":[],"write_ins":["m-1"]}')).toBe('unknown_option')
  })

  it('for more people than seats, those written in among them (ELEC-12)', () => {
    expect(verdictOf(approval, '{"against":[],"for":["c1","c2","c3"],"write_ins":[]}')).toBe('too_many')
    expect(verdictOf(approval, '{"against":["c3"],"for":["c1","c2"],"write_ins":["m-7"]}')).toBe('too_many')
    expect(verdictOf(single, '{"picks":["a","b"],"write_ins":[]}')).toBe('too_many')
  })

  it('for a write-in without a vote against (ELEC-10)', () => {
    expect(verdictOf(approval, '{"against":[],"for":["c1"],"write_ins":["m-7"]}')).toBe('write_in')
  })

  it('and the voter’s own device refuses to make one', () => {
    expect(() => encodeChoice(single, { picks: ['a', 'b'], write_ins: [] })).toThrow('too_many')
    expect(() => encodeChoice(approval, { against: [], for: ['c1'], write_ins: ['m-7'] })).toThrow('write_in')
  })
})

/** Any choice that a device could be asked for, valid or not, in any order. */
const choiceOf = ({ kind, options, write_ins }: QuestionConfig): fc.Arbitrary<Choice> => {
  const some = (ids: readonly string[]) => fc.shuffledSubarray([...ids])
  const listed = options.map(({ id }) => id)
  const abstain = fc.constant<Choice>({ abstain: true })
  if (kind === 'ranked') return fc.oneof(abstain, fc.record({ ranks: some(listed) }))
  if (kind !== 'approval') return fc.oneof(abstain, fc.record({ picks: some(listed), write_ins: some(write_ins) }))
  const marks = fc.array(fc.constantFrom('for', 'against', 'none'), {
    minLength: options.length,
    maxLength: options.length,
  })
  const marked = fc.record({ marks, write_ins: some(write_ins) }).map((drawn) => {
    const ids = (mark: string) => listed.filter((_, at) => drawn.marks[at] === mark)
    return { against: ids('against'), for: ids('for'), write_ins: drawn.write_ins }
  })
  return fc.oneof(abstain, marked)
}

describe('every choice', () => {
  it('is refused by the device, or read from its bytes as it was meant, all bytes of one length', () => {
    const drawn = fc.constantFrom(...kinds).chain((question) => fc.tuple(fc.constant(question), choiceOf(question)))
    fc.assert(
      fc.property(drawn, ([question, choice]) => {
        let bytes: Uint8Array
        try {
          bytes = encodeChoice(question, choice)
        } catch {
          return
        }
        expect(bytes).toHaveLength(512)
        expect(decodeChoice(question, bytes)).toEqual(canonicalChoice(question, choice))
      }),
      { numRuns: 500 },
    )
  })

  it('has one writing only: no text of the same meaning is read', () => {
    expect(decodeChoice(approval, encodeChoice(approval, { against: [], for: [], write_ins: [] }))).toEqual({
      abstain: true,
    })
    expect(canonicalChoice(several, { picks: ['c3', 'c1'], write_ins: [] })).toEqual({
      picks: ['c1', 'c3'],
      write_ins: [],
    })
  })

  it('fits where a paper has sixty candidates with long names', () => {
    const ids = Array.from({ length: 60 }, (_, at) => `candidate-with-a-long-name-${String(at).padStart(2, '0')}`)
    const members = Array.from({ length: 60 }, (_, at) => `01890000-0000-7000-8000-0000000000${at + 10}`)
    const large = questionOf({ ...APPROVAL, options: named(...ids), write_ins: members, seats: 30 })
    const bytes = encodeChoice(large, { against: ids, for: [], write_ins: members.slice(0, 30) })
    expect(bytes).toHaveLength(large.plaintext_bytes)
    expect(bytes.at(-1)).toBe(0)
  })
})

// The oracle reads the meaning with regular expressions and counts by formula, where the tally decodes and filters.
function oracle(ids: readonly string[], seats: number, papers: readonly string[]) {
  const marks = papers.map((text) => {
    if (text === '{"abstain":true}') return ids.map(() => 'abstain')
    const [, against = '', favoured = ''] =
      /^\{"against":\[(.*?)\],"for":\[(.*?)\],"write_ins":\[\]\}$/.exec(text) ?? []
    if (favoured.split('"').length > 2 * seats + 1) return null
    return ids.map((id) => (against.includes(`"${id}"`) ? 'against' : favoured.includes(`"${id}"`) ? 'for' : 'abstain'))
  })
  const valid = marks.filter((mark) => mark !== null)
  const sum = (at: number, mark: string) => valid.reduce((total, one) => total + Number(one[at] === mark), 0)
  return {
    returned: papers.length,
    valid: valid.length,
    invalid: papers.length - valid.length,
    options: ids.map((option, at) => ({
      option,
      for: sum(at, 'for'),
      against: sum(at, 'against'),
      abstain: sum(at, 'abstain'),
    })),
  }
}

describe('the tally', () => {
  const config = {
    questions: [{ ...approval, options: named('c1', 'c2'), seats: 1, write_ins: [] }],
  } as unknown as BallotConfig
  const question = config.questions[0] as QuestionConfig

  /** All papers that two candidates allow: each for, against or neither; the blank one as an abstention. */
  const papers = ['for', 'against', ''].flatMap((first) =>
    ['for', 'against', ''].map((second) => {
      const ids = (mark: string) => [...(first === mark ? ['c1'] : []), ...(second === mark ? ['c2'] : [])]
      if (first === '' && second === '') return '{"abstain":true}'
      return canonicalText({ against: ids('against'), for: ids('for'), write_ins: [] })
    }),
  )

  it('equals an oracle for every bundle of up to four papers', () => {
    let bundles = 0
    const lay = (bundle: readonly string[]) => {
      const opened = bundle.map((text) => ({ question: question.id, plaintext: rawOf(question, text) }))
      const [tally] = tallyBallots(config, opened, { [question.id]: 9 })
      expect(tally).toMatchObject({ issued: 9, ...oracle(['c1', 'c2'], 1, bundle) })
      bundles += 1
      if (bundle.length < 4) for (const paper of papers) lay([...bundle, paper])
    }
    lay([])
    expect(bundles).toBe(1 + 9 + 81 + 729 + 6561)
  })

  it('does not depend on the order of the ballots, and loses none', () => {
    const ballots = fc.array(
      fc
        .constantFrom(...kinds)
        .chain((one) =>
          fc.tuple(fc.constant(one), fc.oneof(choiceOf(one).map(canonicalText), fc.string(), fc.constant(null))),
        ),
      { maxLength: 40 },
    )
    const all = { questions: kinds.map((one, at) => ({ ...one, id: `k${at}` })) } as unknown as BallotConfig
    fc.assert(
      fc.property(ballots, fc.nat(), (drawn, turn) => {
        const opened = drawn.map(([one, text]) => ({
          question: `k${kinds.indexOf(one)}`,
          plaintext: text === null || utf8(text).length > 512 ? null : rawOf(one, text),
        }))
        const turned = [...opened.slice(turn % (opened.length + 1)), ...opened.slice(0, turn % (opened.length + 1))]
        const tally = tallyBallots(all, opened, {})
        expect(tallyBallots(all, turned.toReversed(), {})).toEqual(tally)
        const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
        expect(sum(tally.map(({ returned }) => returned))).toBe(opened.length)
        for (const { returned, valid, invalid, reasons } of tally) {
          expect(valid + invalid).toBe(returned)
          expect(sum(Object.values(reasons) as number[])).toBe(invalid)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('keeps rankings whole, the most frequent first', () => {
    const texts = ['["b","a"]', '["a"]', '["b","a"]', '["c","a"]'].map((ranks) => `{"ranks":${ranks}}`)
    const opened = texts.map((text) => ({ question: ranked.id, plaintext: rawOf(ranked, text) }))
    const [tally] = tallyBallots({ questions: [ranked] } as unknown as BallotConfig, opened, {})
    expect(tally?.rankings).toEqual([
      { ranks: ['b', 'a'], ballots: 2 },
      { ranks: ['a'], ballots: 1 },
      { ranks: ['c', 'a'], ballots: 1 },
    ])
    expect(tally?.options.map((option) => option.for)).toEqual([1, 2, 1])
  })
})
