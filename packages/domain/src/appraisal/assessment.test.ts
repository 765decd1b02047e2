import { describe, expect, it } from 'vitest'
import { middleGrade, shownGroup } from './assessment.ts'

describe('the middle of the assessment', () => {
  it('is nothing when nobody graded or nothing weighs', () => {
    expect(middleGrade([])).toBeNull()
    expect(middleGrade([{ weight: 40, counts: [0, 0, 0, 0] }])).toBeNull()
    expect(middleGrade([{ weight: 0, counts: [3, 0, 0, 0] }])).toBeNull()
  })

  it('lies where half of the people are reached, for the better grade when it falls between two', () => {
    expect(middleGrade([{ weight: 1, counts: [3, 2, 0, 0] }])).toBe(0)
    expect(middleGrade([{ weight: 1, counts: [2, 3, 0, 0] }])).toBe(1)
    expect(middleGrade([{ weight: 1, counts: [2, 2, 0, 0] }])).toBe(0)
    expect(middleGrade([{ weight: 1, counts: [0, 0, 0, 7] }])).toBe(3)
  })

  it('weighs voices and not heads', () => {
    const crowd = { weight: 20, counts: [0, 0, 900, 0] }
    const members = { weight: 40, counts: [5, 0, 0, 0] }
    expect(middleGrade([crowd, members])).toBe(0)
    expect(
      middleGrade([
        { ...crowd, weight: 40 },
        { ...members, weight: 20 },
      ]),
    ).toBe(2)
  })

  it('agrees with a count of heads that were multiplied by hand, for all small counts', () => {
    for (let a = 0; a <= 4; a += 1)
      for (let b = 0; b <= 4; b += 1)
        for (let c = 0; c <= 4; c += 1)
          for (let d = 0; d <= 3; d += 1) {
            const [left, right] = [
              [a, b, 0, d],
              [c, 1, d, 0],
            ]
            const sum = (counts: number[]) => counts.reduce((x, y) => x + y, 0)
            if (sum(left) === 0) continue
            // Every head written out so often that both voices have 40 and 20 shares of the same whole.
            const heads: number[] = []
            for (let place = 0; place < 4; place += 1)
              heads.push(40 * (left[place] ?? 0) * sum(right) + 20 * (right[place] ?? 0) * sum(left))
            const half = 60 * sum(left) * sum(right)
            const reached = heads.map((_, place) => sum(heads.slice(0, place + 1)))
            const expected = reached.findIndex((count) => 2 * count >= half)
            expect(
              middleGrade([
                { weight: 40, counts: left },
                { weight: 20, counts: right },
              ]),
            ).toBe(expected)
          }
  })
})

describe('what is shown of a group', () => {
  it('is nothing below the least number and a band where nearly all of a few agree', () => {
    expect(shownGroup({ counts: [4, 0, 0, 0, 0], least: 5 })).toEqual({ kind: 'few' })
    expect(shownGroup({ counts: [0, 5, 0, 0, 0], least: 5 })).toEqual({ kind: 'band', place: 1 })
    expect(shownGroup({ counts: [18, 1, 0, 0, 0], least: 5 })).toEqual({ kind: 'band', place: 0 })
    expect(shownGroup({ counts: [0, 0, 0, 0, 6], least: 5 })).toEqual({ kind: 'band', place: 4 })
  })

  it('is the counts otherwise', () => {
    expect(shownGroup({ counts: [9, 1, 0, 0, 0], least: 5 })).toEqual({ kind: 'counts', counts: [9, 1, 0, 0, 0] })
    expect(shownGroup({ counts: [20, 0, 0, 0, 0], least: 5 })).toEqual({ kind: 'counts', counts: [20, 0, 0, 0, 0] })
  })
})
