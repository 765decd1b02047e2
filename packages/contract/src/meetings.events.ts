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
  'meetings.photo_added': { photoId: string; caption: string; signaturesVoided: number }
  'meetings.photos_arranged': { photos: number; signaturesVoided: number }
  'meetings.photo_removed': { photoId: string; caption: string; signaturesVoided: number }
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
  'meetings.year_adjusted': { year: number; kind: string; period: string; plannedOn: string | null; isWaived: boolean }
  'meetings.ledger_exported': { rows: number; purpose: string; sha256: string }
  'meetings.attendance_exported': { rows: number; purpose: string; sha256: string }
  'meetings.book_printed': { year: number; meetings: number; purpose: string }
  'meetings.proposed': { title: string }
  'meetings.proposal_withdrawn': { title: string }
  'meetings.proposal_decided': { title: string; isAccepted: boolean; meetingId: string | null }
  'meetings.task_done': { meetingId: string; what: string }
  'meetings.ballot_prepared': { agendaId: string; ballotId: string; secrecy: string }
  'meetings.item_shown': { agendaId: string | null }
  'meetings.study_set': { dueOn: string; absent: number }
  'meetings.study_submitted': { memberId: string }
  'meetings.study_decided': { memberId: string; isAccepted: boolean }
  'meetings.talk_noted': { kind: string; heldOn: string }
  'meetings.talk_opened': { purpose: string }
  'meetings.joint_asked': { orgId: string }
  'meetings.joint_answered': { meetingId: string; orgId: string; isAccepted: boolean; called: number }
  'meetings.second_home_set': { memberId: string; orgId: string; sinceOn: string }
  'meetings.second_home_ended': { memberId: string; orgId: string }
}
