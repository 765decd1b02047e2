import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, Id, InstantAt, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import { STUDY_GROUP_STATES, STUDY_SESSION_STATES, StudyChanged, StudyFile, StudyFiles, saying } from './study.words.ts'

/** Study groups: a leader, a plan, minutes, and what members say to each other. */

const At = strict({ id: Id })

const GroupParts = {
  name: saying(60, 2),
  theme: saying(500, 2),
  leaderId: Id,
  memberIds: Type.Array(Id, { minItems: 1, maxItems: 50, uniqueItems: true }),
}
export const StudyGroupCard = Type.Object({
  id: Id,
  orgName: Type.String(),
  name: Type.String(),
  theme: Type.String(),
  leader: Type.String(),
  leaderId: Id,
  members: Type.Integer(),
  planned: Type.Integer(),
  held: Type.Integer(),
  /** Minutes that nobody of the branch has confirmed yet. */
  toConfirm: Type.Integer(),
  nextOn: nullable(DateOn),
  state: oneOf(STUDY_GROUP_STATES),
  createdAt: InstantAt,
})
export type StudyGroupCard = Static<typeof StudyGroupCard>
export const StudySession = Type.Object({
  id: Id,
  onDate: DateOn,
  topic: Type.String(),
  place: Type.String(),
  state: oneOf(STUDY_SESSION_STATES),
  minutes: nullable(Type.String()),
  present: Type.Array(Type.String()),
  presentIds: Type.Array(Id),
  files: Type.Array(StudyFile),
  writtenBy: nullable(Type.String()),
  /** How long the group met; null until the minutes are written. */
  lengthMinutes: nullable(Type.Integer()),
  /** Who of the branch confirmed the minutes: from then on the hours count, and nothing of them changes. */
  confirmedBy: nullable(Type.String()),
  reason: nullable(Type.String()),
})
export type StudySession = Static<typeof StudySession>
const Seat = Type.Object({ memberId: Id, name: Type.String(), isLeader: Type.Boolean() })
export const StudyGroupRecord = Type.Object({
  ...StudyGroupCard.properties,
  seats: Type.Array(Seat),
  sessions: Type.Array(StudySession),
})
export type StudyGroupRecord = Static<typeof StudyGroupRecord>

export const listStudyGroups = {
  method: 'GET',
  path: '/study/groups',
  permission: 'learning.read',
  summary: 'Study groups of the scope',
  query: strict({
    ...pageQuery(['createdAt', 'name'] as const),
    state: Type.Optional(oneOf(STUDY_GROUP_STATES)),
    unconfirmed: Type.Optional(Type.Boolean()),
    orgId: Type.Optional(Id),
    below: Type.Optional(Type.Boolean()),
    text: Type.Optional(saying(60)),
  }),
  reply: pageOf(StudyGroupCard),
} as const satisfies Endpoint

export const makeStudyGroup = {
  method: 'POST',
  path: '/study/groups',
  permission: 'learning.write',
  summary: 'Make a study group of a unit and name its leader',
  body: strict({ orgId: Id, ...GroupParts }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const readStudyGroup = {
  method: 'GET',
  path: '/study/groups/:id',
  permission: 'learning.read',
  summary: 'One group with its plan and minutes; what members say to each other stays with them',
  params: At,
  reply: StudyGroupRecord,
} as const satisfies Endpoint

export const changeStudyGroup = {
  method: 'PUT',
  path: '/study/groups/:id',
  permission: 'learning.write',
  summary: 'Name, theme, leader and members of a group',
  params: At,
  body: strict(GroupParts),
  reply: StudyChanged,
} as const satisfies Endpoint

export const endStudyGroup = {
  method: 'PUT',
  path: '/study/groups/:id/state',
  permission: 'learning.write',
  summary: 'End a group, or let it go on, with the reason',
  params: At,
  body: strict({ state: oneOf(STUDY_GROUP_STATES), reason: saying(300, 2) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const confirmStudySession = {
  method: 'POST',
  path: '/study/sessions/:id/confirm',
  permission: 'learning.write',
  summary: 'Confirm the minutes of a group: whoever was there gets the hours; never by whoever wrote them',
  params: At,
  body: Empty,
  reply: StudyChanged,
} as const satisfies Endpoint

export const MyStudyGroup = Type.Object({
  ...StudyGroupCard.properties,
  /** What members said to me and I have not looked at. */
  newFeedback: Type.Integer(),
})
export type MyStudyGroup = Static<typeof MyStudyGroup>

export const listMyStudyGroups = {
  method: 'GET',
  path: '/my/study/groups',
  permission: 'signed-in',
  summary: 'Groups in which I learn',
  reply: Type.Object({ rows: Type.Array(MyStudyGroup) }),
} as const satisfies Endpoint

export const StudyFeedback = Type.Object({
  id: Id,
  sessionId: Id,
  from: Type.String(),
  to: Type.String(),
  isMine: Type.Boolean(),
  body: Type.String(),
  at: InstantAt,
})
export type StudyFeedback = Static<typeof StudyFeedback>

export const readMyStudyGroup = {
  method: 'GET',
  path: '/my/study/groups/:id',
  permission: 'signed-in',
  summary: 'A group of mine, with what I said and what was said to me',
  params: At,
  reply: Type.Object({
    ...StudyGroupRecord.properties,
    isLeader: Type.Boolean(),
    ownMemberId: Id,
    feedback: Type.Array(StudyFeedback),
  }),
} as const satisfies Endpoint

const SessionFacts = { onDate: DateOn, topic: saying(120, 2), place: saying(80) }

export const planStudySession = {
  method: 'POST',
  path: '/my/study/groups/:id/sessions',
  permission: 'signed-in',
  summary: 'Plan a meeting of a group that I lead',
  params: At,
  body: strict(SessionFacts),
  reply: StudyChanged,
} as const satisfies Endpoint

export const changeStudySession = {
  method: 'PUT',
  path: '/my/study/sessions/:id',
  permission: 'signed-in',
  summary: 'Change a planned meeting, or cancel it with the reason',
  params: At,
  body: strict({ ...SessionFacts, cancelReason: Type.Optional(saying(300, 2)) }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const writeStudyMinutes = {
  method: 'PUT',
  path: '/my/study/sessions/:id/minutes',
  permission: 'signed-in',
  summary: 'Minutes of a meeting of a group that I lead: what was said, who was there, papers',
  params: At,
  body: strict({
    minutes: saying(10_000, 2),
    lengthMinutes: Type.Integer({ minimum: 10, maximum: 480 }),
    presentIds: Type.Array(Id, { minItems: 1, maxItems: 51, uniqueItems: true }),
    fileIds: StudyFiles,
  }),
  reply: StudyChanged,
} as const satisfies Endpoint

export const giveStudyFeedback = {
  method: 'POST',
  path: '/my/study/sessions/:id/feedback',
  permission: 'signed-in',
  summary: 'Say something to one member after a meeting; only the two of us read it',
  params: At,
  body: strict({ toMemberId: Id, body: saying(500, 2) }),
  reply: Type.Object({ id: Id }),
} as const satisfies Endpoint

export const seeStudyFeedback = {
  method: 'POST',
  path: '/my/study/groups/:id/feedback/seen',
  permission: 'signed-in',
  summary: 'I have looked at what members of a group said to me; nobody is told',
  params: At,
  body: Empty,
  reply: Empty,
} as const satisfies Endpoint
