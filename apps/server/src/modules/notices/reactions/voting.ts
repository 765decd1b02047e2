import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

type Voter = {
  readonly personId: string
  readonly name: string
  readonly way: 'electronic' | 'paper' | 'written' | null
}
type Electorate = {
  readonly title: string
  readonly orgId: string
  readonly orgPath: string
  readonly secrecy: 'secret' | 'named'
  readonly channel: 'electronic' | 'paper' | 'mixed'
  readonly people: readonly Voter[]
}
/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type VotingPorts = {
  readonly electorateOf: (db: Db, tenantId: string, voteId: string) => Promise<Electorate | undefined>
}

type Told = {
  readonly voteId: string
  readonly kind: 'vote_drawing' | 'vote_casting' | 'vote_drawing_ends'
  readonly to: (voter: Voter, electorate: Electorate) => boolean
  readonly more?: Record<string, string>
}

const tellOf =
  ({ electorateOf }: VotingPorts) =>
  async (ctx: ReactionCtx, event: Delivered, { voteId, kind, to, more = {} }: Told): Promise<void> => {
    const electorate = await electorateOf(ctx.db, ctx.tenantId, voteId)
    if (!electorate) return
    const { title, orgId, orgPath, people } = electorate
    const receivers = people.filter((voter) => to(voter, electorate))
    if (electorate.channel === 'paper' || receivers.length === 0) return
    const facts = { title, ...more }
    await send(ctx, event, { kind, level: 'important', facts, path: `/votes/${voteId}`, orgId, orgPath }, receivers)
  }

/** Who votes on paper or has given an opinion in writing has nothing to do on the telephone. */
const byPhone = ({ way }: Voter) => way === null || way === 'electronic'

const DRAWING = { kind: 'vote_drawing', to: byPhone } as const
/** Of a secret ballot whoever has drawn is told; who has cast by then nobody knows. */
const CASTING = {
  kind: 'vote_casting',
  to: (voter: Voter, { secrecy }: Electorate) => (secrecy === 'secret' ? voter.way === 'electronic' : byPhone(voter)),
} as const

export const votingReactions = (ports: VotingPorts): Consumer['on'] => {
  const tell = tellOf(ports)
  return {
    'voting.opened': async (ctx, event) => {
      const { voteId, phase } = event.payload
      await tell(ctx, event, { voteId, ...(phase === 'drawing' ? DRAWING : CASTING) })
    },
    'voting.drawing_ends': async (ctx, event) => {
      const { voteId, until } = event.payload
      await tell(ctx, event, { voteId, kind: 'vote_drawing_ends', to: ({ way }) => way === null, more: { until } })
    },
    // A ballot paper was drawn in somebody's name: whoever did not do it must hear of it at once.
    'voting.drawn': async (ctx, event) => {
      if (event.personId === null) return
      const org = await orgAt(ctx.db, ctx.tenantId, event.orgPath)
      await send(
        ctx,
        event as never,
        {
          kind: 'vote_drawn',
          level: 'important',
          facts: { title: event.payload.title },
          path: `/votes/${event.payload.voteId}`,
          orgId: org?.id ?? null,
          orgPath: event.orgPath,
        },
        [person(event.personId)],
      )
    },
  }
}
