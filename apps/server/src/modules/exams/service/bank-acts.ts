import { randomUUID } from 'node:crypto'
import {
  type approveQuestion,
  type changeQuestion,
  type Input,
  type makeQuestion,
  type moveQuestions,
  type QuestionDraft,
  Refusal,
  type Reply,
  examsRefusals as refusals,
  type retireQuestion,
  type returnQuestion,
  type submitQuestion,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { contentHash, flawOf, tidied } from '../exams.policy.ts'
import * as q from '../queries/bank.queries.ts'
import { hasToSit } from '../queries/pool.queries.ts'
import { actsOf } from './bank.ts'

type Done = Reply<typeof makeQuestion>
export const questionSubject = (one: { id: string; orgPath: string }) => ({
  kind: 'exam_question',
  id: one.id,
  orgPath: one.orgPath,
})

/** @throws `exams.keys_withheld` while the caller has to sit an exam himself */
export async function demandKeysOpen(ctx: Ctx): Promise<void> {
  if (await hasToSit(ctx.db, ctx.actor)) throw refusals.keys_withheld()
}

/** @throws the refusal that says what keeps the question from being asked */
function demandWhole(draft: QuestionDraft): QuestionDraft {
  const whole = tidied(draft)
  const found = flawOf(whole)
  if (found) throw refusals[found.flaw].at(`/body/${found.at}`)
  return whole
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeQuestion>): Promise<Done> {
  const { orgId, ...rest } = body
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const draft = demandWhole(rest)
  const id = newId(ctx)
  const row = {
    id,
    versionId: randomUUID(),
    unitId: unit.id,
    orgPath: unit.path,
    no: 1,
    draft,
    hash: contentHash(draft),
  }
  await q.insertQuestions(ctx.db, ctx.actor, [row], ctx.now)
  const payload = { kind: draft.kind, topic: draft.topic }
  await publish(ctx, 'exams.question_made', questionSubject(row), payload)
  return { id, state: 'draft', version: 1 }
}

/** The question locked, the keys open to the caller. @throws `exams.not_found`, `exams.keys_withheld` */
async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Question> {
  await demandKeysOpen(ctx)
  const one = await q.lockQuestion(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  return one
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeQuestion>): Promise<Done> {
  const one = await locked(ctx, params.id)
  demandVersion(ctx, one.version)
  if (!actsOf(one, ctx.actor).change) throw refusals.wrong_state({ state: one.state })
  const draft = demandWhole(body)
  const no = one.no + 1
  const hash = contentHash(draft)
  await q.insertVersions(ctx.db, ctx.actor, [{ ...one, versionId: randomUUID(), no, draft, hash }], ctx.now)
  const fields = { kind: draft.kind, difficulty: draft.difficulty, topic: draft.topic.trim(), stem: draft.body.stem }
  const anew = { state: 'draft' as const, submitted_by: null, reviewed_by: null, returned_reason: null }
  await q.setQuestion(ctx.db, ctx.actor.tenantId, one, { ...fields, ...anew, no, content_hash: hash }, ctx.now)
  await publish(ctx, 'exams.question_changed', questionSubject(one), { no })
  return { id: one.id, state: 'draft', version: one.version + 1 }
}

async function submitOne(ctx: Ctx<Tx>, one: q.Question): Promise<Done> {
  if (!actsOf(one, ctx.actor).submit) throw refusals.wrong_state({ state: one.state })
  await q.setQuestion(
    ctx.db,
    ctx.actor.tenantId,
    one,
    { state: 'submitted', submitted_by: ctx.actor.personId, reviewed_by: null, returned_reason: null },
    ctx.now,
  )
  await publish(ctx, 'exams.question_submitted', questionSubject(one), { no: one.no })
  return { id: one.id, state: 'submitted', version: one.version + 1 }
}

function demandReview(ctx: Ctx<Tx>, one: q.Question): void {
  if (one.state !== 'submitted') throw refusals.wrong_state({ state: one.state })
  if (one.submittedBy === ctx.actor.personId) throw refusals.not_by_the_same()
}

async function approveOne(ctx: Ctx<Tx>, one: q.Question): Promise<Done> {
  demandReview(ctx, one)
  await q.setQuestion(
    ctx.db,
    ctx.actor.tenantId,
    one,
    { state: 'live', live_no: one.no, reviewed_by: ctx.actor.personId },
    ctx.now,
  )
  await publish(ctx, 'exams.question_approved', questionSubject(one), { no: one.no })
  return { id: one.id, state: 'live', version: one.version + 1 }
}

export async function submit(ctx: Ctx<Tx>, { params }: Input<typeof submitQuestion>): Promise<Done> {
  return submitOne(ctx, await locked(ctx, params.id))
}
export async function approve(ctx: Ctx<Tx>, { params }: Input<typeof approveQuestion>): Promise<Done> {
  return approveOne(ctx, await locked(ctx, params.id))
}

export async function sendBack(ctx: Ctx<Tx>, { params, body }: Input<typeof returnQuestion>): Promise<Done> {
  const one = await locked(ctx, params.id)
  demandReview(ctx, one)
  const change = { state: 'returned' as const, returned_reason: body.reason, reviewed_by: ctx.actor.personId }
  await q.setQuestion(ctx.db, ctx.actor.tenantId, one, change, ctx.now)
  const payload = { no: one.no, makerId: one.submittedBy }
  await publish(ctx, 'exams.question_returned', questionSubject(one), payload, { reason: body.reason })
  return { id: one.id, state: 'returned', version: one.version + 1 }
}

export async function retire(ctx: Ctx<Tx>, { params, body }: Input<typeof retireQuestion>): Promise<Done> {
  const one = await locked(ctx, params.id)
  if (!actsOf(one, ctx.actor).retire) throw refusals.wrong_state({ state: one.state })
  const change = { state: 'retired' as const, retired_reason: body.reason }
  await q.setQuestion(ctx.db, ctx.actor.tenantId, one, change, ctx.now)
  await publish(ctx, 'exams.question_retired', questionSubject(one), { no: one.no }, { reason: body.reason })
  return { id: one.id, state: 'retired', version: one.version + 1 }
}

/** Each question by the same rules as alone; what is refused is named and keeps nothing else back. */
export async function move(ctx: Ctx<Tx>, { body }: Input<typeof moveQuestions>): Promise<Reply<typeof moveQuestions>> {
  await demandKeysOpen(ctx)
  const work = body.act === 'submit' ? submitOne : approveOne
  const refused: Reply<typeof moveQuestions>['refused'] = []
  // In one order for everybody, so that two people who approve the same list do not wait for each other in a circle.
  for (const id of body.ids.toSorted()) {
    const one = await q.lockQuestion(ctx.db, ctx.actor, id)
    try {
      if (!one) throw refusals.not_found()
      await work(ctx, one)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ id, stem: one?.stem ?? '', code: error.code })
    }
  }
  return { done: body.ids.length - refused.length, refused }
}
