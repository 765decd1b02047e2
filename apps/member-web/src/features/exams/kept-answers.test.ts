import type { OwnSitting } from '@tongxin/contract/exams.own'
import { beforeEach, expect, it } from 'vitest'
import { forgetSheet, keepAnswers, keepSheet, keptAnswers, keptSheet, merged, wantsIn } from './kept-answers.ts'

const sheetOf = (seq: number, state: OwnSitting['state'] = 'running'): OwnSitting => ({
  id: 's',
  name: '测验',
  paperId: 'p',
  sessionId: null,
  attempt: 1,
  state,
  startedAt: '2026-11-02T01:00:00.000Z',
  endsAt: null,
  submittedAt: null,
  now: '2026-11-02T01:00:00.000Z',
  most: 10,
  questions: [
    {
      place: 1,
      kind: 'single',
      stem: '一',
      options: ['甲', '乙'],
      blanks: 0,
      points: 10,
      response: { choices: [0] },
      seq,
    },
  ],
})
beforeEach(() => forgetSheet('s'))

it('keeps what was written here over an older answer of the server, to be saved again', () => {
  const own = { 1: { seq: 3, response: { choices: [1] }, isSaved: true } }
  expect(merged(sheetOf(2), own)[1]).toEqual({ seq: 3, response: { choices: [1] }, isSaved: false })
  expect(merged(sheetOf(4), own)[1]).toEqual({ seq: 4, response: { choices: [0] }, isSaved: true })
})

it('gives the sheet and the answers back after the page was closed, and forgets them when handed in', () => {
  keepSheet(sheetOf(1))
  keepAnswers('s', { 1: { seq: 2, response: { choices: [1] }, isSaved: false } }, true)
  expect(keptSheet('s')?.name).toBe('测验')
  expect(keptAnswers('s')[1]?.response).toEqual({ choices: [1] })
  expect(wantsIn('s')).toBe(true)
  keepSheet(sheetOf(1, 'submitted'))
  expect(keptSheet('s')).toBeNull()
})
