import {
  type changeStudySession,
  type giveStudyFeedback,
  type Input,
  type listMyStudyGroups,
  type planStudySession,
  type Reply,
  type readMyStudyGroup,
  studyRefusals as refusals,
  type seeStudyFeedback,
  type writeStudyMinutes,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { attachFile } from '../../files/index.ts'
import * as q from '../queries/groups.queries.ts'
import * as sessions from '../queries/sessions.queries.ts'
import { endMinutesClocks, setMinutesClocks } from './clocks.ts'
import { groupCard, groupSubject, recordOf } from './groups.ts'
import { demandLearner, type Learner } from './learner.ts'

type Changed = { id: string; state: string }

export async function list(ctx: Ctx): Promise<Reply<typeof listMyStudyGroups>> {
  const learner = await demandLearner(ctx)
  const unread = await sessions.unreadFeedback(ctx.db, learner)
  const groups = await q.listOwnGroups(ctx.db, learner)
  return { rows: groups.map((group) => ({ ...groupCard(group), newFeedback: unread.get(group.id) ?? 0 })) }
}

export async function read(
  ctx: Ctx,
  { params }: Input<typeof readMyStudyGroup>,
): Promise<Reply<typeof readMyStudyGroup>> {
  const learner = await demandLearner(ctx)
  const group = await q.findOwnGroup(ctx.db, learner, params.id)
  if (!group) throw refusals.not_found()
  const feedback = await sessions.feedbackOf(ctx.db, learner, group.id)
  return {
    ...(await recordOf(ctx, group)),
    isLeader: group.leaderPersonId === learner.personId,
    ownMemberId: learner.memberId,
    feedback: feedback.map(({ fromPersonId, at, ...said }) => ({
      ...said,
      isMine: fromPersonId === learner.personId,
      at: at.toISOString(),
    })),
  }
}

async function led(ctx: Ctx<Tx>, learner: Learner, groupId: string): Promise<q.Group> {
  const group = await q.findOwnGroup(ctx.db, learner, groupId)
  if (!group) throw refusals.not_found()
  if (group.leaderPersonId !== learner.personId) throw refusals.not_leader()
  if (group.state !== 'active') throw refusals.closed()
  return group
}
const peopleOf = async (ctx: Ctx<Tx>, groupId: string): Promise<string[]> =>
  (await q.seatsOf(ctx.db, ctx.actor.tenantId, groupId)).map(({ personId }) => personId)

export async function plan(ctx: Ctx<Tx>, { params, body }: Input<typeof planStudySession>): Promise<Changed> {
  const learner = await demandLearner(ctx)
  const group = await led(ctx, learner, params.id)
  const { onDate } = body
  if (onDate < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/onDate')
  const [id, topic] = [newId(ctx), body.topic.trim()]
  const session = { id, groupId: group.id, orgPath: group.orgPath, onDate, topic, place: body.place.trim() }
  await sessions.insertSession(ctx.db, learner.tenantId, session, ctx.now)
  await setMinutesClocks(ctx, group, [session])
  const personIds = await peopleOf(ctx, group.id)
  const payload = { name: group.name, topic, onDate, groupId: group.id, personIds }
  await publish(ctx, 'study.session_planned', groupSubject(group), payload)
  return { id, state: 'planned' }
}

/** A session of a group that the caller leads. */
async function ledSession(
  ctx: Ctx<Tx>,
  learner: Learner,
  id: string,
): Promise<{ session: sessions.Session; group: q.Group }> {
  const session = await sessions.lockSession(ctx.db, learner.tenantId, id)
  if (!session) throw refusals.not_found()
  return { session, group: await led(ctx, learner, session.groupId) }
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeStudySession>): Promise<Changed> {
  const learner = await demandLearner(ctx)
  const { session, group } = await ledSession(ctx, learner, params.id)
  if (session.state !== 'planned') throw refusals.not_planned({ state: session.state })
  const { onDate, cancelReason } = body
  const isCancelled = cancelReason !== undefined
  if (!isCancelled && onDate < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/onDate')
  const topic = body.topic.trim()
  const state = isCancelled ? ({ state: 'cancelled', reason: cancelReason.trim() } as const) : {}
  const written = { on_date: onDate, topic, place: body.place.trim(), ...state }
  await sessions.setSession(ctx.db, learner.tenantId, session.id, written, ctx.now)
  await (isCancelled
    ? endMinutesClocks(ctx, [session.id], 'void')
    : setMinutesClocks(ctx, group, [{ id: session.id, topic, onDate }]))
  const personIds = await peopleOf(ctx, group.id)
  const payload = { topic, onDate, isCancelled, groupId: group.id, personIds }
  await publish(ctx, 'study.session_changed', groupSubject(group), payload)
  return { id: session.id, state: isCancelled ? 'cancelled' : 'planned' }
}

/** Minutes are written when the day has come, and anew until somebody of the branch confirms them; each time is told. */
export async function writeMinutes(ctx: Ctx<Tx>, { params, body }: Input<typeof writeStudyMinutes>): Promise<Changed> {
  const learner = await demandLearner(ctx)
  const { session, group } = await ledSession(ctx, learner, params.id)
  if (session.state === 'cancelled') throw refusals.not_planned({ state: session.state })
  if (session.confirmedBy !== null) throw refusals.confirmed()
  if (session.onDate > todayOf(ctx.now)) throw refusals.not_on_day({ onDate: session.onDate })
  const seats = new Set((await q.seatsOf(ctx.db, learner.tenantId, group.id)).map(({ memberId }) => memberId))
  const known = new Set([...seats, ...(session.present ?? [])])
  if (!body.presentIds.every((id) => known.has(id))) throw refusals.not_in_group.at('/body/presentIds')
  const files = []
  for (const fileId of body.fileIds) {
    const place = { orgId: group.unitId, orgPath: group.orgPath, readPermission: 'learning.read' } as const
    const there = session.files.find(({ id }) => id === fileId)
    const file = there ?? (await attachFile(ctx, fileId, { kind: 'study_session', id: session.id, ...place }))
    files.push({ id: file.id, name: file.name })
  }
  const written = {
    state: 'held',
    minutes: body.minutes.trim(),
    present: body.presentIds,
    files: JSON.stringify(files),
    length_minutes: body.lengthMinutes,
    written_by: learner.name,
    written_by_id: learner.personId,
  } as const
  await sessions.setSession(ctx.db, learner.tenantId, session.id, written, ctx.now)
  await endMinutesClocks(ctx, [session.id], 'done')
  const payload = { topic: session.topic, present: body.presentIds.length }
  await publish(ctx, 'study.minutes_written', groupSubject(group), payload)
  return { id: session.id, state: 'held' }
}

export async function feedback(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof giveStudyFeedback>,
): Promise<Reply<typeof giveStudyFeedback>> {
  const learner = await demandLearner(ctx)
  const { tenantId, personId } = learner
  const session = await sessions.lockSession(ctx.db, tenantId, params.id)
  const group = session && (await q.findOwnGroup(ctx.db, learner, session.groupId))
  if (!session || !group) throw refusals.not_found()
  if (session.state !== 'held') throw refusals.not_planned({ state: session.state })
  const to = (await q.seatsOf(ctx.db, tenantId, group.id)).find(({ memberId }) => memberId === body.toMemberId)
  if (!to) throw refusals.not_in_group.at('/body/toMemberId')
  if (to.personId === personId) throw refusals.to_self.at('/body/toMemberId')
  const id = newId(ctx)
  const said = { id, groupId: group.id, sessionId: session.id, to, body: body.body.trim() }
  await sessions.insertFeedback(ctx.db, learner, said, ctx.now)
  // Who of the group it is for stands nowhere but between the two.
  await publish(ctx, 'study.feedback_given', groupSubject(group), { groupId: group.id })
  return { id }
}

export async function seeFeedback(
  ctx: Ctx<Tx>,
  { params }: Input<typeof seeStudyFeedback>,
): Promise<Reply<typeof seeStudyFeedback>> {
  const learner = await demandLearner(ctx)
  const group = await q.findOwnGroup(ctx.db, learner, params.id)
  if (!group) throw refusals.not_found()
  await sessions.setFeedbackRead(ctx.db, learner, group.id, ctx.now)
  return {}
}
