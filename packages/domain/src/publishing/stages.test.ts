import { describe, expect, it } from 'vitest'
import { isOwnHand, STAGE_ACTS, STAGES, stageAfter } from './stages.ts'

describe('the three hands of an article', () => {
  it('follow one another and never skip one', () => {
    const ways = STAGES.flatMap((stage) =>
      STAGE_ACTS.flatMap((act) => {
        const next = stageAfter(stage, act)
        return next === null ? [] : [`${stage} ${act} ${next}`]
      }),
    )
    expect(ways).toEqual([
      'editing save editing',
      'editing submit review',
      'review take_back editing',
      'review pass final',
      'review return editing',
      'final finish ready',
      'final return editing',
      'ready return editing',
      'ready release shown',
    ])
  })

  it('are three different people', () => {
    const hands = { editorIds: ['e', 'e2'], reviewerId: 'r' }
    expect(['e', 'e2'].map((one) => isOwnHand('review', hands, one))).toEqual([true, true])
    expect(isOwnHand('review', hands, 'r')).toBe(false)
    expect(['e', 'e2', 'r', 'f'].map((one) => isOwnHand('final', hands, one))).toEqual([true, true, true, false])
  })
})
