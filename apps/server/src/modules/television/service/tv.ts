import {
  type askPairing,
  type beginPairing,
  type Input,
  type Playback,
  type playProgramme,
  type Reply,
  type readGuide,
  televisionRefusals as refusals,
  type TvGuide,
} from '@tongxin/contract'
import type { Db, PublicCtx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { qrRows } from '../../../platform/qr-rows.ts'
import { triesByAddress } from '../../../platform/tries.ts'
import { type Channel, channelsAlong } from '../queries/channels.queries.ts'
import { type ProgrammeRow, programmesById, programmesOf } from '../queries/programmes.queries.ts'
import { findPairing, insertPairing } from '../queries/sets.queries.ts'
import { slotsBetween } from '../queries/slots.queries.ts'
import { hashOfSecret, isSecret, keyOf, newCode, newSecret, tokenIn, tokenOf } from '../television.keys.ts'
import { daysBefore, GUIDE_DAYS, minutesBefore, PAIRING_MINUTES } from '../television.policy.ts'
import type { TelevisionPorts } from '../television.ports.ts'
import { asSet, demandPatience, notPaired } from './admitted.ts'

/** Codes that one address may ask for while one is good. */
const codes = triesByAddress(60, PAIRING_MINUTES)

export async function beginPair(
  { address, now, vault }: PublicCtx,
  _: Input<typeof beginPairing>,
  platform: Platform,
): Promise<Reply<typeof beginPairing>> {
  const begun = codes(platform)
  if (begun.isOver(address)) throw refusals.too_many_tries({ minutes: PAIRING_MINUTES })
  begun.count(address)
  const expiresAt = minutesBefore(now, -PAIRING_MINUTES)
  const secret = newSecret()
  const tokenHash = hashOfSecret(vault, secret)
  const { publicOrigin } = platform
  for (;;) {
    const [id, code] = [newId({ now }), newCode()]
    // Two screens never show the same code: whoever types it means one of them.
    if (await insertPairing(platform.db, { id, code, tokenHash, expiresAt }, now))
      return {
        code,
        qr: qrRows(`${publicOrigin}/television/pair?c=${code}`),
        token: tokenOf(id, secret),
        until: expiresAt.toISOString(),
      }
  }
}

export async function askPair(
  { address, now, vault }: PublicCtx,
  { body }: Input<typeof askPairing>,
  platform: Platform,
): Promise<Reply<typeof askPairing>> {
  demandPatience(platform, address)
  const token = tokenIn(body.token)
  const pairing = token && (await findPairing(platform.db, token.id, now))
  if (!pairing) return { state: 'over', key: null }
  if (!isSecret(vault, token.secret, pairing.tokenHash)) throw notPaired(platform, address)
  const { pairedTenant: tenantId, pairedSet: id } = pairing
  if (tenantId === null || id === null) return { state: 'waiting', key: null }
  return { state: 'paired', key: keyOf({ tenantId, id, secret: token.secret }) }
}

export const guide =
  ({ broadcastsOf }: TelevisionPorts) =>
  async ({ address, now }: PublicCtx, { body }: Input<typeof readGuide>, platform: Platform): Promise<TvGuide> =>
    asSet(platform, { key: body.key, address }, async (tx, set, tenantId) => {
      const channels = await channelsAlong(tx, tenantId, set.orgPath)
      const ids = channels.map(({ id }) => id)
      const all = await programmesOf(tx, tenantId, ids)
      const living = all.filter(({ removedAt }) => removedAt === null)
      const media = await broadcastsOf({ db: tx, tenantId }, [...new Set(living.map(({ mediaId }) => mediaId))])
      const editions = new Map(media.map((one) => [one.id, one.edition]))
      const playable = living.filter(({ mediaId }) => editions.get(mediaId))
      return {
        now: now.toISOString(),
        set: { name: set.name, place: set.place, orgName: set.unitName },
        channels: channels.map(({ id, name, unitName }) => ({
          id,
          name,
          orgName: unitName,
          programmes: playable
            .filter(({ channelId }) => channelId === id)
            .map(({ id: programmeId, title, seconds, isOnDemand, mediaId }) => {
              const edition = editions.get(mediaId) ?? ''
              return { id: programmeId, channelId: id, title, seconds, isOnDemand, edition }
            }),
        })),
        slots: await slotsFor(tx, { tenantId, now }, channels, playable),
      }
    })

/** Where two units plan the same hour, the one nearer to the set is named first. */
async function slotsFor(
  db: Db,
  { tenantId, now }: { readonly tenantId: string; readonly now: Date },
  channels: readonly Channel[],
  playable: readonly ProgrammeRow[],
): Promise<TvGuide['slots']> {
  const time = { from: now, until: daysBefore(now, -GUIDE_DAYS) }
  const slots = await slotsBetween(
    db,
    tenantId,
    channels.map(({ id }) => id),
    time,
  )
  const ids = new Set(playable.map(({ id }) => id))
  const depth = new Map(channels.map(({ id, orgPath }) => [id, orgPath.length]))
  return slots
    .filter(({ programmeId }) => ids.has(programmeId))
    .toSorted(
      (one, other) =>
        one.startsAt.getTime() - other.startsAt.getTime() ||
        (depth.get(other.channelId) ?? 0) - (depth.get(one.channelId) ?? 0),
    )
    .map(({ id, programmeId, startsAt, endsAt }) => ({
      id,
      programmeId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    }))
}

export const play =
  ({ openPlayback }: TelevisionPorts) =>
  async ({ address, now }: PublicCtx, { body }: Input<typeof playProgramme>, platform: Platform): Promise<Playback> =>
    asSet(platform, { key: body.key, address }, async (tx, set, tenantId) => {
      const [programme] = await programmesById(tx, tenantId, [body.programmeId])
      const channels = await channelsAlong(tx, tenantId, set.orgPath)
      if (!programme || programme.removedAt || !channels.some(({ id }) => id === programme.channelId))
        throw refusals.programme_not_found()
      const playback = await openPlayback(platform, tx, { tenantId, mediaId: programme.mediaId, now })
      if (!playback) throw refusals.not_playable()
      return playback
    })
