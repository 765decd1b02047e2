import { expect, it } from 'vitest'
import { paths } from '../../paths.ts'
import { isTopic, TOPICS, topicOf } from './topics.ts'
import english from './words.en.json'
import chinese from './words.zh-CN.json'

it('opens at the part of the page one comes from', () => {
  expect(topicOf(paths.workbench())).toBe('workbench')
  expect(topicOf(paths.transfers.one('ID'))).toBe('transfers')
  expect(topicOf(paths.members.one('ID'))).toBe('members')
  expect(topicOf(paths.members.dossier('ID'))).toBe('dossier')
  expect(topicOf(paths.members.merge())).toBe('merge')
  expect(topicOf(paths.memberChanges.one('ID'))).toBe('members')
  expect(topicOf('/somewhere/else')).toBe('start')
})

it('takes no word from the address for a part that it is not', () => {
  expect(isTopic('toString')).toBe(false)
  expect(isTopic(undefined)).toBe(false)
})

it('has every part with the same tasks and steps in both languages', () => {
  const shape = (words: typeof chinese | typeof english) =>
    Object.entries(words).map(([topic, { tasks }]) => [topic, tasks.map(({ steps }) => steps.length)])
  expect(shape(english)).toEqual(shape(chinese))
  expect(Object.keys(chinese)).toEqual([...TOPICS])
})
