import { type Static, Type } from 'typebox'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 支部群, 支委群, 学习小组, 小组 (up to 12), 一对一. */
export const CONVERSATION_KINDS = ['branch', 'officers', 'study', 'team', 'pair'] as const
export type ConversationKind = (typeof CONVERSATION_KINDS)[number]
/** Groups that follow from the organisation; posts keep them. */
export const UNIT_KINDS = ['branch', 'officers', 'study'] as const
export const MESSAGE_KINDS = ['text', 'picture', 'voice', 'file', 'vote', 'notice'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]
/** What the conversation itself tells: who came, who left, what was done with it. */
export const CONVERSATION_TURNS = [
  'made',
  'invited',
  'left',
  'removed',
  'renamed',
  'silenced',
  'unsilenced',
  'admitted',
  'dismissed',
  'summarized',
] as const
export type ConversationTurn = (typeof CONVERSATION_TURNS)[number]
export const REPORT_STATES = ['open', 'upheld', 'dismissed'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** In a group of up to so many people whoever spoke sees the names of those who have read; else only how many. */
export const NAMED_READERS = 20
export const MOST_TEAM = 12
export const VOICE_SECONDS = 60
export const RECALL_MINUTES = 2
export const MOST_TEXT = 4000

export const says = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: '\\S' })

/** A vote or a notice that a message shows: the card opens for whoever may read what it shows. */
export const MessageCard = Type.Object({ id: Id, title: Type.String() })
export type MessageCard = Static<typeof MessageCard>
export const Message = Type.Object({
  id: Id,
  seq: Type.Integer(),
  kind: oneOf([...MESSAGE_KINDS, 'turn', 'recalled'] as const),
  personId: Id,
  name: Type.String(),
  isMine: Type.Boolean(),
  at: InstantAt,
  text: nullable(Type.String()),
  fileId: nullable(Id),
  fileName: nullable(Type.String()),
  seconds: nullable(Type.Integer()),
  card: nullable(MessageCard),
  turn: nullable(oneOf(CONVERSATION_TURNS)),
  /** Names that a turn speaks of. */
  names: Type.Array(Type.String()),
  /** People called by `@`. */
  mentions: Type.Array(Id),
  replyTo: nullable(Type.Object({ id: Id, name: Type.String(), excerpt: nullable(Type.String()) })),
  /** Of my own: how many others have read this far. */
  readers: nullable(Type.Integer()),
})
export type Message = Static<typeof Message>

export const ConversationRow = Type.Object({
  id: Id,
  kind: oneOf(CONVERSATION_KINDS),
  /** Of a talk between two, the other's name. */
  name: Type.String(),
  unitName: Type.String(),
  state: oneOf(['open', 'ended'] as const),
  lastSeq: Type.Integer(),
  lastAt: InstantAt,
  last: nullable(Message),
  unread: Type.Integer(),
  /** Whether I am called by `@` in what I have not read. */
  isCalled: Type.Boolean(),
  isMuted: Type.Boolean(),
  isGuest: Type.Boolean(),
})
export type ConversationRow = Static<typeof ConversationRow>
export const Silence = Type.Object({
  personId: Id,
  name: Type.String(),
  until: InstantAt,
  reason: Type.String(),
  by: Type.String(),
})
export type Silence = Static<typeof Silence>
export const ConversationRecord = Type.Object({
  ...ConversationRow.properties,
  readSeq: Type.Integer(),
  /** Whether I keep the group: silence, guests, names; of a team its founder. */
  isKeeper: Type.Boolean(),
  /** Why I may not speak now. */
  silence: nullable(Silence),
  /** Messages are removed after so many days. */
  keptDays: Type.Integer(),
})
export type ConversationRecord = Static<typeof ConversationRecord>
export const ConversationPerson = Type.Object({
  personId: Id,
  name: Type.String(),
  unitName: Type.String(),
  isMe: Type.Boolean(),
  isGuest: Type.Boolean(),
  isFounder: Type.Boolean(),
  silence: nullable(Silence),
})
export type ConversationPerson = Static<typeof ConversationPerson>

/** What somebody says. `id` is made by the sender: sent twice it is said once. */
export const NewMessage = strict({
  id: Id,
  kind: oneOf(MESSAGE_KINDS),
  /** The words; of a voice message what it says, where the speaker wrote it down. */
  text: Type.Optional(says(MOST_TEXT)),
  fileId: Type.Optional(Id),
  seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: VOICE_SECONDS })),
  cardId: Type.Optional(Id),
  mentions: Type.Optional(Type.Array(Id, { maxItems: 20, uniqueItems: true })),
  replyTo: Type.Optional(Id),
})
export type NewMessage = Static<typeof NewMessage>
export const ConversationChanged = Type.Object({ id: Id })

export const GroupGuest = Type.Object({
  id: Id,
  name: Type.String(),
  untilOn: DateOn,
  admittedBy: Type.String(),
  isOver: Type.Boolean(),
})
export type GroupGuest = Static<typeof GroupGuest>
export const ReportRow = Type.Object({
  id: Id,
  conversationKind: oneOf(CONVERSATION_KINDS),
  unitName: Type.String(),
  reporter: Type.String(),
  reason: Type.String(),
  messages: Type.Integer(),
  state: oneOf(REPORT_STATES),
  words: nullable(Type.String()),
  decidedBy: nullable(Type.String()),
  decidedAt: nullable(InstantAt),
  createdAt: InstantAt,
})
export type ReportRow = Static<typeof ReportRow>
export const ShownMessage = Type.Object({ name: Type.String(), at: InstantAt, text: Type.String() })
export type ShownMessage = Static<typeof ShownMessage>
