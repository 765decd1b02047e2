import {
  type Input,
  type listShownWorks,
  type Reply,
  type readShownWork,
  studyRefusals as refusals,
  type remarkOnWork,
  type withdrawRemark,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as remarks from '../queries/remarks.queries.ts'
import * as q from '../queries/works.queries.ts'
import { demandLearner, type Learner } from './learner.ts'
import { remarkShown, workCard, workSubject } from './shown.ts'

export async function list(ctx: Ctx, { query }: Input<typeof listShownWorks>): Promise<Reply<typeof listShownWorks>> {
  const { tenantId, orgPath } = await demandLearner(ctx)
  const keyset = keysetOf(query, { shownAt: 'w.shown_at' }, '-shownAt')
  const found = await q.listShown(ctx.db, tenantId, orgPath, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.shownAt?.toISOString() ?? null,
    id: row.id,
  }))
  return { rows: rows.map(workCard), next, total: null }
}

async function shownTo(ctx: Ctx | Ctx<Tx>, { tenantId, orgPath }: Learner, id: string): Promise<q.Work> {
  const work = await q.findShown(ctx.db, tenantId, orgPath, id)
  if (!work) throw refusals.not_found()
  return work
}

export async function read(ctx: Ctx, { params }: Input<typeof readShownWork>): Promise<Reply<typeof readShownWork>> {
  const learner = await demandLearner(ctx)
  const work = await shownTo(ctx, learner, params.id)
  // The round that was graded excellent is the newest one: a returned work is not shown.
  const [round] = await q.roundsOf(ctx.db, learner.tenantId, work.id)
  const said = await remarks.remarksOn(ctx.db, learner.tenantId, work.id)
  return {
    ...workCard(work),
    body: round?.body ?? '',
    isMine: work.personId === learner.personId,
    remarks: said.map((remark) => remarkShown(remark, learner.personId)),
  }
}

export async function remark(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof remarkOnWork>,
): Promise<Reply<typeof remarkOnWork>> {
  const { tenantId, personId, ...learner } = await demandLearner(ctx)
  const work = await shownTo(ctx, { tenantId, personId, ...learner }, params.id)
  const id = newId(ctx)
  const said = { id, workId: work.id, personId, writer: learner.name, body: body.body.trim(), at: ctx.now }
  await remarks.insertRemark(ctx.db, tenantId, { ...said, orgPath: work.showPath })
  await publish(ctx, 'study.remarked', workSubject(work), { title: work.title, writerId: work.personId })
  return { id }
}

/** By whoever said it, or by the writer of the work. */
export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawRemark>,
): Promise<Reply<typeof withdrawRemark>> {
  const { tenantId, personId } = ctx.actor
  const said = await remarks.lockRemark(ctx.db, tenantId, params.id)
  if (!said) throw refusals.not_found()
  const work = await q.ownWork(ctx.db, ctx.actor, said.workId)
  if (said.personId !== personId && !work) throw refusals.not_found()
  await remarks.withdrawRemark(ctx.db, tenantId, said.id, ctx.now)
  const subject = { kind: 'study_work', id: said.workId, orgPath: ctx.actor.scope, personId: said.personId }
  await publish(ctx, 'study.remark_withdrawn', subject, { isOwn: said.personId === personId })
  return { id: said.id }
}
