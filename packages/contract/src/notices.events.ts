export type NoticesEvents = {
  'notices.sent': { level: string; people: number; kind: string }
  'notices.delivered': { noticeId: string; kind: string; level: string }
  'notices.read': { notices: number }
  'notices.confirmed': { noticeId: string }
  'notices.resent': { people: number }
  'notices.preferences_set': { quietFrom: number; quietUntil: number }
}
