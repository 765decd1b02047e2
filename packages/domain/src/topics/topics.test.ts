import { describe, expect, it } from 'vitest'
import { leftOutOf, reasonsOf, sparesOf } from './explained.ts'
import { distanceBetween, isDayOf, likeness } from './lesson.ts'
import {
  demandOf,
  greedyOf,
  hurdleBetween,
  type LecturerOffer,
  placementsOf,
  programOf,
  type WishToPlace,
} from './matching.ts'
import { mostWanted } from './wanted.ts'

const wish = (id: string, more: Partial<WishToPlace> = {}): WishToPlace => ({
  id,
  supporters: 10,
  tags: ['党史'],
  level: 'branch',
  format: 'lecture',
  place: 'unit',
  parts: [],
  fromOn: '2026-12-01',
  untilOn: '2026-12-31',
  orgPath: 'r00.001.001',
  declined: [],
  ...more,
})
const lecturer = (id: string, more: Partial<LecturerOffer> = {}): LecturerOffer => ({
  id,
  tags: ['党史'],
  levels: ['branch'],
  formats: ['lecture'],
  isOnline: false,
  maxPerMonth: 2,
  maxDistance: 2,
  orgPath: 'r00.001.002',
  slots: [{ id: `${id}-1`, onDate: '2026-12-08', part: 'weekday' }],
  booked: {},
  ...more,
})

describe('what keeps a lecturer from a wish', () => {
  it.each([
    ['tags', {}, { tags: ['理论'] }],
    ['level', {}, { levels: ['committee'] }],
    ['format', { format: 'seminar' }, {}],
    ['online', { place: 'online' }, {}],
    ['distance', {}, { orgPath: 'r00.002.001' }],
    ['slots', { parts: ['weekend'] }, {}],
    ['slots', { fromOn: '2026-12-09' }, {}],
    ['load', {}, { booked: { '2026-12': 2 } }],
    ['declined', { declined: ['l'] }, {}],
    [null, {}, {}],
  ] as const)('%s', (hurdle, asked, offered) => {
    expect(hurdleBetween(wish('w', asked), lecturer('l', offered))).toBe(hurdle)
  })

  it('asks no way of a lesson over the network', () => {
    const far = lecturer('l', { orgPath: 'r00.009.001', isOnline: true, maxDistance: 0 })
    expect(hurdleBetween(wish('w', { place: 'online' }), far)).toBeNull()
  })
})

describe('the programme', () => {
  it('leaves the greedy pass behind where the most wanted takes the only lecturer of another', () => {
    const wishes = [wish('a', { supporters: 12, tags: ['党史', '理论'] }), wish('b', { supporters: 11 })]
    const lecturers = [lecturer('near'), lecturer('other', { tags: ['理论'] })]
    const program = programOf(wishes, lecturers)
    const greedy = placementsOf(program, greedyOf(program))
    expect(greedy).toMatchObject([{ wishId: 'a' }])
    expect(demandOf(program, greedyOf(program))).toBe(12)
    expect(program.columns).toHaveLength(3)
  })

  it('takes exchangeable slots as one choice and never more of them than the month allows', () => {
    const slots = ['08', '09', '10'].map((day) => ({
      id: day,
      onDate: `2026-12-${day}`,
      part: 'weekday' as const,
    }))
    const program = programOf([wish('a'), wish('b'), wish('c')], [lecturer('l', { slots })])
    expect(program.classes).toHaveLength(1)
    expect(placementsOf(program, greedyOf(program)).map(({ slotId }) => slotId)).toEqual(['08', '09'])
  })

  it('says why a wish was left out, why a lecturer was chosen, and who comes next', () => {
    const lecturers = [lecturer('l', { maxPerMonth: 1 }), lecturer('m', { tags: ['党史', '纪律'], orgPath: 'r00.001' })]
    const wishes = [wish('a', { supporters: 30 }), wish('x', { format: 'case' }), wish('y', { tags: ['天文'] })]
    const program = programOf(wishes, lecturers)
    const placements = placementsOf(program, greedyOf(program))
    expect(placements).toMatchObject([{ wishId: 'a', lecturerId: 'm' }])
    const first = placements[0]
    expect(first && reasonsOf(program, placements, first)).toMatchObject({
      sharedTags: ['党史'],
      distance: 1,
      others: 1,
    })
    expect(sparesOf(program, placements, 2)).toEqual([{ wishId: 'a', lecturerId: 'l', slotId: 'l-1' }])
    expect(leftOutOf(program, placements)).toMatchObject([
      { wishId: 'x', hurdle: 'format', stopped: { format: 2 } },
      { wishId: 'y', hurdle: 'tags', stopped: { tags: 2 } },
    ])
    const short = programOf([wish('a', { supporters: 30 }), wish('b')], [lecturer('l', { maxPerMonth: 1 })])
    const [left] = leftOutOf(short, placementsOf(short, greedyOf(short)))
    expect(left).toMatchObject({ wishId: 'b', hurdle: null, takenBy: [{ wishId: 'a', supporters: 30 }] })
  })
})

describe('the most wanted topics', () => {
  const topic = (title: string, ratings: number, ratingSum: number, supporters = 10) => ({
    id: title,
    title,
    supporters,
    enrolled: 5,
    completed: 5,
    ratings,
    ratingSum,
  })

  it('draws the mean of few ratings to the mean of all, and counts nothing below the least number', () => {
    const { rows, terms } = mostWanted([topic('甲', 20, 80), topic('乙', 3, 15), topic('丙', 2, 10)], 10)
    expect(terms).toEqual({ prior: 413, priorWeight: 5, leastRatings: 3 })
    // 甲: 20 + 10 × (5 × 4.13 + 80) / 25; 乙: 20 + 10 × (5 × 4.13 + 15) / 8; 丙: the prior alone.
    expect(rows.map(({ title, score, mean }) => [title, score, mean])).toEqual([
      ['乙', 646, 50],
      ['丙', 613, null],
      ['甲', 603, 40],
    ])
  })

  it('stands in the middle where nobody has rated, and gives no more rows than asked', () => {
    const { rows, terms } = mostWanted([topic('甲', 0, 0), topic('乙', 0, 0, 11)], 1)
    expect(terms.prior).toBe(300)
    expect(rows.map(({ title, score }) => [title, score])).toEqual([['乙', 510]])
  })
})

describe('lessons', () => {
  it('measures the way up to the common unit and down again', () => {
    expect(distanceBetween('r00.001.001', 'r00.001.002')).toBe(2)
    expect(distanceBetween('r00', 'r00')).toBe(0)
    expect(distanceBetween('r00.001.001', 'r00')).toBe(2)
  })
  it('knows weekends, and finds titles that say nearly the same', () => {
    expect(isDayOf('2026-11-22', 'weekend')).toBe(true)
    expect(isDayOf('2026-11-23', 'weekend')).toBe(false)
    expect(isDayOf('2028-02-29', 'weekday')).toBe(true)
    expect(likeness('新修订的纪律处分条例怎么学', '怎么学新修订的纪律处分条例')).toBeGreaterThan(0.7)
    expect(likeness('党史', '天文')).toBe(0)
  })
})
