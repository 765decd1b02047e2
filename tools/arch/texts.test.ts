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
/** Words of workbooks that are the same in every language, because the workbooks are Chinese. */
const WORKBOOK_WORDS = 'apps/server/src/modules/imports/template'

/** English texts may quote what is to be written in Chinese, but an untranslated text is more Chinese than English. */
function isUntranslated(text: string): boolean {
  const count = (expression: RegExp) => text.match(expression)?.length ?? 0
  return /[，。；：？！、]/.test(text) || count(/\p{Script=Han}/gu) > count(/[a-z]/gi)
}

describe.each(pairs)('the texts %s', (name) => {
  it('have the same keys in both languages', () => {
    const keys = (language: string) => [...new Set(keysOf(parsed.get(`${name}.${language}.json`)))].sort()
    expect(keys('en')).toEqual(keys('zh-CN'))
  })

  it('leave no Chinese in the English and nothing empty', () => {
    const english = textsOf(parsed.get(`${name}.en.json`))
    if (name !== WORKBOOK_WORDS) expect(english.filter(isUntranslated)).toEqual([])
    expect([...english, ...textsOf(parsed.get(`${name}.zh-CN.json`))].filter((text) => text.trim() === '')).toEqual([])
  })
})

describe('texts', () => {
  it('exist', () => {
    expect(pairs.length).toBeGreaterThan(1)
  })
})
