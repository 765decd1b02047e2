import { describe, expect, it, vi } from 'vitest'
import { grouped } from './grouped.ts'

describe('grouped work', () => {
  it('answers one bad ask with its own error and the others with their replies', async () => {
    const ask = grouped<number, number>(async (asks) => asks.map((n) => (n === 2 ? new Error('two') : n * 10)), {
      most: 10,
      atOnce: 1,
      worth: 1,
    })
    const answers = await Promise.allSettled([1, 2, 3].map(ask))
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason)))).toEqual([
      10,
      'Error: two',
      30,
    ])
  })
  it('does a group again one by one when it fails as a whole, so that one ask cannot spoil the others', async () => {
    const tried: number[][] = []
    const ask = grouped<number, number>(
      async (asks) => {
        tried.push([...asks])
        if (asks.includes(2)) throw new Error('cannot be written')
        return asks.map((n) => n)
      },
      { most: 10, atOnce: 1, worth: 1 },
    )
    const answers = await Promise.allSettled([1, 2, 3].map(ask))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(tried).toEqual([[1, 2, 3], [1], [2], [3]])
  })
  it('does not ask again for each when the database is away', async () => {
    let tries = 0
    const ask = grouped<number, number>(
      async () => {
        tries += 1
        throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
      },
      { most: 10, atOnce: 1, worth: 1 },
    )
    expect((await Promise.allSettled([1, 2, 3].map(ask))).every(({ status }) => status === 'rejected')).toBe(true)
    expect(tries).toBe(1)
  })
  it('gathers what arrives while a group is written, and takes no more than the most', async () => {
    const sizes: number[] = []
    let release = () => {}
    const first = new Promise<void>((resolve) => {
      release = resolve
    })
    const ask = grouped<number, number>(
      async (asks) => {
        sizes.push(asks.length)
        if (sizes.length === 1) await first
        return asks
      },
      { most: 4, atOnce: 1, worth: 1 },
    )
    const early = ask(0)
    await new Promise((resolve) => setImmediate(resolve))
    const rest = Array.from({ length: 9 }, (_, n) => ask(n + 1))
    release()
    expect(await Promise.all([early, ...rest])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(sizes).toEqual([1, 4, 4, 1])
  })
  it('begins a further group beside another one only when it is worth it, and no more than may be on their way', async () => {
    const sizes: number[] = []
    const releases: (() => void)[] = []
    const work = (asks: readonly number[]) =>
      new Promise<readonly number[]>((resolve) => {
        sizes.push(asks.length)
        releases.push(() => resolve(asks))
      })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const ask = grouped<number, number>(work, { most: 10, atOnce: 2, worth: 3 })
    const answers = [ask(0)]
    await turn()
    answers.push(ask(1), ask(2))
    await turn()
    expect(sizes).toEqual([1])
    answers.push(ask(3))
    await turn()
    expect(sizes).toEqual([1, 3])
    answers.push(ask(4), ask(5), ask(6), ask(7))
    await turn()
    expect(sizes).toEqual([1, 3])
    releases[1]?.()
    await vi.waitFor(() => expect(sizes).toEqual([1, 3, 4]))
    for (const release of releases) release()
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })
})
