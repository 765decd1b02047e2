import {
  type addLecturer,
  type endLecturer,
  type Input,
  type listLecturers,
  type OfferFacts,
  type offerLecturing,
  type Reply,
  type readMyLecturing,
  topicsRefusals as refusals,
  type reviewLecturer,
  type setLecturingSlots,
} from '@tongxin/contract'
import { isDayOf } from '@tongxin/domain/topics/lesson'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { attachFile } from '../../files/index.ts'
import { findUnit, unitNameOf } from '../../org/index.ts'
import * as q from '../queries/lecturers.queries.ts'
import { proposalsForPerson } from '../queries/proposals.queries.ts'
import * as slotted from '../queries/slots.queries.ts'
import { tagsInUse } from '../queries/wishes.queries.ts'
import { type OwnPerson, ownPerson } from './own.ts'
import { declineAll } from './proposals.ts'
import { lecturerShown, mayReview, proposalShown } from './shown.ts'

type Changed = { id: string; state: string }
const subjectOf = (one: Pick<q.Lecturer, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'lecturer',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

export async function list(ctx: Ctx, { query }: Input<typeof listLecturers>): Promise<Reply<typeof listLecturers>> {
  const keyset = keysetOf(query, { name: 'l.name', submittedAt: 'l.submitted_at' }, 'name')
  const filter = {
    state: query.state ?? null,
    tag: query.tag ?? null,
    outside: query.outside ?? null,
    text: query.text ?? null,
  }
  const found = await q.listLecturers(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'l.name' ? row.name : row.submittedAt.toISOString(),
    id: row.id,
  }))
  const ids = rows.map(({ id }) => id)
  const slots = await slotted.slotsOf(ctx.db, ctx.actor.tenantId, ids, todayOf(ctx.now))
  return { rows: rows.map((row) => lecturerShown(ctx.actor, row, slots)), next, total: null }
}

export async function readOwn(ctx: Ctx): Promise<Reply<typeof readMyLecturing>> {
  const { tenantId, personId } = await ownPerson(ctx)
  const one = await q.ownLecturer(ctx.db, tenantId, personId)
  const slots = one ? await slotted.slotsOf(ctx.db, tenantId, [one.id], todayOf(ctx.now)) : []
  const proposals = await proposalsForPerson(ctx.db, tenantId, personId)
  return {
    offer: one ? lecturerShown(ctx.actor, one, slots) : null,
    proposals: proposals.map(proposalShown),
    tags: await tagsInUse(ctx.db, tenantId),
  }
}

/** Times are in the future, on a day of their part, and named once. */
function demandSlots(ctx: Ctx<Tx>, slots: OfferFacts['slots']): void {
  const today = todayOf(ctx.now)
  const seen = new Set<string>()
  slots.forEach(({ onDate, part }, at) => {
    if (onDate <= today) throw refusals.dates_wrong.at(`/body/slots/${at}/onDate`)
    if (!isDayOf(onDate, part)) throw refusals.day_not_of_part.at(`/body/slots/${at}/part`)
    if (seen.has(`${onDate}/${part}`)) throw refusals.slot_doubled.at(`/body/slots/${at}`)
    seen.add(`${onDate}/${part}`)
  })
}

type Placed = Pick<q.Lecturer, 'id' | 'orgPath' | 'unitId' | 'sampleFileId'>
async function keepSample(ctx: Ctx<Tx>, one: Placed, fileId: string | undefined): Promise<void> {
  if (fileId === undefined || fileId === one.sampleFileId) return
  const { unitId, orgPath, id } = one
  const about = { kind: 'topics_lecturer', id, orgId: unitId, orgPath, readPermission: 'learning.read' } as const
  const file = await attachFile(ctx, fileId, about)
  const change = { sample_file_id: file.id, sample_file_name: file.name }
  await q.setLecturer(ctx.db, ctx.actor.tenantId, id, change, ctx.now)
}

async function offered(ctx: Ctx<Tx>, person: OwnPerson, offer: OfferFacts): Promise<q.Lecturer> {
  const { tenantId, personId, memberId, name, unitId, orgPath } = person
  const before = await q.ownLecturer(ctx.db, tenantId, personId)
  const by = { submittedBy: personId, submittedName: name }
  if (before) await q.resubmit(ctx.db, tenantId, { id: before.id, ...by }, offer, ctx.now)
  else {
    const unitName = (await unitNameOf(ctx.db, tenantId, unitId)) ?? ''
    const fresh = { id: newId(ctx), personId, memberId, unitId, orgPath, unitName, name, employer: null, ...by }
    await q.insertLecturer(ctx.db, tenantId, fresh, offer, ctx.now)
  }
  return (await q.ownLecturer(ctx.db, tenantId, personId)) as q.Lecturer
}

export async function offer(ctx: Ctx<Tx>, { body }: Input<typeof offerLecturing>): Promise<Changed> {
  const person = await ownPerson(ctx)
  demandSlots(ctx, body.slots)
  const one = await offered(ctx, person, body)
  await keepSample(ctx, one, body.sampleFileId)
  await slotted.setSlots(ctx.db, person.tenantId, one, body.slots, { now: ctx.now, today: todayOf(ctx.now) })
  await publish(ctx, 'topics.lecturer_offered', subjectOf(one), { name: one.name, isOutside: false })
  return { id: one.id, state: 'submitted' }
}

export async function setSlots(ctx: Ctx<Tx>, { body }: Input<typeof setLecturingSlots>): Promise<Changed> {
  const { tenantId, personId } = await ownPerson(ctx)
  const one = await q.ownLecturer(ctx.db, tenantId, personId)
  if (!one) throw refusals.lecturer_not_found()
  demandSlots(ctx, body.slots)
  await slotted.setSlots(ctx.db, tenantId, one, body.slots, { now: ctx.now, today: todayOf(ctx.now) })
  await publish(ctx, 'topics.slots_set', subjectOf(one), { slots: body.slots.length })
  return { id: one.id, state: one.state }
}

/** The reason on record where the lecturer ended the own offer. */
const ENDED = '讲师已停止授课'

export async function endOwn(ctx: Ctx<Tx>): Promise<Changed> {
  const { tenantId, personId } = await ownPerson(ctx)
  const one = await q.ownLecturer(ctx.db, tenantId, personId)
  if (!one || one.state === 'ended') throw refusals.lecturer_not_found()
  await q.setLecturer(ctx.db, tenantId, one.id, { state: 'ended' }, ctx.now)
  await declineAll(ctx, one.id, ENDED)
  await publish(ctx, 'topics.lecturer_ended', subjectOf(one), { name: one.name })
  return { id: one.id, state: 'ended' }
}

/** A lecturer from outside, named by a post; who named does not review. */
export async function add(ctx: Ctx<Tx>, { body }: Input<typeof addLecturer>): Promise<Changed> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  demandSlots(ctx, body.slots)
  const { tenantId, personId, personName } = ctx.actor
  const one = {
    id: newId(ctx),
    personId: null,
    memberId: null,
    unitId: unit.id,
    orgPath: unit.path,
    unitName: unit.name,
    name: body.name.trim(),
    employer: body.employer.trim(),
    submittedBy: personId,
    submittedName: personName,
  }
  await q.insertLecturer(ctx.db, tenantId, one, body, ctx.now)
  await keepSample(ctx, { ...one, sampleFileId: null }, body.sampleFileId)
  await slotted.setSlots(ctx.db, tenantId, one, body.slots, { now: ctx.now, today: todayOf(ctx.now) })
  await publish(ctx, 'topics.lecturer_offered', subjectOf(one), { name: one.name, isOutside: true })
  return { id: one.id, state: 'submitted' }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Lecturer> {
  const one = ctx.actor.reach === 'self' ? undefined : await q.lockLecturer(ctx.db, ctx.actor, id)
  if (!one) throw refusals.lecturer_not_found()
  return one
}

export async function review(ctx: Ctx<Tx>, { params, body }: Input<typeof reviewLecturer>): Promise<Changed> {
  const one = await locked(ctx, params.id)
  if (one.state !== 'submitted') throw refusals.lecturer_decided({ state: one.state })
  if (!mayReview(ctx.actor, one)) throw refusals.own_matter()
  const reason = body.reason?.trim() ?? null
  if (!body.isApproved && reason === null) throw refusals.reason_missing.at('/body/reason')
  const state = body.isApproved ? 'approved' : 'returned'
  const { tenantId, personId, personName } = ctx.actor
  const change = { state, reason, reviewed_by: personId, reviewed_name: personName } as const
  await q.setLecturer(ctx.db, tenantId, one.id, change, ctx.now)
  const payload = { name: one.name, approved: body.isApproved }
  await publish(ctx, 'topics.lecturer_reviewed', subjectOf(one), payload, reason === null ? {} : { reason })
  return { id: one.id, state }
}

export async function end(ctx: Ctx<Tx>, { params, body }: Input<typeof endLecturer>): Promise<Changed> {
  const one = await locked(ctx, params.id)
  if (one.state === 'ended') throw refusals.lecturer_decided({ state: one.state })
  const reason = body.reason.trim()
  await q.setLecturer(ctx.db, ctx.actor.tenantId, one.id, { state: 'ended', reason }, ctx.now)
  await declineAll(ctx, one.id, reason)
  await publish(ctx, 'topics.lecturer_ended', subjectOf(one), { name: one.name }, { reason })
  return { id: one.id, state: 'ended' }
}
