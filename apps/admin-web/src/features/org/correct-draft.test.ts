import type { OrgRecord } from '@tongxin/contract/org.record'
import { describe, expect, it } from 'vitest'
import { bodyOf, draftOf } from './correct-draft.ts'

const unit = {
  shortName: '护理支部',
  code: null,
  foundedOn: '2016-06-18',
  foundingDocument: null,
  approvedBy: null,
  tags: ['样板支部'],
  facts: { stars: 4, isLegalEntity: false, hostUnit: '附属医院' },
} as unknown as OrgRecord

describe('the body of a correction', () => {
  it('names nothing that was not changed', () => {
    expect(bodyOf(unit, draftOf(unit), ' 补录 ')).toEqual({ reason: '补录' })
  })

  it('clears what was emptied, keeps types, and splits tags', () => {
    const values = { ...draftOf(unit), shortName: '', stars: '5', isLegalEntity: 'true', tags: '样板支部、离退休 青年' }
    expect(bodyOf(unit, values, '补录')).toEqual({
      shortName: null,
      tags: ['样板支部', '离退休', '青年'],
      facts: { stars: 5, isLegalEntity: true },
      reason: '补录',
    })
  })

  it('leaves what is no number for the server to refuse by its field', () => {
    const { facts } = bodyOf(unit, { ...draftOf(unit), stars: '五' }, '补录')
    expect(facts).toEqual({ stars: '五' })
  })
})
