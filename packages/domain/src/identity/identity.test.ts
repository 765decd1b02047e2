import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoDate, serialDate } from './calendar.ts'
import { checkCharacterOf, parseCitizenId, upgrade15 } from './citizen-id.ts'
import { ETHNIC_GROUPS } from './codes.ts'
import { readEducation } from './education.ts'
import { readEthnic } from './ethnic-group.ts'
import { readMemberCategory } from './member-category.ts'
import { readName } from './person-name.ts'
import { readPhone } from './phone.ts'
import { readSex } from './sex.ts'
import { readDate } from './written-date.ts'

const TODAY = '2026-11-22'
const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
const id = fc.tuple(day, fc.integer({ min: 0, max: 999 })).map(([born, sequence]) => {
  const digits = `110105${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return digits + checkCharacterOf(digits)
})

describe('a citizen ID number', () => {
  it('is refused with any one digit changed', () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, place, step) => {
        const wrong = String((Number(number[place]) + step) % 10)
        expect(parseCitizenId(number.slice(0, place) + wrong + number.slice(place + 1), TODAY).valid).toBe(false)
      }),
    )
  })
  it('is refused with two unequal neighbours exchanged', () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 15 }), (number, place) => {
        fc.pre(number[place] !== number[place + 1])
        const exchanged = number.slice(0, place) + number[place + 1] + number[place] + number.slice(place + 2)
        expect(parseCitizenId(exchanged, TODAY).valid).toBe(false)
      }),
    )
  })
  it('is refused when the birth date lies in the future, and accepted on that day', () => {
    expect(parseCitizenId('11010519491231002X', '1949-12-30')).toEqual({ valid: false, reason: 'date' })
    expect(parseCitizenId('11010519491231002x', '1949-12-31').valid).toBe(true)
  })
  it('of fifteen digits is extended, and anything else is not', () => {
    expect(upgrade15('110105491231002')).toBe('11010519491231002X')
    expect(upgrade15('11010549123100X')).toBeNull()
  })
})

describe('a date as people write it', () => {
  it.each([
    ['2000-02-30', { form: 'impossible', iso: null }],
    ['87.12.7', { form: 'impossible', iso: null }],
    ['19871307', { form: 'impossible', iso: null }],
    ['三月', { form: 'impossible', iso: null }],
    ['2026-3-5', { form: 'iso', iso: '2026-03-05' }],
    ['２０２６／３／５', { form: 'iso', iso: '2026-03-05' }],
    ['2026年3月5日', { form: 'iso', iso: '2026-03-05' }],
    ['2019-11-11 00:00:00', { form: 'iso', iso: '2019-11-11' }],
    ['二〇一九年十一月二十三日', { form: 'iso', iso: '2019-11-23' }],
    ['一九九八年十月五日', { form: 'iso', iso: '1998-10-05' }],
    ['2026.3.5', { form: 'dotted', iso: '2026-03-05' }],
    ['20260305', { form: 'compact', iso: '2026-03-05' }],
    ['2022年10月', { form: 'month', iso: '2022-10-01' }],
    ['2022.10', { form: 'month', iso: '2022-10-01' }],
    ['202210', { form: 'month', iso: '2022-10-01' }],
    ['1998年', { form: 'year', iso: null }],
    ['36651', { form: 'serial', iso: '2000-05-05' }],
  ])('reads %s', (written, expected) => {
    expect(readDate(written)).toEqual(expected)
  })
  it('survives every way of writing the same day', () => {
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-').map(Number)
        for (const text of [iso, `${y}/${m}/${d}`, `${y}.${m}.${d}`, `${y}年${m}月${d}日`, iso.replaceAll('-', '')]) {
          expect(readDate(text).iso).toBe(iso)
        }
      }),
    )
  })
  it('agrees with the calendar for every serial number of a spreadsheet, in both epochs', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_000_000 }), (serial) => {
        const expected = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
        expect(serialDate(serial)).toBe(expected)
        expect(serialDate(serial - 1462, true)).toBe(serial >= 1462 ? expected : null)
      }),
    )
    expect(serialDate(1)).toBe('1900-01-01')
    expect(serialDate(60)).toBeNull()
    expect(isoDate(1900, 2, 29)).toBeNull()
  })
})

describe('a name as people write it', () => {
  it.each(['=HYPERLINK("http://127.0.0.1/")', '+1', '-', '@x', '＝1', "'=1", '  =1'])('is a formula: %s', (text) => {
    expect(readName(text).isFormula).toBe(true)
  })
  it.each([
    ['林　怡', '林怡', true],
    [' 张 三 ', '张三', true],
    ['阿依古丽•买买提', '阿依古丽·买买提', false],
    ['阿依古丽 · 买买提', '阿依古丽·买买提', false],
    ['阿卜杜.热西提', '阿卜杜·热西提', false],
    ['Anna Li', 'Anna Li', false],
  ])('of %s keeps %s', (written, name, spaceRemoved) => {
    expect(readName(written)).toEqual({ name, spaceRemoved, isFormula: false })
  })
})

describe('words for facts about a person', () => {
  it('knows ethnic groups by code, name and stem, warns of colloquial names, and guesses nothing', () => {
    for (const [code, name] of Object.entries(ETHNIC_GROUPS)) {
      for (const written of [code, String(Number(code)), name, name.slice(0, -1)]) {
        expect(readEthnic(written)).toEqual({ code, form: 'official' })
      }
    }
    expect(readEthnic('维族')).toEqual({ code: '05', form: 'colloquial' })
    expect(readEthnic('毛难族')).toEqual({ code: '36', form: 'colloquial' })
    for (const written of ['57', '00', '火星族', '哈族']) expect(readEthnic(written).form).toBe('unknown')
  })
  it.each([
    ['大学', '20', true],
    ['大学本科', '20', false],
    ['本科毕业', '21', false],
    ['硕士研究生', '14', false],
    ['博士', '11', true],
    ['大专', '30', false],
    ['中央党校研究生', '10', true],
    ['高中肄业', '63', false],
    ['73', '73', false],
    ['很高', null, true],
  ])('reads the education %s', (written, code, isReading) => {
    expect(readEducation(written)).toEqual({ code, isReading })
  })
  it.each([
    ['正式党员', 'formal'],
    ['中共党员', 'formal'],
    ['预备党员', 'probationary'],
    ['中共预备党员', 'probationary'],
    ['入党积极分子', 'activist'],
    ['发展对象', 'candidate'],
    ['群众', 'public'],
    ['外星人', null],
  ])('reads the category %s', (written, category) => {
    expect(readMemberCategory(written)).toBe(category)
  })
  it('reads sexes and telephone numbers', () => {
    expect(['男', '女性', '1', '2', 'F', '不男不女'].map(readSex)).toEqual(['1', '2', '1', '2', '2', null])
    expect(readPhone('+86 170 6759 1366')).toEqual({ number: '17067591366', isMobile: true, isChanged: true })
    expect(readPhone('138-0013-8000').number).toBe('13800138000')
    expect(readPhone('0746-8370406')).toEqual({ number: '0746-8370406', isMobile: false, isChanged: false })
    expect(readPhone('1.35784E+10').isMobile).toBe(false)
  })
})
