import { type appointGroup, type Input, type Reply, electionsRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as people from '../queries/people.queries.ts'
import { keep, lockIn, subjectOf } from './file.ts'

/** 换届工作领导小组: who prepares the election, by decision of the outgoing committee; its head is not named twice. */
export async function appoint(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof appointGroup>,
): Promise<Reply<typeof appointGroup>> {
  const before = ['draft', 'requested', 'nominating', 'candidates_reported', 'publicity', 'preparing'] as const
  const election = await lockIn(ctx, params.id, ...before)
  const cards = await people.cardsOf(ctx.db, ctx.actor.tenantId, election.orgPath, [body.leaderId, ...body.memberIds])
  const named = (memberId: string, field: string) => {
    const card = cards.find(({ id }) => id === memberId)
    if (!card) throw refusals.no_such_person.at(field)
    return { memberId, name: card.name }
  }
  const twice = body.memberIds.indexOf(body.leaderId)
  if (twice >= 0) throw refusals.named_twice.at(`/body/memberIds/${twice}`)
  const leadingGroup = {
    leader: named(body.leaderId, '/body/leaderId'),
    members: body.memberIds.map((id, at) => named(id, `/body/memberIds/${at}`)),
  }
  const done = await keep(ctx, election, {}, { leadingGroup })
  await publish(ctx, 'elections.group_appointed', subjectOf(election), { people: 1 + leadingGroup.members.length })
  return done
}
