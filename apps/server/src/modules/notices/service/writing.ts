import {
  type changeNotice,
  type correctNotice,
  type countNoticePeople,
  type discardNotice,
  type Input,
  type NoticeBody,
  type Reply,
  type recallNotice,
  noticesRefusals as refusals,
  type relayNotice,
  type resendNotice,
  type sendNotice,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { attachFile } from '../../files/index.ts'
import { findUnit } from '../../org/index.ts'
import { RESEND_PAUSE_MS } from '../notices.policy.ts'
import { listPeople } from '../queries/audience.queries.ts'
import { callAgain } from '../queries/calls.queries.ts'
import * as chain from '../queries/chain.queries.ts'
import * as q from '../queries/circulars.queries.ts'
import { countsBelow } from '../queries/receipts.queries.ts'
import type { Target } from '../queries/targets.queries.ts'
import * as targetRows from '../queries/targets.queries.ts'
import * as texts from '../queries/texts.queries.ts'
import { countPeople } from './people.ts'
import { endClocks, letOut, type Sending, signal } from './sending.ts'
import { meantBy, resolveTargets } from './targets.ts'

type Written = Reply<typeof sendNotice>
type AskedBody = Pick<
  NoticeBody,
  'orgId' | 'level' | 'needsConfirm' | 'confirmBy' | 'answerKind' | 'choices' | 'targets' | 'sendAt' | 'isDraft'
>

export const sendingOf = (ctx: Ctx<Tx>): Sending => ({
  db: ctx.db,
  tenantId: ctx.actor.tenantId,
  now: ctx.now,
  actorId: ctx.actor.personId,
})
const subjectOf = ({ id, orgPath }: { id: string; orgPath: string }) => ({ kind: 'notice', id, orgPath })

async function issuerOf(ctx: Ctx, orgId: string) {
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit || unit.dissolvedOn !== null) throw refusals.no_such_org.at('/body/orgId')
  return unit
}

/** What is asked, whom, and how many that are. A draft may be unfinished: it is judged when it leaves. */
async function judged(ctx: Ctx<Tx>, body: AskedBody) {
  const unit = await issuerOf(ctx, body.orgId)
  const [confirmBy, sendAt] = [body.confirmBy, body.sendAt].map((at) => (at ? new Date(at) : null)) as [Date?, Date?]
  const isDraft = body.isDraft ?? false
  if (!isDraft && sendAt && sendAt <= ctx.now) throw refusals.send_at_past.at('/body/sendAt')
  if (!isDraft && confirmBy && confirmBy <= (sendAt ?? ctx.now)) throw refusals.confirm_by_past.at('/body/confirmBy')
  const isChoice = body.answerKind === 'choice'
  if (isChoice && body.choices.length < 2) throw refusals.choices_missing.at('/body/choices')
  const targets = await resolveTargets(ctx, unit, body.targets)
  const meant = await meantBy(ctx.db, ctx.actor.tenantId, targets)
  const people = await countPeople(ctx.db, meant)
  // Totals are kept beside the records: before anybody is refused, the records themselves are asked.
  if (!isDraft && people === 0 && (await listPeople(ctx.db, meant, { after: null, limit: 1 }, null)).length === 0)
    throw refusals.nobody_there.at('/body/targets')
  const state = isDraft ? 'draft' : sendAt ? 'scheduled' : 'sent'
  const { personId, personName } = ctx.actor
  const asked: q.Asked = {
    state,
    level: body.level,
    needsConfirm: body.needsConfirm,
    confirmBy: (body.needsConfirm ? confirmBy : null) ?? null,
    answerKind: body.answerKind,
    choices: isChoice ? body.choices.map((one) => one.trim()) : [],
    sendAt: sendAt ?? null,
    people,
    by: { id: personId, name: personName },
  }
  return { unit, targets, asked }
}
type Judged = Awaited<ReturnType<typeof judged>>

/** Keeps the rows of the audience, and lets the notice out unless it waits. */
async function settle(ctx: Ctx<Tx>, notice: { id: string; title: string }, { unit, targets, asked }: Judged) {
  const { tenantId } = ctx.actor
  const circular = { ...notice, orgPath: unit.path, ...asked }
  const rows = targets.map((one) => ({ ...one, id: newId(ctx) }))
  await targetRows.insertTargets(ctx.db, tenantId, { ...circular, sentAt: null }, rows)
  if (asked.state === 'sent') {
    await letOut(sendingOf(ctx), circular, targets)
    const { title, level, people } = circular
    await publish(ctx, 'notices.sent', subjectOf(circular), { title, level, people })
  } else await publish(ctx, 'notices.written', subjectOf(circular), { title: notice.title, state: asked.state })
  return { id: notice.id, state: asked.state, people: asked.people }
}

async function attach(
  ctx: Ctx<Tx>,
  circular: { id: string },
  unit: Judged['unit'],
  ids: readonly string[],
  kept: readonly { id: string; name: string }[],
) {
  const files: { id: string; name: string }[] = []
  for (const id of ids) {
    const before = kept.find((file) => file.id === id)
    const subject = {
      kind: 'notices_circular',
      id: circular.id,
      orgId: unit.id,
      orgPath: unit.path,
      readPermission: 'notices.send',
    } as const
    files.push(before ?? (await attachFile(ctx, id, subject)))
  }
  await texts.insertFiles(ctx.db, ctx.actor.tenantId, { id: circular.id, orgPath: unit.path }, files)
}

export async function count(
  ctx: Ctx<Tx>,
  { body }: Input<typeof countNoticePeople>,
): Promise<Reply<typeof countNoticePeople>> {
  const targets = await resolveTargets(ctx, await issuerOf(ctx, body.orgId), body.targets)
  return { people: await countPeople(ctx.db, await meantBy(ctx.db, ctx.actor.tenantId, targets)) }
}

export async function send(ctx: Ctx<Tx>, { body }: Input<typeof sendNotice>): Promise<Written> {
  const ready = await judged(ctx, body)
  const { unit, asked } = ready
  const circular = { id: newId(ctx), title: body.title.trim(), body: body.body.trim() }
  const place = { unitId: unit.id, orgPath: unit.path, unitName: unit.name }
  const first = { preface: null, parentId: null, originId: null, version: 1 }
  await q.insertCircular(ctx.db, ctx.actor.tenantId, { ...circular, ...place, ...first, asked }, ctx.now)
  await attach(ctx, circular, unit, body.fileIds, [])
  return settle(ctx, circular, ready)
}

/** One that has not left yet. @throws Refusal `notices.not_found`, `notices.not_a_draft` */
async function waiting(ctx: Ctx<Tx>, id: string): Promise<q.Circular> {
  const circular = await q.lockOwn(ctx.db, ctx.actor, id)
  if (!circular) throw refusals.not_found()
  if (circular.state !== 'draft' && circular.state !== 'scheduled') throw refusals.not_a_draft()
  return circular
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeNotice>): Promise<Written> {
  const { tenantId } = ctx.actor
  const circular = await waiting(ctx, params.id)
  if (circular.originId !== null) throw refusals.text_from_above()
  const ready = await judged(ctx, body)
  const { unit, asked } = ready
  const kept = await texts.filesOf(ctx.db, tenantId, circular.id)
  await targetRows.deleteTargets(ctx.db, tenantId, circular.id)
  await texts.deleteFiles(ctx.db, tenantId, circular.id)
  const anew = { id: circular.id, title: body.title.trim(), body: body.body.trim() }
  const place = { unitId: unit.id, orgPath: unit.path, unitName: unit.name }
  await q.rewriteCircular(ctx.db, tenantId, circular.id, { ...anew, ...place, asked }, ctx.now)
  await attach(ctx, circular, unit, body.fileIds, kept)
  return settle(ctx, anew, ready)
}

export async function discard(
  ctx: Ctx<Tx>,
  { params }: Input<typeof discardNotice>,
): Promise<Reply<typeof discardNotice>> {
  const { tenantId } = ctx.actor
  const circular = await waiting(ctx, params.id)
  await targetRows.deleteTargets(ctx.db, tenantId, circular.id)
  await texts.deleteFiles(ctx.db, tenantId, circular.id)
  await q.deleteCircular(ctx.db, tenantId, circular.id)
  await publish(ctx, 'notices.discarded', subjectOf(circular), { title: circular.title })
  return { id: circular.id }
}

/** The superior's text stays where it is and is read from there; the unit adds its preface and asks its own people. */
export async function relay(ctx: Ctx<Tx>, { params, body }: Input<typeof relayNotice>): Promise<Written> {
  const { tenantId } = ctx.actor
  const parent = await q.findFromAbove(ctx.db, ctx.actor, params.id)
  if (!parent) throw refusals.not_for_here()
  if (parent.state === 'recalled') throw refusals.recalled_already()
  const ready = await judged(ctx, body)
  const { unit, asked } = ready
  const originId = parent.originId ?? parent.id
  const circular = { id: newId(ctx), title: parent.title, body: '', preface: body.preface.trim() }
  const place = { unitId: unit.id, orgPath: unit.path, unitName: unit.name }
  const from = { parentId: parent.id, originId, version: parent.version }
  await q.insertCircular(ctx.db, tenantId, { ...circular, ...place, ...from, asked }, ctx.now)
  return settle(ctx, circular, ready)
}

async function standing(ctx: Ctx<Tx>, id: string): Promise<q.Circular> {
  const circular = await q.lockOwn(ctx.db, ctx.actor, id)
  if (!circular) throw refusals.not_found()
  if (circular.state === 'recalled') throw refusals.recalled_already()
  if (circular.state !== 'sent') throw refusals.not_sent()
  return circular
}

export async function correct(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof correctNotice>,
): Promise<Reply<typeof correctNotice>> {
  const { tenantId, personName } = ctx.actor
  const circular = await standing(ctx, params.id)
  if (circular.originId !== null) throw refusals.text_from_above()
  const [title, text, note] = [body.title.trim(), body.body.trim(), body.note.trim()]
  if (title === circular.title && text === circular.body) throw refusals.text_unchanged.at('/body/body')
  const asksAgain = body.asksAgain && circular.needsConfirm
  const old = { version: circular.version, title: circular.title, body: circular.body }
  await texts.insertCorrection(ctx.db, tenantId, circular, { ...old, note, asksAgain, by: personName, at: ctx.now })
  const version = circular.version + 1
  await q.setCircular(ctx.db, tenantId, circular.id, { body: text })
  await chain.setVersion(ctx.db, tenantId, circular.id, { version, title, asksAgain, at: ctx.now })
  await signal(sendingOf(ctx), circular, await targetRows.targetsOf(ctx.db, tenantId, circular.id))
  await callAgain(ctx.db, tenantId, circular.id)
  await publish(ctx, 'notices.corrected', subjectOf(circular), { title, version, asksAgain })
  return { id: circular.id, version }
}

export async function recall(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof recallNotice>,
): Promise<Reply<typeof recallNotice>> {
  const { tenantId } = ctx.actor
  const circular = await standing(ctx, params.id)
  const reason = body.reason.trim()
  const ids = await chain.setRecalled(ctx.db, tenantId, circular.id, { reason, at: ctx.now })
  await endClocks(sendingOf(ctx), ids, 'void')
  await signal(sendingOf(ctx), circular, await targetRows.targetsOf(ctx.db, tenantId, circular.id))
  await publish(ctx, 'notices.recalled', subjectOf(circular), { title: circular.title }, { reason })
  return { id: circular.id, state: 'recalled' }
}

/** What somebody still owes to a circular. */
export const owedTo = ({ id, version, needsConfirm, confirmVersion }: q.Circular) => ({
  id,
  version,
  confirmVersion: needsConfirm ? confirmVersion : null,
})

const MOST_LISTED = 500
/** From how many people the receipt is missing: up to 500 exactly, beyond from the counts that units keep. */
async function countMissing(ctx: Ctx<Tx>, circular: q.Circular, targets: readonly Target[]): Promise<number> {
  const { tenantId } = ctx.actor
  const meant = await meantBy(ctx.db, tenantId, targets)
  const page = { after: null, limit: MOST_LISTED + 1 }
  const { length } = await listPeople(ctx.db, meant, page, owedTo(circular))
  if (length <= MOST_LISTED) return length
  const unit = { id: circular.unitId, path: circular.orgPath }
  const done = (await countsBelow(ctx.db, tenantId, circular.id, [unit])).get(unit.id)
  const received = (circular.needsConfirm ? done?.confirmed : done?.read) ?? 0
  return Math.max(length, circular.people - received)
}

export async function resend(
  ctx: Ctx<Tx>,
  { params }: Input<typeof resendNotice>,
): Promise<Reply<typeof resendNotice>> {
  const { tenantId } = ctx.actor
  const circular = await standing(ctx, params.id)
  const targets = await targetRows.targetsOf(ctx.db, tenantId, circular.id)
  const people = await countMissing(ctx, circular, targets)
  if (people === 0) throw refusals.nobody_missing()
  const since = circular.resentAt ?? null
  if (since && ctx.now.getTime() - since.getTime() < RESEND_PAUSE_MS)
    throw refusals.resent_just_now({ minutes: RESEND_PAUSE_MS / 60_000 })
  await q.setCircular(ctx.db, tenantId, circular.id, { resent_at: ctx.now, updated_at: ctx.now })
  await signal(sendingOf(ctx), circular, targets)
  await callAgain(ctx.db, tenantId, circular.id)
  await publish(ctx, 'notices.resent', subjectOf(circular), { people })
  return { people }
}
