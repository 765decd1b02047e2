import { describe, expect, it } from 'vitest'
import { checksOf, countOf, emptyCount } from './count-draft.ts'

const round = {
  candidates: [
    { memberId: 'a', name: '丁一' },
    { memberId: 'b', name: '王二' },
  ],
  present: 8,
}
const row = (memberId: string, figures: string) => {
  const [inFavour = '', against = '', abstain = ''] = figures.split(' ')
  return { memberId, for: inFavour, against, abstain }
}

describe('the running sums of a count', () => {
  it('are not whole until every figure is a number', () => {
    const empty = emptyCount(round)
    expect(checksOf(round, empty)).toMatchObject({ valid: null, isWhole: false })
    const draft = { ...empty, returned: '8', tallies: [row('a', '5 3 0'), row('b', '5 x 0')] }
    expect(checksOf(round, draft)).toMatchObject({ valid: 8, isWhole: false, rows: [{ sum: 8 }, { sum: null }] })
    expect(checksOf(round, { ...draft, invalid: '9' }).valid).toBeNull()
  })

  it('show the sum of each row beside the valid ballots, and ask nothing more of a void ballot', () => {
    const draft = { ...emptyCount(round), returned: '8', invalid: '1', tallies: [row('a', '5 2 0'), row('b', '4 4 0')] }
    expect(checksOf(round, draft)).toMatchObject({ valid: 7, isWhole: true, rows: [{ sum: 7 }, { sum: 8 }] })
    const tooMany = { ...emptyCount(round), returned: '9' }
    expect(checksOf(round, tooMany)).toMatchObject({ isVoid: true, isWhole: true })
    expect(countOf(tooMany)).toMatchObject({ issued: 8, returned: 9, invalid: 0, tallies: [{ for: 0 }, { for: 0 }] })
  })
})
