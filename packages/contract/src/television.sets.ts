import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, FileReply, Id, nullable, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  AIRING_STATES,
  AiringRecord,
  AiringRow,
  SET_STATES,
  SetRow,
  TelevisionAt,
  TelevisionChanged,
  TelevisionName,
  TelevisionReason,
} from './television.words.ts'

const Text = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })
const Place = Type.Optional(Type.String({ maxLength: 120 }))

export const listSets = {
  method: 'GET',
  path: '/television-sets',
  permission: 'learning.read',
  summary: 'Television sets of the scope',
  query: strict({
    ...pageQuery(['name', 'pairedAt'] as const),
    state: Type.Optional(oneOf(SET_STATES)),
    orgId: Type.Optional(Id),
    text: Type.Optional(Text),
  }),
  reply: pageOf(SetRow),
} as const satisfies Endpoint

export const pairSet = {
  method: 'POST',
  path: '/television-sets',
  permission: 'television.write',
  summary: 'Pair the set that shows this code with a unit; from then on it may fetch programmes and nothing else',
  body: strict({
    /** Written as it is read: blanks, hyphens and small letters are the same. */
    code: Type.String({ minLength: 4, maxLength: 20, pattern: '\\S' }),
    orgId: Type.Optional(Id),
    name: TelevisionName,
    place: Place,
  }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const changeSet = {
  method: 'PUT',
  path: '/television-sets/:id',
  permission: 'television.write',
  ifMatch: true,
  summary: 'Rename a set or say where it stands',
  params: TelevisionAt,
  body: strict({ name: TelevisionName, place: Place }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const endSet = {
  method: 'POST',
  path: '/television-sets/:id/end',
  permission: 'television.write',
  summary: 'Take the key of a set away, at once; it has to be paired again',
  params: TelevisionAt,
  body: strict({ reason: TelevisionReason }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const listMeetingSets = {
  method: 'GET',
  path: '/meetings/:id/television-sets',
  permission: 'meetings.convene',
  summary: 'Sets on which the check-in code of a meeting may be shown, those switched on first; at most 50',
  params: TelevisionAt,
  query: strict({ text: Type.Optional(Text) }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        place: nullable(Type.String()),
        orgName: Type.String(),
        isOnline: Type.Boolean(),
        /** `this`: it shows the code of this meeting; `other`: of another one. */
        shows: oneOf(['nothing', 'this', 'other'] as const),
        otherTitle: nullable(Type.String()),
      }),
    ),
  }),
} as const satisfies Endpoint
export type MeetingSet = Static<typeof listMeetingSets.reply>['rows'][number]

export const showMeeting = {
  method: 'POST',
  path: '/television-sets/:id/meeting',
  permission: 'meetings.convene',
  summary: 'Show the check-in code of a meeting on the set of the room, until the code closes',
  params: TelevisionAt,
  body: strict({ meetingId: Id }),
  reply: Type.Object({ id: Id, meeting: nullable(Type.String()) }),
} as const satisfies Endpoint

export const takeMeetingOff = {
  method: 'POST',
  path: '/television-sets/:id/meeting/end',
  permission: 'meetings.convene',
  summary: 'Take the check-in code of a meeting off a set',
  params: TelevisionAt,
  body: Empty,
  reply: Type.Object({ id: Id, meeting: nullable(Type.String()) }),
} as const satisfies Endpoint

const airingFilter = {
  orgId: Type.Optional(Id),
  setId: Type.Optional(Id),
  state: Type.Optional(oneOf(AIRING_STATES)),
  from: Type.Optional(DateOn),
  until: Type.Optional(DateOn),
  text: Type.Optional(Text),
}

export const listAirings = {
  method: 'GET',
  path: '/television-airings',
  permission: 'learning.read',
  summary: 'What was played where, from when to when, and how many were there',
  query: strict({ ...pageQuery(['beganAt'] as const), ...airingFilter }),
  reply: pageOf(AiringRow),
} as const satisfies Endpoint

export const exportAirings = {
  method: 'POST',
  path: '/television-airings/export',
  permission: 'learning.read',
  summary: 'The log of the sets as a workbook, at most 10,000 rows',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  body: strict({ filter: strict(airingFilter), language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
  reply: FileReply,
} as const satisfies Endpoint

export const readAiring = {
  method: 'GET',
  path: '/television-airings/:id',
  permission: 'learning.read',
  summary: 'One airing with the people who were there',
  params: TelevisionAt,
  reply: AiringRecord,
} as const satisfies Endpoint

export const addAiringPeople = {
  method: 'POST',
  path: '/television-airings/:id/people',
  permission: 'television.write',
  summary: 'Write down people who were there and have no telephone, up to seven days after',
  params: TelevisionAt,
  body: strict({ memberIds: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }) }),
  reply: Type.Object({ id: Id, present: Type.Integer() }),
} as const satisfies Endpoint

export const strikePresence = {
  method: 'POST',
  path: '/television-airings/:id/strike',
  permission: 'television.write',
  summary: 'Strike somebody out who was not there, before the airing has counted',
  params: TelevisionAt,
  body: strict({ memberId: Id, reason: TelevisionReason }),
  reply: Type.Object({ id: Id, present: Type.Integer() }),
} as const satisfies Endpoint

export const CoverageFigures = Type.Object({
  /** Branches at and below the unit. */
  branches: Type.Integer(),
  /** Of them: those with a set of their own in use. */
  withSet: Type.Integer(),
  /** Of them: those in whose rooms something was played, or of whose people somebody was there. */
  reached: Type.Integer(),
  sets: Type.Integer(),
  online: Type.Integer(),
  airings: Type.Integer(),
  minutes: Type.Integer(),
  /** Presences, and the people they are of. */
  present: Type.Integer(),
  people: Type.Integer(),
})
export type CoverageFigures = Static<typeof CoverageFigures>

export const Coverage = Type.Object({
  orgId: Id,
  orgName: Type.String(),
  from: DateOn,
  until: DateOn,
  /** The units above, from the caller's own on, for going back. */
  path: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  all: CoverageFigures,
  /** The units one level below. */
  rows: Type.Array(
    Type.Object({ orgId: Id, orgName: Type.String(), hasBelow: Type.Boolean(), ...CoverageFigures.properties }),
  ),
})
export type Coverage = Static<typeof Coverage>

const coverageFilter = { orgId: Type.Optional(Id), from: Type.Optional(DateOn), until: Type.Optional(DateOn) }

export const readCoverage = {
  method: 'GET',
  path: '/television-coverage',
  permission: 'learning.read',
  summary: 'How far television reaches, unit by unit one level below; the last 90 days where nothing is said',
  query: strict(coverageFilter),
  reply: Coverage,
} as const satisfies Endpoint

export const exportCoverage = {
  method: 'POST',
  path: '/television-coverage/export',
  permission: 'learning.read',
  summary: 'The coverage report as a workbook',
  download: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  body: strict({ filter: strict(coverageFilter), language: Type.Optional(oneOf(['zh-CN', 'en'] as const)) }),
  reply: FileReply,
} as const satisfies Endpoint
