import { MEMBER_FIELD_NAMES } from '@tongxin/domain/members/fields'
import { type Static, type TSchema, Type } from 'typebox'
import { CREDIT_STANDINGS } from './credits.words.ts'
import { CASE_STATES, DEVELOPMENT_STAGES } from './development.words.ts'
import type { Endpoint } from './endpoint.ts'
import { MEETING_KIND_NAMES } from './meetings.words.ts'
import { MemberRow } from './members.ts'
import { DECISION_KINDS } from './membership.words.ts'
import { ORG_POSTS } from './org.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** Days of the road into the Party, in their order. */
export const ROAD_DAYS = ['appliedOn', 'activistOn', 'candidateOn', 'joinedOn', 'convertedOn'] as const
/** What the caller's post does not see, and what the page therefore lacks. */
export const PORTRAIT_PARTS = ['meetings', 'learning', 'development', 'membership', 'transfers'] as const

const Text = nullable(Type.String())
const Day = nullable(DateOn)
/** The newest of a kind; `hasMore`: the record holds earlier ones. */
const newest = <T extends TSchema>(row: T) => Type.Object({ rows: Type.Array(row), hasMore: Type.Boolean() })
const figures = { called: Type.Integer(), present: Type.Integer(), onLeave: Type.Integer() }

/**
 * 一页画像: a member on one page, of facts that the record and the other modules hold and the caller may see. Facts
 * only: nothing is judged, weighed or compared with anybody.
 */
export const MemberPortrait = Type.Object({
  card: MemberRow,
  photo: nullable(Type.Object({ id: Id, since: InstantAt })),
  nativePlace: Text,
  workplace: Text,
  jobTitle: Text,
  road: Type.Object({
    days: Type.Array(Type.Object({ key: oneOf(ROAD_DAYS), on: DateOn })),
    /** The case that runs; null when there is none, or it is not the caller's to see. */
    running: nullable(Type.Object({ stage: oneOf(DEVELOPMENT_STAGES), state: oneOf(CASE_STATES), probationEnd: Day })),
  }),
  /** `post` of the organisation's own list, or `title` as somebody wrote it. */
  posts: newest(Type.Object({ post: nullable(oneOf(ORG_POSTS)), title: Text, unit: Text, fromOn: Day, untilOn: Day })),
  /** Meetings that were held from `since` until `until`: a meeting of two kinds counts once for each and once in all. */
  life: nullable(
    Type.Object({
      since: DateOn,
      until: DateOn,
      ...figures,
      kinds: Type.Array(Type.Object({ kind: oneOf(MEETING_KIND_NAMES), ...figures })),
    }),
  ),
  /** Hours in hundredths; `requiredLeft` counts courses. */
  learning: nullable(
    Type.Object({
      year: Type.Integer(),
      target: nullable(Type.Integer()),
      earned: Type.Integer(),
      required: Type.Integer(),
      elective: Type.Integer(),
      requiredLeft: Type.Integer(),
      standing: oneOf(CREDIT_STANDINGS),
    }),
  ),
  /** `on` is a day, or the year alone. */
  honours: newest(Type.Object({ on: Text, title: Type.String(), by: Text })),
  /** Decisions about membership by `kind`; penalties of the record by `title`. */
  decisions: newest(Type.Object({ on: Day, kind: nullable(oneOf(DECISION_KINDS)), title: Text, by: Text })),
  moves: newest(Type.Object({ on: DateOn, from: Type.String(), to: Type.String() })),
  missing: Type.Array(oneOf(MEMBER_FIELD_NAMES)),
  withheld: Type.Array(oneOf(PORTRAIT_PARTS)),
  asOf: DateOn,
})
export type MemberPortrait = Static<typeof MemberPortrait>

export const readMemberPortrait = {
  method: 'GET',
  path: '/members/:id/portrait',
  permission: 'members.read',
  summary: 'A member on one page: what the record and other modules say and the caller may see, masked',
  params: strict({ id: Id }),
  reply: MemberPortrait,
} as const satisfies Endpoint

export const readMyPortrait = {
  method: 'GET',
  path: '/me/portrait',
  permission: 'signed-in',
  summary: 'My own page: record, posts, meetings, learning, honours and decisions',
  reply: MemberPortrait,
} as const satisfies Endpoint
