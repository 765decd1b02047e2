import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Reason } from './meetings.words.ts'
import { DateOn, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'

const At = strict({ id: Id })
export const JOINT_STATES = ['asked', 'accepted', 'declined'] as const

export const JointRow = Type.Object({
  id: Id,
  meetingId: Id,
  title: Type.String(),
  startsAt: InstantAt,
  place: nullable(Type.String()),
  hostName: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(JOINT_STATES),
  answer: nullable(Type.String()),
})
export type JointRow = Static<typeof JointRow>

export const askJoint = {
  method: 'POST',
  path: '/meetings/:id/joint',
  permission: 'meetings.convene',
  summary: 'Ask another branch to hold this meeting together; its members come without a vote here once it accepts',
  params: At,
  body: strict({ orgName: Type.String({ minLength: 2, maxLength: 120 }) }),
  reply: Type.Object({ id: Id, orgId: Id }),
} as const satisfies Endpoint

export const listJointOf = {
  method: 'GET',
  path: '/meetings/:id/joint',
  permission: 'meetings.read',
  summary: 'Branches that hold this meeting together, and what they answered',
  params: At,
  reply: Type.Object({ rows: Type.Array(JointRow) }),
} as const satisfies Endpoint

export const listJointAsked = {
  method: 'GET',
  path: '/meetings/joint',
  permission: 'meetings.read',
  summary: 'Meetings of others to which branches of the scope are asked',
  query: strict({ ...pageQuery(['startsAt'] as const), state: Type.Optional(oneOf(JOINT_STATES)) }),
  reply: pageOf(JointRow),
} as const satisfies Endpoint

export const answerJoint = {
  method: 'POST',
  path: '/meetings/joint/:id/answer',
  permission: 'meetings.convene',
  summary: 'Accept or decline to hold the meeting together; accepting calls the members of the own branch',
  params: At,
  body: strict({ isAccepted: Type.Boolean(), reason: Type.Optional(Reason) }),
  reply: Type.Object({ state: oneOf(JOINT_STATES), called: Type.Integer() }),
} as const satisfies Endpoint

/** 双重组织生活: a leading member who takes part in the life of a second branch, without a vote there. */
export const SecondHomeRow = Type.Object({
  id: Id,
  memberId: Id,
  name: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  sinceOn: DateOn,
  endedOn: nullable(DateOn),
  /** Meetings of the second branch in the running year: called to, and there. */
  called: Type.Integer(),
  present: Type.Integer(),
})
export type SecondHomeRow = Static<typeof SecondHomeRow>

export const listSecondHomes = {
  method: 'GET',
  path: '/meetings/second-homes',
  permission: 'meetings.read',
  summary: 'Leading members who attend in a second branch of the scope, with attendance in the running year',
  query: strict({ ...pageQuery(['name'] as const), orgId: Type.Optional(Id) }),
  reply: pageOf(SecondHomeRow),
} as const satisfies Endpoint

export const setSecondHome = {
  method: 'POST',
  path: '/meetings/second-homes',
  permission: 'meetings.convene',
  summary: 'Let a member of the scope attend in a second branch of the scope from a day on',
  body: strict({ memberId: Id, orgId: Id, sinceOn: DateOn }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const endSecondHome = {
  method: 'POST',
  path: '/meetings/second-homes/:id/end',
  permission: 'meetings.convene',
  summary: 'End the attendance in the second branch, with the reason',
  params: At,
  body: strict({ reason: Reason }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint
