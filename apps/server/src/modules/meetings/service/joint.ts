import {
  type answerJoint,
  type askJoint,
  type Input,
  type JointRow,
  type listJointAsked,
  type listJointOf,
  type Reply,
  meetingsRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { widened } from '../../../platform/widened.ts'
import { unitNameOf } from '../../org/index.ts'
import { MOST_CALLED, partOf } from '../meetings.policy.ts'
import * as people from '../queries/attendees.queries.ts'
import { lockMeetingAnywhere } from '../queries/filed.queries.ts'
import * as q from '../queries/joint.queries.ts'
import * as meetings from '../queries/meetings.queries.ts'
import { locked } from './locked.ts'

const rootOf = (path: string): string => path.split('.')[0] ?? path

function rowOf({ hostPath: _, orgPath: __, startsAt, ...row }: q.Joint): JointRow {
  return { ...row, startsAt: startsAt.toISOString() }
}

/** Asks another branch, by its name, to hold the meeting together. Only branches are found, nothing of them is told. */
export async function ask(ctx: Ctx<Tx>, { params, body }: Input<typeof askJoint>): Promise<Reply<typeof askJoint>> {
  const meeting = await locked(ctx, params.id)
  if (meeting.state !== 'planned' && meeting.state !== 'noticed') throw refusals.wrong_state({ state: meeting.state })
  const { tenantId } = ctx.actor
  const name = body.orgName.trim()
  const branch = await widened(ctx, rootOf(meeting.orgPath), () => q.branchByName(ctx.db, tenantId, name))
  if (!branch || branch.id === meeting.orgId) throw refusals.no_such_branch.at('/body/orgName', { name })
  const id = newId(ctx)
  const asked = await q.insertJoint(ctx.db, tenantId, {
    id,
    meetingId: meeting.id,
    title: meeting.title,
    startsAt: meeting.startsAt,
    place: meeting.place,
    hostName: await unitNameOf(ctx.db, tenantId, meeting.orgId),
    hostPath: meeting.orgPath,
    orgId: branch.id,
    orgPath: branch.path,
    orgName: branch.name,
    at: ctx.now,
  })
  if (!asked) throw refusals.joint_asked({ name: branch.name })
  // Told where it is to be answered, so that the other branch hears of it.
  await publish(ctx, 'meetings.joint_asked', { kind: 'joint_meeting', id, orgPath: branch.path }, { orgId: branch.id })
  return { id, orgId: branch.id }
}

export async function listOf(ctx: Ctx, { params }: Input<typeof listJointOf>): Promise<Reply<typeof listJointOf>> {
  const meeting = await meetings.findMeeting(ctx.db, ctx.actor, params.id)
  if (!meeting) throw refusals.not_found()
  return { rows: (await q.jointOf(ctx.db, ctx.actor.tenantId, meeting.id)).map(rowOf) }
}

export async function listAsked(
  ctx: Ctx,
  { query }: Input<typeof listJointAsked>,
): Promise<Reply<typeof listJointAsked>> {
  const keyset = keysetOf(query, { startsAt: 'j.starts_at' }, '-startsAt')
  const found = await q.listAsked(ctx.db, ctx.actor, query.state ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.startsAt.toISOString(), id: row.id }))
  return { rows: rows.map(rowOf), next, total: null }
}

/** Accepting lets the host call the members of this branch; who is called already when the notice went out, is called now. */
export async function answer(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof answerJoint>,
): Promise<Reply<typeof answerJoint>> {
  const one = await q.lockJoint(ctx.db, ctx.actor, params.id)
  if (!one) throw refusals.no_such_joint()
  if (one.state !== 'asked') throw refusals.joint_answered({ state: one.state })
  const reason = body.reason?.trim() || null
  if (!body.isAccepted && reason === null) throw refusals.note_missing.at('/body/reason')
  const { tenantId, personName } = ctx.actor
  const state = body.isAccepted ? ('accepted' as const) : ('declined' as const)
  const guests = body.isAccepted ? await jointMembers(ctx, [{ ...one, state }]) : []
  const called = await widened(ctx, rootOf(one.hostPath), async () => {
    const meeting = await lockMeetingAnywhere(ctx.db, tenantId, one.meetingId)
    if (!meeting) throw refusals.no_such_joint()
    // What nobody can come to any more is declined at any time, so that the question does not stay open for ever.
    const isOpen = meeting.state === 'planned' || meeting.state === 'noticed'
    if (body.isAccepted && !isOpen) throw refusals.wrong_state({ state: meeting.state })
    await q.setAnswered(ctx.db, tenantId, one.id, {
      state,
      answer: reason,
      answered_by: personName,
      answered_at: ctx.now,
    })
    if (meeting.state === 'noticed' && guests.length > 0)
      await people.addAttendees(ctx.db, tenantId, meeting, guests, ctx.now)
    return guests.length
  })
  const told = { meetingId: one.meetingId, orgId: one.orgId, isAccepted: body.isAccepted, called }
  await publish(
    ctx,
    'meetings.joint_answered',
    { kind: 'joint_meeting', id: one.id, orgPath: one.hostPath },
    told,
    reason === null ? {} : { reason },
  )
  return { state, called }
}

/** Members of the branches that accepted: they come, are counted, and have no vote in the branch that hosts. */
export async function jointMembers(
  ctx: Ctx<Tx>,
  joint: readonly Pick<q.Joint, 'orgPath' | 'state'>[],
): Promise<people.NewAttendee[]> {
  const guests: people.NewAttendee[] = []
  for (const { orgPath, state } of joint) {
    if (state !== 'accepted') continue
    const cards = await widened(ctx, orgPath, (wide) =>
      people.membersOf(ctx.db, { tenantId: ctx.actor.tenantId, ...wide }, orgPath, MOST_CALLED),
    )
    for (const card of cards) if (partOf(card, false)) guests.push({ ...card, part: 'nonvoter', leftOutReason: null })
  }
  return guests
}
