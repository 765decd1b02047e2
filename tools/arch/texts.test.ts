import { describe, expect, it } from 'vitest'
import { projectTexts } from './project-files.ts'

/** Keys as paths. A plural form is one text: Chinese has no plural, so `_one` and `_other` count as the bare key. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path.replace(/_(zero|one|two|few|many|other)$/, '')]
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, path ? `${path} > ${key}` : key))
}

function textsOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [String(value)]
}

const files = projectTexts('*.zh-CN.json', '*.en.json')
const pairs = [...new Set(files.map(({ file }) => file.replace(/\.(zh-CN|en)\.json$/, '')))]
const parsed = new Map(files.map(({ file, text }) => [file, JSON.parse(text) as unknown]))
/** The platform's own name, and words that English texts quote on purpose, stand in 「」. */
const quoted = /「[^」]*」|同心/g

describe.each(pairs)('the texts %s', (name) => {
  it('have the same keys in both languages', () => {
    const keys = (language: string) => [...new Set(keysOf(parsed.get(`${name}.${language}.json`)))].sort()
    expect(keys('en')).toEqual(keys('zh-CN'))
  })

  it('leave no Chinese in the English and nothing empty', () => {
    const english = textsOf(parsed.get(`${name}.en.json`))
    expect(english.filter((text) => /\p{Script=Han}/u.test(text.replace(quoted, '')))).toEqual([])
    expect([...english, ...textsOf(parsed.get(`${name}.zh-CN.json`))].filter((text) => text.trim() === '')).toEqual([])
  })
})

describe('texts', () => {
  it('exist', () => {
    expect(pairs.length).toBeGreaterThan(1)
  })
})
