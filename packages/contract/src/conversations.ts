import { type Static, Type } from 'typebox'
import {
  ConversationChanged,
  GroupGuest,
  REPORT_STATES,
  ReportRow,
  ShownMessage,
  Silence,
  says,
  UNIT_KINDS,
} from './conversations.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, Id, oneOf, pageOf, pageQuery, strict } from './page.ts'

/** Groups as the posts that keep them see them, without a word of what is said; and reports that were made to officers. */

const At = strict({ id: Id })

export const GroupRow = Type.Object({
  id: Id,
  kind: oneOf(UNIT_KINDS),
  name: Type.String(),
  orgId: Id,
  unitName: Type.String(),
  state: oneOf(['open', 'ended'] as const),
  guests: Type.Integer(),
  silenced: Type.Integer(),
})
export type GroupRow = Static<typeof GroupRow>
export const listConversationGroups = {
  method: 'GET',
  path: '/conversation-groups',
  permission: 'conversations.keep',
  summary: 'Groups of units of the scope: who keeps them sees guests and silences, never a message',
  query: strict({
    ...pageQuery(['unitName', 'createdAt'] as const),
    kind: Type.Optional(oneOf(UNIT_KINDS)),
    orgId: Type.Optional(Id),
    text: Type.Optional(says(60)),
  }),
  reply: pageOf(GroupRow),
} as const satisfies Endpoint

export const readConversationGroup = {
  method: 'GET',
  path: '/conversation-groups/:id',
  permission: 'conversations.keep',
  summary: 'Guests and silences of one group',
  params: At,
  reply: Type.Object({ group: GroupRow, guests: Type.Array(GroupGuest), silences: Type.Array(Silence) }),
} as const satisfies Endpoint
export type GroupRecord = Static<(typeof readConversationGroup)['reply']>

export const admitGuest = {
  method: 'POST',
  path: '/conversation-groups/:id/guests',
  permission: 'conversations.keep',
  summary: 'Let a representative of the public or another person of the unit into its group until a day',
  params: At,
  body: strict({ memberId: Id, untilOn: DateOn }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const endGuest = {
  method: 'POST',
  path: '/conversation-groups/:id/guests/:guestId/end',
  permission: 'conversations.keep',
  summary: 'End the stay of a guest at once',
  params: strict({ id: Id, guestId: Id }),
  body: Empty,
  reply: ConversationChanged,
} as const satisfies Endpoint

export const listReports = {
  method: 'GET',
  path: '/conversation-reports',
  permission: 'conversations.review',
  summary: 'Reports made to the officers of the scope, without the messages',
  query: strict({ ...pageQuery(['createdAt'] as const), state: Type.Optional(oneOf(REPORT_STATES)) }),
  reply: pageOf(ReportRow),
} as const satisfies Endpoint

export const openReport = {
  method: 'POST',
  path: '/conversation-reports/:id/open',
  permission: 'conversations.review',
  summary: 'Read the messages that somebody chose to show; reading them leaves an event',
  params: At,
  body: Empty,
  reply: Type.Object({ report: ReportRow, shown: Type.Array(ShownMessage) }),
  unkept: true,
} as const satisfies Endpoint

export const decideReport = {
  method: 'POST',
  path: '/conversation-reports/:id/decide',
  permission: 'conversations.review',
  summary: 'Uphold or dismiss a report, with words for whoever made it',
  params: At,
  body: strict({ isUpheld: Type.Boolean(), words: says(500, 2) }),
  reply: ConversationChanged,
} as const satisfies Endpoint
