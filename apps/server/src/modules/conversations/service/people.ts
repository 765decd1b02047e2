import {
  type ConversationPerson,
  type findPartners,
  type Input,
  type Reply,
  type readPeople,
  conversationsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { officersAround } from '../../org/index.ts'
import { MOST_PARTNERS } from '../conversations.policy.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import { type Conversation, conversationOf, listOwn } from '../queries/conversations.queries.ts'
import { guestsIn, silencesIn } from '../queries/keeping.queries.ts'
import * as q from '../queries/people.queries.ts'
import { belongingOf, demandOwn, type Me } from './belonging.ts'
import { shownSilence } from './shown.ts'

type Whose = Pick<Conversation, 'id' | 'kind' | 'unitId' | 'orgPath' | 'sourceId' | 'people'>

/** Who belongs by records, without guests; `db` must see the whole tenant. */
async function membersOf(db: Db, tenantId: string, ports: ConversationPorts, one: Whose): Promise<q.Person[]> {
  if (one.kind === 'branch') return q.peopleOfBranch(db, tenantId, one.unitId)
  if (one.kind === 'officers') return q.peopleByMembers(db, tenantId, await officersAround(db, tenantId, one.orgPath))
  if (one.kind === 'study') {
    const seats = await ports.study.seatsOf(db, tenantId, one.sourceId ?? '')
    return q.peopleByPersons(
      db,
      tenantId,
      seats.map(({ personId }) => personId),
    )
  }
  return q.peopleByPersons(db, tenantId, one.people)
}

/** Persons who may hear of a conversation on a day, for the stream of events. */
export async function audienceOf(
  db: Tx,
  tenantId: string,
  ports: ConversationPorts,
  id: string,
  now: Date,
): Promise<ReadonlySet<string>> {
  const one = await conversationOf(db, tenantId, id)
  if (!one) return new Set()
  const today = todayOf(now)
  const guests = (await guestsIn(db, tenantId, id)).filter(({ untilOn }) => untilOn >= today)
  if (one.kind === 'team' || one.kind === 'pair') return new Set(one.people)
  const members = await membersOf(db, tenantId, ports, one)
  return new Set([...members, ...guests].map(({ personId }) => personId))
}

/** Lifts the row policies to the whole tenant for reading names; whoever calls it has proved that the caller belongs. */
export async function inWhole<T>(ctx: Ctx<Tx>, work: () => Promise<T>): Promise<T> {
  const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
  return widened(ctx, path, work)
}

export type Among = {
  readonly personId: string
  readonly name: string
  readonly unitId: string
  readonly isGuest: boolean
}
/** Everybody of a conversation of the caller. */
export async function peopleIn(ctx: Ctx<Tx>, ports: ConversationPorts, one: Conversation): Promise<Among[]> {
  const { tenantId } = ctx.actor
  const today = todayOf(ctx.now)
  return inWhole(ctx, async () => {
    const members = await membersOf(ctx.db, tenantId, ports, one)
    const guests = (await guestsIn(ctx.db, tenantId, one.id)).filter(({ untilOn }) => untilOn >= today)
    const known = new Set(members.map(({ personId }) => personId))
    return [
      ...members.map(({ personId, name, unitId }) => ({ personId, name, unitId, isGuest: false })),
      ...guests
        .filter(({ personId }) => !known.has(personId))
        .map(({ personId, name }) => ({ personId, name, unitId: one.unitId, isGuest: true })),
    ]
  })
}

/** @throws Refusal `conversations.person_not_found` */
export async function demandAmong(
  ctx: Ctx<Tx>,
  ports: ConversationPorts,
  one: Conversation,
  personId: string,
): Promise<Among> {
  const found = (await peopleIn(ctx, ports, one)).find((person) => person.personId === personId)
  if (!found) throw refusals.person_not_found()
  return found
}

export const read =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof readPeople>): Promise<Reply<typeof readPeople>> => {
    const { tenantId, personId } = ctx.actor
    const me = await belongingOf(ctx, ports)
    const one = await demandOwn(ctx, me, params.id)
    const people = await peopleIn(ctx, ports, one)
    const names = await inWhole(ctx, () =>
      q.unitNames(
        ctx.db,
        tenantId,
        people.map(({ unitId }) => unitId),
      ),
    )
    const silences = await silencesIn(ctx.db, tenantId, one.id, ctx.now)
    const rows: ConversationPerson[] = people.map((person) => {
      const silence = silences.find((row) => row.personId === person.personId)
      return {
        personId: person.personId,
        name: person.name,
        unitName: names.get(person.unitId) ?? one.unitName,
        isMe: person.personId === personId,
        isGuest: person.isGuest,
        isFounder: one.kind === 'team' && person.personId === one.founderId,
        silence: silence ? shownSilence(silence) : null,
      }
    })
    return { rows }
  }

export type Partner = { readonly personId: string; readonly name: string; readonly unitId: string }
/** People of the groups that the caller belongs to, not as a guest: those whom the caller may talk to and invite. */
export async function partnersOf(ctx: Ctx<Tx>, ports: ConversationPorts, me: Me): Promise<Map<string, Partner>> {
  const { tenantId } = me
  const groups = (await listOwn(ctx.db, { ...me, visits: [] }, [], 100)).filter(
    ({ kind }) => kind === 'branch' || kind === 'officers' || kind === 'study',
  )
  return inWhole(ctx, async () => {
    const found = new Map<string, Partner>()
    for (const one of groups)
      for (const { personId, name, unitId } of await membersOf(ctx.db, tenantId, ports, one))
        if (personId !== me.personId) found.set(personId, { personId, name, unitId })
    return found
  })
}

export const find =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof findPartners>): Promise<Reply<typeof findPartners>> => {
    const me = await belongingOf(ctx, ports)
    const text = body.text?.trim() ?? ''
    const found = [...(await partnersOf(ctx, ports, me)).values()]
      .filter(({ name }) => name.includes(text))
      .slice(0, MOST_PARTNERS)
    const units = found.map(({ unitId }) => unitId)
    const names = await inWhole(ctx, () => q.unitNames(ctx.db, me.tenantId, units))
    return {
      rows: found.map(({ personId, name, unitId }) => ({ personId, name, unitName: names.get(unitId) ?? '' })),
    }
  }
