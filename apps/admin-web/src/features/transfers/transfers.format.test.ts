import { expect, it } from 'vitest'
import { lampOf, nextActOf, pastedPeople, roadOf, stubKeptUntil } from './transfers.format.ts'

it('reads rows pasted from a spreadsheet, by number or by name, and skips blank ones', () => {
  expect(pastedPeople('20250000823\t滨海大学委员会\t2026-10\n\n欧阳文静,滨海市人才中心党委\n王伟')).toEqual([
    { memberNo: '20250000823', toName: '滨海大学委员会', duesPaidUntil: '2026-10' },
    { name: '欧阳文静', toName: '滨海市人才中心党委' },
    { name: '王伟' },
  ])
})

it('leaves out a month that is none', () => {
  expect(pastedPeople('王伟\t滨海大学委员会\t2026-13')).toEqual([{ name: '王伟', toName: '滨海大学委员会' }])
})

it('names the next act by direction and department', () => {
  const one = { state: 'committee_approved', direction: 'out', needsDepartment: true } as const
  expect(nextActOf(one)).toBe('approve_department')
  expect(nextActOf({ ...one, needsDepartment: false })).toBe('issue')
  expect(nextActOf({ ...one, direction: 'in', needsDepartment: false })).toBe('receive')
  expect(nextActOf({ ...one, state: 'received' })).toBeNull()
  expect(roadOf(one)).toEqual(['agree', 'approve', 'approve_department', 'issue', 'receive'])
})

it('shows a letter by its clock, and an expired one as history once it is settled', () => {
  expect(lampOf({ state: 'awaiting', lamp: 'yellow' })).toBe('warn')
  expect(lampOf({ state: 'expired', lamp: 'red' })).toBe('late')
  expect(lampOf({ state: 'expired', lamp: null })).toBe('idle')
})

it('keeps a stub for ten years', () => {
  expect(stubKeptUntil('2026-11-02')).toBe('2036-11-02')
})
