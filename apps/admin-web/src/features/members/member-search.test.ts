import { expect, it } from 'vitest'
import { memberFilterOf, memberQueryOf } from './member-search.ts'

it('does not send what belongs to the page, nor a tick without its organisation', () => {
  expect(memberFilterOf({ open: 'x', tab: 'work', cursor: 'c', below: 'true' })).toEqual({})
})

it('turns the texts of the address into the filters of the endpoint', () => {
  expect(
    memberFilterOf({
      orgId: 'o',
      below: 'true',
      category: 'formal,probationary',
      age: '36-45',
      completenessBelow: '80',
      joinedFrom: '2020-01-01',
      joinedMonth: '7',
      missedAtLeast: '3',
      duesBehind: '5',
    }),
  ).toEqual({
    orgId: 'o',
    below: true,
    category: ['formal', 'probationary'],
    ageFrom: 36,
    ageTo: 45,
    completenessBelow: 80,
    joinedFrom: '2020-01-01',
    joinedMonth: 7,
    missedAtLeast: 3,
    duesBehind: 5,
  })
})

it('asks for a page of twenty in the order of the list unless the address says otherwise', () => {
  expect(memberQueryOf({})).toEqual({ limit: '20' })
  expect(memberQueryOf({ limit: '100', sort: '-joined', cursor: 'c', search: 'wjg' })).toEqual({
    limit: '100',
    sort: '-joined',
    cursor: 'c',
    search: 'wjg',
  })
})
