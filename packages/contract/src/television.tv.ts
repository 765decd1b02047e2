import { type Static, Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Playback } from './media.words.ts'
import { Empty, Id, InstantAt, nullable, oneOf, strict } from './page.ts'

/**
 * What a television set asks for. It has no session: each request carries the key of the set, which opens nothing but
 * these routes and lies in the body, so that it stands in no log.
 */
const Key = Type.String({ minLength: 40, maxLength: 140, pattern: '^[\\w.-]+$' })

export const beginPairing = {
  method: 'POST',
  path: '/tv/pairings',
  permission: 'public',
  unkept: true,
  summary: 'A code for the screen of a set that is not paired, good for ten minutes',
  body: Empty,
  reply: Type.Object({
    code: Type.String(),
    /** The same for a telephone: rows of 0 and 1 of a QR code that opens the page for pairing. */
    qr: Type.String(),
    token: Type.String(),
    until: InstantAt,
  }),
} as const satisfies Endpoint

export const askPairing = {
  method: 'POST',
  path: '/tv/pairings/ask',
  permission: 'public',
  unkept: true,
  summary: 'Whether somebody has typed the code; if so, the key of the set',
  body: strict({ token: Key }),
  reply: Type.Object({ state: oneOf(['waiting', 'paired', 'over'] as const), key: nullable(Type.String()) }),
} as const satisfies Endpoint

const TvProgramme = Type.Object({
  id: Id,
  channelId: Id,
  title: Type.String(),
  seconds: Type.Integer(),
  isOnDemand: Type.Boolean(),
  /** Changes when other bytes play: what is kept under it stays good as long as it is the same. */
  edition: Type.String(),
})
export type TvProgramme = Static<typeof TvProgramme>

export const TvGuide = Type.Object({
  now: InstantAt,
  set: Type.Object({ name: Type.String(), place: nullable(Type.String()), orgName: Type.String() }),
  /** From the highest unit down to the own. */
  channels: Type.Array(
    Type.Object({ id: Id, name: Type.String(), orgName: Type.String(), programmes: Type.Array(TvProgramme) }),
  ),
  /** What runs now, and what comes in the next seven days. Where two run at once, the unit nearer to the set goes first. */
  slots: Type.Array(Type.Object({ id: Id, programmeId: Id, startsAt: InstantAt, endsAt: InstantAt })),
})
export type TvGuide = Static<typeof TvGuide>

export const readGuide = {
  method: 'POST',
  path: '/tv/guide',
  permission: 'public',
  unkept: true,
  summary: 'Channels, programmes and schedule of a set',
  body: strict({ key: Key }),
  reply: TvGuide,
} as const satisfies Endpoint

export const playProgramme = {
  method: 'POST',
  path: '/tv/playback',
  permission: 'public',
  unkept: true,
  summary: 'Everything a set needs for playing a programme, with links for some hours',
  body: strict({ key: Key, programmeId: Id }),
  reply: Playback,
} as const satisfies Endpoint

export const TvAiring = strict({
  /** Made by the set, so that a report that is sent twice is written once. */
  id: Id,
  programmeId: Id,
  slotId: nullable(Id),
  beganAt: InstantAt,
  endedAt: nullable(InstantAt),
  isWhole: Type.Boolean(),
})
export type TvAiring = Static<typeof TvAiring>

/** The running code and those after it, for some minutes without a network. */
const Codes = Type.Array(Type.Object({ from: InstantAt, figures: Type.String(), qr: Type.String() }))

export const TvReport = Type.Object({
  now: InstantAt,
  /** Those of the report that are written down; the set forgets the ended ones. */
  taken: Type.Array(Id),
  room: nullable(
    Type.Object({
      airingId: Id,
      present: Type.Integer(),
      stepSeconds: Type.Integer(),
      codes: Codes,
    }),
  ),
  /** The meeting whose check-in code was put on this set; who comes in by it comes to the meeting. */
  meeting: nullable(
    Type.Object({
      meetingId: Id,
      title: Type.String(),
      opensAt: InstantAt,
      closesAt: InstantAt,
      called: Type.Integer(),
      present: Type.Integer(),
      stepSeconds: Type.Integer(),
      codes: Codes,
    }),
  ),
})
export type TvReport = Static<typeof TvReport>

export const reportAirings = {
  method: 'POST',
  path: '/tv/reports',
  permission: 'public',
  unkept: true,
  summary: 'Sign of life of a set, with what it began and ended since the last one, also without a network',
  body: strict({
    key: Key,
    airings: Type.Array(TvAiring, { maxItems: 100 }),
    /** There is more to tell, begun after the last of these; otherwise this is everything until now. */
    hasMore: Type.Optional(Type.Boolean()),
  }),
  reply: TvReport,
} as const satisfies Endpoint

const Room = Type.Object({
  airingId: Id,
  title: Type.String(),
  setName: Type.String(),
  place: nullable(Type.String()),
  orgName: Type.String(),
  beganAt: InstantAt,
  isPresent: Type.Boolean(),
})
export type TelevisionRoom = Static<typeof Room>

export const listRooms = {
  method: 'GET',
  path: '/my/television-rooms',
  permission: 'signed-in',
  summary: 'Rooms of the own branch and of the units above it in which something plays now',
  reply: Type.Object({ rows: Type.Array(Room) }),
} as const satisfies Endpoint

export const enterRoom = {
  method: 'POST',
  path: '/my/television-rooms/:id/enter',
  permission: 'signed-in',
  summary: 'Say that one is in the room, by the code on its screen',
  params: strict({ id: Id }),
  body: strict({ code: Type.String({ minLength: 6, maxLength: 80, pattern: '^[\\w.-]+$' }) }),
  reply: Type.Object({ airingId: Id, title: Type.String() }),
} as const satisfies Endpoint
