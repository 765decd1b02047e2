import {
  type Input,
  type Reply,
  televisionRefusals as refusals,
  type reportAirings,
  type TvReport,
} from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'
import type { Platform } from '../../../platform/platform.ts'
import { qrRows } from '../../../platform/qr-rows.ts'
import { figuresOf, STEP_MS, stepOf, tokenOf } from '../../../platform/rotating-codes.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import * as q from '../queries/airings.queries.ts'
import { presentIn } from '../queries/presence.queries.ts'
import { setSeen, setsById, type TvSet } from '../queries/sets.queries.ts'
import { isSecret, type SetKey } from '../television.keys.ts'
import { CODES_AHEAD } from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'
import { notPaired, placeOfKey } from './admitted.ts'
import type { At } from './ends.ts'
import { type Telling, writeAirings } from './told.ts'

export type Ask = { readonly body: Input<typeof reportAirings>['body']; readonly address: string; readonly now: Date }
type Proved = Telling & { readonly at: number; readonly hasMore: boolean }
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
    if (set && isSecret(platform.vault, key.secret, set.secretHash)) {
      const { airings, hasMore = false } = ask.body
      return [{ at, set, airings, hasMore }]
    }
    answers.set(at, notPaired(platform, ask.address))
    return []
  })
  if (proved.length === 0) return answers
  await setSeen(tx, tenantId, toldBy(proved, now), now)
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
      meeting: await meetingOn(platform, ports, tx, when, set),
    })
  }
  return answers
}

/** In one order, so that two groups do not wait for each other; a set that asks twice in one group stands once. */
function toldBy(proved: readonly Proved[], now: Date): { id: string; toldUntil: Date }[] {
  const until = new Map<string, Date>()
  for (const { set, airings, hasMore } of proved) {
    // A backlog comes in parts, the oldest first: what is still to come has begun after what was told.
    const last = airings.map(({ beganAt }) => Math.min(Date.parse(beganAt), now.getTime()))
    until.set(set.id, hasMore && last.length > 0 ? new Date(Math.max(...last)) : now)
  }
  return [...until].map(([id, toldUntil]) => ({ id, toldUntil })).toSorted((a, b) => a.id.localeCompare(b.id))
}

/** The check-in code of the meeting that the set was told to show, while it is open or about to open. */
async function meetingOn(
  platform: Platform,
  { checkInBoard }: TelevisionPorts,
  tx: Tx,
  { tenantId, now }: At,
  { meetingId, meetingUntil }: TvSet,
): Promise<TvReport['meeting']> {
  if (meetingId === null || meetingUntil === null || meetingUntil <= now) return null
  const board = await checkInBoard(platform, tx, { tenantId, meetingId, now, codes: CODES_AHEAD })
  if (!board) return null
  const { opensAt, closesAt, codes, ...said } = board
  return {
    ...said,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt.toISOString(),
    stepSeconds: STEP_MS / 1000,
    codes: codes.map(({ from, figures, qr }) => ({ from, figures, qr })),
  }
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
