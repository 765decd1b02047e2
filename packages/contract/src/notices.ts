import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { defineRefusals } from './refusal.ts'

export const NOTICE_LEVELS = ['normal', 'important', 'urgent'] as const
export type NoticeLevel = (typeof NOTICE_LEVELS)[number]
/** `written` by a person; the others are facts whose words stand in the interface's texts. */
export const NOTICE_KINDS = [
  'written',
  'meeting_convened',
  'meeting_changed',
  'meeting_cancelled',
  'meeting_reminder',
  'leave_asked',
  'leave_approved',
  'leave_refused',
  'record_to_sign',
  'record_unfiled',
  'kinds_missing',
  'change_returned',
  'change_approved',
  'error_reminder',
  'error_notice',
  'error_decided',
  'party_birthday',
  'party_birthdays_near',
  'import_waiting',
  'import_returned',
  'recovery_started',
  'password_reset',
  'deadlines_digest',
  'transfer_issued',
  'transfer_received',
  'transfer_returned',
  'transfer_expired',
  'vote_drawing',
  'vote_casting',
  'vote_drawing_ends',
  'vote_drawn',
  'exam_announced',
  'exam_cancelled',
  'exam_released',
  'question_returned',
  'development_stage',
  'development_returned',
  'learning_plan',
  'learning_due',
  'learning_reminder',
  'learning_micro',
  'learning_week',
  'course_returned',
  'credits_short',
  'credits_short_list',
  'certificate_accepted',
  'certificate_returned',
  'exemption_decided',
  'honour_confirmed',
  'topic_call',
  'topic_proposal',
  'topic_scheduled',
  'topic_hidden',
  'study_task',
  'study_reminder',
  'study_marked',
  'study_returned_work',
  'study_shown',
  'study_remark',
  'study_group',
  'study_session',
  'study_session_new',
  'study_session_off',
  'study_campaign',
  'study_post_hidden',
  'task_given',
  'task_moved',
  'task_reminded',
  'library_new',
  'election_asked',
  'election_approved',
  'election_returned',
  'election_allotted',
  'election_nominate',
  'election_result',
  'election_handover',
  'election_handover_off',
  'appraisal_opened',
  'appraisal_sheet',
  'appraisal_result',
  'appraisal_answered',
  'joint_asked',
  'joint_accepted',
  'joint_declined',
  'study_accepted',
  'study_returned',
  'proposal_accepted',
  'proposal_declined',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

const At = strict({ id: Id })
/** What fills the words of a kind: titles, dates, names that the person may know anyway. */
export const NoticeFacts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))

const words = {
  id: Id,
  kind: oneOf(NOTICE_KINDS),
  level: oneOf(NOTICE_LEVELS),
  title: nullable(Type.String()),
  body: nullable(Type.String()),
  facts: NoticeFacts,
  orgName: nullable(Type.String()),
  needsConfirm: Type.Boolean(),
  confirmBy: nullable(InstantAt),
  sentAt: InstantAt,
}

export const InboxRow = Type.Object({
  ...words,
  /** Where it leads in the applications: `/meetings/ID`; null when it only tells. */
  path: nullable(Type.String()),
  readAt: nullable(InstantAt),
  confirmedAt: nullable(InstantAt),
})
export type InboxRow = Static<typeof InboxRow>

export const listInbox = {
  method: 'GET',
  path: '/my/notices',
  permission: 'signed-in',
  summary: 'Notices addressed to me, the newest first',
  query: strict({ ...pageQuery(['sentAt'] as const), unread: Type.Optional(Type.Boolean()) }),
  reply: pageOf(InboxRow),
} as const satisfies Endpoint

export const countUnread = {
  method: 'GET',
  path: '/my/notices/unread',
  permission: 'signed-in',
  summary: 'How many notices I have not read, and how many wait for my confirmation',
  reply: Type.Object({ unread: Type.Integer(), toConfirm: Type.Integer() }),
} as const satisfies Endpoint

export const noteRead = {
  method: 'POST',
  path: '/my/notices/read',
  permission: 'signed-in',
  summary: 'I have read these, or all that are there. Repeating it changes nothing',
  body: strict({ ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true })) }),
  reply: Type.Object({ read: Type.Integer() }),
} as const satisfies Endpoint

export const confirmNotice = {
  method: 'POST',
  path: '/my/notices/:id/confirm',
  permission: 'signed-in',
  summary: 'I confirm that I received it. Repeating it changes nothing',
  params: At,
  body: Empty,
  reply: Type.Object({ confirmedAt: InstantAt }),
} as const satisfies Endpoint

const Hour = Type.Integer({ minimum: 0, maximum: 23 })
export const readQuietHours = {
  method: 'GET',
  path: '/my/notices/quiet-hours',
  permission: 'signed-in',
  summary: 'Hours in which no channel disturbs me, except urgent notices',
  reply: Type.Object({ quietFrom: Type.Integer(), quietUntil: Type.Integer() }),
} as const satisfies Endpoint

export const setQuietHours = {
  method: 'PUT',
  path: '/my/notices/quiet-hours',
  permission: 'signed-in',
  summary: 'Set the hours in which no channel disturbs me',
  body: strict({ quietFrom: Hour, quietUntil: Hour }),
  reply: Type.Object({ quietFrom: Type.Integer(), quietUntil: Type.Integer() }),
} as const satisfies Endpoint

export const sendNotice = {
  method: 'POST',
  path: '/notices',
  permission: 'notices.send',
  summary: 'Tell everyone of an organisation and below',
  body: strict({
    orgId: Id,
    title: Type.String({ minLength: 2, maxLength: 120, pattern: '\\S' }),
    body: Type.String({ minLength: 2, maxLength: 8000, pattern: '\\S' }),
    level: oneOf(NOTICE_LEVELS),
    needsConfirm: Type.Boolean(),
    confirmBy: Type.Optional(nullable(InstantAt)),
    /** Party members only, or everyone with a record. */
    to: oneOf(['members', 'everyone'] as const),
  }),
  reply: Type.Object({ id: Id, people: Type.Integer() }),
} as const satisfies Endpoint

export const NoticeRow = Type.Object({
  ...words,
  sentBy: nullable(Type.String()),
  delivered: Type.Integer(),
  read: Type.Integer(),
  confirmed: Type.Integer(),
})
export type NoticeRow = Static<typeof NoticeRow>

export const listNotices = {
  method: 'GET',
  path: '/notices',
  permission: 'notices.send',
  summary: 'Notices written in the scope, with receipts',
  query: strict({
    ...pageQuery(['sentAt'] as const),
    level: Type.Optional(oneOf(NOTICE_LEVELS)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  }),
  reply: pageOf(NoticeRow),
} as const satisfies Endpoint

export const readNotice = {
  method: 'GET',
  path: '/notices/:id',
  permission: 'notices.send',
  summary: 'One notice with its receipts',
  params: At,
  reply: NoticeRow,
} as const satisfies Endpoint

export const listReceipts = {
  method: 'GET',
  path: '/notices/:id/receipts',
  permission: 'notices.send',
  summary: 'Who has read and confirmed, or who is missing',
  params: At,
  query: strict({ ...pageQuery(['name'] as const), missing: Type.Optional(Type.Boolean()) }),
  reply: pageOf(
    Type.Object({
      personId: Id,
      name: Type.String(),
      readAt: nullable(InstantAt),
      confirmedAt: nullable(InstantAt),
      resent: Type.Integer(),
    }),
  ),
} as const satisfies Endpoint

export const resendNotice = {
  method: 'POST',
  path: '/notices/:id/resend',
  permission: 'notices.send',
  summary: 'Tell only those again who have not read it, or not confirmed where that is asked',
  params: At,
  body: Empty,
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint

export const noticesRefusals = defineRefusals('notices', {
  not_found: 'missing',
  no_such_org: 'missing',
  nobody_there: 'invalid',
  confirm_by_past: 'invalid',
  nothing_to_confirm: 'conflict',
  nobody_missing: 'conflict',
  resent_just_now: 'conflict',
})
