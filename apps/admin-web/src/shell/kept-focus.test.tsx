import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { useKeptFocus } from './kept-focus.ts'

function Desk({ names }: { names: readonly string[] }) {
  useKeptFocus()
  const [rows, setRows] = useState(names)
  return (
    <main id="main">
      <h1>待审核</h1>
      <ul>
        {rows.map((name) => (
          <li key={name}>
            <button type="button" onClick={() => setRows(rows.filter((one) => one !== name))}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </main>
  )
}

it('goes on at the next row, at the one before when the last is gone, and at the heading when all are', async () => {
  render(<Desk names={['甲', '乙', '丙']} />)
  const person = userEvent.setup()
  const focused = (what: () => HTMLElement) => waitFor(() => expect(document.activeElement).toBe(what()))
  await person.click(screen.getByText('乙'))
  await focused(() => screen.getByText('丙'))
  await person.keyboard('{Enter}')
  await focused(() => screen.getByText('甲'))
  await person.keyboard('{Enter}')
  await focused(() => screen.getByRole('heading'))
})
