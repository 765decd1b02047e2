import type { TvAiring } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import { isWithin } from '../../../platform/scope.ts'
import * as q from '../queries/airings.queries.ts'
import { channelsAlong } from '../queries/channels.queries.ts'
import { type ProgrammeRow, programmesById } from '../queries/programmes.queries.ts'
import type { TvSet } from '../queries/sets.queries.ts'
import { type Slot, slotsById } from '../queries/slots.queries.ts'
import {
  daysBefore,
  isPlayedWhole,
  longestRunMs,
  minutesBefore,
  OLDEST_DAYS,
  TELLING_MINUTES,
} from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'
import { type At, airingSubject, endAiring, loseAiring } from './ends.ts'

export type Telling = { readonly set: TvSet; readonly airings: readonly TvAiring[] }
type Told = { readonly programme: ProgrammeRow; readonly channelName: string }

/** What a set tells about its airings, oldest first; one it plays replaces what it was thought to play. */
export async function writeAirings(
  tx: Tx,
  when: At,
  ports: TelevisionPorts,
  { set, airings: reported }: Telling,
): Promise<void> {
  if (reported.length === 0) return
  // One airing once, as it was told last: twice in one report it would be begun twice, and spoil the whole group.
  const airings = [...new Map(reported.map((one) => [one.id, one])).values()]
  const { tenantId, now } = when
  const ids = airings.map(({ id }) => id)
  const there = new Map((await q.lockAirings(tx, tenantId, ids)).map((one) => [one.id, one]))
  const playing = await q.lockPlaying(tx, tenantId, [set.id])
  const told = new Set(ids)
  // Its plug was pulled: what it plays now it tells, and it tells nothing of that one any more.
  for (const old of playing) if (!told.has(old.id)) await loseAiring(tx, tenantId, old)
  const programmes = await programmesFor(tx, tenantId, set, airings)
  const slots = new Map((await slotsById(tx, tenantId, slotIdsOf(airings))).map((one) => [one.id, one]))
  let freeFrom = 0
  for (const said of airings.toSorted((a, b) => a.beganAt.localeCompare(b.beganAt))) {
    const known = there.get(said.id)
    const on = programmes.get(said.programmeId)
    // Another set's airing is none of its business, and a programme of elsewhere it cannot have played.
    if (known ? known.setId !== set.id || known.state === 'ended' : !on) continue
    const times = known
      ? { beganAt: known.beganAt, endedAt: endOf(said, known.beganAt, known.seconds, now) }
      : timesOf(said, { set, programme: (on as Told).programme, freeFrom, now })
    if (!times) continue
    freeFrom = Math.max(freeFrom, (times.endedAt ?? times.beganAt).getTime())
    const airing =
      known ??
      (await begin(tx, when, set, { said, slotId: slotOf(slots, said, times.beganAt), ...times, ...(on as Told) }))
    if (times.endedAt)
      await endAiring(tx, when, ports, airing, {
        at: times.endedAt,
        isWhole: isPlayedWhole({ ...airing, endedAt: times.endedAt }, said.isWhole),
      })
  }
}

async function programmesFor(
  tx: Tx,
  tenantId: string,
  set: TvSet,
  airings: readonly TvAiring[],
): Promise<Map<string, Told>> {
  const rows = await programmesById(tx, tenantId, [...new Set(airings.map(({ programmeId }) => programmeId))])
  const channels = new Map((await channelsAlong(tx, tenantId, set.orgPath)).map(({ id, name }) => [id, name]))
  return new Map(
    rows
      .filter(({ orgPath }) => isWithin(set.orgPath, orgPath))
      .map((programme) => [programme.id, { programme, channelName: channels.get(programme.channelId) ?? '' }]),
  )
}

/** Two clocks and their rounding: so much two airings of one set may seem to overlap. */
const OVERLAP_MS = 30_000

/**
 * Times of an airing that is told of for the first time, as far as they can be true. Whoever holds the key of a set can
 * tell anything of a time in which nobody heard it, so it is bounded: not in the future, not from long ago, not before
 * the set was paired or the programme was there, not before what the set told of last (each report names everything
 * that was played until then), and never two at once, because a set has one screen. Null: not believed.
 */
function timesOf(
  said: TvAiring,
  bounds: { readonly set: TvSet; readonly programme: ProgrammeRow; readonly freeFrom: number; readonly now: Date },
): { beganAt: Date; endedAt: Date | null } | null {
  const { set, programme, freeFrom, now } = bounds
  const beganAt = new Date(Math.min(Date.parse(said.beganAt), now.getTime()))
  const earliest = Math.max(
    daysBefore(now, OLDEST_DAYS).getTime(),
    set.pairedAt.getTime(),
    set.toldUntil ? minutesBefore(set.toldUntil, TELLING_MINUTES).getTime() : 0,
    programme.createdAt.getTime(),
    freeFrom - OVERLAP_MS,
  )
  if (beganAt.getTime() < earliest) return null
  return { beganAt, endedAt: endOf(said, beganAt, programme.seconds, now) }
}

function endOf(said: TvAiring, beganAt: Date, seconds: number, now: Date): Date | null {
  if (said.endedAt === null) return null
  const latest = Math.min(now.getTime(), beganAt.getTime() + longestRunMs(seconds))
  return new Date(Math.max(beganAt.getTime(), Math.min(Date.parse(said.endedAt), latest)))
}

const slotIdsOf = (airings: readonly TvAiring[]): string[] => [
  ...new Set(airings.flatMap(({ slotId }) => (slotId === null ? [] : [slotId]))),
]

/** Only where the schedule says the same: this programme, in that hour. */
function slotOf(slots: ReadonlyMap<string, Slot>, { slotId, programmeId }: TvAiring, beganAt: Date): string | null {
  const slot = slotId === null ? undefined : slots.get(slotId)
  const isThen = slot && minutesBefore(slot.startsAt, 1) <= beganAt && beganAt <= slot.endsAt
  return isThen && slot.programmeId === programmeId ? slot.id : null
}

type Begun = Told & { readonly said: TvAiring; readonly slotId: string | null; readonly beganAt: Date }

async function begin(
  tx: Tx,
  { tenantId, now }: At,
  set: TvSet,
  { said, slotId, programme, channelName, beganAt }: Begun,
): Promise<q.Airing> {
  const airing: q.NewAiring = {
    id: said.id,
    setId: set.id,
    unitId: set.unitId,
    orgPath: set.orgPath,
    unitName: set.unitName,
    setName: set.name,
    place: set.place,
    channelId: programme.channelId,
    channelName,
    programmeId: programme.id,
    slotId,
    title: programme.title,
    seconds: programme.seconds,
    state: 'playing',
    beganAt,
    endedAt: null,
    lastSeenAt: now,
    isWhole: false,
    toldAt: now,
  }
  await q.insertAiring(tx, tenantId, airing)
  const payload = { setName: set.name, title: programme.title, programmeId: programme.id }
  await publishAll(tx, { tenantId, now }, 'television.began', [{ subject: airingSubject(airing), payload }])
  return airing
}
