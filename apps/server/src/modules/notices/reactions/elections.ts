import type { NoticeKind } from '@tongxin/contract'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { holdersOf, holdersOfDuties } from '../../access/index.ts'
import { orgAt, type Receiver } from '../notices.queries.ts'
import { officersAt, person, send } from './send.ts'

type Choose = (ctx: ReactionCtx, orgPath: string) => Promise<readonly Receiver[]>

/** Who decides above the organisation that elects: the nearest post with the permission, never one of its own. */
const above: Choose = async (ctx, orgPath) => {
  const parent = orgPath.slice(0, orgPath.lastIndexOf('.'))
  const duty = { orgPath: parent, permission: 'elections.approve' } as const
  const held = await holdersOfDuties(ctx.db, ctx.tenantId, [duty], ctx.now)
  return [...held.values()].flat().map(({ personId }) => person(personId))
}
const officers: Choose = (ctx, orgPath) => officersAt(ctx, [orgPath])
const members: Choose = (ctx, orgPath) => holdersOf(ctx.db, ctx.tenantId, [orgPath], ['member'], ctx.now)

async function tell(ctx: ReactionCtx, event: Delivered, kind: NoticeKind, to: Choose): Promise<void> {
  const { orgPath, subjectId } = event
  const org = await orgAt(ctx.db, ctx.tenantId, orgPath)
  const facts = { org: org?.name ?? '' }
  const told = { kind, level: 'important', facts, path: `/elections/${subjectId}`, orgId: org?.id ?? null } as const
  await send(ctx, event, { ...told, orgPath }, await to(ctx, orgPath))
}

/** The level above hears of what it is asked, the organisation of the answer, its members of what they may do and read. */
export const electionReactions: Consumer['on'] = {
  'elections.requested': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
  'elections.candidates_reported': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
  'elections.reported': (ctx, event) => tell(ctx, event as never, 'election_asked', above),
  'elections.approved': async (ctx, event) => {
    await tell(ctx, event as never, 'election_approved', officers)
    await tell(ctx, event as never, 'election_nominate', members)
  },
  'elections.candidates_approved': (ctx, event) => tell(ctx, event as never, 'election_approved', officers),
  'elections.returned': (ctx, event) => tell(ctx, event as never, 'election_returned', officers),
  'elections.completed': async (ctx, event) => {
    const everybody: Choose = async (at, path) => {
      const people = [...(await officers(at, path)), ...(await members(at, path))]
      return [...new Map(people.map((one) => [one.personId, one])).values()]
    }
    await tell(ctx, event as never, 'election_result', everybody)
  },
}
