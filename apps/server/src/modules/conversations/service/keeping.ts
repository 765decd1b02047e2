import {
  type admitGuest,
  type endGuest,
  type endSilence,
  type GroupRow,
  type Input,
  type listConversationGroups,
  type Reply,
  type readConversationGroup,
  conversationsRefusals as refusals,
  type silencePerson,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { standingsOf } from '../../members/index.ts'
import { findUnit } from '../../org/index.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import * as q from '../queries/keeping.queries.ts'
import { belongingOf, demandKeeper, demandLocked } from './belonging.ts'
import { demandAmong } from './people.ts'
import { tellTurn } from './say.ts'
import { shownSilence } from './shown.ts'
import { subjectOf } from './teams.ts'

type Changed = { id: string }
const HOUR = 3_600_000
const at = ({ now }: Pick<Ctx, 'now'>) => ({ now, today: todayOf(now) })

export const silence =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof silencePerson>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandLocked(ctx, me, params.id)
    demandKeeper(ctx, one)
    if (params.personId === me.personId) throw refusals.keeper_speaks()
    const { personId, name } = await demandAmong(ctx, ports, one, params.personId)
    const standing = await q.silencesIn(ctx.db, me.tenantId, one.id, ctx.now)
    if (standing.some((row) => row.personId === personId)) throw refusals.already_silenced()
    const until = new Date(ctx.now.getTime() + body.hours * HOUR)
    const reason = body.reason.trim()
    await q.endSilences(ctx.db, me.tenantId, one.id, personId, ctx.now)
    const row = { id: newId(ctx), personId, name, until, reason, by: me.name, conversationId: one.id }
    await q.insertSilence(ctx.db, me.tenantId, { ...row, orgPath: one.orgPath }, ctx.now)
    await tellTurn(ctx, me, one, 'silenced', [name])
    const subject = { ...subjectOf(one), personId }
    await publish(ctx, 'conversations.silenced', subject, { name, until: until.toISOString() }, { reason })
    return { id: one.id }
  }

export const speak =
  (ports: ConversationPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof endSilence>): Promise<Changed> => {
    const me = await belongingOf(ctx, ports)
    const one = await demandLocked(ctx, me, params.id)
    demandKeeper(ctx, one)
    const standing = await q.silencesIn(ctx.db, me.tenantId, one.id, ctx.now)
    const found = standing.find(({ personId }) => personId === params.personId)
    if (!found) throw refusals.person_not_found()
    await q.endSilences(ctx.db, me.tenantId, one.id, found.personId, ctx.now)
    await tellTurn(ctx, me, one, 'unsilenced', [found.name])
    await publish(
      ctx,
      'conversations.unsilenced',
      { ...subjectOf(one), personId: found.personId },
      { name: found.name },
    )
    return { id: one.id }
  }

const COLUMNS = { unitName: 'c.unit_name', createdAt: 'c.created_at' }
const shownGroup = ({ createdAt: _, orgPath: __, ...group }: q.Group): GroupRow => group

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listConversationGroups>,
): Promise<Reply<typeof listConversationGroups>> {
  const keyset = keysetOf(query, COLUMNS, 'unitName')
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  // A unit that the post does not reach is one without groups.
  if (query.orgId && !unit) return { rows: [], next: null, total: null }
  const filter = { kind: query.kind ?? null, path: unit?.path ?? null, text: query.text?.trim() ?? null }
  const rows = await q.listGroups(ctx.db, ctx.actor, filter, at(ctx), keyset)
  const page = pageOfRows(rows, keyset, (row) => ({
    value: keyset.column === COLUMNS.unitName ? row.unitName : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: page.rows.map(shownGroup), next: page.next, total: null }
}

async function demandGroup(ctx: Ctx, id: string): Promise<q.Group> {
  const group = await q.findGroup(ctx.db, ctx.actor, at(ctx), id)
  if (!group) throw refusals.not_found()
  return group
}

export async function read(
  ctx: Ctx,
  { params }: Input<typeof readConversationGroup>,
): Promise<Reply<typeof readConversationGroup>> {
  const group = await demandGroup(ctx, params.id)
  const { tenantId } = ctx.actor
  const guests = await q.guestsIn(ctx.db, tenantId, group.id)
  const silences = await q.silencesIn(ctx.db, tenantId, group.id, ctx.now)
  const today = todayOf(ctx.now)
  return {
    group: shownGroup(group),
    guests: guests.map(({ id, name, untilOn, admittedBy }) => ({
      id,
      name,
      untilOn,
      admittedBy,
      isOver: untilOn < today,
    })),
    silences: silences.map(shownSilence),
  }
}

/** A stay is at most a year: whoever belongs for longer has a record of the branch. */
const LONGEST_DAYS = 366
export async function admit(ctx: Ctx<Tx>, { params, body }: Input<typeof admitGuest>): Promise<Changed> {
  const group = await demandGroup(ctx, params.id)
  if (group.state === 'ended') throw refusals.ended()
  const today = todayOf(ctx.now)
  const days = (Date.parse(body.untilOn) - Date.parse(today)) / 86_400_000
  if (days < 0 || days > LONGEST_DAYS) throw refusals.dates_wrong.at('/body/untilOn', { most: LONGEST_DAYS })
  const [person] = await standingsOf(ctx.db, ctx.actor, [body.memberId])
  if (!person) throw refusals.person_not_found.at('/body/memberId')
  if (group.kind === 'branch' && person.orgId === group.orgId && ['formal', 'probationary'].includes(person.category))
    throw refusals.belongs_already.at('/body/memberId')
  const { tenantId, personName } = ctx.actor
  const standing = (await q.guestsIn(ctx.db, tenantId, group.id)).find(({ personId }) => personId === person.personId)
  if (standing && standing.untilOn >= today) throw refusals.already_guest.at('/body/memberId')
  if (standing) await q.setGuestEnded(ctx.db, tenantId, standing.id, ctx.now)
  const id = newId(ctx)
  const { personId, name } = person
  const guest = { id, conversationId: group.id, personId, name, untilOn: body.untilOn, admittedBy: personName }
  await q.insertGuest(ctx.db, tenantId, { ...guest, orgPath: group.orgPath }, ctx.now)
  await publish(ctx, 'conversations.guest_admitted', { ...subjectOf(group), personId }, { name, untilOn: body.untilOn })
  return { id }
}

export async function dismiss(ctx: Ctx<Tx>, { params }: Input<typeof endGuest>): Promise<Changed> {
  const group = await demandGroup(ctx, params.id)
  const guest = (await q.guestsIn(ctx.db, ctx.actor.tenantId, group.id)).find(({ id }) => id === params.guestId)
  if (!guest) throw refusals.person_not_found()
  await q.setGuestEnded(ctx.db, ctx.actor.tenantId, guest.id, ctx.now)
  const subject = { ...subjectOf(group), personId: guest.personId }
  await publish(ctx, 'conversations.guest_ended', subject, { name: guest.name })
  return { id: guest.id }
}
