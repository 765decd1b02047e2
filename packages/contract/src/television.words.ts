import { type Static, Type } from 'typebox'
import { Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/** 播放中, 已停播, 失联 (the set has said nothing for some minutes; it may still report the end later). */
export const AIRING_STATES = ['playing', 'ended', 'lost'] as const
export type AiringState = (typeof AIRING_STATES)[number]
/** 扫码, 输码, 由组织者补记. */
export const PRESENCE_WAYS = ['scanned', 'typed', 'added'] as const
/** 在线, 离线, 已停用. */
export const SET_STATES = ['online', 'offline', 'ended'] as const
export type SetState = (typeof SET_STATES)[number]

export const TelevisionAt = strict({ id: Id })
export const TelevisionName = Type.String({ minLength: 2, maxLength: 60, pattern: '\\S' })
export const TelevisionReason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' })
export const TelevisionChanged = Type.Object({ id: Id, version: Type.Integer() })
export type TelevisionChanged = Static<typeof TelevisionChanged>

export const Programme = Type.Object({
  id: Id,
  channelId: Id,
  title: Type.String(),
  mediaId: Id,
  kind: oneOf(['video', 'sound'] as const),
  seconds: Type.Integer(),
  /** May be chosen at any time, not only by the schedule. */
  isOnDemand: Type.Boolean(),
  removedAt: nullable(InstantAt),
})
export type Programme = Static<typeof Programme>

export const ProgrammeSlot = Type.Object({
  id: Id,
  channelId: Id,
  programmeId: Id,
  title: Type.String(),
  startsAt: InstantAt,
  endsAt: InstantAt,
  removedAt: nullable(InstantAt),
})
export type ProgrammeSlot = Static<typeof ProgrammeSlot>

export const ChannelRow = Type.Object({
  id: Id,
  name: Type.String(),
  about: nullable(Type.String()),
  orgId: Id,
  orgName: Type.String(),
  /** `own`: of the units that the post acts for; `above`: of a unit above, received and not changed. */
  from: oneOf(['own', 'above'] as const),
  programmes: Type.Integer(),
  isEnded: Type.Boolean(),
  createdAt: InstantAt,
  version: Type.Integer(),
})
export type ChannelRow = Static<typeof ChannelRow>

export const SetRow = Type.Object({
  id: Id,
  name: Type.String(),
  place: nullable(Type.String()),
  orgId: Id,
  orgName: Type.String(),
  state: oneOf(SET_STATES),
  pairedAt: InstantAt,
  pairedBy: Type.String(),
  lastSeenAt: nullable(InstantAt),
  /** What plays there now. */
  playing: nullable(Type.String()),
  /** The meeting whose check-in code it shows. */
  meeting: nullable(Type.String()),
  endReason: nullable(Type.String()),
  version: Type.Integer(),
})
export type SetRow = Static<typeof SetRow>

export const AiringRow = Type.Object({
  id: Id,
  setId: Id,
  setName: Type.String(),
  orgId: Id,
  orgName: Type.String(),
  channelName: Type.String(),
  title: Type.String(),
  state: oneOf(AIRING_STATES),
  beganAt: InstantAt,
  endedAt: nullable(InstantAt),
  /** Played to its end: only then it counts for those who were there. */
  isWhole: Type.Boolean(),
  /** The set had no network: it was told of some time after it began. */
  isToldLate: Type.Boolean(),
  present: Type.Integer(),
})
export type AiringRow = Static<typeof AiringRow>

export const AiringRecord = Type.Object({
  ...AiringRow.properties,
  people: Type.Array(
    Type.Object({
      memberId: Id,
      name: Type.String(),
      way: oneOf(PRESENCE_WAYS),
      at: InstantAt,
      struckReason: nullable(Type.String()),
    }),
  ),
  canAdd: Type.Boolean(),
  canStrike: Type.Boolean(),
})
export type AiringRecord = Static<typeof AiringRecord>
