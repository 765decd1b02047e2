import { expect, it } from 'vitest'
import { cacheOf } from './cache.ts'

it('keeps the newest entries of what it may hold, and none past its time', () => {
  const cache = cacheOf<number>(1000, { ttl: 60_000 })
  for (let at = 0; at < 1500; at += 1) cache.set(`${at}`, at)
  expect(cache.size).toBe(1000)
  expect([cache.get('499'), cache.get('500'), cache.get('1499')]).toEqual([undefined, 500, 1499])
  cache.set('old', 1, { ttl: 1, start: performance.now() - 10 })
  expect(cache.get('old')).toBeUndefined()
  cache.delete('1499')
  cache.set('new', 2)
  expect([cache.has('1499'), cache.get('new'), cache.size]).toEqual([false, 2, 999])
})
