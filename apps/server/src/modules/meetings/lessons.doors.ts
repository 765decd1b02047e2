import type { Ctx, Tx } from '../../platform/ctx.ts'
import { plan } from './service/plan.ts'

/**
 * For peers: plans a party lesson at a unit, for everybody of it, by the rights of the caller, who must be permitted to
 * convene. It is completed and called like any other meeting. @throws Refusal `meetings.*`
 */
export function planLesson(
  ctx: Ctx<Tx>,
  lesson: {
    readonly orgId: string
    readonly title: string
    readonly startsAt: string
    readonly endsAt: string
    readonly place?: string
    readonly onlineUrl?: string
  },
): Promise<{ id: string }> {
  const agenda = [{ title: lesson.title, votes: 'none' as const }]
  return plan(ctx, {
    body: { ...lesson, kinds: ['partyLesson'], agenda, invites: { who: 'all' } },
    params: {},
    query: {},
  })
}
