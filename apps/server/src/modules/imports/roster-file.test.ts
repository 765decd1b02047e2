import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { judgeRosterFile } from './roster-file.ts'

const acceptance = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test-data/acceptance/${name}`, import.meta.url))

describe('a workbook as a branch secretary keeps it', () => {
  it('is judged row for row as expected', async () => {
    const expected: unknown = JSON.parse(readFileSync(acceptance('roster-campus.expected.json'), 'utf8'))
    const report = await judgeRosterFile(acceptance('roster-campus.xlsx'), 'roster-campus.xlsx', {
      today: '2026-11-22',
      knownBranches: [],
    })
    const { details, ...judged } = report
    expect(judged).toEqual(expected)
    expect(details.branchFrom).toBe('merged')
  })
})
