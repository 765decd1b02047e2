import { act, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { speakChinese } from '../../shared/test-texts.ts'
import { PurposeButton } from './PurposeDialog.tsx'

beforeAll(speakChinese)
afterEach(() => vi.useRealTimers())

it('asks for the purpose, and says from the first second on that the file is being made', async () => {
  vi.useFakeTimers()
  let finish = () => {}
  const taken: string[] = []
  const onTake = (purpose: string) => {
    taken.push(purpose)
    return new Promise<void>((done) => {
      finish = done
    })
  }
  render(<PurposeButton verb="打印记录本" onTake={onTake} />)
  fireEvent.click(screen.getByRole('button', { name: '打印记录本' }))
  fireEvent.change(screen.getByRole('textbox'), { target: { value: '年终检查' } })
  const [, take] = screen.getAllByRole('button', { name: '打印记录本', hidden: true })
  fireEvent.click(take as HTMLElement)
  expect(taken).toEqual(['年终检查'])
  expect(screen.queryByText(/正在生成文件/)).toBeNull()
  act(() => vi.advanceTimersByTime(2100))
  expect(screen.getByText('正在生成文件，已用 2 秒')).toBeTruthy()
  await act(async () => finish())
  expect(screen.queryByText(/正在生成文件/)).toBeNull()
})
