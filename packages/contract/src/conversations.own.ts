import { type Static, Type } from 'typebox'
import {
  ConversationChanged,
  ConversationPerson,
  ConversationRecord,
  ConversationRow,
  Message,
  NewMessage,
  ReportRow,
  says,
} from './conversations.words.ts'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, oneOf, strict } from './page.ts'

/** What people say to each other. Whoever does not belong to a conversation gets nothing of it on any of these routes. */

const At = strict({ id: Id })
const AtPerson = strict({ id: Id, personId: Id })

export const listMyConversations = {
  method: 'GET',
  path: '/my/conversations',
  permission: 'signed-in',
  summary: 'Conversations that I belong to now, the one last spoken in first',
  reply: Type.Object({ rows: Type.Array(ConversationRow) }),
} as const satisfies Endpoint

export const readMyConversation = {
  method: 'GET',
  path: '/my/conversations/:id',
  permission: 'signed-in',
  summary: 'One conversation of mine',
  params: At,
  reply: ConversationRecord,
} as const satisfies Endpoint

export const PersonFound = Type.Object({ personId: Id, name: Type.String(), unitName: Type.String() })
export type PersonFound = Static<typeof PersonFound>
export const findPartners = {
  method: 'POST',
  path: '/my/conversations/partners',
  permission: 'signed-in',
  summary: 'People of my groups, by a part of their name: those whom I may talk to or invite',
  body: strict({ text: Type.Optional(says(30)) }),
  reply: Type.Object({ rows: Type.Array(PersonFound) }),
} as const satisfies Endpoint

export const openPair = {
  method: 'POST',
  path: '/my/conversations/pairs',
  permission: 'signed-in',
  summary: 'The talk between me and one person of my groups: the one there is, or a new one',
  body: strict({ personId: Id }),
  reply: ConversationChanged,
} as const satisfies Endpoint

const People = Type.Array(Id, { minItems: 1, maxItems: 11, uniqueItems: true })
export const makeTeam = {
  method: 'POST',
  path: '/my/conversations/teams',
  permission: 'signed-in',
  summary: 'Make a small team with people of my groups, up to 12 with myself',
  body: strict({ name: says(30, 2), personIds: People }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const inviteToTeam = {
  method: 'POST',
  path: '/my/conversations/:id/invitations',
  permission: 'signed-in',
  summary: 'Invite people of my groups into a team',
  params: At,
  body: strict({ personIds: People }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const renameTeam = {
  method: 'PUT',
  path: '/my/conversations/:id/name',
  permission: 'signed-in',
  summary: 'Give a team of mine another name',
  params: At,
  body: strict({ name: says(30, 2) }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const leaveTeam = {
  method: 'POST',
  path: '/my/conversations/:id/leave',
  permission: 'signed-in',
  summary: 'Leave a team; when its founder leaves, the team ends',
  params: At,
  body: Empty,
  reply: ConversationChanged,
} as const satisfies Endpoint

export const removeFromTeam = {
  method: 'POST',
  path: '/my/conversations/:id/people/:personId/remove',
  permission: 'signed-in',
  summary: 'Take somebody out of a team that I founded',
  params: AtPerson,
  body: Empty,
  reply: ConversationChanged,
} as const satisfies Endpoint

export const readPeople = {
  method: 'POST',
  path: '/my/conversations/:id/people',
  permission: 'signed-in',
  summary: 'Who belongs to a conversation of mine now, from the records of this moment',
  params: At,
  body: Empty,
  reply: Type.Object({ rows: Type.Array(ConversationPerson) }),
} as const satisfies Endpoint

export const listMessages = {
  method: 'GET',
  path: '/my/conversations/:id/messages',
  permission: 'signed-in',
  summary: 'Messages in the order of the server: the newest, those before one, or those after one',
  params: At,
  query: strict({
    before: Type.Optional(Type.Integer({ minimum: 1 })),
    after: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  reply: Type.Object({ rows: Type.Array(Message), lastSeq: Type.Integer(), hasOlder: Type.Boolean() }),
} as const satisfies Endpoint
export type MessagePage = Static<(typeof listMessages)['reply']>

export const sayMessage = {
  method: 'POST',
  path: '/my/conversations/:id/messages',
  permission: 'signed-in',
  summary: 'Say something; the id made by the sender is said once, however often it is sent',
  params: At,
  body: NewMessage,
  reply: Message,
  // What was said is kept under the key of its conversation and nowhere else; the id answers a repetition.
  unkept: true,
} as const satisfies Endpoint

export const recallMessage = {
  method: 'POST',
  path: '/my/conversations/:id/messages/:messageId/recall',
  permission: 'signed-in',
  summary: 'Take back what I said within two minutes',
  params: strict({ id: Id, messageId: Id }),
  body: Empty,
  reply: ConversationChanged,
} as const satisfies Endpoint

export const listReaders = {
  method: 'POST',
  path: '/my/conversations/:id/messages/:messageId/readers',
  permission: 'signed-in',
  summary: 'Who has read what I said, by name in small groups, else only how many',
  params: strict({ id: Id, messageId: Id }),
  body: Empty,
  reply: Type.Object({ readers: Type.Integer(), people: Type.Integer(), names: Type.Array(Type.String()) }),
} as const satisfies Endpoint

export const noteConversationRead = {
  method: 'PUT',
  path: '/my/conversations/:id/read',
  permission: 'signed-in',
  summary: 'I have read so far',
  params: At,
  body: strict({ seq: Type.Integer({ minimum: 0 }) }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const muteConversation = {
  method: 'PUT',
  path: '/my/conversations/:id/mute',
  permission: 'signed-in',
  summary: 'Whether I want to hear of what is said',
  params: At,
  body: strict({ isMuted: Type.Boolean() }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const searchMessages = {
  method: 'POST',
  path: '/my/conversations/:id/search',
  permission: 'signed-in',
  summary: 'Messages of one conversation that contain the words, newest first; `next` is where to search on',
  params: At,
  body: strict({ text: says(60), before: Type.Optional(Type.Integer({ minimum: 1 })) }),
  reply: Type.Object({ rows: Type.Array(Message), next: Type.Union([Type.Integer(), Type.Null()]) }),
  unkept: true,
} as const satisfies Endpoint

export const silencePerson = {
  method: 'POST',
  path: '/my/conversations/:id/people/:personId/silence',
  permission: 'signed-in',
  summary: 'The keeper of a group silences somebody for some hours, with the reason',
  params: AtPerson,
  body: strict({ hours: Type.Integer({ minimum: 1, maximum: 720 }), reason: says(200, 2) }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const endSilence = {
  method: 'POST',
  path: '/my/conversations/:id/people/:personId/speak',
  permission: 'signed-in',
  summary: 'The keeper lets somebody speak again before the time is over',
  params: AtPerson,
  body: Empty,
  reply: ConversationChanged,
} as const satisfies Endpoint

export const reportMessages = {
  method: 'POST',
  path: '/my/conversations/:id/reports',
  permission: 'signed-in',
  summary: 'Show chosen messages, and nothing else of the conversation, to the officer above',
  params: At,
  body: strict({ messageIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }), reason: says(500, 2) }),
  reply: ConversationChanged,
} as const satisfies Endpoint

export const listMyReports = {
  method: 'GET',
  path: '/my/conversation-reports',
  permission: 'signed-in',
  summary: 'What I have reported and what came of it',
  reply: Type.Object({ rows: Type.Array(ReportRow) }),
} as const satisfies Endpoint

export const summarizeConversation = {
  method: 'POST',
  path: '/my/conversations/:id/summary',
  permission: 'signed-in',
  summary: 'The keeper writes what was said in a period into one document (观点汇编); the group is told',
  params: At,
  body: strict({
    title: says(80, 2),
    fromOn: DateOn,
    untilOn: DateOn,
    hasNames: Type.Boolean(),
    format: oneOf(['docx', 'pdf'] as const),
    language: Type.Optional(oneOf(['zh-CN', 'en'] as const)),
  }),
  reply: FileReply,
  download: 'application/octet-stream',
} as const satisfies Endpoint
