import { expect, it } from 'vitest'
import { turnOfSwipe } from './turning.ts'

it('turns a page by a swipe across, and leaves scrolling, taps and slanting alone', () => {
  const from = { x: 300, y: 400 }
  expect(turnOfSwipe(from, { x: 180, y: 410 })).toBe('on')
  expect(turnOfSwipe(from, { x: 420, y: 380 })).toBe('back')
  expect(turnOfSwipe(from, { x: 290, y: 100 })).toBeNull()
  expect(turnOfSwipe(from, { x: 270, y: 400 })).toBeNull()
  expect(turnOfSwipe(from, { x: 200, y: 340 })).toBeNull()
})
