import { expect, it } from 'vitest'
import { untilThere } from './patience.ts'

const failing = (error: Error, times: number) => {
  let calls = 0
  return async () => {
    calls += 1
    if (calls <= times) throw error
    return calls
  }
}

it('does again what a slow connection stopped, and nothing else', async () => {
  const slow = new Error('Connection terminated due to connection timeout')
  expect(await untilThere(failing(slow, 2), { pauseMs: 1 })).toBe(3)
  await expect(untilThere(failing(slow, 3), { times: 3, pauseMs: 1 })).rejects.toBe(slow)
  const bug = new Error('undefined is not a function')
  await expect(untilThere(failing(bug, 1), { pauseMs: 1 })).rejects.toBe(bug)
})
