import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EVIDENCE_KINDS,
  evidenceMissing,
  isPartLate,
  OPEN_PART_STATES,
  PART_ACTS,
  PART_STATES,
  type PartAct,
  type PartState,
  stageEnded,
  stateAfter,
} from './parts.ts'

/** Every act that is possible, state by state; all others are refused. */
const POSSIBLE: Readonly<Record<PartState, readonly string[]>> = {
  unsigned: ['sign>doing', 'extend>unsigned', 'withdraw>withdrawn'],
  doing: [
    'note>doing',
    'pass_on>doing',
    'hand_in>handed_in',
    'ask_extension>doing',
    'extend>doing',
    'withdraw>withdrawn',
  ],
  handed_in: ['accept>done', 'return>returned', 'extend>handed_in', 'withdraw>withdrawn'],
  returned: [
    'note>returned',
    'pass_on>returned',
    'hand_in>handed_in',
    'ask_extension>returned',
    'extend>returned',
    'withdraw>withdrawn',
  ],
  done: [],
  withdrawn: [],
}

const possibleIn = (state: PartState): string[] =>
  PART_ACTS.flatMap((act) => {
    const next = stateAfter(state, act)
    return next === null ? [] : [`${act}>${next}`]
  })

/** The states that a walk of acts goes through; impossible acts change nothing. */
const walk = (acts: readonly PartAct[]): PartState[] =>
  acts.reduce<PartState[]>(
    (states, act) => [...states, stateAfter(states.at(-1) ?? 'unsigned', act) ?? states.at(-1) ?? 'unsigned'],
    ['unsigned'],
  )
const ACTS = fc.array(fc.constantFrom(...PART_ACTS), { maxLength: 30 })

describe('the states of a part', () => {
  it.each(PART_STATES)('allow in %s what the table says and nothing else', (state) => {
    expect(possibleIn(state)).toEqual(POSSIBLE[state])
  })

  it('end for good', () => {
    fc.assert(
      fc.property(ACTS, (acts) => {
        const states = walk(acts)
        const end = states.findIndex((state) => !OPEN_PART_STATES.includes(state))
        expect(new Set(end < 0 ? [] : states.slice(end)).size).toBeLessThan(2)
      }),
    )
  })

  it('come to the end of the work only signed for, handed in and checked', () => {
    fc.assert(
      fc.property(ACTS, (acts) => {
        const states = walk(acts)
        if (states.at(-1) !== 'done') return
        expect(states.indexOf('doing')).toBeGreaterThan(0)
        expect(states[states.indexOf('done') - 1]).toBe('handed_in')
      }),
    )
  })

  it('give each moment of an open part to one stage: what ends is what was begun', () => {
    fc.assert(
      fc.property(ACTS, (acts) => {
        const states = walk(acts)
        const ended = states.flatMap((state, at) => stageEnded(states[at - 1] ?? state, state) ?? [])
        // Signing is once, first; checks follow work, one for one.
        expect(ended.filter((stage) => stage === 'sign').length).toBeLessThan(2)
        expect(ended.indexOf('sign')).toBeLessThan(1)
        const works = ended.filter((stage) => stage === 'do').length
        const checks = ended.filter((stage) => stage === 'check').length
        expect(works - checks === 0 || works - checks === 1).toBe(true)
      }),
    )
  })
})

describe('a part', () => {
  it('is late after its day while somebody has to act', () => {
    expect(isPartLate('doing', '2026-11-02', '2026-11-02')).toBe(false)
    expect(isPartLate('doing', '2026-11-01', '2026-11-02')).toBe(true)
    expect(isPartLate('handed_in', '2026-11-01', '2026-11-02')).toBe(true)
    expect(isPartLate('done', '2026-11-01', '2026-11-02')).toBe(false)
  })

  it('misses the evidence that is asked for and not given', () => {
    expect(evidenceMissing(EVIDENCE_KINDS, { words: ' ', photos: 0, files: 0 })).toEqual(['report', 'photo', 'file'])
    expect(evidenceMissing(EVIDENCE_KINDS, { words: '已完成', photos: 1, files: 0 })).toEqual(['file'])
    expect(evidenceMissing([], { words: '', photos: 0, files: 0 })).toEqual([])
  })
})
