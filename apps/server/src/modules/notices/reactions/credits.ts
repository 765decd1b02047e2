import { hoursText } from '@tongxin/domain'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { officersAt, person, send, type Told } from './send.ts'

const OWN_PAGE = '/learning/credits'

/** What a person hears of the own hours; the posts of a branch hear how many of its people are behind. */
const tell = async (
  ctx: ReactionCtx,
  event: Delivered,
  told: Pick<Told, 'kind' | 'facts'>,
  path: string = OWN_PAGE,
): Promise<void> => {
  if (!event.personId) return
  const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
  const at = { path, orgId: org?.id ?? null, orgPath: event.orgPath }
  await send(ctx, event, { ...told, level: 'normal', ...at }, [person(event.personId)])
}

export const creditReactions: Consumer['on'] = {
  'credits.shortfall_due': (ctx, event) => {
    const { year, quarter, missing } = event.payload
    return tell(ctx, event, { kind: 'credits_short', facts: { year, quarter, hours: hoursText(missing) } })
  },
  'credits.shortfalls_listed': async (ctx, event) => {
    const { year, quarter, people, orgId } = event.payload
    const told = { kind: 'credits_short_list', level: 'normal', facts: { year, quarter, people } } as const
    const path = `/credits/accounts?year=${year}&standing=short&orgId=${orgId}`
    await send(ctx, event, { ...told, path, orgId, orgPath: event.orgPath }, await officersAt(ctx, [event.orgPath]))
  },
  'credits.certificate_accepted': (ctx, event) =>
    tell(ctx, event, { kind: 'certificate_accepted', facts: { hours: hoursText(event.payload.hundredths) } }),
  'credits.certificate_returned': (ctx, event) =>
    tell(ctx, event, { kind: 'certificate_returned', facts: {} }, `${OWN_PAGE}/certificates`),
  'credits.exemption_decided': (ctx, event) =>
    tell(ctx, event, { kind: 'exemption_decided', facts: { year: event.payload.year } }, `${OWN_PAGE}/exemption`),
  'credits.honour_decided': async (ctx, event) => {
    const { year, confirmed } = event.payload
    // A proposal that came to nothing is nobody's news.
    if (confirmed) await tell(ctx, event, { kind: 'honour_confirmed', facts: { year } })
  },
}
