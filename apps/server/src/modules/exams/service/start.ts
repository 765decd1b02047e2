import { randomBytes } from 'node:crypto'
import { type OwnSitting, examsRefusals as refusals, type startSitting } from '@tongxin/contract'
import { newId, publishAll } from '../../../platform/events.ts'
import { isWithin } from '../../../platform/scope.ts'
import { type Drawable, drawn, frozen, seededChance } from '../exams.draw.ts'
import * as papers from '../queries/papers.queries.ts'
import { poolOf } from '../queries/pool.queries.ts'
import { type OwnSeat, seatsOf } from '../queries/seats.queries.ts'
import * as q from '../queries/sittings.queries.ts'
import type { CrowdCtx, Outcome, Proved } from './crowd.ts'
import { sheetOf } from './sheet.ts'

type E = typeof startSitting
type Ask = Proved<E>
/** Everything that the beginning of many people rests on, read at once. */
type Ground = {
  readonly now: Date
  readonly papers: ReadonlyMap<string, papers.Paper>
  readonly seats: ReadonlyMap<string, OwnSeat>
  readonly learners: ReadonlyMap<string, q.Learner>
  readonly sittings: ReadonlyMap<string, q.Sitting[]>
}
type Begun = { readonly ask: Ask; readonly sitting: q.Sitting }
type Fresh = { readonly ask: Ask; readonly row: q.NewSitting }

/** A group of people begins: one reading of what it rests on, one writing of all sittings. */
export async function startGroup(ctx: CrowdCtx, asks: readonly Ask[]): Promise<Map<number, Outcome<E>>> {
  const answers = new Map<number, Outcome<E>>()
  const ground = await groundOf(ctx, asks)
  const lots = await lotsOf(ctx, [...ground.papers.values()])
  const begun: Begun[] = []
  const fresh = new Map<string, Fresh>()
  const twice: Ask[] = []
  for (const ask of asks) {
    const found = beginning(ctx, ask, ground, lots)
    if (found instanceof Error) answers.set(ask.at, found)
    else if ('sitting' in found) begun.push(found)
    else if (fresh.has(keyOf(found.row))) twice.push(ask)
    else fresh.set(keyOf(found.row), found)
  }
  const written = await writtenOf(ctx, [...fresh.values()], twice)
  for (const [at, answer] of await sheetsOf(ctx, [...begun, ...written], ground)) answers.set(at, answer)
  return answers
}

const keyOf = (row: q.NewSitting): string => `${row.memberId}/${row.sessionId ?? row.paperId}`

async function groundOf(ctx: CrowdCtx, asks: readonly Ask[]): Promise<Ground> {
  const { db, tenantId } = ctx
  const personIds = asks.map(({ personId }) => personId)
  const seated = asks.flatMap(({ ask, personId }) => {
    const { sessionId } = ask.input.body
    return sessionId === undefined ? [] : [{ sessionId, personId }]
  })
  const seats = await seatsOf(db, tenantId, seated)
  const free = asks.filter(({ ask }) => ask.input.body.sessionId === undefined)
  const paperIds = [
    ...free.flatMap(({ ask }) => ask.input.body.paperId ?? []),
    ...[...seats.values()].map(({ paperId }) => paperId),
  ]
  const sittings = await q.sittingsOfPersons(db, tenantId, personIds, paperIds)
  return {
    now: await q.databaseNow(db),
    papers: await papers.papersById(db, tenantId, paperIds),
    seats,
    learners: await q.learnersOf(
      db,
      tenantId,
      free.map(({ personId }) => personId),
    ),
    sittings: Map.groupBy(sittings, ({ personId, paperId }) => `${personId}/${paperId}`),
  }
}

/** What each paper is drawn from: the pool, or its fixed questions. */
type Lot = { readonly pool: readonly Drawable[]; readonly fixed: readonly { question: Drawable; points: number }[] }
async function lotsOf(ctx: CrowdCtx, all: readonly papers.Paper[]): Promise<Map<string, Lot>> {
  const lots = new Map<string, Lot>()
  const fixed = all.filter(({ way }) => way === 'fixed')
  const items = await papers.itemsOf(
    ctx.db,
    ctx.tenantId,
    fixed.map(({ id }) => id),
  )
  for (const { id } of fixed) {
    const list = items.get(id) ?? []
    lots.set(id, {
      pool: [],
      fixed: list.map(({ questionId, versionId, points, ...rest }) => ({
        question: { ...rest, q: questionId, v: versionId },
        points,
      })),
    })
  }
  for (const { id, way, orgPath } of all)
    if (way === 'drawn') lots.set(id, { pool: await poolOf(ctx.db, ctx.tenantId, orgPath), fixed: [] })
  return lots
}

type Place = Pick<q.NewSitting, 'memberId' | 'orgPath' | 'sessionId' | 'closesAt'>

/** Where somebody begins, or why not. */
function placeIn({ ask, personId }: Ask, ground: Ground): { paper: papers.Paper; place: Place } | Error {
  const { sessionId, paperId } = ask.input.body
  if (sessionId !== undefined) {
    const seat = ground.seats.get(`${sessionId}/${personId}`)
    const paper = seat && ground.papers.get(seat.paperId)
    if (!seat || !paper || seat.state === 'draft') return refusals.not_yours()
    const { memberId, orgPath, closesAt } = seat
    return { paper, place: { memberId, orgPath, sessionId, closesAt } }
  }
  const paper = paperId === undefined ? undefined : ground.papers.get(paperId)
  const learner = ground.learners.get(personId)
  if (!learner) return refusals.not_a_learner()
  if (!paper || !isWithin(learner.orgPath, paper.orgPath)) return refusals.no_such_paper()
  const { memberId, orgPath } = learner
  return { paper, place: { memberId, orgPath, sessionId: null, closesAt: null } }
}

function beginning(ctx: CrowdCtx, ask: Ask, ground: Ground, lots: ReadonlyMap<string, Lot>): Begun | Fresh | Error {
  const found = placeIn(ask, ground)
  if (found instanceof Error) return found
  const { paper, place } = found
  const before = ground.sittings.get(`${ask.personId}/${paper.id}`) ?? []
  const own = before.filter(({ sessionId }) => sessionId === place.sessionId)
  const running = own.find(({ state }) => state === 'running')
  if (running) return { ask, sitting: running }
  const late = place.sessionId === null ? refusalOfQuiz(paper, own) : refusalOfExam(ask, ground, own)
  if (late) return late
  const items = itemsFor(paper, lots.get(paper.id) ?? { pool: [], fixed: [] }, before)
  // All questions it may be drawn from were withdrawn since its release.
  if (items.length === 0) return refusals.paper_empty()
  const most = items.reduce((sum, { points }) => sum + points, 0)
  const { id: paperId, minutes } = paper
  const row = {
    ...place,
    id: newId(ctx),
    paperId,
    minutes,
    personId: ask.personId,
    attempt: own.length + 1,
    items,
    most,
  }
  return { ask, row }
}

function refusalOfQuiz(paper: papers.Paper, own: readonly q.Sitting[]): Error | null {
  if (paper.purpose !== 'quiz') return refusals.no_such_paper()
  if (paper.state !== 'released') return refusals.paper_not_released()
  return paper.attempts !== null && own.length >= paper.attempts
    ? refusals.no_attempt_left({ attempts: paper.attempts })
    : null
}

function refusalOfExam({ ask, personId }: Ask, ground: Ground, own: readonly q.Sitting[]): Error | null {
  const seat = ground.seats.get(`${ask.input.body.sessionId}/${personId}`)
  if (!seat) return refusals.not_yours()
  if (own.length > 0) return refusals.handed_in()
  if (seat.state !== 'announced') return refusals.is_over()
  if (ground.now < seat.opensAt) return refusals.not_open_yet({ opensAt: seat.opensAt.toISOString() })
  return ground.now >= seat.closesAt ? refusals.is_over() : null
}

function itemsFor(paper: papers.Paper, lot: Lot, before: readonly q.Sitting[]) {
  const chance = seededChance(randomBytes(16).toString('hex'))
  const seen = new Map<string, number>()
  for (const { items } of before) for (const { q: id } of items) seen.set(id, (seen.get(id) ?? 0) + 1)
  const taken = paper.way === 'fixed' ? lot.fixed : drawn(paper.plan, lot.pool, seen, chance)
  return frozen(taken, paper, chance)
}

/** Writes what is new and reads it back: times are the database's. Whoever began elsewhere meanwhile goes on there. */
async function writtenOf(ctx: CrowdCtx, fresh: readonly Fresh[], twice: readonly Ask[]): Promise<Begun[]> {
  if (fresh.length === 0) return []
  const { db, tenantId, now } = ctx
  const rows = fresh.map(({ row }) => row)
  const written = await q.insertSittings(db, tenantId, rows)
  await publishAll(
    db,
    { tenantId, now },
    'exams.begun',
    rows
      .filter(({ id }) => written.has(id))
      .map(({ id, orgPath, personId, paperId, attempt }) => ({
        subject: { kind: 'exam_sitting', id, orgPath, personId },
        payload: { paperId, attempt },
      })),
  )
  const asks = [...fresh.map(({ ask }) => ask), ...twice]
  const stored = await q.sittingsOfPersons(
    db,
    tenantId,
    rows.map(({ personId }) => personId),
    rows.map(({ paperId }) => paperId),
  )
  const running = stored.filter(({ state }) => state === 'running')
  return asks.flatMap((ask) => {
    const { sessionId, paperId } = ask.ask.input.body
    const sitting = running.find(
      (one) =>
        one.personId === ask.personId &&
        (sessionId === undefined ? one.sessionId === null && one.paperId === paperId : one.sessionId === sessionId),
    )
    return sitting ? [{ ask, sitting }] : []
  })
}

async function sheetsOf(ctx: CrowdCtx, begun: readonly Begun[], ground: Ground): Promise<Map<number, OwnSitting>> {
  const { db, tenantId } = ctx
  const ids = begun.map(({ sitting }) => sitting.id)
  const answers = await q.answersOf(db, tenantId, ids)
  const asked = await q.askedOf(
    db,
    tenantId,
    begun.flatMap(({ sitting }) => sitting.items.map(({ v }) => v)),
  )
  const now = await q.databaseNow(db)
  return new Map(
    begun.map(({ ask, sitting }) => {
      const seat = sitting.sessionId === null ? undefined : ground.seats.get(`${sitting.sessionId}/${ask.personId}`)
      const name = seat?.name ?? ground.papers.get(sitting.paperId)?.name ?? ''
      return [ask.at, sheetOf({ sitting, name, asked, answers: answers.get(sitting.id) ?? [], now })]
    }),
  )
}
