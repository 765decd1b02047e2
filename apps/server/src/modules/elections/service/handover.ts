import {
  type confirmHandover,
  type ElectionHandover,
  type enterHandover,
  type HandoverSide,
  type Input,
  type listHandovers,
  type printHandover,
  type Reply,
  electionsRefusals as refusals,
  type withdrawHandover,
} from '@tongxin/contract'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { printForm } from '../../forms/index.ts'
import { wordsOf } from '../elections.print-words.ts'
import { handoverPaper } from '../papers/handover.ts'
import { type Election, findElection } from '../queries/elections.queries.ts'
import * as q from '../queries/handovers.queries.ts'
import { cardsOf } from '../queries/people.queries.ts'
import { demandPast, lockIn, subjectOf } from './file.ts'

/** Posts change hands when the result is approved; delegates have neither seal nor papers. */
const isOver = ({ state, kind }: Election): boolean => state === 'done' && kind !== 'delegates'

/** As what somebody may confirm: one of the two, once, while it is open. */
function sideOf(actor: Pick<Actor, 'personId'>, handover: q.Handover): HandoverSide | null {
  if (handover.state !== 'open') return null
  if (actor.personId === handover.giverPerson && handover.givenAt === null) return 'giver'
  if (actor.personId === handover.receiverPerson && handover.receivedAt === null) return 'receiver'
  return null
}

export const handoverShown = (actor: Pick<Actor, 'personId'>, one: q.Handover): ElectionHandover => ({
  id: one.id,
  state: one.state,
  handedOn: one.handedOn,
  place: one.place,
  giver: { memberId: one.giverId, name: one.giverName, confirmedAt: one.givenAt?.toISOString() ?? null },
  receiver: { memberId: one.receiverId, name: one.receiverName, confirmedAt: one.receivedAt?.toISOString() ?? null },
  witness: one.witness,
  items: one.items,
  enteredBy: one.enteredByName,
  enteredAt: one.enteredAt.toISOString(),
  withdrawn:
    one.withdrawnAt === null
      ? null
      : { by: one.withdrawnByName ?? '', at: one.withdrawnAt.toISOString(), reason: one.withdrawnReason ?? '' },
  mayConfirmAs: sideOf(actor, one),
})

async function demandElection(ctx: Ctx, id: string): Promise<Election> {
  const election = await findElection(ctx.db, ctx.actor, id)
  if (!election) throw refusals.not_found()
  return election
}

export async function list(ctx: Ctx, { params }: Input<typeof listHandovers>): Promise<Reply<typeof listHandovers>> {
  const election = await demandElection(ctx, params.id)
  const found = await q.handoversOf(ctx.db, ctx.actor.tenantId, election.id)
  return {
    rows: found.map((one) => handoverShown(ctx.actor, one)),
    mayEnter: isOver(election) && ctx.actor.permissions.has('elections.write'),
  }
}

/** Enters the list; it is worth nothing until both have confirmed it. */
export async function enter(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof enterHandover>,
): Promise<Reply<typeof enterHandover>> {
  const election = await lockIn(ctx, params.id, 'done')
  if (!isOver(election)) throw refusals.wrong_state({ state: election.state })
  demandPast(ctx, body.handedOn, '/body/handedOn')
  if (election.heldOn !== null && body.handedOn < election.heldOn)
    throw refusals.handover_before_election.at('/body/handedOn', { heldOn: election.heldOn })
  if (body.giverId === body.receiverId) throw refusals.named_twice.at('/body/receiverId')
  const { tenantId, personId, personName } = ctx.actor
  const cards = await cardsOf(ctx.db, tenantId, election.orgPath, [body.giverId, body.receiverId])
  const named = (memberId: string, field: string) => {
    const card = cards.find(({ id }) => id === memberId)
    if (!card) throw refusals.no_such_person.at(field)
    return card
  }
  const giver = named(body.giverId, '/body/giverId')
  const receiver = named(body.receiverId, '/body/receiverId')
  if (giver.personId === receiver.personId) throw refusals.named_twice.at('/body/receiverId')
  const id = newId(ctx)
  await q.insertHandover(ctx.db, tenantId, {
    id,
    electionId: election.id,
    orgPath: election.orgPath,
    handedOn: body.handedOn,
    place: body.place.trim(),
    giverId: giver.id,
    giverPerson: giver.personId,
    giverName: giver.name,
    receiverId: receiver.id,
    receiverPerson: receiver.personId,
    receiverName: receiver.name,
    witness: body.witness?.trim() || null,
    items: body.items.map((item) => ({ ...item, name: item.name.trim(), note: item.note?.trim() || null })),
    enteredBy: personId,
    enteredByName: personName,
    enteredAt: ctx.now,
  })
  const told = { handoverId: id, items: body.items.length, personIds: [giver.personId, receiver.personId] }
  await publish(ctx, 'elections.handover_entered', subjectOf(election), told)
  return { id, state: 'open' }
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof withdrawHandover>,
): Promise<Reply<typeof withdrawHandover>> {
  const election = await lockIn(ctx, params.id, 'done')
  const { tenantId, personName } = ctx.actor
  const handover = await q.lockHandover(ctx.db, tenantId, election.id, params.handoverId)
  if (!handover) throw refusals.no_handover()
  if (handover.state !== 'open') throw refusals.handover_settled({ state: handover.state })
  const reason = body.reason.trim()
  await q.setHandoverWithdrawn(ctx.db, tenantId, handover.id, { by: personName, at: ctx.now, reason })
  const told = { handoverId: handover.id, personIds: [handover.giverPerson, handover.receiverPerson] }
  await publish(ctx, 'elections.handover_withdrawn', subjectOf(election), told, { reason })
  return { id: handover.id, state: 'withdrawn' }
}

/** Each of the two confirms for himself: row security shows the act to them wherever they are now. */
export async function confirm(
  ctx: Ctx<Tx>,
  { params }: Input<typeof confirmHandover>,
): Promise<Reply<typeof confirmHandover>> {
  const { tenantId, personId } = ctx.actor
  const handover = await q.lockHandover(ctx.db, tenantId, params.id, params.handoverId)
  if (!handover || (personId !== handover.giverPerson && personId !== handover.receiverPerson))
    throw refusals.no_handover()
  if (handover.state !== 'open') throw refusals.handover_settled({ state: handover.state })
  const as = sideOf(ctx.actor, handover)
  if (as === null) throw refusals.handover_confirmed()
  const isLast = (as === 'giver' ? handover.receivedAt : handover.givenAt) !== null
  await q.setConfirmed(ctx.db, tenantId, handover.id, { as, isLast, at: ctx.now })
  const subject = { kind: 'election', id: handover.electionId, orgPath: handover.orgPath }
  await publish(ctx, 'elections.handover_confirmed', subject, { handoverId: handover.id, as, isLast })
  return { id: handover.id, state: isLast ? 'done' : 'open', as }
}

export async function print(
  ctx: Ctx,
  { params, query }: Input<typeof printHandover>,
): Promise<Reply<typeof printHandover>> {
  const election = await demandElection(ctx, params.id)
  const found = await q.handoversOf(ctx.db, ctx.actor.tenantId, election.id)
  const handover = found.find(({ id }) => id === params.handoverId)
  if (!handover) throw refusals.no_handover()
  const { language = 'zh-CN', format = 'pdf' } = query
  const { title } = wordsOf(language).handover
  const paper = {
    language,
    title,
    organisation: election.unitName,
    printedAt: ctx.now.toISOString(),
    style: 'record' as const,
    blocks: handoverPaper(election, handover, language),
  }
  return {
    fileName: `${title}-${election.unitName}.${format}`,
    make: () => printForm({ kind: 'paper', format, facts: paper }),
  }
}
