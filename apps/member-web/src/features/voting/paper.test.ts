import type { QuestionShape } from '@tongxin/contract/voting.words'
import { describe, expect, it } from 'vitest'
import { type Answer, choiceOf, EMPTY, faultOf, moved } from './paper.ts'

const question = (change: Partial<QuestionShape> = {}): QuestionShape => ({
  id: 'q1',
  kind: 'approval',
  title: '委员',
  options: ['c1', 'c2', 'c3'].map((id) => ({ id, label: id, memberId: null })),
  seats: 2,
  writeIn: true,
  ...change,
})
const answer = (change: Partial<Answer>): Answer => ({ ...EMPTY, ...change })
const person = { memberId: 'M9', name: '赵六' }

describe('a paper cannot go into the box', () => {
  it('while a candidate has no mark', () => {
    expect(faultOf(question(), answer({ marks: { c1: 'for' } }))).toEqual({ key: 'unmarked', facts: { left: 2 } })
  })
  it('with more names than seats, on the paper or written in', () => {
    const three = answer({ marks: { c1: 'for', c2: 'for', c3: 'for' } })
    expect(faultOf(question(), three)).toEqual({ key: 'tooMany', facts: { chosen: 3, seats: 2, over: 1 } })
    const written = answer({ marks: { c1: 'for', c2: 'for', c3: 'against' }, writeIns: [person] })
    expect(faultOf(question(), written)?.key).toBe('tooMany')
  })
  it('with a name written in by somebody who only abstains', () => {
    const abstaining = answer({ marks: { c1: 'for', c2: 'abstain', c3: 'abstain' }, writeIns: [person] })
    expect(faultOf(question(), abstaining)?.key).toBe('writeInWithoutAgainst')
  })
  it('when nothing is chosen and nobody said that this is an abstention', () => {
    for (const kind of ['single', 'several', 'ranked'] as const)
      expect(faultOf(question({ kind }), EMPTY)?.key).toBe(kind === 'ranked' ? 'nothingRanked' : 'nothingChosen')
  })
})

describe('a paper that is filled in', () => {
  it('says for, against and abstain of each candidate, and who is written in', () => {
    const full = answer({ marks: { c1: 'for', c2: 'against', c3: 'abstain' }, writeIns: [person] })
    expect(faultOf(question(), full)).toBeNull()
    expect(choiceOf(question(), full)).toEqual({
      marks: { c1: 'for', c2: 'against', c3: 'abstain' },
      writeIns: ['M9'],
    })
  })
  it('is an empty list when it abstains', () => {
    expect(choiceOf(question({ kind: 'several' }), answer({ options: ['c1'], isAbstaining: true }))).toEqual({
      options: [],
    })
  })
})

it('moves a preference one step and never over the ends', () => {
  expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
})
