import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { moveFiles } from '../../files/index.ts'
import { lockOpenCase, setPlace } from '../queries/cases.queries.ts'
import { settle, subjectOf } from './settle.ts'

/**
 * The open case of a person goes along to another unit of the tenant, with everything of it: training and probation
 * are counted on (art. 12, 34). The caller has moved the person and proved the right to do so. Nothing without a case.
 */
export async function moveCase(
  ctx: Ctx<Tx>,
  personId: string,
  to: { readonly id: string; readonly path: string },
): Promise<void> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  await widened(ctx, whole, async () => {
    const one = await lockOpenCase(ctx.db, tenantId, personId)
    if (!one || one.orgId === to.id) return
    await setPlace(ctx.db, tenantId, one.id, { ...to, on: todayOf(ctx.now) }, ctx.now)
    await moveFiles(ctx, 'development_case', one.id, to)
    await publish(ctx, 'development.moved', subjectOf({ ...one, orgPath: to.path }), {
      caseId: one.id,
      fromOrgId: one.orgId,
      toOrgId: to.id,
    })
    await settle(ctx, one.id)
  })
}
