import { type addStepProof, type Input, type Reply, developmentRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { attachFile } from '../../files/index.ts'
import { liveStep, roadOf } from '../development.road.ts'
import { type Case, lockCase } from '../queries/cases.queries.ts'
import { insertProof } from '../queries/parts.queries.ts'
import { subjectOf } from './settle.ts'

type Paper = { readonly kind: string; readonly fileId: string }

/** Gives the caller's uploaded files to a step; from then on they are read with the right to the case. */
export async function attachProofs(ctx: Ctx<Tx>, one: Case, step: number, papers: readonly Paper[]): Promise<string[]> {
  const ids: string[] = []
  for (const { kind, fileId } of papers) {
    const file = await attachToCase(ctx, one, fileId)
    const id = newId(ctx)
    ids.push(id)
    const made = { id, by: ctx.actor.personId, at: ctx.now }
    await insertProof(ctx.db, ctx.actor.tenantId, one, { ...made, step, kind, fileId, name: file.name })
    await publish(ctx, 'development.proof_added', subjectOf(one), { caseId: one.id, step, kind })
  }
  return ids
}

export const attachToCase = (ctx: Ctx<Tx>, one: Case, fileId: string) =>
  attachFile(ctx, fileId, {
    kind: 'development_case',
    id: one.id,
    orgId: one.orgId,
    orgPath: one.orgPath,
    readPermission: 'development.read',
  })

export async function add(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof addStepProof>,
): Promise<Reply<typeof addStepProof>> {
  const one = await lockCase(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.not_found()
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  if (!liveStep(road, body.step))
    throw refusals.no_such_step({}, [{ field: '/body/step', code: 'development.no_such_step' }])
  const [id] = await attachProofs(ctx, one, body.step, [body])
  return { id: id as string }
}
