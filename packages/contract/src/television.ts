import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { DateOn, Empty, Id, InstantAt, oneOf, pageOf, pageQuery, strict } from './page.ts'
import {
  ChannelRow,
  Programme,
  ProgrammeSlot,
  TelevisionAt,
  TelevisionChanged,
  TelevisionName,
  TelevisionReason,
} from './television.words.ts'

const About = Type.Optional(Type.String({ maxLength: 300 }))
const Text = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })

export const listChannels = {
  method: 'GET',
  path: '/television-channels',
  permission: 'learning.read',
  summary: 'Channels of the scope, and those of the units above, which are received',
  query: strict({
    ...pageQuery(['name', 'createdAt'] as const),
    from: Type.Optional(oneOf(['own', 'above'] as const)),
    isEnded: Type.Optional(Type.Boolean()),
    orgId: Type.Optional(Id),
    text: Type.Optional(Text),
  }),
  reply: pageOf(ChannelRow),
} as const satisfies Endpoint

export const openChannel = {
  method: 'POST',
  path: '/television-channels',
  permission: 'television.write',
  summary: 'Open a channel, which every set of the unit and below it receives',
  body: strict({ orgId: Type.Optional(Id), name: TelevisionName, about: About }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const ChannelRecord = Type.Object({
  ...ChannelRow.properties,
  /** In their order; removed ones at the end, for taking them back. */
  items: Type.Array(Programme),
  canWrite: Type.Boolean(),
})
export type ChannelRecord = Static<typeof ChannelRecord>

export const readChannel = {
  method: 'GET',
  path: '/television-channels/:id',
  permission: 'learning.read',
  summary: 'One channel with its programmes',
  params: TelevisionAt,
  reply: ChannelRecord,
} as const satisfies Endpoint

export const changeChannel = {
  method: 'PUT',
  path: '/television-channels/:id',
  permission: 'television.write',
  ifMatch: true,
  summary: 'Rename a channel or change what it says about itself',
  params: TelevisionAt,
  body: strict({ name: TelevisionName, about: About }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const endChannel = {
  method: 'POST',
  path: '/television-channels/:id/end',
  permission: 'television.write',
  summary: 'Take a channel off the sets, with the reason',
  params: TelevisionAt,
  body: strict({ reason: TelevisionReason }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const reopenChannel = {
  method: 'POST',
  path: '/television-channels/:id/reopen',
  permission: 'television.write',
  summary: 'Put an ended channel back on the sets',
  params: TelevisionAt,
  body: Empty,
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const addProgramme = {
  method: 'POST',
  path: '/television-channels/:id/programmes',
  permission: 'television.write',
  summary: 'Add a medium of the own scope or of a unit above as a programme',
  params: TelevisionAt,
  body: strict({
    mediaId: Id,
    title: Type.Optional(TelevisionName),
    isOnDemand: Type.Optional(Type.Boolean()),
    /** Needed where nothing has measured the medium. */
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  }),
  reply: Programme,
} as const satisfies Endpoint

export const orderProgrammes = {
  method: 'PUT',
  path: '/television-channels/:id/order',
  permission: 'television.write',
  summary: 'Put the programmes of a channel in another order',
  params: TelevisionAt,
  body: strict({ ids: Type.Array(Id, { maxItems: 500, uniqueItems: true }) }),
  reply: TelevisionChanged,
} as const satisfies Endpoint

export const changeProgramme = {
  method: 'PUT',
  path: '/television-programmes/:id',
  permission: 'television.write',
  summary: 'Rename a programme, or say whether it may be chosen at any time',
  params: TelevisionAt,
  body: strict({ title: TelevisionName, isOnDemand: Type.Boolean() }),
  reply: Programme,
} as const satisfies Endpoint

export const removeProgramme = {
  method: 'POST',
  path: '/television-programmes/:id/remove',
  permission: 'television.write',
  summary: 'Take a programme off its channel; what is still to come of it leaves the schedule',
  params: TelevisionAt,
  body: Empty,
  reply: Programme,
} as const satisfies Endpoint

export const restoreProgramme = {
  method: 'POST',
  path: '/television-programmes/:id/restore',
  permission: 'television.write',
  summary: 'Put a removed programme back at the end of its channel',
  params: TelevisionAt,
  body: Empty,
  reply: Programme,
} as const satisfies Endpoint

export const listSlots = {
  method: 'GET',
  path: '/television-channels/:id/slots',
  permission: 'learning.read',
  summary: 'The schedule of a channel in a time, at most 62 days',
  params: TelevisionAt,
  query: strict({ from: DateOn, until: DateOn }),
  reply: Type.Object({ rows: Type.Array(ProgrammeSlot) }),
} as const satisfies Endpoint

export const scheduleProgramme = {
  method: 'POST',
  path: '/television-channels/:id/slots',
  permission: 'television.write',
  summary: 'Schedule a programme, once or every week at the same hour',
  params: TelevisionAt,
  body: strict({
    programmeId: Id,
    startsAt: InstantAt,
    weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 52 })),
  }),
  reply: Type.Object({ rows: Type.Array(ProgrammeSlot) }),
} as const satisfies Endpoint

export const unschedule = {
  method: 'POST',
  path: '/television-slots/:id/remove',
  permission: 'television.write',
  summary: 'Take one time out of the schedule',
  params: TelevisionAt,
  body: Empty,
  reply: ProgrammeSlot,
} as const satisfies Endpoint

export const reschedule = {
  method: 'POST',
  path: '/television-slots/:id/restore',
  permission: 'television.write',
  summary: 'Put a time back that was taken out, while it is free',
  params: TelevisionAt,
  body: Empty,
  reply: ProgrammeSlot,
} as const satisfies Endpoint
