import { expect, it } from 'vitest'
import { paths } from '../../paths.ts'
import { TOPICS, topicOf } from './topics.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

it('opens at the part of the page one comes from', () => {
  expect(topicOf(paths.meetings.one('ID'))).toBe('meetings')
  expect(topicOf(paths.record.correct())).toBe('record')
  expect(topicOf(paths.absence())).toBe('absence')
  expect(topicOf(paths.development.handIn())).toBe('development')
  expect(topicOf(paths.me())).toBe('start')
})

it('has every part with the same tasks and steps in both languages', () => {
  const shape = (words: typeof chinese | typeof english) =>
    Object.entries(words).map(([topic, { tasks }]) => [topic, tasks.map(({ steps }) => steps.length)])
  expect(shape(english)).toEqual(shape(chinese))
  expect(Object.keys(chinese)).toEqual([...TOPICS])
})
