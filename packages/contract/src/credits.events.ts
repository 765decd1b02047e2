export type CreditsEvents = {
  'credits.entered': {
    memberId: string
    year: number
    source: string
    sourceId: string
    rule: string
    hundredths: number
  }
  'credits.reversed': { memberId: string; year: number; entryId: string; hundredths: number }
  'credits.recounted': { year: number; entries: number; people: number; hundredths: number }
  'credits.certificate_submitted': { memberId: string; year: number; hundredths: number }
  'credits.certificate_withdrawn': { memberId: string }
  'credits.certificate_checked': { memberId: string; hundredths: number }
  'credits.certificate_accepted': { memberId: string; hundredths: number }
  'credits.certificate_returned': { memberId: string }
  'credits.exemption_applied': { memberId: string; year: number }
  'credits.exemption_withdrawn': { memberId: string; year: number }
  'credits.exemption_decided': { memberId: string; year: number; approved: boolean }
  'credits.exemption_ended': { memberId: string; year: number }
  /** Somebody read why a person asks to be freed. */
  'credits.exemption_opened': { memberId: string; purpose: string }
  'credits.transcript_issued': { memberId: string; year: number; sha256: string }
  'credits.honours_proposed': { year: number; title: string; people: number }
  'credits.honour_reviewed': { memberId: string; year: number; passed: boolean }
  'credits.honour_decided': { memberId: string; year: number; confirmed: boolean }
  'credits.exported': { year: number; rows: number; format: string; sha256: string }
  /** One person at the end of a quarter; `missing` in hundredths of an hour. */
  'credits.shortfall_due': { memberId: string; year: number; quarter: number; missing: number }
  /** To the posts of a branch: how many of its people are behind. */
  'credits.shortfalls_listed': { year: number; quarter: number; people: number; orgId: string }
}
