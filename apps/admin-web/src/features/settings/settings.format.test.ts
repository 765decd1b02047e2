import { describe, expect, it } from 'vitest'
import { valueOf } from './settings.format.ts'

describe('a typed value', () => {
  it('is none when it is not of the type of the setting', () => {
    expect(valueOf({ type: 'whole' }, '7.5')).toBeNull()
    expect(valueOf({ type: 'whole' }, '七')).toBeNull()
    expect(valueOf({ type: 'switch' }, '')).toBeNull()
    expect(valueOf({ type: 'text' }, '  ')).toBeNull()
  })

  it('becomes a number, a truth value or trimmed text', () => {
    expect(valueOf({ type: 'whole' }, ' 10 ')).toBe(10)
    expect(valueOf({ type: 'switch' }, 'false')).toBe(false)
    expect(valueOf({ type: 'text' }, ' 21:00 ')).toBe('21:00')
  })
})
