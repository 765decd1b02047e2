import {
  type Input,
  type Reply,
  televisionRefusals as refusals,
  type reportAirings,
  type TvAiring,
  type TvReport,
} from '@tongxin/contract'
import qrcode from 'qrcode'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { figuresOf, STEP_MS, stepOf, tokenOf } from '../../../platform/rotating-codes.ts'
import { isWithin } from '../../../platform/scope.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as q from '../queries/airings.queries.ts'
import { channelsAlong } from '../queries/channels.queries.ts'
import { presentIn } from '../queries/presence.queries.ts'
import { type ProgrammeRow, programmesById } from '../queries/programmes.queries.ts'
import { setSeen, setsById, type TvSet } from '../queries/sets.queries.ts'
import { isSecret, type SetKey } from '../television.keys.ts'
import { CODES_AHEAD, daysBefore, isPlayedWhole, OLDEST_DAYS } from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'
import { notPaired, placeOfKey } from './admitted.ts'
import { type At, airingSubject, endAiring, loseAiring } from './ends.ts'

export type Ask = { readonly body: Input<typeof reportAirings>['body']; readonly address: string; readonly now: Date }
type Proved = { readonly at: number; readonly set: TvSet; readonly airings: readonly TvAiring[] }
type Answer = Reply<typeof reportAirings> | Error

/**
 * Signs of life of many sets: keys proved, sets and airings written in one transaction per tenant, answered after it.
 * A report that comes twice changes nothing the second time.
 */
export const reportGroup =
  (platform: Platform, ports: TelevisionPorts) =>
  async (asks: readonly Ask[]): Promise<Answer[]> => {
    const answers: Answer[] = asks.map(() => refusals.not_paired())
    const placed = await Promise.all(
      asks.map(async (ask, at) => ({ ask, at, key: await placeOfKey(platform, ask.body.key) })),
    )
    const known = placed.flatMap(({ ask, at, key }) => (key ? [{ ask, at, key }] : []))
    for (const { ask, at, key } of placed) if (!key) answers[at] = notPaired(platform, ask.address)
    for (const [tenantId, group] of Map.groupBy(known, ({ key }) => key.tenantId)) {
      const scope = group[0]?.key.scope ?? ''
      const now = platform.clock()
      const told = await inSystemTransaction(platform, { tenantId, scope }, (tx) =>
        reportTenant(platform, ports, tx, { tenantId, now }, group),
      )
      for (const [at, answer] of told) answers[at] = answer
    }
    platform.wake()
    return answers
  }

async function reportTenant(
  platform: Platform,
  ports: TelevisionPorts,
  tx: Tx,
  when: At,
  group: readonly { readonly ask: Ask; readonly at: number; readonly key: SetKey }[],
): Promise<Map<number, Answer>> {
  const { tenantId, now } = when
  const answers = new Map<number, Answer>()
  const sets = new Map(
    (await setsById(tx, tenantId, [...new Set(group.map(({ key }) => key.id))])).map((s) => [s.id, s]),
  )
  const proved = group.flatMap(({ ask, at, key }): Proved[] => {
    const set = sets.get(key.id)
    if (set && isSecret(platform.vault, key.secret, set.secretHash)) return [{ at, set, airings: ask.body.airings }]
    answers.set(at, notPaired(platform, ask.address))
    return []
  })
  if (proved.length === 0) return answers
  await setSeen(tx, tenantId, [...new Set(proved.map(({ set }) => set.id))].toSorted(), now)
  for (const one of proved) await writeAirings(tx, when, ports, one)
  const playing = await q.lockPlaying(tx, tenantId, [...new Set(proved.map(({ set }) => set.id))])
  const heard = playing.filter((one) => proved.some(({ airings }) => airings.some(({ id }) => id === one.id)))
  await q.setAiringsSeen(
    tx,
    tenantId,
    heard.map(({ id }) => id),
    now,
  )
  const present = await presentIn(
    tx,
    tenantId,
    heard.map(({ id }) => id),
  )
  for (const { at, set, airings } of proved) {
    const now_ = heard.find((one) => one.setId === set.id)
    answers.set(at, {
      now: now.toISOString(),
      taken: airings.map(({ id }) => id),
      room: now_ ? roomOf(platform, now_.id, present.get(now_.id) ?? 0, now) : null,
    })
  }
  return answers
}

/** What a set tells about its airings, oldest first; one it plays replaces what it was thought to play. */
async function writeAirings(
  tx: Tx,
  when: At,
  ports: TelevisionPorts,
  { set, airings: reported }: Proved,
): Promise<void> {
  if (reported.length === 0) return
  // One airing once, as it was told last: twice in one report it would be begun twice, and spoil the whole group.
  const airings = [...new Map(reported.map((one) => [one.id, one])).values()]
  const { tenantId, now } = when
  const there = new Map(
    (
      await q.lockAirings(
        tx,
        tenantId,
        airings.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  const playing = await q.lockPlaying(tx, tenantId, [set.id])
  const told = new Set(airings.map(({ id }) => id))
  // Its plug was pulled: what it plays now it tells, and it tells nothing of that one any more.
  for (const old of playing) if (!told.has(old.id)) await loseAiring(tx, tenantId, old)
  const programmes = await programmesFor(tx, tenantId, set, airings)
  for (const said of airings.toSorted((a, b) => a.beganAt.localeCompare(b.beganAt))) {
    const known = there.get(said.id)
    // Another set's airing is none of its business, and a programme of elsewhere it cannot have played.
    if (known ? known.setId !== set.id || known.state === 'ended' : !programmes.has(said.programmeId)) continue
    const times = timesOf(said, known, now)
    if (!times) continue
    const airing =
      known ?? (await begin(tx, when, set, said, { ...times, ...(programmes.get(said.programmeId) as Told) }))
    if (times.endedAt)
      await endAiring(tx, when, ports, airing, {
        at: times.endedAt,
        isWhole: isPlayedWhole({ ...airing, endedAt: times.endedAt }, said.isWhole),
      })
  }
}

type Told = { readonly programme: ProgrammeRow; readonly channelName: string }

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

/** Times as the set tells them, as far as the clock here allows: never in the future, and not from long ago. */
function timesOf(
  said: TvAiring,
  known: q.Airing | undefined,
  now: Date,
): { beganAt: Date; endedAt: Date | null } | null {
  const began = known?.beganAt ?? new Date(Math.min(Date.parse(said.beganAt), now.getTime()))
  if (began < daysBefore(now, OLDEST_DAYS)) return null
  if (said.endedAt === null) return { beganAt: began, endedAt: null }
  const ended = Math.min(Date.parse(said.endedAt), now.getTime())
  return { beganAt: began, endedAt: new Date(Math.max(ended, began.getTime())) }
}

async function begin(
  tx: Tx,
  { tenantId, now }: At,
  set: TvSet,
  said: TvAiring,
  { programme, channelName, beganAt }: Told & { readonly beganAt: Date },
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
    slotId: said.slotId,
    title: programme.title,
    seconds: programme.seconds,
    state: 'playing',
    beganAt,
    endedAt: null,
    lastSeenAt: now,
    isWhole: false,
  }
  await q.insertAiring(tx, tenantId, airing)
  const payload = { setName: set.name, title: programme.title, programmeId: programme.id }
  await publishAll(tx, { tenantId, now }, 'television.began', [{ subject: airingSubject(airing), payload }])
  return airing
}

/** The running code and those of some minutes, so that the room can go on checking in while the set has no network. */
function roomOf(platform: Platform, airingId: string, present: number, now: Date): TvReport['room'] {
  const key = roomKey(platform)
  const first = stepOf(now)
  return {
    airingId,
    present,
    stepSeconds: STEP_MS / 1000,
    codes: Array.from({ length: CODES_AHEAD }, (_, ahead) => {
      const step = first + ahead
      const url = `${platform.publicOrigin}/television?r=${airingId}&c=${tokenOf(key, airingId, step)}`
      return { from: new Date(step * STEP_MS).toISOString(), figures: figuresOf(key, airingId, step), qr: qrRows(url) }
    }),
  }
}
export const roomKey = ({ vault }: Pick<Platform, 'vault'>): Buffer => vault.derive('television.room')

/** The modules of a QR code as rows of 0 and 1: the page draws them, no picture crosses the content policy. */
function qrRows(text: string): string {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'M' })
  const rows = Array.from({ length: modules.size }, (_, y) =>
    Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) ? '1' : '0')).join(''),
  )
  return rows.join('/')
}
