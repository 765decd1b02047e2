import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completionOf, differencesOf, isMastered, type Mark, meanRating, mergedMark } from './course.ts'
import { richText } from './rich-text.ts'

const marks: fc.Arbitrary<Mark> = fc.record({
  place: fc.nat(5),
  at: fc.nat(3),
  isDone: fc.boolean(),
  answer: fc.option(fc.record({ choice: fc.nat(3), at: fc.nat(3) }), { nil: null }),
})

describe('marks of several devices', () => {
  it('become the same whatever the order and however often they arrive', () => {
    fc.assert(
      fc.property(fc.array(marks, { minLength: 1, maxLength: 6 }), fc.infiniteStream(fc.nat(100)), (all, chance) => {
        const joined = (list: readonly Mark[]) => list.reduce(mergedMark)
        const shuffled = [...all, ...all].map((mark) => ({ mark, by: chance.next().value })).sort((a, b) => a.by - b.by)
        expect(joined(shuffled.map(({ mark }) => mark))).toEqual(joined(all))
      }),
    )
  })

  it('never undo what is done and never take back the first answer', () => {
    const done = { place: 9, at: 1, isDone: true, answer: { choice: 2, at: 1 } }
    const later = { place: 0, at: 2, isDone: false, answer: { choice: 0, at: 2 } }
    expect(mergedMark(done, later)).toEqual({ place: 0, at: 2, isDone: true, answer: { choice: 2, at: 1 } })
  })
})

describe('a course', () => {
  const content = {
    chapters: [
      {
        id: 'a',
        title: 'A',
        blocks: [
          { id: '1', kind: 'text' },
          { id: '2', kind: 'quiz' },
        ],
      },
      { id: 'b', title: 'B', blocks: [{ id: '3', kind: 'text' }] },
    ],
  }
  it('is not complete without content, nor before its last block', () => {
    expect(completionOf({ chapters: [] }, new Set()).isComplete).toBe(false)
    expect(completionOf(content, new Set(['1', '2']))).toEqual({
      done: 2,
      total: 3,
      isComplete: false,
      chapters: ['a'],
    })
  })
  it('is complete with every block, whatever else is marked', () => {
    expect(completionOf(content, new Set(['1', '2', '3', 'gone'])).isComplete).toBe(true)
  })
  it('is mastered from the mark on, or as the module says that knows no score', () => {
    expect(isMastered({ passed: true, scaled: 0.59 }, 60)).toBe(false)
    expect(isMastered({ passed: false, scaled: 0.6 }, 60)).toBe(true)
    expect(isMastered({ passed: true, scaled: null }, 60)).toBe(true)
  })
  it('shows its rating from five on', () => {
    expect([meanRating(20, 4), meanRating(21, 5)]).toEqual([null, 42])
  })
})

describe('the difference of two versions', () => {
  const block = (id: string, text: string) => ({ id, kind: 'text', title: `t${id}`, text })
  const before = { title: '旧', chapters: [{ id: 'a', title: '一', blocks: [block('1', 'x'), block('2', 'y')] }] }
  it('is nothing between a version and itself', () => {
    expect(differencesOf(before, before)).toEqual([])
  })
  it('names facts, new, gone, moved and changed blocks', () => {
    const after = {
      title: '新',
      chapters: [{ id: 'a', title: '一', blocks: [block('2', 'y'), block('1', 'z'), block('3', 'n')] }],
    }
    expect(differencesOf(before, after)).toEqual([
      { place: [], what: 'title', change: 'changed', before: '旧', after: '新' },
      { place: ['一'], what: 'block', change: 'added', before: null, after: 't3' },
      { place: ['一'], what: 'block', change: 'moved', before: '2', after: '1' },
      { place: ['一'], what: 'block', change: 'moved', before: '1', after: '2' },
      { place: ['一', 't1'], what: 'text', change: 'changed', before: 'x', after: 'z' },
    ])
  })
})

describe('rich text', () => {
  it('keeps markup that is not of the subset as words', () => {
    expect(richText('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', spans: [{ text: '<img src=x onerror=alert(1)>', isStrong: false, isEmphasis: false }] },
    ])
  })
  it('reads headings, lists, quotes and strong words', () => {
    expect(richText('# 一\n第一段\n\n1. 甲\n2. **乙**\n> 引').map(({ kind }) => kind)).toEqual([
      'heading',
      'paragraph',
      'list',
      'quote',
    ])
  })
})
