import { checkCharacterOf } from '@tongxin/domain/identity/citizen-id'
import { expect, it } from 'vitest'
import { changedFacts, openFacts, withField } from './member-form.ts'

const TODAY = '2026-11-22'
// An invented number: a woman born on 1990-03-07.
const DIGITS = '11010519900307772'
const ID = DIGITS + checkCharacterOf(DIGITS)

it('sends nothing about a field that reads as the record already does', () => {
  expect(changedFacts({ nativePlace: '山东' }, { nativePlace: ' 山东 ' })).toEqual({})
})

it('keeps a sealed field that was left empty, because the form never had its value', () => {
  expect(changedFacts({}, { phone: '', homeAddress: '解放路 1 号' })).toEqual({ homeAddress: '解放路 1 号' })
})

it('empties an open field that was cleared', () => {
  expect(changedFacts({ nativePlace: '山东' }, { nativePlace: '' })).toEqual({ nativePlace: null })
})

it('starts a form without the masked values of the record', () => {
  expect(openFacts({ name: '王建国', idNumber: '110***********1234', nativePlace: null })).toEqual({ name: '王建国' })
})

it('reads birth date and sex from a valid ID number, and leaves what was written', () => {
  expect(withField({}, 'idNumber', ID, TODAY)).toEqual({ idNumber: ID, bornOn: '1990-03-07', sex: '2' })
  expect(withField({ bornOn: '1991-01-01', sex: '1' }, 'idNumber', ID, TODAY)).toEqual({
    idNumber: ID,
    bornOn: '1991-01-01',
    sex: '1',
  })
  expect(withField({}, 'idNumber', ID.slice(0, 17), TODAY)).toEqual({ idNumber: ID.slice(0, 17) })
})
