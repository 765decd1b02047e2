import {
  type changePaper,
  type ExamPaperRow,
  type Input,
  type listPapers,
  type makePaper,
  type PaperDraft,
  type PaperRecord,
  type Reply,
  type readPaper,
  examsRefusals as refusals,
  type releasePaper,
  type retirePaper,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { shortLines } from '../exams.draw.ts'
import * as q from '../queries/papers.queries.ts'
import { poolOf } from '../queries/pool.queries.ts'
import { placeOf } from './bank.ts'

type Done = Reply<typeof makePaper>
export const paperSubject = (one: { id: string; orgPath: string }) => ({
  kind: 'exam_paper',
  id: one.id,
  orgPath: one.orgPath,
})

const rowOf = (one: q.Counted): ExamPaperRow => ({
  id: one.id,
  name: one.name,
  purpose: one.purpose,
  way: one.way,
  state: one.state,
  unitId: one.unitId,
  orgName: one.orgName,
  questions: one.questions,
  points: one.points,
  minutes: one.minutes,
  sittings: one.sittings,
  updatedAt: one.updatedAt.toISOString(),
  version: one.version,
})

export async function list(ctx: Ctx, { query }: Input<typeof listPapers>): Promise<Reply<typeof listPapers>> {
  const keyset = keysetOf(query, { updatedAt: 'p.updated_at', name: 'p.name' }, '-updatedAt')
  const filter = {
    place: await placeOf(ctx.db, ctx.actor, query.orgId, '/query/orgId'),
    purpose: query.purpose ?? null,
    state: query.state ?? null,
    text: query.text ?? null,
  }
  const rows = await q.listPapers(ctx.db, ctx.actor, filter, keyset)
  const page = pageOfRows(rows, keyset, (row) => ({
    value: keyset.column === 'p.name' ? row.name : row.updatedAt.toISOString(),
    id: row.id,
  }))
  return { rows: page.rows.map(rowOf), next: page.next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readPaper>): Promise<PaperRecord> {
  const one = await q.findPaper(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const items = (await q.itemsOf(ctx.db, ctx.actor.tenantId, [one.id])).get(one.id) ?? []
  return {
    ...rowOf(one),
    attempts: one.attempts,
    passPercent: one.passPercent,
    shufflesQuestions: one.shufflesQuestions,
    shufflesOptions: one.shufflesOptions,
    partial: one.partial,
    markers: one.markers,
    difference: one.difference,
    items: items.map(({ questionId, no, kind, difficulty, topic, stem, points, isOutdated }) => ({
      questionId,
      no,
      kind,
      difficulty,
      topic,
      stem,
      points,
      isOutdated,
    })),
    plan: one.plan,
    can: { change: one.state === 'draft', release: one.state === 'draft', retire: one.state === 'released' },
  }
}

type Composed = { fields: q.PaperFields; items: q.NewItem[] }

/** What a draft comes to: questions in their live versions, sums of questions and points. */
async function composed(ctx: Ctx<Tx>, draft: PaperDraft): Promise<Composed> {
  const { items, plan, passPercent, shufflesQuestions, shufflesOptions, ...rest } = draft
  const isFixed = draft.way === 'fixed'
  const ids = items.map(({ questionId }) => questionId)
  if (new Set(ids).size < ids.length) throw refusals.question_twice.at('/body/items')
  const live = isFixed ? await q.liveVersions(ctx.db, ctx.actor, ids) : new Map<string, string>()
  const chosen = (isFixed ? items : []).map(({ questionId, points }, at) => {
    const versionId = live.get(questionId)
    if (versionId === undefined) throw refusals.question_not_live.at(`/body/items/${at}/questionId`)
    return { questionId, versionId, points }
  })
  const lines = isFixed ? [] : plan
  const sum = (one: (line: { count: number; points: number }) => number) =>
    [...chosen.map(({ points }) => ({ count: 1, points })), ...lines].reduce((total, line) => total + one(line), 0)
  const fields: q.PaperFields = {
    name: rest.name,
    purpose: rest.purpose,
    way: rest.way,
    plan: JSON.stringify(lines),
    minutes: rest.minutes,
    attempts: rest.purpose === 'session' ? 1 : rest.attempts,
    pass_percent: passPercent,
    shuffles_questions: shufflesQuestions,
    shuffles_options: shufflesOptions,
    partial: rest.partial,
    markers: rest.markers,
    difference: rest.difference,
    questions: sum(({ count }) => count),
    points: sum(({ count, points }) => count * points),
  }
  return { fields, items: chosen }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makePaper>): Promise<Done> {
  const { orgId, ...draft } = body
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const { fields, items } = await composed(ctx, draft)
  const paper = { id: newId(ctx), unitId: unit.id, orgPath: unit.path, fields }
  await q.insertPaper(ctx.db, ctx.actor, paper, ctx.now)
  await q.setItems(ctx.db, ctx.actor.tenantId, paper, items)
  await publish(ctx, 'exams.paper_made', paperSubject(paper), { purpose: fields.purpose })
  return { id: paper.id, state: 'draft', version: 1 }
}

async function locked(ctx: Ctx<Tx>, id: string, state: q.Paper['state']): Promise<q.Paper> {
  const one = await q.lockPaper(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  if (one.state !== state) throw refusals.wrong_state({ state: one.state })
  return one
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changePaper>): Promise<Done> {
  const one = await locked(ctx, params.id, 'draft')
  demandVersion(ctx, one.version)
  const { fields, items } = await composed(ctx, body)
  await q.setPaper(ctx.db, ctx.actor.tenantId, one, fields, ctx.now)
  await q.setItems(ctx.db, ctx.actor.tenantId, one, items)
  await publish(ctx, 'exams.paper_changed', paperSubject(one), { questions: fields.questions })
  return { id: one.id, state: 'draft', version: one.version + 1 }
}

export async function release(ctx: Ctx<Tx>, { params }: Input<typeof releasePaper>): Promise<Done> {
  const one = await locked(ctx, params.id, 'draft')
  if (one.questions === 0) throw refusals.paper_empty()
  if (one.way === 'drawn') {
    const [short] = shortLines(one.plan, await poolOf(ctx.db, ctx.actor.tenantId, one.orgPath))
    if (short) throw refusals.pool_too_small({ line: short.at + 1, found: short.found })
  }
  await q.setPaper(ctx.db, ctx.actor.tenantId, one, { state: 'released' }, ctx.now)
  const { questions, points } = one
  await publish(ctx, 'exams.paper_released', paperSubject(one), { questions, points })
  return { id: one.id, state: 'released', version: one.version + 1 }
}

export async function retire(ctx: Ctx<Tx>, { params, body }: Input<typeof retirePaper>): Promise<Done> {
  const one = await locked(ctx, params.id, 'released')
  if (await q.isSat(ctx.db, ctx.actor.tenantId, one.id)) throw refusals.paper_in_use()
  await q.setPaper(ctx.db, ctx.actor.tenantId, one, { state: 'retired', retired_reason: body.reason }, ctx.now)
  const more = { reason: body.reason }
  await publish(ctx, 'exams.paper_retired', paperSubject(one), { purpose: one.purpose }, more)
  return { id: one.id, state: 'retired', version: one.version + 1 }
}
