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
  'media_refused',
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

/** What a notice asks besides being read: nothing, a few words, or one of the sender's choices. */
export const ANSWER_KINDS = ['none', 'text', 'choice'] as const
export type AnswerKind = (typeof ANSWER_KINDS)[number]

const At = strict({ id: Id })
export const NoticeFile = Type.Object({ id: Id, name: Type.String() })
/** A text that was replaced, and what is said about the new one. */
export const NoticeCorrection = Type.Object({
  version: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  note: nullable(Type.String()),
  asksAgain: Type.Boolean(),
  by: Type.String(),
  at: InstantAt,
})

/** What fills the words of a kind: titles, dates, names that the person may know anyway. */
export const NoticeFacts = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))

/** What a written notice has besides its words, as its receivers see it in a list. */
const CircularGlance = Type.Object({
  /** 1 until the text is corrected. */
  version: Type.Integer(),
  /** It was corrected after I read it. */
  isChanged: Type.Boolean(),
  /** Why it was recalled; null while it stands. */
  recalledReason: nullable(Type.String()),
  files: Type.Integer(),
  answerKind: oneOf(ANSWER_KINDS),
  answeredAt: nullable(InstantAt),
  /** The unit that wrote it first, where mine passed it on. */
  fromAbove: nullable(Type.String()),
  preface: nullable(Type.String()),
})

export const InboxRow = Type.Object({
  id: Id,
  kind: oneOf(NOTICE_KINDS),
  level: oneOf(NOTICE_LEVELS),
  title: nullable(Type.String()),
  /** Of written notices the beginning: the whole stands on their page. */
  body: nullable(Type.String()),
  facts: NoticeFacts,
  orgName: nullable(Type.String()),
  needsConfirm: Type.Boolean(),
  confirmBy: nullable(InstantAt),
  sentAt: InstantAt,
  /** Where it leads in the applications: `/meetings/ID`; null when it only tells. */
  path: nullable(Type.String()),
  readAt: nullable(InstantAt),
  confirmedAt: nullable(InstantAt),
  /** Null for facts of other modules. */
  circular: nullable(CircularGlance),
})
export type InboxRow = Static<typeof InboxRow>

export const listInbox = {
  method: 'GET',
  path: '/my/notices',
  permission: 'signed-in',
  summary: 'Notices addressed to me, the newest first',
  query: strict({
    ...pageQuery(['sentAt'] as const),
    unread: Type.Optional(Type.Boolean()),
    /** Only those that wait for my confirmation. */
    toConfirm: Type.Optional(Type.Boolean()),
    level: Type.Optional(oneOf(NOTICE_LEVELS)),
  }),
  reply: pageOf(InboxRow),
} as const satisfies Endpoint

export const countUnread = {
  method: 'GET',
  path: '/my/notices/unread',
  permission: 'signed-in',
  summary: 'How many notices I have not read, and how many wait for my confirmation; counted up to 100 each',
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

/** One written notice as its receiver reads it. */
export const readMyNotice = {
  method: 'GET',
  path: '/my/notices/:id',
  permission: 'signed-in',
  summary: 'A written notice addressed to me, with its whole text, files, corrections and my answer',
  params: At,
  reply: Type.Object({
    notice: InboxRow,
    /** Empty when it was recalled. */
    body: Type.String(),
    sentBy: nullable(Type.String()),
    /** What the units on the way down wrote before the text, the highest first. */
    prefaces: Type.Array(Type.Object({ orgName: Type.String(), words: Type.String() })),
    confirmedVersion: nullable(Type.Integer()),
    files: Type.Array(NoticeFile),
    corrections: Type.Array(NoticeCorrection),
    choices: Type.Array(Type.String()),
    answer: nullable(Type.String()),
  }),
} as const satisfies Endpoint

export const answerNotice = {
  method: 'POST',
  path: '/my/notices/:id/answer',
  permission: 'signed-in',
  summary: 'Answer what the notice asks; a later answer replaces the one before',
  params: At,
  body: strict({ answer: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) }),
  reply: Type.Object({ answeredAt: InstantAt }),
} as const satisfies Endpoint

export const noticesRefusals = defineRefusals('notices', {
  not_found: 'missing',
  no_such_org: 'missing',
  no_such_member: 'missing',
  nobody_there: 'invalid',
  levels_without_posts: 'invalid',
  choices_missing: 'invalid',
  send_at_past: 'invalid',
  not_a_draft: 'conflict',
  not_sent: 'conflict',
  recalled_already: 'conflict',
  text_unchanged: 'invalid',
  nothing_to_answer: 'conflict',
  not_a_choice: 'invalid',
  answer_over: 'conflict',
  not_for_here: 'missing',
  text_from_above: 'conflict',
  too_many_rows: 'invalid',
  confirm_by_past: 'invalid',
  nothing_to_confirm: 'conflict',
  nobody_missing: 'conflict',
  resent_just_now: 'conflict',
})
