import { describe, expect, it } from 'vitest'
import { moved, newBlock, without } from './draft.ts'

describe('the draft of a course', () => {
  it('leaves a member at the end where it is', () => {
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  })
  it('moves, and takes away, exactly one member', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
    expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c'])
  })
  it('begins a block that names what it shows', () => {
    expect(newBlock('media', 'm')).toMatchObject({ kind: 'media', mediaId: 'm', confirm: null })
    expect(newBlock('card')).toMatchObject({ question: null, text: '' })
  })
})
