import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeSetUpCodes, readableCode, typedCode } from './setup-codes.ts'

describe('set-up codes', () => {
  it('are three, one for each administrator, and all different', () => {
    const codes = makeSetUpCodes(randomBytes)
    expect(codes.map(({ role }) => role)).toEqual(['system_admin', 'security_admin', 'audit_admin'])
    expect(new Set(codes.map(({ code }) => code)).size).toBe(3)
  })

  it('avoid letters that are taken for digits, and are found again however they were typed', () => {
    const code = readableCode(() => Uint8Array.from([0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 28, 29, 30, 31]))
    expect(code).toBe('0123-GHJK-MNPQ-WXYZ')
    expect(typedCode(' o i 2 3 ghjk－mnpq wxyz')).toBe(code)
    expect(typedCode('0L23GHJKMNPQWXYZ')).toBe(code)
  })
})
