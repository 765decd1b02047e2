import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openVault, type Place } from './vault.ts'

const MASTER = Buffer.from('Zk8xY2p4VGdQd0Vyb0F1c1FtMkhkN0tMbjVXYjlSdlU=', 'base64')
const NOW = new Date('2026-11-02T01:00:00Z')
const vault = openVault(MASTER)
const PLACE: Place = { table: 'members_member', column: 'id_number', rowId: '0192f0a0-0000-7000-8000-000000000001' }
const place = fc.record({ table: fc.string(), column: fc.string(), rowId: fc.uuid() })

describe('openVault', () => {
  it.each([
    ['too short', Buffer.alloc(16, 7)],
    ['all zero', Buffer.alloc(32)],
    ['a repeated pattern', Buffer.from('abcabcabcabcabcabcabcabcabcabcab')],
  ])('refuses a master key that is %s', (_, master) => {
    expect(() => openVault(master)).toThrow('32 random bytes')
  })
})

describe('seal and open', () => {
  it.each([
    ['row', { ...PLACE, rowId: '0192f0a0-0000-7000-8000-000000000002' }],
    ['column', { ...PLACE, column: 'phone' }],
    ['table', { ...PLACE, table: 'members_version' }],
  ])('does not open a ciphertext moved to another %s', (_, elsewhere) => {
    const sealed = vault.seal(PLACE, '110101199003074514', NOW)
    expect(() => vault.open(elsewhere, sealed)).toThrow()
  })
  it('does not open under another master key', () => {
    const other = openVault(Buffer.from(MASTER).reverse())
    expect(() => other.open(PLACE, vault.seal(PLACE, 'x', NOW))).toThrow()
  })
  it('does not open when any one bit was changed, and does not crash on shortened bytes', () => {
    const sealed = vault.seal(PLACE, '13800138000', NOW)
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => vault.open(PLACE, changed), `byte ${at}`).toThrow()
      expect(() => vault.open(PLACE, sealed.subarray(0, at)), `first ${at} bytes`).toThrow()
    }
  })
  it('gives back every text at its place, and never the same bytes twice', () => {
    fc.assert(
      fc.property(place, fc.string({ unit: 'binary' }), (at, plain) => {
        const one = vault.seal(at, plain, NOW)
        const text = Buffer.from(plain, 'utf8').toString('utf8')
        expect(vault.open(at, one)).toBe(text)
        expect(vault.seal(at, plain, NOW).equals(one)).toBe(false)
      }),
    )
  })
  it('does not hold the plain text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8,18}$/), (plain) => {
        expect(vault.seal(PLACE, plain, NOW).includes(plain)).toBe(false)
      }),
    )
  })
  it('opens what was sealed in an earlier year, under another data key', () => {
    const earlier = vault.seal(PLACE, '旧', new Date('2024-05-01T00:00:00Z'))
    expect(vault.open(PLACE, earlier)).toBe('旧')
    // The year is part of what selects the key, so it cannot be exchanged either.
    earlier.writeUInt32BE(2026, 2)
    expect(() => vault.open(PLACE, earlier)).toThrow()
  })
})

describe('blind indexes', () => {
  it('are equal for equal values of one column, and 32 bytes long', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (domain, value) => {
        const index = vault.blindIndex(domain, value)
        expect(index).toHaveLength(32)
        expect(vault.blindIndex(domain, value).equals(index)).toBe(true)
      }),
    )
  })
  it('differ by value, by column and by installation', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 }),
        fc.string(),
        ([one = '', two = ''], other) => {
          expect(vault.blindIndex(other, one).equals(vault.blindIndex(other, two))).toBe(false)
          expect(vault.blindIndex(one, other).equals(vault.blindIndex(two, other))).toBe(false)
        },
      ),
    )
    const elsewhere = openVault(Buffer.from(MASTER).reverse())
    expect(elsewhere.blindIndex('t.c', 'x').equals(vault.blindIndex('t.c', 'x'))).toBe(false)
  })
})

describe('masked', () => {
  it('shows each ciphertext by its own value, also after another was remembered', () => {
    const mask = (plain: string) => `${plain.slice(0, 1)}*`
    const one = vault.seal(PLACE, '甲乙', NOW)
    const two = vault.seal({ ...PLACE, column: 'phone' }, '丙丁', NOW)
    expect([vault.masked(PLACE, one, mask), vault.masked({ ...PLACE, column: 'phone' }, two, mask)]).toEqual([
      '甲*',
      '丙*',
    ])
    expect(vault.masked(PLACE, one, mask)).toBe('甲*')
  })
})
