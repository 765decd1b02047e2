import {
  type Input,
  type inviteToTeam,
  type leaveTeam,
  MOST_TEAM,
  type makeTeam,
  type openPair,
  conversationsRefusals as refusals,
  type removeFromTeam,
  type renameTeam,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { unitNameOf } from '../../org/index.ts'
import { newKey } from '../cipher.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import * as q from '../queries/conversations.queries.ts'
import { insertSeats } from '../queries/seats.queries.ts'
import { belongingOf, demandKeeper, demandLocked, type Me } from './belonging.ts'
import { type Partner, partnersOf, peopleIn } from './people.ts'
import { tellTurn } from './say.ts'

type Changed = { id: string }
export const subjectOf = ({ id, orgPath }: Pick<q.Conversation, 'id' | 'orgPath'>) => ({
  kind: 'conversation',
  id,
  orgPath,
})

/** @throws Refusal `conversations.not_reachable` for somebody outside the caller's own groups */
function among(partners: ReadonlyMap<string, Partner>, ids: readonly string[], field: string): Partner[] {
  return ids.map((id) => {
    const found = partners.get(id)
    if (!found) throw refusals.not_reachable.at(`/body/${field}`)
    return found
  })
}
/** Where something that a person makes stands in the tree. @throws Refusal `conversations.not_reachable` */
function demandHome(me: Me): NonNullable<Me['home']> {
  if (!me.home) throw refusals.not_reachable()
  return me.home
}

async function begin(
  ctx: Ctx<Tx>,
  me: Me,
  made: Pick<q.NewConversation, 'kind' | 'name' | 'people'> & { readonly pairKey?: string },
): Promise<q.Conversation> {
  const { tenantId, personId } = me
  const { unitId, orgPath } = demandHome(me)
  const id = newId(ctx)
  const unitName = await unitNameOf(ctx.db, tenantId, unitId)
  const key = newKey(ctx.vault, id, ctx.now)
  const founderId = made.kind === 'team' ? personId : null
  await q.insertConversations(ctx.db, tenantId, [{ ...made, id, unitId, orgPath, unitName, key, founderId }], ctx.now)
  // Two who open the same talk at once have one: the second finds what the first has made.
  const standing = made.pairKey === undefined ? id : ((await q.findPair(ctx.db, tenantId, made.pairKey)) ?? id)
  const one = await demandLocked(ctx, me, standing)
  await insertSeats(ctx.db, tenantId, one.id, made.people ?? [], 0, ctx.now)
  return one
}

export const pair =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof openPair>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    if (body.personId === me.personId) throw refusals.alone.at('/body/personId')
    const people = [me.personId, body.personId].toSorted()
    const pairKey = people.join('/')
    const known = await q.findPair(ctx.db, me.tenantId, pairKey)
    if (known !== undefined) return { id: known }
    const [other] = among(await partnersOf(ctx, ports, me), [body.personId], 'personId')
    const one = await begin(ctx, me, { kind: 'pair', name: other?.name ?? '', people, pairKey })
    return { id: one.id }
  }

export const make =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof makeTeam>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const others = body.personIds.filter((id) => id !== me.personId)
    if (others.length === 0) throw refusals.alone.at('/body/personIds')
    const found = among(await partnersOf(ctx, ports, me), others, 'personIds')
    const people = [me.personId, ...others]
    const one = await begin(ctx, me, { kind: 'team', name: body.name.trim(), people })
    await tellTurn(
      ctx,
      me,
      one,
      'made',
      found.map(({ name }) => name),
    )
    await publish(ctx, 'conversations.team_made', subjectOf(one), { people: people.length })
    return { id: one.id }
  }

async function demandTeam(ctx: Ctx<Tx>, me: Me, id: string): Promise<q.Conversation> {
  const one = await demandLocked(ctx, me, id)
  if (one.kind !== 'team') throw refusals.not_a_team()
  if (one.state === 'ended') throw refusals.ended()
  return one
}

export const invite =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof inviteToTeam>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandTeam(ctx, me, params.id)
    const fresh = body.personIds.filter((id) => !one.people.includes(id))
    if (fresh.length === 0) throw refusals.belongs_already()
    if (one.people.length + fresh.length > MOST_TEAM)
      throw refusals.too_many_people.at('/body/personIds', { most: MOST_TEAM })
    const found = among(await partnersOf(ctx, ports, me), fresh, 'personIds')
    await q.setConversation(ctx.db, me.tenantId, one.id, { people: [...one.people, ...fresh] }, ctx.now)
    await insertSeats(ctx.db, me.tenantId, one.id, fresh, one.lastSeq, ctx.now)
    await tellTurn(
      ctx,
      me,
      one,
      'invited',
      found.map(({ name }) => name),
    )
    await publish(ctx, 'conversations.invited', subjectOf(one), { people: fresh.length })
    return { id: one.id }
  }

export const rename =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof renameTeam>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandTeam(ctx, me, params.id)
    demandKeeper(ctx, one)
    const name = body.name.trim()
    await q.setConversation(ctx.db, me.tenantId, one.id, { name }, ctx.now)
    await tellTurn(ctx, me, one, 'renamed', [name])
    await publish(ctx, 'conversations.renamed', subjectOf(one), { people: one.people.length })
    return { id: one.id }
  }

/** The turn is told first: whoever has left may not speak. */
export const leave =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof leaveTeam>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandTeam(ctx, me, params.id)
    const people = one.people.filter((id) => id !== me.personId)
    await tellTurn(ctx, me, one, 'left', [me.name])
    await publish(ctx, 'conversations.left', subjectOf(one), { people: people.length })
    const ends = one.founderId === me.personId || people.length === 0
    await q.setConversation(ctx.db, me.tenantId, one.id, { people, ...(ends ? { state: 'ended' } : {}) }, ctx.now)
    return { id: one.id }
  }

export const remove =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof removeFromTeam>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandTeam(ctx, me, params.id)
    demandKeeper(ctx, one)
    if (params.personId === me.personId) throw refusals.founder_stays()
    if (!one.people.includes(params.personId)) throw refusals.person_not_found()
    const name = (await peopleIn(ctx, ports, one)).find(({ personId }) => personId === params.personId)?.name ?? ''
    const people = one.people.filter((id) => id !== params.personId)
    await q.setConversation(ctx.db, me.tenantId, one.id, { people }, ctx.now)
    await tellTurn(ctx, me, one, 'removed', [name])
    await publish(ctx, 'conversations.removed', subjectOf(one), { people: people.length })
    return { id: one.id }
  }
