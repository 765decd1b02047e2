import {
  type announceExam,
  type cancelExam,
  type changeExam,
  type closeExam,
  type ExamRecord,
  type ExamRow,
  type Input,
  type listExams,
  type makeExam,
  type makeUpExam,
  type Reply,
  type readExam,
  examsRefusals as refusals,
  type releaseExam,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import type { ExamsPorts } from '../exams.ports.ts'
import { countOpenAppeals, isAllMarked } from '../queries/marking.queries.ts'
import { lockPaper } from '../queries/papers.queries.ts'
import * as seats from '../queries/seats.queries.ts'
import { countInQuizzes } from '../queries/secrecy.queries.ts'
import * as q from '../queries/sessions.queries.ts'
import * as sittings from '../queries/sittings.queries.ts'
import { placeOf } from './bank.ts'
import { finish, handIn } from './hand-in.ts'
import { settlingOf } from './marking.ts'

export type Done = Reply<typeof makeExam>
export const examSubject = (one: { id: string; orgPath: string }) => ({
  kind: 'exam_session',
  id: one.id,
  orgPath: one.orgPath,
})

const rowOf = (one: q.Exam & q.Counts): ExamRow => ({
  id: one.id,
  name: one.name,
  paperId: one.paperId,
  paperName: one.paperName,
  unitId: one.unitId,
  orgName: one.orgName,
  state: one.state,
  opensAt: one.opensAt.toISOString(),
  closesAt: one.closesAt.toISOString(),
  makeUpOf: one.makeUpOf,
  seats: one.seats,
  sitting: one.sitting,
  handedIn: one.handedIn,
  passed: one.passed,
  toMark: one.toMark,
  version: one.version,
})

export async function list(ctx: Ctx, { query }: Input<typeof listExams>): Promise<Reply<typeof listExams>> {
  const keyset = keysetOf(query, { opensAt: 'e.opens_at', name: 'e.name' }, '-opensAt')
  const filter = {
    place: await placeOf(ctx.db, ctx.actor, query.orgId, '/query/orgId'),
    state: query.state ?? null,
    text: query.text ?? null,
  }
  const rows = await q.listExams(ctx.db, ctx.actor, filter, keyset)
  const page = pageOfRows(rows, keyset, (row) => ({
    value: keyset.column === 'e.name' ? row.name : row.opensAt.toISOString(),
    id: row.id,
  }))
  return { rows: page.rows.map(rowOf), next: page.next, total: null }
}

const hasOpened = (one: q.Exam): boolean => one.state !== 'draft' && one.now >= one.opensAt

export async function read(ctx: Ctx, { params }: Input<typeof readExam>): Promise<ExamRecord> {
  const one = await q.findExam(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const isPlanned = one.state === 'draft' || (one.state === 'announced' && !hasOpened(one))
  return {
    ...rowOf(one),
    minutes: one.minutes,
    questions: one.questions,
    points: one.points,
    passPercent: one.passPercent,
    cancelledReason: one.cancelledReason,
    releasedAt: one.releasedAt?.toISOString() ?? null,
    alsoInQuizzes: PLANNED.some((state) => state === one.state)
      ? await countInQuizzes(ctx.db, ctx.actor.tenantId, one.paperId)
      : 0,
    appealsOpen: await countOpenAppeals(ctx.db, ctx.actor.tenantId, one.id),
    now: one.now.toISOString(),
    can: {
      change: isPlanned,
      seat: one.state === 'draft' || (one.state === 'announced' && one.now < one.closesAt),
      announce: one.state === 'draft' && one.seats > 0,
      close: one.state === 'announced' && hasOpened(one),
      release: one.state === 'closed' && one.toMark === 0,
      makeUp: one.state === 'closed' || one.state === 'released',
      cancel: (one.state === 'draft' || one.state === 'announced') && one.sitting + one.handedIn === 0,
    },
  }
}

type Window = { opensAt: string; closesAt: string }
function windowOf({ opensAt, closesAt }: Window): { opensAt: Date; closesAt: Date } {
  const window = { opensAt: new Date(opensAt), closesAt: new Date(closesAt) }
  if (window.opensAt >= window.closesAt) throw refusals.window_wrong.at('/body/closesAt')
  return window
}

/** A released paper for exams, held until the commit so that it is not retired meanwhile. */
async function demandPaper(ctx: Ctx<Tx>, paperId: string): Promise<void> {
  const paper = await lockPaper(ctx.db, ctx.actor, paperId)
  if (!paper) throw refusals.no_such_paper.at('/body/paperId')
  if (paper.purpose !== 'session') throw refusals.wrong_purpose.at('/body/paperId')
  if (paper.state !== 'released') throw refusals.paper_not_released.at('/body/paperId')
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeExam>): Promise<Done> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  await demandPaper(ctx, body.paperId)
  const window = windowOf(body)
  const exam = {
    ...window,
    id: newId(ctx),
    unitId: unit.id,
    orgPath: unit.path,
    paperId: body.paperId,
    name: body.name,
    makeUpOf: null,
  }
  await q.insertExam(ctx.db, ctx.actor, exam, ctx.now)
  const payload = { paperId: body.paperId, opensAt: body.opensAt, closesAt: body.closesAt }
  await publish(ctx, 'exams.planned', examSubject(exam), payload)
  return { id: exam.id, state: 'draft', version: 1 }
}

export async function locked(ctx: Ctx<Tx>, id: string, states: readonly q.Exam['state'][]): Promise<q.Exam> {
  const one = await q.lockExam(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  if (!states.includes(one.state)) throw refusals.wrong_state({ state: one.state })
  return one
}
const PLANNED = ['draft', 'announced'] as const
const done = (one: q.Exam, state: q.Exam['state']): Done => ({ id: one.id, state, version: one.version + 1 })

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeExam>): Promise<Done> {
  const one = await locked(ctx, params.id, PLANNED)
  demandVersion(ctx, one.version)
  if (hasOpened(one)) throw refusals.exam_running()
  const { opensAt, closesAt } = windowOf(body)
  const fields = { name: body.name, opens_at: opensAt, closes_at: closesAt }
  await q.setExam(ctx.db, ctx.actor.tenantId, one, fields, ctx.now)
  await publish(ctx, 'exams.plan_changed', examSubject(one), { opensAt: body.opensAt, closesAt: body.closesAt })
  return done(one, one.state)
}

export async function announce(ctx: Ctx<Tx>, { params }: Input<typeof announceExam>): Promise<Done> {
  const one = await locked(ctx, params.id, ['draft'])
  const people = await seats.countSeats(ctx.db, ctx.actor.tenantId, one.id)
  if (people === 0) throw refusals.no_seats()
  if (one.now >= one.closesAt) throw refusals.window_wrong()
  await q.setExam(ctx.db, ctx.actor.tenantId, one, { state: 'announced' }, ctx.now)
  const window = { opensAt: one.opensAt.toISOString(), closesAt: one.closesAt.toISOString() }
  await publish(ctx, 'exams.announced', examSubject(one), { people, ...window })
  return done(one, 'announced')
}

export async function cancel(ctx: Ctx<Tx>, { params, body }: Input<typeof cancelExam>): Promise<Done> {
  const one = await locked(ctx, params.id, PLANNED)
  const { tenantId } = ctx.actor
  const found = await q.findExam(ctx.db, ctx.actor, one.id)
  if (found && found.sitting + found.handedIn > 0) throw refusals.exam_running()
  await q.setExam(ctx.db, tenantId, one, { state: 'cancelled', cancelled_reason: body.reason }, ctx.now)
  const more = { reason: body.reason }
  await publish(ctx, 'exams.cancelled', examSubject(one), { people: found?.seats ?? 0 }, more)
  return done(one, 'cancelled')
}

export const close =
  (ports: ExamsPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof closeExam>): Promise<Done> => {
    const one = await locked(ctx, params.id, ['announced'])
    if (!hasOpened(one)) throw refusals.not_open_yet({ opensAt: one.opensAt.toISOString() })
    const { tenantId } = ctx.actor
    await q.setExam(ctx.db, tenantId, one, { state: 'closed' }, ctx.now)
    const ids = await sittings.runningOf(ctx.db, tenantId, one.id)
    const running = await sittings.lockSittings(
      ctx.db,
      tenantId,
      ids.map((id) => ({ id, personId: null })),
    )
    await handIn(
      settlingOf(ctx, ports),
      running.filter(({ state }) => state === 'running'),
      true,
    )
    const counts = await q.findExam(ctx.db, ctx.actor, one.id)
    const handedIn = counts?.handedIn ?? 0
    await publish(ctx, 'exams.closed', examSubject(one), { handedIn, absent: (counts?.seats ?? 0) - handedIn })
    return done(one, 'closed')
  }

export const release =
  (ports: ExamsPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof releaseExam>): Promise<Done> => {
    const one = await locked(ctx, params.id, ['closed'])
    const { tenantId } = ctx.actor
    if ((await sittings.runningOf(ctx.db, tenantId, one.id)).length > 0) throw refusals.still_sitting()
    if (!(await isAllMarked(ctx.db, tenantId, one.id))) throw refusals.marking_open()
    await q.setExam(ctx.db, tenantId, one, { state: 'released', released_at: ctx.now }, ctx.now)
    const marked = await sittings.sittingsOfExam(ctx.db, tenantId, one.id)
    await finish(settlingOf(ctx, ports), marked, () => one.name)
    const passed = marked.filter((sitting) => sitting.passed).length
    const absent = (await seats.countSeats(ctx.db, tenantId, one.id)) - marked.length
    await publish(ctx, 'exams.released', examSubject(one), { passed, failed: marked.length - passed, absent })
    return done(one, 'released')
  }

export async function makeUp(ctx: Ctx<Tx>, { params, body }: Input<typeof makeUpExam>): Promise<Done> {
  const one = await locked(ctx, params.id, ['closed', 'released'])
  const { tenantId } = ctx.actor
  await demandPaper(ctx, body.paperId)
  const window = windowOf(body)
  const everyone = { column: 'x.no', descending: false, after: null, limit: 20_000 }
  const listed = await seats.listSeats(ctx.db, tenantId, one.id, { standing: null, text: null }, everyone)
  const wanted = new Set<string>(body.who)
  const people = listed.filter(({ standing }) => wanted.has(standing))
  if (people.length === 0) throw refusals.nobody_to_make_up.at('/body/who')
  const exam = {
    ...window,
    id: newId(ctx),
    unitId: one.unitId,
    orgPath: one.orgPath,
    paperId: body.paperId,
    name: body.name,
    makeUpOf: one.id,
  }
  await q.insertExam(ctx.db, ctx.actor, exam, ctx.now)
  await seats.insertSeats(ctx.db, tenantId, exam.id, people)
  await publish(ctx, 'exams.make_up_planned', examSubject(exam), { of: one.id, people: people.length })
  return { id: exam.id, state: 'draft', version: 1 }
}
