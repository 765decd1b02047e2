import {
  type Input,
  type listSeats,
  type Reply,
  examsRefusals as refusals,
  type SeatRow,
  type seatPeople,
  type unseatPeople,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/seats.queries.ts'
import { findExam } from '../queries/sessions.queries.ts'
import { examSubject, locked } from './sessions.ts'

const MOST_SEATS = 20_000
/** Whom an exam is for when nobody says otherwise. */
const MEMBERS = ['formal', 'probationary'] as const

export const seatRow = (one: q.SeatStand): SeatRow => ({
  memberId: one.memberId,
  no: one.no,
  name: one.name,
  orgName: one.orgName,
  standing: one.standing,
  startedAt: one.startedAt?.toISOString() ?? null,
  submittedAt: one.submittedAt?.toISOString() ?? null,
  points: one.points,
  byClock: one.byClock,
})

export async function list(ctx: Ctx, { params, query }: Input<typeof listSeats>): Promise<Reply<typeof listSeats>> {
  const exam = await findExam(ctx.db, ctx.actor, params.id)
  if (!exam) throw refusals.not_found()
  const keyset = keysetOf(query, { no: 'x.no', name: 'x.name' }, 'no')
  const filter = { standing: query.standing ?? null, text: query.text ?? null }
  const rows = await q.listSeats(ctx.db, ctx.actor.tenantId, exam.id, filter, keyset)
  const page = pageOfRows(rows, keyset, (row) => ({
    value: keyset.column === 'x.name' ? row.name : row.no,
    id: row.memberId,
  }))
  return { rows: page.rows.map(seatRow), next: page.next, total: null }
}

export async function seat(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof seatPeople>,
): Promise<Reply<typeof seatPeople>> {
  const exam = await locked(ctx, params.id, ['draft', 'announced'])
  if (exam.state === 'announced' && exam.now >= exam.closesAt) throw refusals.is_over()
  const cards = await cardsFor(ctx, body)
  const added = await q.insertSeats(ctx.db, ctx.actor.tenantId, exam.id, cards)
  const seats = await q.countSeats(ctx.db, ctx.actor.tenantId, exam.id)
  if (seats > MOST_SEATS) throw refusals.too_many_rows({ most: MOST_SEATS })
  if (added === 0) throw refusals.seated_already()
  await publish(ctx, 'exams.seated', examSubject(exam), { people: added })
  return { added, seats }
}

async function cardsFor(ctx: Ctx<Tx>, body: Input<typeof seatPeople>['body']): Promise<q.Card[]> {
  if (body.memberIds) {
    const cards = await q.cardsToSeat(ctx.db, ctx.actor, { memberIds: body.memberIds })
    if (cards.length < body.memberIds.length) throw refusals.no_such_member.at('/body/memberIds')
    return cards
  }
  const unit = body.orgId === undefined ? undefined : await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const cards = await q.cardsToSeat(ctx.db, ctx.actor, { place: unit.path, categories: body.categories ?? MEMBERS })
  if (cards.length === 0) throw refusals.no_such_member.at('/body/orgId')
  return cards
}

export async function unseat(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof unseatPeople>,
): Promise<Reply<typeof unseatPeople>> {
  const exam = await locked(ctx, params.id, ['draft', 'announced'])
  const removed = await q.deleteSeats(ctx.db, ctx.actor.tenantId, exam.id, body.memberIds)
  if (removed === 0) throw refusals.still_sitting()
  await publish(ctx, 'exams.unseated', examSubject(exam), { people: removed })
  return { removed, seats: await q.countSeats(ctx.db, ctx.actor.tenantId, exam.id) }
}
