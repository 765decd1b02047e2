import {
  type decideStudy,
  type Input,
  type Reply,
  type readOwnStudy,
  type readStudy,
  meetingsRefusals as refusals,
  type StudyRow,
  type setStudy,
  type submitStudy,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import { findCalledMeeting, findMeeting, type Meeting } from '../queries/meetings.queries.ts'
import * as q from '../queries/study.queries.ts'
import { locked, subjectOf } from './locked.ts'

const OVER: readonly Meeting['state'][] = ['record_pending', 'awaiting_signatures', 'archived']
const keyOf = (meetingId: string, memberId: string) => `meetings.study/${meetingId}/${memberId}`

function rowOf(one: q.Study): StudyRow {
  return {
    memberId: one.memberId,
    name: one.name,
    state: one.state ?? 'open',
    way: one.way,
    answers: one.answers ?? [],
    submittedAt: one.submittedAt?.toISOString() ?? null,
    decidedBy: one.decidedBy,
    note: one.note,
  }
}

const remind = (ctx: Ctx<Tx>, meeting: Meeting, dueOn: string, absent: readonly q.Study[]): Promise<void> =>
  setDeadlines(
    ctx,
    absent.map((one) => ({
      key: keyOf(meeting.id, one.memberId),
      kind: 'meetings.study',
      params: { meeting: meeting.title },
      unit: { id: meeting.orgId, path: meeting.orgPath },
      permission: null,
      personId: one.personId,
      startsOn: todayOf(ctx.now),
      yellowOn: addDays(dueOn, -2) < todayOf(ctx.now) ? todayOf(ctx.now) : addDays(dueOn, -2),
      dueOn,
      remind: [2, 0],
      deskPath: null,
      phonePath: `/meetings/${meeting.id}/study`,
    })),
  )

/** Sets the three questions; everyone who was absent and has not made up for it is reminded until the day. */
export async function set(ctx: Ctx<Tx>, { params, body }: Input<typeof setStudy>): Promise<Reply<typeof setStudy>> {
  const meeting = await locked(ctx, params.id)
  if (!OVER.includes(meeting.state)) throw refusals.not_over({ state: meeting.state })
  if (body.dueOn < todayOf(ctx.now)) throw refusals.study_closed.at('/body/dueOn', { dueOn: body.dueOn })
  const { tenantId } = ctx.actor
  const sheet = { questions: body.questions.map((one) => one.trim()), dueOn: body.dueOn }
  // Answers stay with the questions that they answer.
  const before = await q.sheetOf(ctx.db, tenantId, meeting.id)
  const isOther = before !== null && JSON.stringify(before.questions) !== JSON.stringify(sheet.questions)
  if (isOther && (await q.hasAnswers(ctx.db, tenantId, meeting.id))) throw refusals.study_answered.at('/body/questions')
  await q.setSheet(ctx.db, tenantId, meeting, sheet, ctx.now)
  const absent = await q.absentOf(ctx.db, tenantId, meeting.id)
  await remind(
    ctx,
    meeting,
    body.dueOn,
    absent.filter(({ state }) => state === null || state === 'returned'),
  )
  await publish(ctx, 'meetings.study_set', subjectOf(meeting), { dueOn: body.dueOn, absent: absent.length })
  return { absent: absent.length }
}

export async function read(ctx: Ctx, { params }: Input<typeof readStudy>): Promise<Reply<typeof readStudy>> {
  const meeting = await findMeeting(ctx.db, ctx.actor, params.id)
  if (!meeting) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const isOver = OVER.includes(meeting.state)
  return {
    sheet: await q.sheetOf(ctx.db, tenantId, meeting.id),
    rows: isOver ? (await q.absentOf(ctx.db, tenantId, meeting.id)).map(rowOf) : [],
  }
}

/** Countersigns a make-up study or returns it with a note. The person stays absent: it is never presence. */
export async function decide(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof decideStudy>,
): Promise<Reply<typeof decideStudy>> {
  const meeting = await locked(ctx, params.id)
  const { tenantId, personName } = ctx.actor
  const one = await q.absentPerson(ctx.db, tenantId, meeting.id, { memberId: params.memberId })
  if (!one?.state) throw refusals.no_study()
  if (one.personId === ctx.actor.personId) throw refusals.own_study()
  const note = body.note?.trim() || null
  if (!body.isAccepted && note === null) throw refusals.note_missing.at('/body/note')
  const state = body.isAccepted ? ('countersigned' as const) : ('returned' as const)
  const decided = { state, decided_by: personName, decided_at: ctx.now, note }
  if (!(await q.setDecided(ctx.db, tenantId, meeting.id, one.memberId, decided)))
    throw refusals.study_decided({ state: one.state })
  const sheet = await q.sheetOf(ctx.db, tenantId, meeting.id)
  if (!body.isAccepted && sheet) await remind(ctx, meeting, sheet.dueOn, [one])
  const told = { memberId: one.memberId, isAccepted: body.isAccepted }
  await publish(ctx, 'meetings.study_decided', { ...subjectOf(meeting), personId: one.personId }, told)
  return { state }
}

export async function readOwn(ctx: Ctx, { params }: Input<typeof readOwnStudy>): Promise<Reply<typeof readOwnStudy>> {
  const { tenantId, personId } = ctx.actor
  const meeting = await findCalledMeeting(ctx.db, tenantId, personId, params.id)
  if (!meeting || meeting.state === 'planned') throw refusals.not_found()
  const own = OVER.includes(meeting.state)
    ? await q.absentPerson(ctx.db, tenantId, meeting.id, { personId })
    : undefined
  return { sheet: own ? await q.sheetOf(ctx.db, tenantId, meeting.id) : null, own: own ? rowOf(own) : null }
}

/** The absent person hands in how the meeting was made up for. Late is better than never: the day only reminds. */
export async function submit(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof submitStudy>,
): Promise<Reply<typeof submitStudy>> {
  const { tenantId, personId } = ctx.actor
  const meeting = await findCalledMeeting(ctx.db, tenantId, personId, params.id)
  if (!meeting || meeting.state === 'planned') throw refusals.not_found()
  const sheet = await q.sheetOf(ctx.db, tenantId, meeting.id)
  if (!sheet) throw refusals.no_study()
  const one = await q.absentPerson(ctx.db, tenantId, meeting.id, { personId })
  if (!one) throw refusals.not_absent()
  const answers = body.answers.map((text) => text.trim())
  const study = { memberId: one.memberId, personId, way: body.way, answers, at: ctx.now }
  if (!(await q.setSubmitted(ctx.db, tenantId, meeting, study)))
    throw refusals.study_decided({ state: one.state ?? '' })
  await endDeadlines(ctx, [keyOf(meeting.id, one.memberId)], 'done')
  await publish(ctx, 'meetings.study_submitted', { ...subjectOf(meeting), personId }, { memberId: one.memberId })
  return { state: 'submitted' }
}
