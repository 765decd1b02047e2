import { describe, expect, it } from 'vitest'
import { requiredDocuments } from './dossier.ts'

describe('papers that a folder must hold', () => {
  it('are none for somebody outside the path into the Party', () => {
    expect(requiredDocuments('public')).toEqual([])
  })
  it('grow with the step that was reached', () => {
    expect(requiredDocuments('applicant')).toEqual(['application'])
    expect(requiredDocuments('candidate')).toEqual([
      'application',
      'autobiography',
      'activist_record',
      'vetting',
      'training_certificate',
    ])
  })
  it('hold for a full member what the Rules name', () => {
    expect(requiredDocuments('formal')).toEqual(
      expect.arrayContaining(['application_form', 'application', 'vetting', 'conversion_request', 'activist_record']),
    )
  })
})
