import { type MatchingRun, type Reply, type readLastMatching, topicsRefusals as refusals } from '@tongxin/contract'
import { leftOutOf, reasonsOf, sparesOf } from '@tongxin/domain/topics/explained'
import {
  demandOf,
  HURDLES,
  type LecturerOffer,
  type Placement,
  type Program,
  placementsOf,
  programOf,
  type WishToPlace,
} from '@tongxin/domain/topics/matching'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, publishAll } from '../../../platform/events.ts'
import * as lecturers from '../queries/lecturers.queries.ts'
import * as proposals from '../queries/proposals.queries.ts'
import * as runs from '../queries/runs.queries.ts'
import * as slotted from '../queries/slots.queries.ts'
import * as q from '../queries/wishes.queries.ts'
import { type Solved, solve } from '../solver/solve.ts'

/** More are matched in a second pass. */
const MOST_WISHES = 2000
const MOST_LECTURERS = 500
const SPARES = 2
/** So many left-out wishes are explained, the most supported first. */
const MOST_EXPLAINED = 200

export type Matched = {
  readonly wishes: readonly q.Wish[]
  readonly teaching: readonly lecturers.Lecturer[]
  readonly slots: readonly slotted.Slot[]
  readonly program: Program
  readonly solved: Solved
  readonly milliseconds: number
}

/** Reads what can be matched and solves it: outside any transaction, because it takes seconds. */
export async function prepare(ctx: Ctx): Promise<Matched> {
  const { tenantId } = ctx.actor
  const today = todayOf(ctx.now)
  const wishes = await q.matchableWishes(ctx.db, ctx.actor, today, MOST_WISHES)
  if (wishes.length === 0) throw refusals.nothing_to_match()
  const teaching = await lecturers.approvedLecturers(ctx.db, ctx.actor, MOST_LECTURERS)
  const ids = teaching.map(({ id }) => id)
  const slots = (await slotted.slotsOf(ctx.db, tenantId, ids, today)).filter(
    ({ isTaken, onDate }) => !isTaken && onDate > today,
  )
  const booked = await slotted.bookedOf(ctx.db, tenantId, ids)
  const wishIds = wishes.map(({ id }) => id)
  const declined = await proposals.declinedOf(ctx.db, tenantId, wishIds)
  const asked = wishes.map((wish): WishToPlace => ({ ...wish, declined: declined.get(wish.id) ?? [] }))
  const free = new Map<string, slotted.Slot[]>()
  for (const slot of slots) free.set(slot.lecturerId, [...(free.get(slot.lecturerId) ?? []), slot])
  const offers = teaching.map(
    (one): LecturerOffer => ({ ...one, slots: free.get(one.id) ?? [], booked: booked.get(one.id) ?? {} }),
  )
  const began = performance.now()
  const program = programOf(asked, offers)
  const solved = await solve(program)
  return { wishes, teaching, slots, program, solved, milliseconds: Math.round(performance.now() - began) }
}

/** Writes the proposals with their waiting lists; what somebody else took meanwhile is left for the next pass. */
export async function write(ctx: Ctx<Tx>, _: unknown, matched: Matched): Promise<MatchingRun> {
  const { tenantId } = ctx.actor
  const { program, solved } = matched
  const placements = placementsOf(program, solved.chosen)
  const still = new Set<string>()
  for (const { wishId } of placements.toSorted((a, b) => (a.wishId < b.wishId ? -1 : 1))) {
    const wish = await q.lockWish(ctx.db, ctx.actor, wishId)
    const open = wish && (wish.state === 'reached' || wish.state === 'recruiting')
    const known = open ? await proposals.lockProposalsOf(ctx.db, tenantId, wishId) : []
    if (open && !known.some(({ state }) => state === 'proposed' || state === 'agreed')) still.add(wishId)
  }
  const taken = await proposals.takenAmong(
    ctx.db,
    tenantId,
    placements.map(({ slotId }) => slotId),
  )
  const kept = placements.filter(({ wishId, slotId }) => still.has(wishId) && !taken.has(slotId))
  const keptIds = kept.map(({ wishId }) => wishId)
  await proposals.removeWaiting(ctx.db, tenantId, keptIds)
  const rows = rowsOf(ctx, matched, kept)
  await proposals.insertProposals(ctx.db, tenantId, rows, ctx.now)
  for (const id of keptIds) await q.setWish(ctx.db, tenantId, id, { state: 'recruiting' }, ctx.now)
  const first = rows.filter(({ rank }) => rank === 0)
  await publishAll(
    ctx.db,
    { tenantId, now: ctx.now, actorId: ctx.actor.personId },
    'topics.proposed',
    first.map(({ id, orgPath, title, wishId, personId, onDate }) => ({
      subject: { kind: 'topic_proposal', id, orgPath, personId },
      payload: { title, topicId: wishId, personId, onDate },
    })),
  )
  const run = runOf(ctx, matched, kept)
  await runs.insertRun(ctx.db, ctx.actor, { id: run.id, at: ctx.now, result: run })
  const { wishes, lecturers: offers, placed, demand, greedyDemand } = run
  const subject = { kind: 'topic_matching', id: run.id, orgPath: ctx.actor.scope }
  await publish(ctx, 'topics.matched', subject, { wishes, lecturers: offers, placed, demand, greedyDemand })
  return run
}

function rowsOf(ctx: Ctx<Tx>, matched: Matched, kept: readonly Placement[]): proposals.NewProposal[] {
  const { program } = matched
  const wishes = new Map(matched.wishes.map((wish) => [wish.id, wish]))
  const teaching = new Map(matched.teaching.map((one) => [one.id, one]))
  const slots = new Map(matched.slots.map((slot) => [slot.id, slot]))
  const rowOf = (one: Omit<Placement, 'fit'>, rank: number, reasons: proposals.Reasons | null) => {
    const wish = wishes.get(one.wishId) as q.Wish
    const lecturer = teaching.get(one.lecturerId) as lecturers.Lecturer
    const { onDate, part } = slots.get(one.slotId) as slotted.Slot
    const { wishId, lecturerId, slotId } = one
    const { title, unitName, format, place, orgPath } = wish
    const asked = { wishId, lecturerId, slotId, title, unitName, format, place, orgPath, onDate, part }
    return { id: newId(ctx), ...asked, personId: lecturer.personId, lecturerName: lecturer.name, rank, reasons }
  }
  const ranks = new Map<string, number>()
  return [
    ...kept.map((one) => {
      const { sharedTags, fit: _, ...reasons } = reasonsOf(program, kept, one)
      return rowOf(one, 0, { ...reasons, sharedTags: [...sharedTags] })
    }),
    ...sparesOf(program, kept, SPARES).map((spare) => {
      const rank = (ranks.get(spare.wishId) ?? 0) + 1
      ranks.set(spare.wishId, rank)
      return rowOf(spare, rank, null)
    }),
  ]
}

function runOf(ctx: Ctx<Tx>, matched: Matched, kept: readonly Placement[]): MatchingRun {
  const { program, solved, wishes, teaching, milliseconds } = matched
  const titles = new Map(wishes.map(({ id, title }) => [id, title]))
  const names = new Map(teaching.map(({ id, name }) => [id, name]))
  return {
    id: newId(ctx),
    at: ctx.now.toISOString(),
    by: ctx.actor.personName,
    wishes: wishes.length,
    lecturers: teaching.length,
    placed: kept.length,
    demand: demandOf(program, solved.chosen),
    greedyDemand: demandOf(program, solved.greedy),
    isOptimal: solved.isOptimal,
    milliseconds,
    leftOut: leftOutOf(program, kept)
      .sort((a, b) => b.supporters - a.supporters)
      .slice(0, MOST_EXPLAINED)
      .map(({ wishId, supporters, hurdle, stopped, takenBy }) => ({
        topicId: wishId,
        title: titles.get(wishId) ?? '',
        supporters,
        hurdle,
        stopped: HURDLES.flatMap((one) => {
          const count = stopped[one]
          return count === undefined ? [] : [{ hurdle: one, lecturers: count }]
        }),
        takenBy: takenBy.map((other) => ({
          title: titles.get(other.wishId) ?? '',
          supporters: other.supporters,
          lecturer: names.get(other.lecturerId) ?? '',
        })),
      })),
  }
}

export async function last(ctx: Ctx): Promise<Reply<typeof readLastMatching>> {
  return { run: await runs.lastRun(ctx.db, ctx.actor) }
}
