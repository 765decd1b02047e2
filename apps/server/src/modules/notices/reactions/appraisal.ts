import type { NoticeKind } from '@tongxin/contract'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

async function tell(
  ctx: ReactionCtx,
  event: Delivered,
  { kind, year, to }: { kind: NoticeKind; year: number; to: readonly string[] },
): Promise<void> {
  const { orgPath, subjectId } = event
  const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
  const path = `/appraisals/${subjectId}`
  const told = { kind, level: 'important', facts: { year: String(year) }, path, orgId: org?.id ?? null } as const
  await send(ctx, event, { ...told, orgPath }, to.map(person))
}

/** Those who take part hear of each step that asks something of them; never what a sheet or a grade says. */
export const appraisalReactions: Consumer['on'] = {
  'appraisal.opened': (ctx, event) => {
    const { year, personIds } = event.payload
    return tell(ctx, event as never, { kind: 'appraisal_opened', year, to: personIds ?? [] })
  },
  'appraisal.sheets_opened': (ctx, event) => {
    const { year, personIds } = event.payload
    return tell(ctx, event as never, { kind: 'appraisal_sheet', year, to: personIds ?? [] })
  },
  'appraisal.grades_confirmed': (ctx, event) => {
    const { year, personIds } = event.payload
    return tell(ctx, event as never, { kind: 'appraisal_result', year, to: personIds ?? [] })
  },
  'appraisal.objection_answered': async (ctx, event) => {
    if (!event.personId) return
    const told = { kind: 'appraisal_answered', year: event.payload.year, to: [event.personId] } as const
    await tell(ctx, event as never, told)
  },
}
