import {
  type changeStudyGroup,
  type confirmStudySession,
  type endStudyGroup,
  type Input,
  type listStudyGroups,
  type makeStudyGroup,
  type Reply,
  type readStudyGroup,
  studyRefusals as refusals,
  type StudyGroupCard,
  type StudyGroupRecord,
  type StudySession,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { LEARNING_STATUSES, standingsOf } from '../../members/index.ts'
import * as q from '../queries/groups.queries.ts'
import * as sessions from '../queries/sessions.queries.ts'
import { endMinutesClocks, setMinutesClocks } from './clocks.ts'
import { demandUnit, placeOf } from './tasks.ts'

type Changed = { id: string; state: string }
const SORTS = { createdAt: 'g.created_at', name: 'g.name' } as const

export function groupCard(group: q.Group): StudyGroupCard {
  const { unitId: _, orgPath: __, unitName, leaderPersonId: ___, createdAt, ...card } = group
  return { ...card, orgName: unitName, createdAt: createdAt.toISOString() }
}
export const groupSubject = ({ id, orgPath }: Pick<q.Group, 'id' | 'orgPath'>) => ({
  kind: 'study_group',
  id,
  orgPath,
})

function sessionShown(one: sessions.Session, seats: q.Seat[]): StudySession {
  const { groupId: _, orgPath: __, writtenById: ___, present, ...session } = one
  const ids = present ?? []
  const names = new Map(seats.map(({ memberId, name }) => [memberId, name]))
  return { ...session, presentIds: ids, present: ids.flatMap((id) => names.get(id) ?? []) }
}

/** With plan and minutes; feedback between members is none of it. */
export async function recordOf(ctx: Ctx, group: q.Group): Promise<StudyGroupRecord> {
  const { tenantId } = ctx.actor
  const seats = await q.seatsOf(ctx.db, tenantId, group.id)
  const held = await sessions.sessionsOf(ctx.db, tenantId, group.id)
  return {
    ...groupCard(group),
    seats: seats.map(({ memberId, name }) => ({ memberId, name, isLeader: memberId === group.leaderId })),
    sessions: held.map((session) => sessionShown(session, seats)),
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listStudyGroups>): Promise<Reply<typeof listStudyGroups>> {
  const keyset = keysetOf(query, SORTS, '-createdAt')
  const place = await placeOf(ctx, query, '/query')
  const { state = null, text = null } = query
  const found = await q.listGroups(
    ctx.db,
    ctx.actor,
    { state, text, isUnconfirmed: query.unconfirmed ?? false, ...place },
    keyset,
  )
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.name ? row.name : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(groupCard), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readStudyGroup>): Promise<StudyGroupRecord> {
  const group = await q.findGroup(ctx.db, ctx.actor, params.id)
  if (!group) throw refusals.not_found()
  return recordOf(ctx, group)
}

/** Living records of the reach; the leader sits in the group as well. @throws Refusal `study.not_in_group` */
async function seated(ctx: Ctx<Tx>, leaderId: string, ids: readonly string[]) {
  const wanted = [...new Set([leaderId, ...ids])]
  const found = (await standingsOf(ctx.db, ctx.actor, wanted)).filter(({ status }) =>
    LEARNING_STATUSES.includes(status),
  )
  const seats = found.map(({ memberId, personId, name }) => ({ memberId, personId, name }))
  const leader = seats.find(({ memberId }) => memberId === leaderId)
  if (!leader) throw refusals.not_in_group.at('/body/leaderId')
  if (seats.length < wanted.length) throw refusals.not_in_group.at('/body/memberIds')
  return { seats, leader }
}

export async function make(ctx: Ctx<Tx>, { body }: Input<typeof makeStudyGroup>): Promise<Changed> {
  const unit = await demandUnit(ctx, body.orgId, '/body/orgId')
  const { seats, leader } = await seated(ctx, body.leaderId, body.memberIds)
  const { tenantId } = ctx.actor
  const group = {
    id: newId(ctx),
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    name: body.name.trim(),
    theme: body.theme.trim(),
    leaderId: leader.memberId,
    leaderPersonId: leader.personId,
    leader: leader.name,
    members: seats.length,
  }
  await q.insertGroup(ctx.db, tenantId, group, ctx.now)
  await q.setSeats(ctx.db, tenantId, group, seats)
  const personIds = seats.map(({ personId }) => personId)
  await publish(ctx, 'study.group_made', groupSubject(group), { name: group.name, members: seats.length, personIds })
  return { id: group.id, state: 'active' }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Group> {
  const group = await q.lockGroup(ctx.db, ctx.actor, id)
  if (!group) throw refusals.not_found()
  return group
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeStudyGroup>): Promise<Changed> {
  const group = await locked(ctx, params.id)
  if (group.state !== 'active') throw refusals.closed()
  const { seats, leader } = await seated(ctx, body.leaderId, body.memberIds)
  const { tenantId } = ctx.actor
  const name = body.name.trim()
  const lead = { leader_id: leader.memberId, leader_person_id: leader.personId, leader: leader.name }
  const written = { ...lead, name, theme: body.theme.trim(), members: seats.length }
  await q.setGroup(ctx.db, tenantId, group.id, written, ctx.now)
  await q.setSeats(ctx.db, tenantId, group, seats)
  // Minutes are due from whoever leads now.
  const led = { ...group, name, leaderPersonId: leader.personId }
  await setMinutesClocks(ctx, led, await sessions.plannedOf(ctx.db, tenantId, group.id))
  await publish(ctx, 'study.group_changed', groupSubject(group), { name, members: seats.length })
  return { id: group.id, state: group.state }
}

export async function end(ctx: Ctx<Tx>, { params, body }: Input<typeof endStudyGroup>): Promise<Changed> {
  const group = await locked(ctx, params.id)
  const { state } = body
  if (group.state === state) throw refusals.closed()
  const reason = body.reason.trim()
  await q.setGroup(ctx.db, ctx.actor.tenantId, group.id, { state, reason }, ctx.now)
  const planned = await sessions.plannedOf(ctx.db, ctx.actor.tenantId, group.id)
  const ids = planned.map((session) => session.id)
  await (state === 'ended' ? endMinutesClocks(ctx, ids, 'void') : setMinutesClocks(ctx, group, planned))
  await publish(ctx, 'study.group_moved', groupSubject(group), { name: group.name, state }, { reason })
  return { id: group.id, state }
}

/** The second hand: from now on whoever was there gets the hours, and nothing of the minutes changes. */
export async function confirm(ctx: Ctx<Tx>, { params }: Input<typeof confirmStudySession>): Promise<Changed> {
  const { tenantId, personId, personName } = ctx.actor
  const session = await sessions.lockSessionInReach(ctx.db, ctx.actor, params.id)
  if (!session) throw refusals.not_found()
  const { id, state, lengthMinutes: minutes, topic, onDate } = session
  if (state !== 'held') throw refusals.not_planned({ state })
  if (session.confirmedBy !== null) throw refusals.confirmed()
  if (session.writtenById === personId) throw refusals.own_minutes()
  if (minutes === null) throw refusals.length_missing()
  const hand = { confirmed_by: personName, confirmed_by_id: personId, confirmed_at: ctx.now }
  await sessions.setSession(ctx.db, tenantId, id, hand, ctx.now)
  const subject = groupSubject({ id: session.groupId, orgPath: session.orgPath })
  const memberIds = session.present ?? []
  await publish(ctx, 'study.session_confirmed', subject, { sessionId: id, topic, onDate, minutes, memberIds })
  return { id, state }
}
