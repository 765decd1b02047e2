import { createCipheriv, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findRule, RULES } from '../rules/catalogue.ts'
import { evaluateVectors, VectorShapeError } from './evaluate.ts'
import { type Cryptography, vectorFunctions } from './functions.ts'

const FOLDER = new URL('../../../../test-data/domain/', import.meta.url)
const vectors: unknown = JSON.parse(readFileSync(new URL('vectors.json', FOLDER), 'utf8'))

const cryptography: Cryptography = {
  sm3Hex: (text) => createHash('sm3').update(text, 'utf8').digest('hex'),
  sm4EcbHex: (keyHex, blockHex) => {
    const cipher = createCipheriv('sm4-ecb', Buffer.from(keyHex, 'hex'), null).setAutoPadding(false)
    return cipher.update(blockHex, 'hex', 'hex') + cipher.final('hex')
  },
}

const group = (signature: string, ...cases: unknown[]) => ({ groups: [{ function: signature, cases }] })

describe('the runner of vectors', () => {
  it.each([
    [null, 'groups'],
    [{ groups: {} }, 'groups'],
    [{ groups: [{ cases: [] }] }, 'groups[0].function'],
    [{ groups: [{ function: 'addMonths' }] }, 'groups[0].cases'],
    [group('addMonths', 3), 'groups[0].cases[0]'],
    [group('addMonths', { id: 1, input: {}, expected: 1 }), 'groups[0].cases[0].id'],
    [group('addMonths', { id: 'a', input: [], expected: 1 }), 'groups[0].cases[0].input'],
    [group('addMonths', { id: 'a', input: {} }), 'groups[0].cases[0].expected'],
  ])('refuses a file of another shape and names the place %#', (file, place) => {
    expect(() => evaluateVectors(file, cryptography)).toThrow(new VectorShapeError(place))
  })

  it('reports a wrong expectation, an unknown function and an input that throws, each by its id', () => {
    const wrong = { id: 'wrong', input: { date: '2025-01-31', months: 1 }, expected: '2025-03-03' }
    const throwing = { id: 'throwing', input: { date: '2025-02-30', months: 1 }, expected: '2025-03-30' }
    const { failed, passed } = evaluateVectors(group('addMonths(date, n)', wrong, throwing), cryptography)
    expect(passed).toBe(0)
    expect(failed.map(({ id }) => id)).toEqual(['wrong', 'throwing'])
    expect(failed[0]?.actual).toBe('2025-02-28')
    expect(failed[1]?.actual).toEqual({ error: expect.stringContaining('2025-02-30') })
    const unknown = evaluateVectors(group('noSuchRule(x)', { id: 'u', input: {}, expected: null }), cryptography)
    expect(unknown.failed).toHaveLength(1)
  })

  it('compares objects by content and not by the order of keys', () => {
    const input = { presentVoting: 9, eligible: 16, for: 9 }
    const file = group('resolution', { id: 'r', input, expected: { passed: true, quorum: true } })
    expect(evaluateVectors(file, cryptography).passed).toBe(1)
  })
})

describe('the vectors of the statutes', () => {
  it('pass, all 298 of them', () => {
    expect(evaluateVectors(vectors, cryptography)).toEqual({ cases: 298, passed: 298, failed: [] })
  })

  it('leave no function of the registry without a case', () => {
    const named = (vectors as { groups: { function: string }[] }).groups.flatMap((each) =>
      each.function.split(' / ').map((signature) => signature.split('(')[0]),
    )
    const known = [...vectorFunctions(cryptography).keys()]
    expect(known.filter((name) => !named.includes(name))).toEqual([])
  })
})

describe('the catalogue of rules', () => {
  const text = readFileSync(new URL('rules.md', FOLDER), 'utf8')
  const ids = [...text.matchAll(/^(?:- \*\*|### )([A-Z]+-\d+)/gm)].map(([, id]) => id as string)

  it('has every rule of the rule text and no other', () => {
    expect(ids.length).toBeGreaterThan(180)
    expect(Object.keys(RULES).sort()).toEqual([...new Set(ids)].sort())
  })

  it('says each rule and its source in both languages', () => {
    const silent = Object.values(RULES).filter(({ text: { zh, en }, citation }) =>
      [zh, en, citation.zh, citation.en].some((each) => each.trim() === ''),
    )
    expect(silent).toEqual([])
    expect(Object.entries(RULES).filter(([id, rule]) => rule.id !== id)).toEqual([])
  })

  it('finds a rule by its id, also with the letter of a part, and nothing else', () => {
    expect(findRule('DEV-999')).toBeUndefined()
    expect(findRule('constructor')).toBeUndefined()
    expect(findRule(' br-7 ')?.id).toBe('BR-7')
    expect(findRule('DEV-8P')?.id).toBe('DEV-8')
  })

  it('writes article numbers as people write them', () => {
    expect(RULES['GEN-2']?.citation.zh).toBe('《中华人民共和国民法典》第二百条、第二百零一条、第二百零二条')
    expect(RULES['GEN-1']?.citation.zh).toBe('《中华人民共和国民法典》第一千二百五十九条')
    expect(RULES['DEV-15']?.citation.zh).toContain('第十九条')
    expect(RULES['CONST-16']?.citation.zh).toContain('第四十一条')
    expect(RULES['EDU-1']?.citation.en).toContain('art. 20')
    // Article numbers that nobody has confirmed are not printed.
    expect(RULES['ELEC-13']?.citation.zh).not.toContain('第')
  })
})
