import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../generators/errors-page.ts'
import { refusalTexts } from '../generators/texts.ts'
import { projectTexts } from './project-files.ts'

/** What is wrong with one field is no refusal of its own: its codes are the literals `field.x` of the sources. */
const fieldCodes = new Set(
  projectTexts('apps/server/src/**/*.ts', 'packages/*/src/**/*.ts')
    .filter(({ file }) => !file.endsWith('.test.ts'))
    .flatMap(({ text }) => [...text.matchAll(/'(field\.[a-z_]+)'/g)].map(([, code = '']) => code)),
)
const refused = [...(await refusalCodes()).keys()].sort()
const codes = [...refused, ...fieldCodes].sort()

describe.each(['zh-CN', 'en'] as const)('refusals in %s', (language) => {
  const texts = refusalTexts(language)

  it('have a text for every code and a code for every text', () => {
    expect([...texts.keys()].sort()).toEqual(codes)
  })

  it('say both the reason and the remedy', () => {
    const silent = [...texts]
      .filter(([, { reason, remedy }]) => !reason?.trim() || !remedy?.trim())
      .map(([code]) => code)
    expect(silent).toEqual([])
  })
})

describe('refusals', () => {
  it('are each provoked by at least one test', () => {
    const tests = projectTexts('*.test.ts', '*.test.tsx', '*.e2e.ts', '*.cases.ts')
      .map(({ text }) => text)
      .join('\n')
    // By its whole code, or as the constructor that a test of the use case compares with.
    const provoked = (code: string) =>
      tests.includes(`'${code}'`) ||
      tests.includes(`"${code}"`) ||
      tests.includes(`${code.split('.')[0]}Refusals.${code.split('.')[1]}(`)
    expect(refused.filter((code) => !provoked(code))).toEqual([])
  })
})
