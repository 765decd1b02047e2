import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import { MonthInput } from './MonthInput.tsx'

afterEach(cleanup)

function Paid() {
  const [month, setMonth] = useState('')
  return (
    <>
      <MonthInput label="党费交至" value={month} max="2026-11" onChange={setMonth} />
      <output>{month}</output>
    </>
  )
}

const typed = async (text: string) => {
  render(<Paid />)
  await userEvent.type(screen.getByLabelText('党费交至'), text)
  await userEvent.tab()
  return screen.getByRole('status').textContent
}

it.each(['2026-13', '三月', '2026'])('says that it cannot read %s, and keeps it', async (text) => {
  expect(await typed(text)).toBe('')
  expect(screen.getByText('ui.monthUnread')).toBeTruthy()
})

it('refuses a month after the last one, and keeps it', async () => {
  expect(await typed('2026-12')).toBe('')
  expect(screen.getByText('ui.monthLate')).toBeTruthy()
})

it.each(['2026-03', '2026年3月', '202603', '２０２６．３'])('reads %s', async (text) => {
  expect(await typed(text)).toBe('2026-03')
})
