import { expect, it } from 'vitest'
import { problemOf } from './problem.ts'

it('says an unexpected error as a problem with a remedy, in both languages', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const problem = problemOf(new Error('no such socket'), language)
    expect(problem).toMatchObject({ code: 'runtime.unexpected', detail: { cause: 'no such socket' }, fields: [] })
    expect(String(problem.remedy)).toContain('doctor')
  }
})
