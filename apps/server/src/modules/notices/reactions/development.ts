import type { Consumer } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { officersAt, person, send } from './send.ts'

/** The person hears of each stage reached; the officers of the branch of a step that was sent back. */
export const developmentReactions: Consumer['on'] = {
  'development.stage_reached': async (ctx, event) => {
    if (!event.personId) return
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind: 'development_stage', level: 'normal', facts: { on: event.payload.on } } as const
    const at = { path: '/development', orgId: org?.id ?? null, orgPath: event.orgPath }
    await send(ctx, event, { ...told, ...at }, [person(event.personId)])
  },
  'development.step_decided': async (ctx, event) => {
    const { caseId, decision, step } = event.payload
    if (decision !== 'return') return
    const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
    const told = { kind: 'development_returned', level: 'important', facts: { step: String(step) } } as const
    const at = { path: `/development/${caseId}`, orgId: org?.id ?? null, orgPath: event.orgPath }
    await send(ctx, event, { ...told, ...at }, await officersAt(ctx, [event.orgPath]))
  },
}
