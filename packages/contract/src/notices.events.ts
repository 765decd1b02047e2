export type NoticesEvents = {
  'notices.written': { title: string; state: string }
  'notices.discarded': { title: string }
  'notices.sent': { title: string; level: string; people: number }
  'notices.circulated': { noticeId: string; level: string }
  'notices.corrected': { title: string; version: number; asksAgain: boolean }
  'notices.recalled': { title: string }
  'notices.delivered': { noticeId: string; kind: string; level: string }
  'notices.read': { notices: number }
  'notices.confirmed': { noticeId: string }
  'notices.answered': { noticeId: string }
  'notices.resent': { people: number }
  'notices.exported': { rows: number; format: string; sha256: string }
  'notices.preferences_set': { quietFrom: number; quietUntil: number }
}
