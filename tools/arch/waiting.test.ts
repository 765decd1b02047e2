import { describe, expect, it } from 'vitest'
import { projectTexts } from './project-files.ts'

const ROW = /key: '(\w+)',\s+count\b/g

/** What modules say waits for a post, as `module.key`: read from their sources, since most of it waits rarely. */
const waiting = projectTexts('apps/server/src/modules/*.ts')
  .filter(({ file }) => !file.endsWith('.test.ts'))
  .flatMap(({ file, text }) => [...text.matchAll(ROW)].map(([, key]) => `${file.split('/')[4]}.${key}`))

describe('what waits for a post', () => {
  it('has words in both languages under the module that says it', () => {
    expect(waiting.length).toBeGreaterThan(40)
    const texts = projectTexts('apps/admin-web/src/features/workbench/texts.*.json')
    expect(texts).toHaveLength(2)
    for (const { file, text } of texts) {
      const words = JSON.parse(text).waiting as Record<string, Record<string, string>>
      const known = Object.entries(words).flatMap(([module, rows]) =>
        Object.keys(rows).map((key) => `${module}.${key}`),
      )
      expect(known.sort(), file).toEqual([...new Set(waiting)].sort())
    }
  })
})
