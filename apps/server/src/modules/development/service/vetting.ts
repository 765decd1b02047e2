import {
  type concludeVetting,
  type Input,
  type Reply,
  type readVetting,
  developmentRefusals as refusals,
  type VettingFacts,
} from '@tongxin/contract'
import { daysBetween } from '@tongxin/domain'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { personNamesOf } from '../../access/index.ts'
import { settingOf } from '../../settings/index.ts'
import { liveStep, roadOf } from '../development.road.ts'
import { type Case, lockCase } from '../queries/cases.queries.ts'
import { insertVetting, vettingsOf } from '../queries/parts.queries.ts'
import { voidSteps } from '../queries/steps.queries.ts'
import { settleFindings } from '../rules/findings.ts'
import { publicityFindings } from '../rules/judge-step.ts'
import { orderFindings } from '../rules/order.ts'
import { write } from './record-step.ts'
import { settle, subjectOf } from './settle.ts'

const VETTING_STEP = 10
const place = (id: string) => ({ table: 'development_vetting', column: 'sealed', rowId: id })

async function caseToVet(ctx: Ctx<Tx>, id: string): Promise<Case> {
  const one = await lockCase(ctx.db, ctx.actor, id)
  if (!one) throw refusals.not_found()
  return one
}

/**
 * Seals the concluded review (art. 16). One that was passed takes step 10; one that was not leaves it open, so that
 * nobody without the right learns more than that the step is not done.
 */
export async function conclude(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof concludeVetting>,
): Promise<Reply<typeof concludeVetting>> {
  const one = await caseToVet(ctx, params.id)
  if (one.state !== 'running' && one.state !== 'returned') throw refusals.not_running({ state: one.state })
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  const { concludedOn, result } = body.facts
  const today = todayOf(ctx.now)
  const field = '/body/facts/concludedOn'
  if (concludedOn > today) throw refusals.date_in_future({}, [{ field, code: 'development.date_in_future' }])
  if (liveStep(road, 12)) throw refusals.wrong_state({ state: one.state })
  const lateAfter = await settingOf(ctx.db, ctx.actor.tenantId, one.orgPath, 'development.late_after_days', today)
  const isLate = daysBetween(concludedOn, today) > lateAfter
  const order = orderFindings(road, VETTING_STEP, concludedOn, { isLate, isCancellation: false })
  const findings = order.length > 0 ? order : publicityFindings(road, concludedOn)
  settleFindings(findings, [])
  const id = newId(ctx)
  const sealed = ctx.vault.seal(place(id), JSON.stringify(body.facts), ctx.now)
  await insertVetting(ctx.db, ctx.actor.tenantId, one, { id, sealed, by: ctx.actor.personId, at: ctx.now })
  const before = liveStep(road, VETTING_STEP)
  if (before && result === 'failed') await voidSteps(ctx.db, ctx.actor.tenantId, one, VETTING_STEP, 'vetting')
  if (!before && result === 'passed') {
    const definition = stepDefinitionOn(VETTING_STEP, concludedOn)
    const step = { step: VETTING_STEP, heldOn: concludedOn, facts: {}, definition, findings, isLate, ballot: null }
    await write(ctx, road, step, body.lateReason ? { lateReason: body.lateReason } : {})
  }
  await publish(ctx, 'development.vetted', subjectOf(one), { caseId: one.id })
  await settle(ctx, one.id)
  return { id }
}

/** Opens the reviews of a case for a purpose that is kept. */
export async function read(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof readVetting>,
): Promise<Reply<typeof readVetting>> {
  const one = await caseToVet(ctx, params.id)
  const sealed = await vettingsOf(ctx.db, ctx.actor.tenantId, one.id)
  const names = await personNamesOf(
    ctx.db,
    sealed.map(({ by }) => by),
  )
  await publish(ctx, 'development.vetting_read', subjectOf(one), { caseId: one.id }, { reason: body.purpose.trim() })
  return {
    rows: sealed.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      by: names.get(row.by) ?? null,
      facts: JSON.parse(ctx.vault.open(place(row.id), row.sealed)) as VettingFacts,
    })),
  }
}
