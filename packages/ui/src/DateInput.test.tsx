import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import { DateInput } from './DateInput.tsx'

afterEach(cleanup)

function Joined() {
  const [on, setOn] = useState('')
  return (
    <>
      <DateInput label="入党日期" value={on} onChange={setOn} />
      <output>{on}</output>
    </>
  )
}

it('says that it cannot read what was typed, and keeps it', async () => {
  render(<Joined />)
  const field = screen.getByLabelText('入党日期')
  await userEvent.type(field, '2026-02-30')
  await userEvent.tab()
  expect(field).toHaveProperty('value', '2026-02-30')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('ui.dateUnread')).toBeTruthy()
  expect(screen.getByRole('status').textContent).toBe('')
})

it.each(['2026-3-5', '2026.3.5', '20260305'])('turns %s into 2026-03-05 when the field is left', async (typed) => {
  render(<Joined />)
  await userEvent.type(screen.getByLabelText('入党日期'), typed)
  await userEvent.tab()
  expect(screen.getByLabelText('入党日期')).toHaveProperty('value', '2026-03-05')
  expect(screen.getByRole('status').textContent).toBe('2026-03-05')
})

it('gives a day that is whole before the field is left', async () => {
  render(<Joined />)
  await userEvent.type(screen.getByLabelText('入党日期'), '2026-03-05')
  expect(screen.getByRole('status').textContent).toBe('2026-03-05')
})

it('clears the day when the field is emptied', async () => {
  render(<Joined />)
  const field = screen.getByLabelText('入党日期')
  await userEvent.type(field, '20260305{Enter}')
  await userEvent.clear(field)
  await userEvent.tab()
  expect(screen.getByRole('status').textContent).toBe('')
})
