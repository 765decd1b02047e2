import {
  type Input,
  type MemberEntry,
  type MemberPortrait,
  memberRefusals,
  type readMyPortrait as mineContract,
  type Permission,
  PORTRAIT_PARTS,
  type Reply,
  ROAD_DAYS,
  type readMemberPortrait as readContract,
} from '@tongxin/contract'
import { addMonths, yearOf } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { postsHeld } from '../../org/index.ts'
import { recordsAlong } from '../members.missed.doors.ts'
import type { MemberPorts } from '../members.ports.ts'
import { findOwnRecord, findRecord, type StoredMember } from '../queries/records.queries.ts'
import { recordReply } from './read-members.ts'

/** So many lines of a kind leave the page one page. */
const MOST = 4
const NEEDED: Readonly<Record<(typeof PORTRAIT_PARTS)[number], Permission>> = {
  meetings: 'meetings.read',
  learning: 'learning.read',
  development: 'development.read',
  membership: 'membership.read',
  transfers: 'transfers.read',
}

/** 一页画像 of a member of the caller's reach. @throws `members.not_found` */
export const read =
  (ports: MemberPorts) =>
  async (ctx: Ctx, { params }: Input<typeof readContract>): Promise<Reply<typeof readContract>> =>
    portraitOf(ctx, ports, await foundRecord(ctx, params.id), false)

/** The same of whoever asks. @throws `members.no_record` */
export const readMine =
  (ports: MemberPorts) =>
  async (ctx: Ctx, _: Input<typeof mineContract>): Promise<Reply<typeof mineContract>> => {
    const record = await findOwnRecord(ctx.db, ctx.actor)
    if (!record) throw memberRefusals.no_record()
    return portraitOf(ctx, ports, record, true)
  }

/** A record of the caller's reach that was not deleted. @throws `members.not_found` */
export async function foundRecord(ctx: Ctx, id: string): Promise<StoredMember> {
  const record = await findRecord(ctx.db, ctx.actor, id)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  return record
}

/** Everything that stands on the page, each part as far as the caller may see it. */
export async function portraitOf(
  ctx: Ctx,
  ports: MemberPorts,
  record: StoredMember,
  isOwn: boolean,
): Promise<MemberPortrait> {
  const { tenantId } = ctx.actor
  const whose = { memberId: record.id, isOwn }
  const until = todayOf(ctx.now)
  const days = { since: addMonths(until, -12), until }
  const { card, fields, entries, missing, photo } = await recordReply(ctx, record)
  const along = await recordsAlong(ctx.db, tenantId, [record.id])
  const memberIds = [...new Set([record.id, ...along.map(({ calledId }) => calledId)])]
  const life = await ports.lifeOf(ctx, { memberIds, isOwn }, days)
  const stage = await ports.stageOf(ctx, whose)
  const valid = entries.filter(({ endedReason }) => endedReason === null)
  return {
    card,
    photo,
    nativePlace: fields.nativePlace ?? null,
    workplace: fields.workplace ?? null,
    jobTitle: fields.jobTitle ?? null,
    road: {
      days: ROAD_DAYS.flatMap((key) => {
        const on = fields[key] ?? stage?.[key]
        return on ? [{ key, on }] : []
      }),
      running: stage ? { stage: stage.stage, state: stage.state, probationEnd: stage.probationEnd } : null,
    },
    posts: newest([...(await postsHeld(ctx.db, ctx.actor, whose, MOST + 1)).map(heldPost), ...writtenPosts(valid)]),
    life: life && { ...days, ...life },
    learning: await ports.learningOf(ctx, whose, yearOf(until)),
    honours: newest(
      [
        ...awardsOf(valid),
        ...(await ports.honoursOf(ctx, whose, MOST + 1)).map(({ year, title, unitName }) => ({
          on: String(year),
          title,
          by: unitName,
        })),
      ].sort(byNewest),
    ),
    decisions: newest(
      [
        ...penaltiesOf(valid),
        ...(await ports.decisionsOf(ctx, whose, MOST + 1)).map((one) => ({ ...one, title: null })),
      ].sort(byNewest),
    ),
    moves: newest(await ports.movesOf(ctx, whose, MOST + 1)),
    missing,
    withheld: isOwn ? [] : PORTRAIT_PARTS.filter((part) => !ctx.actor.permissions.has(NEEDED[part])),
    asOf: until,
  }
}

const newest = <T>(rows: readonly T[]) => ({ rows: rows.slice(0, MOST), hasMore: rows.length > MOST })
const byNewest = (a: { on: string | null }, b: { on: string | null }): number => {
  if (a.on === b.on) return 0
  return (a.on ?? '') > (b.on ?? '') ? -1 : 1
}
const ofKind = (entries: readonly MemberEntry[], kind: MemberEntry['kind']) =>
  entries.filter((entry) => entry.kind === kind)

const heldPost = (held: Awaited<ReturnType<typeof postsHeld>>[number]) => ({ ...held, title: null })

/** Posts that somebody wrote into the record: of the time before the installation, or elsewhere. */
const writtenPosts = (entries: readonly MemberEntry[]) =>
  ofKind(entries, 'post')
    .map(({ facts, fromOn, untilOn }) => ({
      post: null,
      title: facts.title ?? null,
      unit: facts.organisation ?? null,
      fromOn,
      untilOn,
    }))
    .reverse()

const awardsOf = (entries: readonly MemberEntry[]) =>
  ofKind(entries, 'award').map(({ facts, fromOn }) => ({
    on: fromOn,
    title: facts.title ?? '',
    by: facts.awardedBy ?? null,
  }))

/** A penalty as the record shows it: what, when, by whom; the grounds stay sealed. */
const penaltiesOf = (entries: readonly MemberEntry[]) =>
  ofKind(entries, 'penalty').map(({ facts, fromOn }) => ({
    on: fromOn,
    kind: null,
    title: facts.type ?? null,
    by: facts.decidedBy ?? null,
  }))
