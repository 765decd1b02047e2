import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ElectionRecord } from '@tongxin/contract/elections'
import type { ReactNode } from 'react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { speakChinese } from '../../shared/test-texts.ts'
import { PapersTab } from './PapersTab.tsx'
import { Road } from './Road.tsx'
import { RoundsTab } from './RoundsTab.tsx'

const ID = '01a20152-5657-7000-8000-0738b115027e'
const named = (name: string) => ({ memberId: name, name })
const round: ElectionRecord['rounds'][number] = {
  id: ID,
  number: 1,
  body: 'committee',
  kind: 'first',
  state: 'open',
  channel: 'paper',
  seats: 1,
  writeIn: false,
  candidates: [named('丁一鸣'), named('王海')],
  shouldAttend: 8,
  present: 8,
  voteId: null,
  enteredOnce: false,
  enteredByMe: false,
  count: null,
  names: {},
  result: null,
  openedAt: '2026-11-22T01:00:00Z',
  closedAt: null,
}
const election: ElectionRecord = {
  id: ID,
  kind: 'term',
  state: 'voting',
  orgId: ID,
  orgName: '机械学院教工党支部',
  ordinal: 3,
  seats: 5,
  delegates: null,
  plannedOn: '2026-11-22',
  heldOn: '2026-11-22',
  updatedAt: '2026-11-22T01:00:00Z',
  version: 9,
  deputies: 1,
  standing: 0,
  scattered: false,
  congress: null,
  electsSecretary: true,
  reason: '任期将满',
  termUntil: null,
  request: null,
  approval: null,
  candidatesRequest: null,
  candidatesApproval: null,
  returnedReason: null,
  leadingGroup: null,
  candidates: [{ ...named('丁一鸣'), body: 'committee', proposals: 3 }],
  nominations: [{ ...named('丁一鸣'), proposals: 3 }],
  publicity: null,
  method: null,
  tellers: { supervisors: [], counters: [] },
  roll: { drawnAt: null, formal: 8, noRights: 0, leftOut: 0, consent: null, shouldAttend: 8, present: 8, quorum: true },
  rounds: [round],
  elected: [],
  nextRound: null,
  reduced: null,
  division: [],
  report: null,
  reply: null,
  cancelledReason: null,
  rules: [
    { ruleId: 'ELEC-4', ok: true, severity: 'info', citation: { zh: '选举条例', en: 'Regulations' }, from: null },
  ],
  missing: [],
  can: ['count', 'cancel'],
}

beforeAll(speakChinese)
afterEach(cleanup)

const show = (page: ReactNode) => render(<QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>)

it('shows the step that is due, who stands, and the rule with its article', () => {
  show(<Road election={election} onAsk={vi.fn()} />)
  expect(screen.getByText('投票并录入计票结果')).toBeTruthy()
  expect(screen.getByText('大会选举').closest('li')?.getAttribute('aria-current')).toBe('step')
  expect(screen.getByText('丁一鸣（3 人推荐）')).toBeTruthy()
  expect(screen.getByText('到会人数不少于应到会的五分之四')).toBeTruthy()
})

it('adds each row up while one types, and sends nothing that does not make the valid papers', async () => {
  const person = userEvent.setup()
  show(<RoundsTab election={election} />)
  const send = screen.getByRole('button', { name: '提交录入' })
  expect(send.getAttribute('aria-disabled')).toBe('true')
  await person.type(screen.getByRole('textbox', { name: /收回/ }), '8')
  for (const [label, value] of Object.entries({ 赞成: '5', 反对: '2', 弃权: '0' }))
    await person.type(screen.getByRole('textbox', { name: `丁一鸣 ${label}` }), value)
  expect(screen.getByText('7，应为 8')).toBeTruthy()
  await person.type(screen.getByRole('textbox', { name: '丁一鸣 弃权' }), '{Backspace}1')
  expect(screen.getByText('8 = 有效票')).toBeTruthy()
  for (const [label, value] of Object.entries({ 赞成: '3', 反对: '5', 弃权: '0' }))
    await person.type(screen.getByRole('textbox', { name: `王海 ${label}` }), value)
  expect(screen.getByRole('button', { name: '提交录入' }).getAttribute('aria-disabled')).toBeNull()
})

it('shows a result with its tie, and the papers that the file has come to', () => {
  const tally = (memberId: string) => ({ memberId, for: 5, against: 3, abstain: 0 })
  const counted: ElectionRecord['rounds'][number] = {
    ...round,
    state: 'counted',
    count: { issued: 8, returned: 8, invalid: 0, tallies: [tally('丁一鸣'), tally('王海')], writtenIn: [] },
    result: {
      valid: true,
      elected: [],
      tie: [named('丁一鸣'), named('王海')],
      remaining: 1,
      action: 'run-off',
      needed: 5,
    },
  }
  show(<RoundsTab election={{ ...election, rounds: [counted] }} />)
  expect(screen.getByText('末位票数相等，再次投票')).toBeTruthy()
  expect(screen.getAllByText('票数相等')).toHaveLength(2)
  cleanup()
  show(<PapersTab election={{ ...election, rounds: [counted] }} />)
  expect(screen.getByRole('button', { name: /PDF.*打印第 1 轮监票人报告/ })).toBeTruthy()
})
