import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { speakChinese } from '../../shared/test-texts.ts'
import { LeaveSheet } from './LeaveSheet.tsx'
import { isCheckInOpen, scanOf } from './meetings.format.ts'

beforeAll(speakChinese)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const answer = (status: number, body: object, type: string) => async () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })

function open(fetched: ReturnType<typeof vi.fn>) {
  vi.stubGlobal('fetch', fetched)
  const onClose = vi.fn()
  render(
    <QueryClientProvider client={new QueryClient()}>
      <LeaveSheet meeting={{ id: 'M1', title: '支部党员大会' }} onClose={onClose} />
    </QueryClientProvider>,
  )
  return onClose
}

it('asks for leave with a common reason, and not without one', async () => {
  const fetched = vi.fn(answer(200, { answer: 'leave_asked' }, 'application/json'))
  const onClose = open(fetched)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: '提交请假' }))
  expect(fetched).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: '值班' }))
  await user.click(screen.getByRole('button', { name: '提交请假' }))
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  const [url, init] = fetched.mock.calls[0] as unknown as [string, RequestInit]
  expect([url, init.body]).toEqual(['/api/v1/my/meetings/M1/leave', JSON.stringify({ reason: '值班' })])
})

it('stays open and says why when it is too late', async () => {
  const problem = {
    type: '',
    title: '',
    status: 409,
    code: 'meetings.leave_too_late',
    detail: {},
    fields: [],
    requestId: 'r',
  }
  const onClose = open(vi.fn(answer(409, problem, 'application/problem+json')))
  const user = userEvent.setup()
  await user.type(screen.getByRole('textbox'), '家里有事')
  await user.click(screen.getByRole('button', { name: '提交请假' }))
  await screen.findByRole('alert')
  expect(onClose).not.toHaveBeenCalled()
})

it('takes only our own codes from the camera', () => {
  const code = '58732914.abcdefghijklmnopqrstuv'
  expect(scanOf(`https://tongxin.example/check-in?m=M1&c=${code}`)).toEqual({ meetingId: 'M1', code })
  expect(scanOf(`https://tongxin.example/pay?m=M1&c=${code}`)).toBeNull()
  expect(scanOf('weixin://wxpay/bizpayurl')).toBeNull()
  expect(scanOf('123456')).toBeNull()
})

it('opens check-in exactly in its window', () => {
  const meeting = { opensAt: '2026-11-23T10:30:00Z', closesAt: '2026-11-23T11:15:00Z' }
  const at = (instant: string) => isCheckInOpen(meeting, Date.parse(instant))
  expect([
    at('2026-11-23T10:29:59Z'),
    at('2026-11-23T10:30:00Z'),
    at('2026-11-23T11:15:00Z'),
    at('2026-11-23T11:15:01Z'),
  ]).toEqual([false, true, true, false])
})
