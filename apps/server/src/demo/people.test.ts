import { normaliseFacts } from '@tongxin/domain/members/normalise'
import { describe, expect, test } from 'vitest'
import { inventPeople } from './people.ts'
import { seeded } from './random.ts'

const NOW = new Date('2026-11-02T01:00:00Z')
const people = inventPeople(seeded(7), NOW)

describe('invented people', () => {
  test('are four hundred in twelve branches, the same at every run', () => {
    expect(people).toHaveLength(400)
    expect(new Set(people.map((person) => person.unitKey)).size).toBe(12)
    expect(inventPeople(seeded(7), NOW)).toEqual(people)
    expect(inventPeople(seeded(8), NOW)).not.toEqual(people)
  })

  test('have facts that a person could have typed in', () => {
    for (const { facts } of people) expect(normaliseFacts(facts, '2026-11-02').faults).toEqual([])
  })

  test('share neither ID number nor telephone, and have none that was ever given out', () => {
    expect(new Set(people.map(({ facts }) => facts.idNumber)).size).toBe(400)
    expect(new Set(people.map(({ facts }) => facts.phone)).size).toBe(400)
    for (const { facts } of people)
      expect(facts).toMatchObject({ idNumber: expect.stringMatching(/^110099/), phone: expect.stringMatching(/^154/) })
  })

  test('applied, were proposed and joined in the order of the statutes, as adults', () => {
    for (const { facts } of people) {
      const dates = [facts.appliedOn, facts.activistOn, facts.candidateOn, facts.joinedOn, facts.convertedOn].filter(
        (date) => date != null,
      )
      expect(dates).toEqual([...dates].sort())
      const adultOn = `${Number(facts.bornOn?.slice(0, 4)) + 18}${facts.bornOn?.slice(4)}`
      expect(dates[0] && dates[0] >= adultOn).toBe(true)
      expect(dates.every((date) => date < '2026-11-02')).toBe(true)
    }
  })

  test('lead every branch: the first six are full members', () => {
    const groups = Map.groupBy(people, (person) => person.unitKey)
    for (const own of groups.values())
      expect(own.slice(0, 6).every(({ facts }) => facts.category === 'formal')).toBe(true)
  })
})
