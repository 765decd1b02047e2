import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Choice, choiceFault } from './choice.ts'
import { judgeQuestion } from './outcome.ts'
import type { VoteQuestion } from './plan.ts'
import { instantRunoff } from './ranked.ts'
import { addCounts, tallyChoices } from './tally.ts'

const NAMES = ['a', 'b', 'c', 'd']
const question = (
  kind: VoteQuestion['kind'],
  options: readonly string[],
  seats = 1,
  writeIn = false,
): VoteQuestion => ({
  id: 'q1',
  kind,
  title: '表决',
  seats,
  writeIn,
  options: options.map((id) => ({ id, label: id, memberId: null })),
})

describe('a choice', () => {
  it('in favour of more people than seats is refused, with those written in counted too', () => {
    const asked = question('approval', ['a', 'b'], 1, true)
    expect(choiceFault(asked, { marks: { a: 'for', b: 'for' } })).toBe('too_many')
    expect(choiceFault(asked, { marks: { a: 'for', b: 'against' }, writeIns: ['m'] })).toBe('too_many')
    expect(choiceFault(asked, { marks: { a: 'against', b: 'against' }, writeIns: ['m'] })).toBeNull()
  })

  it('that abstains from everybody cannot write somebody in (ELEC-10)', () => {
    const asked = question('approval', ['a'], 1, true)
    expect(choiceFault(asked, { marks: { a: 'abstain' }, writeIns: ['m'] })).toBe('too_many')
  })

  it('of another kind, of an unknown or repeated option, without a mark, or written in where nobody may, is refused', () => {
    expect(choiceFault(question('single', ['a']), { marks: { a: 'for' } })).toBe('not_this_kind')
    expect(choiceFault(question('approval', ['a']), { options: ['a'] })).toBe('not_this_kind')
    expect(choiceFault(question('single', ['a']), { options: ['z'] })).toBe('unknown_option')
    expect(choiceFault(question('ranked', ['a', 'b']), { options: ['a', 'a'] })).toBe('repeated')
    expect(choiceFault(question('approval', ['a', 'b'], 2), { marks: { a: 'for' } })).toBe('mark_missing')
    expect(choiceFault(question('several', ['a', 'b'], 2), { writeIns: ['m'] })).toBe('no_write_ins')
  })

  it('of nothing is an abstention and valid', () => {
    expect(choiceFault(question('single', ['a', 'b']), {})).toBeNull()
  })
})

/** Written the other way round: recursion over sets of ballots grouped by text, comparing tuples of the history. */
function oracle(options: string[], ballots: string[][]): { chosen: string | null } {
  const history: Record<string, number>[] = []
  const go = (left: string[]): string | null => {
    const table: Record<string, number> = {}
    for (const option of left)
      table[option] = ballots.filter((ballot) => ballot.filter((one) => left.includes(one))[0] === option).length
    history.unshift(table)
    const live = ballots.filter((ballot) => ballot.some((one) => left.includes(one))).length
    for (const option of left) if ((table[option] ?? 0) * 2 > live) return option
    const ordered = [...left].sort((x, y) => (table[x] ?? 0) - (table[y] ?? 0))
    const fewest = table[ordered[0] ?? ''] ?? 0
    const losers = ordered.filter((one) => table[one] === fewest)
    const next = ordered.find((one) => (table[one] ?? 0) > fewest)
    if (losers.length > 1 && next !== undefined && fewest * losers.length < (table[next] ?? 0))
      return go(left.filter((one) => !losers.includes(one)))
    const record = (one: string) => history.map((past) => past[one] ?? 0)
    const compare = (x: string, y: string) => {
      const [p, q] = [record(x), record(y)]
      const at = p.findIndex((value, index) => value !== q[index])
      return at < 0 ? 0 : (p[at] ?? 0) - (q[at] ?? 0)
    }
    const worst = losers.filter((one) => losers.every((other) => compare(one, other) <= 0))
    if (worst.length !== 1 || left.length === 1) return null
    return go(left.filter((one) => one !== worst[0]))
  }
  return { chosen: options.length === 0 ? null : go(options) }
}

describe('an instant run-off', () => {
  it('chooses whom an independently written count chooses', () => {
    const ballot = fc.shuffledSubarray(NAMES)
    fc.assert(
      fc.property(fc.array(ballot, { maxLength: 14 }), (ballots) => {
        expect(instantRunoff(NAMES, ballots).chosen).toBe(oracle(NAMES, ballots).chosen)
      }),
      { numRuns: 2000 },
    )
  })

  it('does not depend on the order of the ballots', () => {
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(NAMES), { maxLength: 12 }), (ballots) => {
        expect(instantRunoff(NAMES, [...ballots].reverse())).toEqual(instantRunoff(NAMES, ballots))
      }),
    )
  })

  it('leaves a full tie open instead of drawing a lot', () => {
    expect(instantRunoff(['a', 'b'], [['a'], ['b']])).toMatchObject({ chosen: null, tied: ['a', 'b'] })
  })

  it('moves the votes of the last one to the next preference', () => {
    const ballots = [['a'], ['a'], ['b'], ['b'], ['c', 'b']]
    expect(instantRunoff(['a', 'b', 'c'], ballots)).toMatchObject({ chosen: 'b', tied: [] })
  })
})

const counts = (rows: readonly [number, number, number][], more: { issued?: number; invalid?: number } = {}) => {
  const valid = Math.max(0, ...rows.map(([a, b, c]) => a + b + c))
  return {
    questionId: 'q1',
    issued: more.issued ?? valid + (more.invalid ?? 0),
    returned: valid + (more.invalid ?? 0),
    valid,
    invalid: more.invalid ?? 0,
    options: rows.map(([yes, no, abstain], at) => ({
      optionId: NAMES[at] ?? '',
      for: yes,
      against: no,
      abstain,
      writtenFor: 0,
      writtenAgainst: 0,
    })),
    writtenIn: [],
  }
}
const DAY = '2026-11-22'

describe('the rule of a vote', () => {
  it('takes the right denominator, in all small counts', () => {
    for (let should = 1; should <= 9; should += 1)
      for (let present = 0; present <= should; present += 1)
        for (let yes = 0; yes <= present; yes += 1) {
          const count = counts([[yes, present - yes, 0]])
          const at = { shouldAttend: should, present, secret: true, on: DAY }
          const asked = question('approval', ['a'])
          const passed = (kind: 'resolution' | 'admission' | 'election') =>
            judgeQuestion({ kind }, asked, count, at).passed.length === 1
          expect(passed('resolution')).toBe(present / should >= 0.5 && yes > should / 2)
          expect(passed('admission')).toBe(present > should / 2 && yes > should / 2)
          expect(passed('election')).toBe(present >= should - should / 5 - 1e-9 && yes > present / 2)
        }
  })

  it('decides nothing when more ballots came back than papers were given', () => {
    const count = counts([[7, 0, 0]], { issued: 6 })
    const outcome = judgeQuestion({ kind: 'resolution' }, question('approval', ['a']), count, {
      shouldAttend: 8,
      present: 8,
      secret: true,
      on: DAY,
    })
    expect(outcome).toMatchObject({ holds: false, passed: [] })
  })

  it('of a poll asks the quorum of the roll and the share of the valid ballots', () => {
    const rule = { kind: 'poll', quorumPercent: 50, sharePercent: 60 } as const
    const at = (shouldAttend: number) => ({ shouldAttend, present: 5, secret: false, on: DAY })
    const asked = question('single', ['a', 'b'])
    const judged = (yes: number, no: number, should: number) =>
      judgeQuestion(
        rule,
        asked,
        counts([
          [yes, 0, 0],
          [no, 0, 0],
        ]),
        at(should),
      ).passed
    expect(judged(3, 0, 6)).toEqual(['a'])
    expect(judged(3, 0, 7)).toEqual([])
  })

  it('leaves a tie at the last seat of an election to a run-off', () => {
    const count = counts([
      [9, 1, 0],
      [6, 4, 0],
      [6, 4, 0],
    ])
    const outcome = judgeQuestion({ kind: 'election' }, question('approval', ['a', 'b', 'c'], 2), count, {
      shouldAttend: 10,
      present: 10,
      secret: true,
      on: DAY,
    })
    expect(outcome).toMatchObject({ passed: ['a'], tied: ['b', 'c'], remaining: 1 })
  })
})

describe('a tally', () => {
  const mark = fc.constantFrom<'for' | 'against' | 'abstain'>('for', 'against', 'abstain')
  const choice: fc.Arbitrary<Choice | null> = fc.option(
    fc.record({ marks: fc.record({ a: mark, b: mark, c: mark }) }),
    { freq: 8 },
  )

  it('equals a count by sorting the ballots into heaps', () => {
    const asked = question('approval', ['a', 'b', 'c'], 2)
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 30 }), (choices) => {
        const tally = tallyChoices(asked, choices, choices.length)
        const heaps: Record<string, number> = {}
        let bad = 0
        for (const one of choices) {
          const text = one ? `${one.marks?.a}${one.marks?.b}${one.marks?.c}` : ''
          if (one === null || text.split('for').length - 1 > 2) bad += 1
          else for (const at of ['a', 'b', 'c']) heaps[at + one.marks?.[at]] = (heaps[at + one.marks?.[at]] ?? 0) + 1
        }
        expect([tally.invalid, tally.valid + tally.invalid]).toEqual([bad, choices.length])
        for (const option of tally.options) {
          expect(option.for).toBe(heaps[`${option.optionId}for`] ?? 0)
          expect(option.against).toBe(heaps[`${option.optionId}against`] ?? 0)
          expect(option.abstain).toBe(heaps[`${option.optionId}abstain`] ?? 0)
        }
      }),
    )
  })

  it('of phones and one of papers add up', () => {
    const asked = question('approval', ['a', 'b', 'c'], 2)
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 9 }), fc.array(choice, { maxLength: 9 }), (phones, papers) => {
        const all = tallyChoices(asked, [...phones, ...papers], phones.length + papers.length)
        const sum = addCounts(tallyChoices(asked, phones, phones.length), tallyChoices(asked, papers, papers.length))
        expect(sum).toEqual(all)
      }),
    )
  })
})
