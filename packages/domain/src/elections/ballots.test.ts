import { describe, expect, it } from 'vitest'
import { presentVoters } from '../general/denominators.ts'
import { countElection, countRunOff } from './count.ts'
import { byStrokes, USUAL_FAMILY_NAMES } from './stroke-order.ts'

/**
 * An oracle written the other way round: seats are given out one by one to whoever leads among those above half, and a
 * seat that more people claim than there are left goes to none of them.
 */
function oracle(seats: number, present: number, votes: Readonly<Record<string, number>>) {
  const elected = new Set<string>()
  let open = Object.keys(votes).filter((name) => (votes[name] ?? 0) * 2 > present)
  if (open.length < seats) return { elected: new Set(open), tie: new Set<string>() }
  while (elected.size < seats) {
    const most = Math.max(...open.map((name) => votes[name] ?? 0))
    const leaders = open.filter((name) => votes[name] === most)
    if (leaders.length > seats - elected.size) return { elected, tie: new Set(leaders) }
    for (const name of leaders) elected.add(name)
    open = open.filter((name) => !leaders.includes(name))
  }
  return { elected, tie: new Set<string>() }
}

/** Every multiset of votes of `n` candidates up to `most` each: order does not matter, so only falling ones. */
function* falling(n: number, most: number): Generator<number[]> {
  if (n === 0) yield []
  else for (let first = most; first >= 0; first--) for (const rest of falling(n - 1, first)) yield [first, ...rest]
}

describe('the result of an election', () => {
  it('is the oracle’s for all small counts: up to five seats, seven candidates, six voters', () => {
    let looked = 0
    for (let seats = 1; seats <= 5; seats++)
      for (let candidates = 1; candidates <= 7; candidates++)
        for (let present = 1; present <= 6; present++)
          for (const counts of falling(candidates, present)) {
            const votes = Object.fromEntries(counts.map((count, at) => [`c${at}`, count]))
            const { elected, tie, remaining, action } = countElection({
              seats,
              presentVoters: presentVoters(present),
              votes,
            }).value
            const wanted = oracle(seats, present, votes)
            const isSame =
              elected.length === wanted.elected.size &&
              elected.every((name) => wanted.elected.has(name)) &&
              tie.length === wanted.tie.size &&
              tie.every((name) => wanted.tie.has(name)) &&
              remaining === seats - wanted.elected.size &&
              (action === 'run-off') === wanted.tie.size > 0
            if (!isSame) expect({ seats, present, votes, elected, tie }).toEqual(wanted)
            looked += 1
          }
    expect(looked).toBeGreaterThan(10_000)
  })

  it('of a run-off goes to more votes, and again to nobody where they are level', () => {
    expect(countRunOff({ seats: 1, votes: { a: 4, b: 3 } }).value).toEqual({
      elected: ['a'],
      tie: [],
      remaining: 0,
      action: 'complete',
    })
    expect(countRunOff({ seats: 2, votes: { a: 5, b: 3, c: 3 } }).value).toEqual({
      elected: ['a'],
      tie: ['b', 'c'],
      remaining: 1,
      action: 'run-off',
    })
    expect(countRunOff({ seats: 2, votes: { a: 5 } }).value).toMatchObject({ elected: ['a'], remaining: 1 })
  })
})

describe('the order of strokes', () => {
  it('counts strokes of the family name, then one character before two, and knows compound names', () => {
    const sorted = ['魏东', '欧阳修', '王一民', '丁力', '王鑫', '李伟', '欧明'].sort(byStrokes)
    expect(sorted).toEqual(['丁力', '王鑫', '王一民', '李伟', '欧明', '欧阳修', '魏东'])
  })

  it('agrees with the collation on the strokes of all usual names but those with 艹, 阝, 辶 or 礻 in their old forms', () => {
    const collation = new Intl.Collator('zh-u-co-stroke')
    const groupOf = new Map(USUAL_FAMILY_NAMES.flatMap((names, group) => [...names].map((name) => [name, group])))
    const sorted = [...groupOf.keys()].sort(collation.compare)
    const fewer = sorted.filter((name, at) =>
      sorted.slice(0, at).some((before) => (groupOf.get(before) ?? 0) > (groupOf.get(name) ?? 0)),
    )
    expect(fewer.join('')).toBe('邓艾邢阮苏连迟邱邵邹陆陈苗范郁郎郑祝莫郭陶荆萧黄蒙蓝蔡薛')
    expect(groupOf.size).toBe([...USUAL_FAMILY_NAMES.join('')].length)
  })

  it('puts 李 before 张, as printed lists do, and a rare name after the usual ones of its strokes', () => {
    expect(['陈思', '张小英', '汪洋', '李明', '杜康', '佘山'].sort(byStrokes)).toEqual([
      '杜康',
      '李明',
      '汪洋',
      '张小英',
      '陈思',
      '佘山',
    ])
  })

  it('puts equal names in one order whatever came first', () => {
    expect(byStrokes('王伟', '王伟')).toBe(0)
    expect(Math.sign(byStrokes('丁力', '王伟'))).toBe(-Math.sign(byStrokes('王伟', '丁力')))
  })
})
