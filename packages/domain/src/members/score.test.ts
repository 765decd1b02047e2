import { describe, expect, it } from 'vitest'
import { scoreOf } from './score.ts'

const WEIGHTS = { completeness: 40, conflicts: 30, freshness: 20, errors: 10 }

describe('the quality of the records of a branch', () => {
  it('weighs completeness 40, conflicts 30, freshness 20 and errors 10', () => {
    const counts = { people: 10, completeSum: 900, doubtful: 2, stale: 5, wrong: 1 }
    expect(scoreOf(counts, WEIGHTS)).toEqual({
      completeness: 900,
      conflicts: 800,
      freshness: 500,
      errors: 900,
      score: 790,
    })
  })

  it('finds no fault where there is nobody, and never leaves 0 to 1000', () => {
    expect(scoreOf({ people: 0, completeSum: 0, doubtful: 0, stale: 0, wrong: 0 }, WEIGHTS).score).toBe(1000)
    expect(scoreOf({ people: 2, completeSum: 0, doubtful: 9, stale: 2, wrong: 2 }, WEIGHTS).score).toBe(0)
  })

  it('counts the parts alike when all weights are 0', () => {
    const none = { completeness: 0, conflicts: 0, freshness: 0, errors: 0 }
    expect(scoreOf({ people: 4, completeSum: 400, doubtful: 4, stale: 0, wrong: 0 }, none).score).toBe(750)
  })
})
