import {
  type Input,
  type listExamTopics,
  type listQuestions,
  type QuestionRecord,
  type QuestionRow,
  type Reply,
  type readQuestion,
  examsRefusals as refusals,
} from '@tongxin/contract'
import type { Actor, Ctx, Db } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../queries/bank.queries.ts'
import * as pool from '../queries/pool.queries.ts'

/** The place that a filter names, within the caller's reach. @throws `exams.no_such_org` */
export async function placeOf(db: Db, actor: Actor, orgId: string | undefined, field: string): Promise<string> {
  if (orgId === undefined) return actor.scope
  const unit = await findUnit(db, actor, orgId)
  if (!unit) throw refusals.no_such_org.at(field)
  return unit.path
}

const rowOf = (one: q.Question, actor: Actor): QuestionRow => ({
  id: one.id,
  kind: one.kind,
  difficulty: one.difficulty,
  topic: one.topic,
  stem: one.stem,
  state: one.state,
  no: one.no,
  liveNo: one.liveNo,
  unitId: one.unitId,
  orgName: one.orgName,
  isMine: one.authorId === actor.personId,
  updatedAt: one.updatedAt.toISOString(),
  version: one.version,
})

type Filter = Omit<Input<typeof listQuestions>['query'], 'cursor' | 'limit' | 'sort'>
export async function filterOf(ctx: Ctx, filter: Filter, field: string): Promise<q.QuestionFilter> {
  return {
    place: await placeOf(ctx.db, ctx.actor, filter.orgId, `${field}/orgId`),
    kind: filter.kind ?? null,
    difficulty: filter.difficulty ?? null,
    state: filter.state ?? null,
    topic: filter.topic ?? null,
    text: filter.text ?? null,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listQuestions>): Promise<Reply<typeof listQuestions>> {
  const keyset = keysetOf(query, { updatedAt: 'x.updated_at', topic: 'x.topic' }, '-updatedAt')
  const rows = await q.listQuestions(ctx.db, ctx.actor, await filterOf(ctx, query, '/query'), keyset)
  const page = pageOfRows(rows, keyset, (row) => ({
    value: keyset.column === 'x.topic' ? row.topic : row.updatedAt.toISOString(),
    id: row.id,
  }))
  return { rows: page.rows.map((row) => rowOf(row, ctx.actor)), next: page.next, total: null }
}

export async function topics(ctx: Ctx, { query }: Input<typeof listExamTopics>): Promise<Reply<typeof listExamTopics>> {
  return { rows: await pool.topicsOf(ctx.db, ctx.actor, await placeOf(ctx.db, ctx.actor, query.orgId, '/query/orgId')) }
}

/** What may be done with a question now, and by whom. */
export function actsOf(one: q.Question, actor: Pick<Actor, 'personId'>): QuestionRecord['can'] {
  return {
    change: one.state !== 'retired',
    submit: one.state === 'draft' || one.state === 'returned',
    review: one.state === 'submitted' && one.submittedBy !== actor.personId,
    retire: one.state !== 'retired',
  }
}

export async function read(ctx: Ctx, { params }: Input<typeof readQuestion>): Promise<QuestionRecord> {
  const one = await q.findQuestion(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const isWithheld = await pool.hasToSit(ctx.db, ctx.actor)
  const content = await q.contentOf(ctx.db, tenantId, one.id, one.no)
  const versions = await q.versionsOf(ctx.db, tenantId, one.id)
  const names = await personNamesOf(ctx.db, [one.authorId, one.reviewedBy, ...versions.map(({ madeBy }) => madeBy)])
  const nothing = { change: false, submit: false, review: false, retire: false }
  return {
    ...rowOf(one, ctx.actor),
    body: content.body,
    key: isWithheld ? null : content.key,
    explanation: isWithheld ? null : content.explanation,
    isWithheld,
    source: content.source,
    author: names.get(one.authorId) ?? null,
    reviewer: one.reviewedBy === null ? null : (names.get(one.reviewedBy) ?? null),
    returnedReason: one.returnedReason,
    retiredReason: one.retiredReason,
    versions: versions.map(({ no, madeAt, madeBy }) => ({
      no,
      madeBy: names.get(madeBy) ?? null,
      madeAt: madeAt.toISOString(),
    })),
    // Nobody reviews what he may not see.
    can: isWithheld ? nothing : actsOf(one, ctx.actor),
  }
}
