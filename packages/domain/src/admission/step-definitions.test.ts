import { describe, expect, it } from 'vitest'
import { STEP_DEFINITIONS, stepDefinitionOn, stepDefinitionsOn } from './step-definitions.ts'
import { readStepFacts } from './step-facts.ts'

const talk = stepDefinitionOn(2, '2026-06-01').fields

describe('definitions of steps', () => {
  it('are 25 on every day, in order, and hold without a gap', () => {
    for (const day of ['2014-06-01', '2026-05-10', '2026-05-11', '2030-01-01']) {
      expect(stepDefinitionsOn(day).map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
      for (const { effectiveFrom, effectiveUntil } of stepDefinitionsOn(day))
        expect(effectiveFrom <= day && (effectiveUntil === null || day <= effectiveUntil)).toBe(true)
    }
    expect(STEP_DEFINITIONS).toHaveLength(50)
    expect(() => stepDefinitionOn(26, '2026-06-01')).toThrow(RangeError)
  })

  it('leave decisions to the level above, and approval to committees with the power', () => {
    const today = stepDefinitionsOn('2026-06-01')
    const numbers = (which: (one: (typeof today)[number]) => boolean) => today.filter(which).map(({ number }) => number)
    expect(numbers(({ decidedAbove }) => decidedAbove)).toEqual([4, 8, 13, 17, 24, 25])
    expect(numbers(({ approves }) => approves)).toEqual([13, 17, 24])
    expect(numbers(({ recordedAbove }) => recordedAbove)).toEqual([16, 18])
  })
})

describe('facts of a step', () => {
  it('are refused when missing, unknown or of the wrong kind', () => {
    const given = { talker: ' ', talkerPost: 'nobody', summary: 7, extra: 'x' }
    expect(readStepFacts(talk, given).problems).toEqual([
      { field: 'extra', code: 'field.unknown' },
      { field: 'talker', code: 'field.missing' },
      { field: 'talkerPost', code: 'field.wrong_format' },
      { field: 'summary', code: 'field.wrong_format' },
    ])
  })

  it('are read with texts trimmed and empty ones left out', () => {
    const given = { talker: ' 王书记 ', talkerPost: 'secretary', summary: '谈话', place: '', unused: undefined }
    const { facts, problems } = readStepFacts(talk, { ...given, unused: undefined })
    expect(facts).toEqual({ talker: '王书记', talkerPost: 'secretary', summary: '谈话' })
    expect(problems).toEqual([{ field: 'unused', code: 'field.unknown' }])
  })

  it('count people in whole numbers, name each person once and know real days only', () => {
    const one = '01890000-0000-7000-8000-000000000001'
    const contacts = stepDefinitionOn(5, '2026-06-01').fields
    expect(readStepFacts(contacts, { contacts: [one, one] }).problems).toHaveLength(1)
    expect(readStepFacts(contacts, { contacts: [one] }).facts).toEqual({ contacts: [one] })
    const training = stepDefinitionOn(11, '2026-06-01').fields
    const wrong = { from: '2026-02-30', until: '2026-03-02', days: 2.5, hours: -1, place: '党校', organiser: '党委' }
    expect(readStepFacts(training, wrong).problems.map(({ field }) => field)).toEqual(['from', 'days', 'hours'])
  })
})
