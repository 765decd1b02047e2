export type MeetingsEvents = {
  'meetings.planned': { kinds: string[]; startsAt: string }
  'meetings.changed': { fields: string[]; wasCalled: boolean; startsAt: string; place: string | null }
  'meetings.convened': { called: number; startsAt: string }
  'meetings.cancelled': { wasCalled: boolean }
  'meetings.opened': Record<string, never>
  'meetings.closed': { present: number }
  'meetings.answered': { memberId: string; answer: string }
  'meetings.invitation_read': { memberId: string }
  'meetings.leave_decided': { memberId: string; isGranted: boolean }
  /** One event for a group of people who came within a moment. */
  'meetings.checked_in': { memberIds: string[]; way: string }
  'meetings.check_in_struck': { memberId: string }
  'meetings.record_saved': { signaturesVoided: number }
  'meetings.paper_added': { paperId: string; agendaId: string | null; name: string }
  'meetings.paper_removed': { paperId: string; name: string }
  'meetings.voted': { agendaId: string; ruleId: string; carried: boolean }
  'meetings.record_submitted': { recordHash: string }
  'meetings.signed': { as: string; recordHash: string }
  'meetings.archived': { recordHash: string }
  'meetings.erratum_added': { erratumId: string }
  'meetings.printed': { form: string; format: string }
  'meetings.exported': { rows: number; purpose: string; sha256: string }
  'meetings.feed_made': Record<string, never>
  'meetings.feed_ended': Record<string, never>
  /** `step`: `3d`, `1d`, `1h` before the start. */
  'meetings.reminder_due': { step: string; startsAt: string }
  /** `days` after the meeting its record is still not filed. */
  'meetings.filing_due': { days: number }
  'meetings.kinds_missing': { orgId: string; period: string; kinds: string[] }
}
