import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Citation, Reason } from './meetings.words.ts'
import { DateOn, Empty, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
/** Between members of the committee, committee and member, members (BR-15). */
export const TALK_KINDS = ['committee', 'committee_member', 'members'] as const
const Content = Type.String({ minLength: 2, maxLength: 8000, pattern: '\\S' })
const Year = Type.Integer({ minimum: 2000, maximum: 2100 })

export const TalkRow = Type.Object({
  id: Id,
  orgName: Type.String(),
  heldOn: DateOn,
  kind: oneOf(TALK_KINDS),
  firstId: Id,
  firstName: Type.String(),
  secondId: Id,
  secondName: Type.String(),
  place: nullable(Type.String()),
  /** Whether something is written down, sealed. */
  hasContent: Type.Boolean(),
  /** Whether the caller may open it: one of the two, or the secretary of the branch. */
  mayOpen: Type.Boolean(),
})
export type TalkRow = Static<typeof TalkRow>

export const listTalks = {
  method: 'GET',
  path: '/meetings/talks',
  permission: 'meetings.read',
  summary: 'Heart-to-heart talks with the two, of the caller or for the secretary of the branch; never what was said',
  query: strict({ ...pageQuery(['heldOn'] as const), orgId: Type.Optional(Id), year: Type.Optional(Year) }),
  reply: pageOf(TalkRow),
} as const satisfies Endpoint

export const TalkPerson = Type.Object({
  memberId: Id,
  name: Type.String(),
  isCommittee: Type.Boolean(),
  /** Talks of the year this person took part in; null for whom only the counts of the branch are meant. */
  talks: nullable(Type.Integer()),
})
export const readTalkMatrix = {
  method: 'GET',
  path: '/meetings/talks/matrix',
  permission: 'meetings.read',
  summary: 'How many talks the committee owes in the year; who talked with whom for the secretary of the branch only',
  query: strict({ orgId: Type.Optional(Id), year: Year }),
  reply: Type.Object({
    orgId: Id,
    orgName: Type.String(),
    isBranch: Type.Boolean(),
    /** Whether the pairs are all those of the branch; otherwise they are those of the caller alone. */
    mayReadAll: Type.Boolean(),
    /** At most 120. */
    people: Type.Array(TalkPerson),
    pairs: Type.Array(Type.Object({ firstId: Id, secondId: Id, talks: Type.Integer(), lastOn: DateOn })),
    /** Pairs of the committee with each other and with every member, and how many of them talked. */
    demanded: Type.Integer(),
    done: Type.Integer(),
    ruleId: Type.String(),
    citation: Citation,
  }),
} as const satisfies Endpoint

export const noteTalk = {
  method: 'POST',
  path: '/meetings/talks',
  permission: 'meetings.convene',
  summary: 'Note a talk between two members of a branch; what was said is sealed',
  body: strict({
    orgId: Id,
    heldOn: DateOn,
    firstId: Id,
    secondId: Id,
    place: Type.Optional(nullable(Type.String({ maxLength: 100 }))),
    content: Type.Optional(nullable(Content)),
  }),
  reply: Type.Object({ id: Id, kind: oneOf(TALK_KINDS) }),
} as const satisfies Endpoint

export const openTalk = {
  method: 'POST',
  path: '/meetings/talks/:id/open',
  permission: 'meetings.sign',
  summary: 'What was said, for the secretary of the branch, with the purpose; it is written down who looked',
  params: At,
  body: strict({ purpose: Reason }),
  reply: Type.Object({ content: Type.String() }),
} as const satisfies Endpoint

export const listOwnTalks = {
  method: 'GET',
  path: '/my/talks',
  permission: 'signed-in',
  summary: 'My heart-to-heart talks, newest first',
  query: strict(pageQuery(['heldOn'] as const)),
  reply: pageOf(TalkRow),
} as const satisfies Endpoint

export const listTalkPartners = {
  method: 'GET',
  path: '/my/talks/partners',
  permission: 'signed-in',
  summary: 'Members of my branch whom I may name as the other, by name; at most 200',
  reply: Type.Object({ rows: Type.Array(Type.Object({ memberId: Id, name: Type.String() })) }),
} as const satisfies Endpoint

export const noteOwnTalk = {
  method: 'POST',
  path: '/my/talks',
  permission: 'signed-in',
  summary: 'Note a talk that I had with another member of my branch; only the two of us and the secretary read it',
  body: strict({
    heldOn: DateOn,
    withId: Id,
    place: Type.Optional(nullable(Type.String({ maxLength: 100 }))),
    content: Type.Optional(nullable(Content)),
  }),
  reply: Type.Object({ id: Id, kind: oneOf(TALK_KINDS) }),
} as const satisfies Endpoint

export const openOwnTalk = {
  method: 'POST',
  path: '/my/talks/:id/open',
  permission: 'signed-in',
  summary: 'What was said in a talk of mine',
  params: At,
  body: Empty,
  reply: Type.Object({ content: Type.String() }),
} as const satisfies Endpoint
