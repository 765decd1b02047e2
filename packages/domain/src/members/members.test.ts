import { describe, expect, it } from 'vitest'
import { completenessOf, missingFields } from './completeness.ts'
import { unknownEntryFacts } from './entries.ts'
import { maskField, maskIdNumber, maskPhone } from './masks.ts'
import { givenNameOf } from './name-parts.ts'
import { normaliseFacts } from './normalise.ts'
import { qualityOf } from './quality.ts'

const TODAY = '2026-11-22'
const codesOf = (facts: object, samePhone = 1) => qualityOf(facts, TODAY, samePhone).map((finding) => finding.code)

describe('masks', () => {
  it('show the first three and the last four of numbers, and hide short ones wholly', () => {
    expect(maskIdNumber('110101199003071233')).toBe('110***********1233')
    expect(maskPhone('13800001234')).toBe('138****1234')
    expect(maskPhone('1234567')).toBe('*******')
    expect(maskIdNumber('1234567')).toBe('*******')
  })
  it('hide most of an address, all of an illness, and the box of a mail address', () => {
    expect(maskField('homeAddress', '江湾市学府路一号')).toBe('江湾******')
    expect(maskField('health', '高血压')).toBe('***')
    expect(maskField('email', 'wang@example.cn')).toBe('w***@example.cn')
  })
})

describe('normalising what was written', () => {
  it('names every wrong field', () => {
    const { faults } = normaliseFacts(
      {
        idNumber: '110101199003071230',
        bornOn: '1990-02-30',
        phone: '12',
        category: 'boss',
        name: ' ',
        joinedOn: '2012-06',
      },
      TODAY,
    )
    expect(faults.map(({ field, reason }) => `${field} ${reason}`).sort()).toEqual([
      'bornOn date_wrong',
      'category word_unknown',
      'idNumber id_number_wrong',
      'joinedOn date_wrong',
      'name name_wrong',
      'phone phone_wrong',
    ])
  })
  it('takes dates as people write them, full width, and a telephone with its prefix', () => {
    const written = { joinedOn: '2012.6.1', convertedOn: '20130601', phone: '+86 138-0000-1234', isRetired: 'no' }
    expect(normaliseFacts(written, TODAY)).toEqual({
      facts: { joinedOn: '2012-06-01', convertedOn: '2013-06-01', phone: '13800001234', isRetired: null },
      faults: [],
    })
  })
})

describe('completeness', () => {
  it('is nothing for nothing, and asks of each person what can be known', () => {
    expect(completenessOf({})).toBe(0)
    expect(missingFields({ category: 'formal', name: '王' })).toContain('convertedOn')
    expect(missingFields({ category: 'probationary', name: '王' })).not.toContain('convertedOn')
    expect(missingFields({ category: 'public', name: '王' })).not.toContain('appliedOn')
  })
  it('grows with every field that counts', () => {
    const some = completenessOf({ name: '王', category: 'formal' })
    expect(completenessOf({ name: '王', category: 'formal', phone: '13800001234' })).toBeGreaterThan(some)
    expect(completenessOf({ name: '王', category: 'formal', note: '无' })).toBe(some)
  })
})

describe('doubts about a record', () => {
  it('are raised for dates that cannot be', () => {
    expect(codesOf({ bornOn: '2000-01-01', joinedOn: '2017-12-31' })).toEqual(['joined_before_eighteen'])
    expect(codesOf({ appliedOn: '2012-01-01', joinedOn: '2011-06-01' })).toEqual(['steps_out_of_order'])
    expect(codesOf({ joinedOn: '2012-06-01', convertedOn: '2013-05-31' })).toEqual(['converted_too_early'])
    expect(codesOf({ joinedOn: '2026-11-23' })).toEqual(['date_in_future'])
  })
  it('are raised when the ID number says otherwise, or too many give one telephone', () => {
    expect(codesOf({ idNumber: '440305198008216284', bornOn: '1980-08-22', sex: '1' })).toEqual(['id_born', 'id_sex'])
    expect(codesOf({ phone: '13800001234' }, 2)).toEqual([])
    expect(codesOf({ phone: '13800001234' }, 3)).toEqual(['phone_shared'])
  })
})

describe('parts of a name', () => {
  it('find the given name behind double surnames, dots and Latin names', () => {
    expect(['王小明', '欧阳建国', '欧阳', '阿依古丽·买买提', 'Anna Li'].map(givenNameOf)).toEqual([
      '小明',
      '建国',
      '阳',
      '买买提',
      'li',
    ])
  })
})

describe('facts of entries', () => {
  it('belong to their kind', () => {
    expect(unknownEntryFacts('award', ['title', 'hours'])).toEqual(['hours'])
  })
})
