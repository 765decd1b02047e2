import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { AUDIENCE_KINDS, AUDIENCE_LEVELS, AUDIENCE_POSTS } from './learning.words.ts'
import { ANSWER_KINDS, NOTICE_LEVELS, NoticeCorrection, NoticeFile } from './notices.ts'
import { DateOn, FileReply, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Notices that a unit writes to people named by a rule (通知). Nobody has a row of them before he reads them. */

export const CIRCULAR_STATES = ['draft', 'scheduled', 'sent', 'recalled'] as const
export type CircularState = (typeof CIRCULAR_STATES)[number]
const At = strict({ id: Id })
const says = (most: number, least = 2) => Type.String({ minLength: least, maxLength: most, pattern: '\\S' })
const ids = (most: number) => Type.Array(Id, { maxItems: most, uniqueItems: true })

/** Units with everything below them, narrowed by kind of people and post, and people by name; minus the exceptions. */
export const NoticeTargets = strict({
  orgIds: ids(200),
  kinds: Type.Array(oneOf(AUDIENCE_KINDS), { minItems: 1, maxItems: 4, uniqueItems: true }),
  posts: Type.Array(oneOf(AUDIENCE_POSTS), { maxItems: 2, uniqueItems: true }),
  levels: Type.Array(oneOf(AUDIENCE_LEVELS), { maxItems: 3, uniqueItems: true }),
  memberIds: ids(500),
  exceptOrgIds: ids(200),
  exceptMemberIds: ids(500),
})
export type NoticeTargets = Static<typeof NoticeTargets>

const asked = {
  level: oneOf(NOTICE_LEVELS),
  needsConfirm: Type.Boolean(),
  confirmBy: Type.Optional(nullable(InstantAt)),
  answerKind: oneOf(ANSWER_KINDS),
  /** What may be answered, with `choice`: two to ten. */
  choices: Type.Array(says(60, 1), { maxItems: 10, uniqueItems: true }),
  targets: NoticeTargets,
  /** When it leaves; absent or null: at once. */
  sendAt: Type.Optional(nullable(InstantAt)),
  /** Kept, not sent. */
  isDraft: Type.Optional(Type.Boolean()),
}
/** What a unit writes. */
export const NoticeBody = strict({
  /** The unit that writes. */
  orgId: Id,
  title: says(120),
  body: says(8000),
  fileIds: ids(9),
  ...asked,
})
export type NoticeBody = Static<typeof NoticeBody>
/** What a unit adds when it passes a notice from above on: the text itself stays as it is. */
export const NoticeRelay = strict({ orgId: Id, preface: says(2000), ...asked })
export type NoticeRelay = Static<typeof NoticeRelay>

const Sent = Type.Object({ id: Id, state: oneOf(CIRCULAR_STATES), people: Type.Integer() })

export const countNoticePeople = {
  method: 'POST',
  path: '/notices/count',
  permission: 'notices.send',
  summary: 'How many people a rule means, before anything is written',
  body: strict({ orgId: Id, targets: NoticeTargets }),
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint

export const sendNotice = {
  method: 'POST',
  path: '/notices',
  permission: 'notices.send',
  summary: 'Write a notice: sent at once, at a time, or kept as a draft',
  body: NoticeBody,
  reply: Sent,
} as const satisfies Endpoint

export const changeNotice = {
  method: 'PUT',
  path: '/notices/:id',
  permission: 'notices.send',
  summary: 'Write a draft, or a notice that has not left yet, anew; sent unless it stays a draft',
  params: At,
  body: NoticeBody,
  reply: Sent,
} as const satisfies Endpoint

export const discardNotice = {
  method: 'DELETE',
  path: '/notices/:id',
  permission: 'notices.send',
  summary: 'Throw a draft, or a notice that has not left yet, away',
  params: At,
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const relayNotice = {
  method: 'POST',
  path: '/notices/:id/relay',
  permission: 'notices.send',
  summary: 'Pass a notice from above on to the own people with a preface (转发)',
  params: At,
  body: NoticeRelay,
  reply: Sent,
} as const satisfies Endpoint

export const correctNotice = {
  method: 'POST',
  path: '/notices/:id/correct',
  permission: 'notices.send',
  summary: 'Replace the text of a sent notice; the old one stays with it',
  params: At,
  body: strict({ title: says(120), body: says(8000), note: says(300), asksAgain: Type.Boolean() }),
  reply: Type.Object({ id: Id, version: Type.Integer() }),
} as const satisfies Endpoint

export const recallNotice = {
  method: 'POST',
  path: '/notices/:id/recall',
  permission: 'notices.send',
  summary: 'Take a sent notice back; its receivers see that and why, and the text no more',
  params: At,
  body: strict({ reason: says(300) }),
  reply: Type.Object({ id: Id, state: oneOf(CIRCULAR_STATES) }),
} as const satisfies Endpoint

export const NoticeRow = Type.Object({
  id: Id,
  state: oneOf(CIRCULAR_STATES),
  level: oneOf(NOTICE_LEVELS),
  title: Type.String(),
  orgName: Type.String(),
  needsConfirm: Type.Boolean(),
  confirmBy: nullable(InstantAt),
  answerKind: oneOf(ANSWER_KINDS),
  sendAt: nullable(InstantAt),
  sentAt: nullable(InstantAt),
  updatedAt: InstantAt,
  sentBy: nullable(Type.String()),
  version: Type.Integer(),
  /** Passes on a notice from above. */
  isRelay: Type.Boolean(),
  /** Whom it meant when it was sent. */
  people: Type.Integer(),
  read: Type.Integer(),
  confirmed: Type.Integer(),
  answered: Type.Integer(),
  /** How many units below pass it on. */
  relayed: Type.Integer(),
})
export type NoticeRow = Static<typeof NoticeRow>

export const listNotices = {
  method: 'GET',
  path: '/notices',
  permission: 'notices.send',
  summary: 'Notices written in the scope, with receipts; or those from above that concern it',
  query: strict({
    ...pageQuery(['updatedAt'] as const),
    /** `above`: written above the post for people of its unit, to be passed on. */
    from: Type.Optional(oneOf(['here', 'above'] as const)),
    state: Type.Optional(oneOf(CIRCULAR_STATES)),
    level: Type.Optional(oneOf(NOTICE_LEVELS)),
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    sentFrom: Type.Optional(DateOn),
    sentTo: Type.Optional(DateOn),
  }),
  reply: pageOf(NoticeRow),
} as const satisfies Endpoint

const Named = Type.Object({ id: Id, name: Type.String() })
export const readNotice = {
  method: 'GET',
  path: '/notices/:id',
  permission: 'notices.send',
  summary: 'One notice as its sender, or the unit that may pass it on, sees it',
  params: At,
  reply: Type.Object({
    notice: NoticeRow,
    orgId: Id,
    body: Type.String(),
    preface: nullable(Type.String()),
    /** The unit that wrote the text first. */
    fromAbove: nullable(Type.String()),
    choices: Type.Array(Type.String()),
    files: Type.Array(NoticeFile),
    corrections: Type.Array(NoticeCorrection),
    recalledReason: nullable(Type.String()),
    resentAt: nullable(InstantAt),
    /** Written here: the post may correct, recall and look at receipts. */
    isOwn: Type.Boolean(),
    targets: Type.Object({
      units: Type.Array(Named),
      kinds: Type.Array(oneOf(AUDIENCE_KINDS)),
      posts: Type.Array(oneOf(AUDIENCE_POSTS)),
      levels: Type.Array(oneOf(AUDIENCE_LEVELS)),
      members: Type.Array(Named),
      exceptUnits: Type.Array(Named),
      exceptMembers: Type.Array(Named),
    }),
  }),
} as const satisfies Endpoint

/** `all`: whoever has read it; `missing`: whoever has not, or not confirmed where that is asked. */
export const RECEIPT_VIEWS = ['read', 'missing', 'answered'] as const
export type ReceiptView = (typeof RECEIPT_VIEWS)[number]
export const ReceiptRow = Type.Object({
  personId: Id,
  name: Type.String(),
  orgName: Type.String(),
  readAt: nullable(InstantAt),
  confirmedAt: nullable(InstantAt),
  answer: nullable(Type.String()),
  answeredAt: nullable(InstantAt),
})
export type ReceiptRow = Static<typeof ReceiptRow>

export const listReceipts = {
  method: 'GET',
  path: '/notices/:id/receipts',
  permission: 'notices.send',
  summary: 'Who has read, confirmed and answered, or who is missing, in the order of units',
  params: At,
  query: strict({
    ...pageQuery(['unit'] as const),
    view: Type.Optional(oneOf(RECEIPT_VIEWS)),
    orgId: Type.Optional(Id),
  }),
  reply: pageOf(ReceiptRow),
} as const satisfies Endpoint

export const listNoticeUnits = {
  method: 'GET',
  path: '/notices/:id/units',
  permission: 'notices.send',
  summary: 'Receipts by unit: the units it was sent to, or those below one of them',
  params: At,
  query: strict({ parentId: Type.Optional(Id) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        people: Type.Integer(),
        read: Type.Integer(),
        confirmed: Type.Integer(),
        answered: Type.Integer(),
        hasBelow: Type.Boolean(),
      }),
    ),
  }),
} as const satisfies Endpoint

export const NOTICE_FILES = ['xlsx', 'csv', 'pdf', 'docx'] as const
export const exportReceipts = {
  method: 'POST',
  path: '/notices/:id/receipts/export',
  permission: 'notices.send',
  summary: 'Receipts as a table, or as a printed register (签收台账)',
  download: 'application/octet-stream',
  params: At,
  body: strict({
    view: oneOf(RECEIPT_VIEWS),
    orgId: Type.Optional(Id),
    format: oneOf(NOTICE_FILES),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
} as const satisfies Endpoint

export const resendNotice = {
  method: 'POST',
  path: '/notices/:id/resend',
  permission: 'notices.send',
  summary: 'Tell only those again who have not read it, or not confirmed where that is asked',
  params: At,
  body: strict({}),
  reply: Type.Object({ people: Type.Integer() }),
} as const satisfies Endpoint
