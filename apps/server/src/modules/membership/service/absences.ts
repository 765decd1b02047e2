import {
  type AbsenceRecord,
  type AbsenceRow,
  type changeAbsence,
  type confirmAbsence,
  type endAbsence,
  type Input,
  type listAbsences,
  type noteContact,
  type Reply,
  type readAbsence,
  membershipRefusals as refusals,
  type reportAbsence,
} from '@tongxin/contract'
import { lampOn } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { widened } from '../../../platform/widened.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import { parametersOf } from '../../settings/index.ts'
import { contactDue, removalRule, restoreRule, stopRule, untriedWays } from '../membership.policy.ts'
import * as q from '../queries/absences.queries.ts'
import { memberCard } from '../queries/cards.queries.ts'
import { standingStop } from '../queries/decisions.queries.ts'
import { endClocks, setClocks, yellowBefore } from './clocks.ts'

const LIVING = new Set(['normal', 'suspended', 'retained', 'restored'])

export const subjectOf = (absence: Pick<q.Absence, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'absence',
  id: absence.id,
  orgPath: absence.orgPath,
  personId: absence.personId,
})

export const isHome = (actor: Actor, absence: q.Absence): boolean => reaches(actor, absence.orgPath)

export function rowOf(actor: Actor, absence: q.Absence, today: string): AbsenceRow {
  const { contactDueOn } = absence
  return {
    id: absence.id,
    kind: absence.kind,
    state: absence.state,
    memberId: absence.memberId,
    name: absence.name,
    orgId: absence.unitId,
    orgName: absence.unitName,
    toOrgId: absence.hostId,
    toOrgName: absence.hostName,
    confirmedAt: absence.confirmedAt?.toISOString() ?? null,
    side: isHome(actor, absence) ? 'home' : 'host',
    startedOn: absence.startedOn,
    endedOn: absence.endedOn,
    end: absence.end,
    facts: absence.facts,
    lastContactOn: absence.lastContactOn,
    contactDueOn,
    lamp: contactDueOn === null ? null : lampOn({ yellowOn: yellowBefore(contactDueOn), dueOn: contactDueOn }, today),
    version: absence.version,
  }
}

/** The filter of list and export; the place is the caller's own, or a unit below it. */
export async function filterOf(
  ctx: Ctx | Ctx<Tx>,
  asked: Omit<Input<typeof listAbsences>['query'], 'cursor' | 'limit' | 'sort'>,
): Promise<q.AbsenceFilter> {
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : undefined
  if (asked.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  return {
    place: unit?.path ?? ctx.actor.scope,
    kind: asked.kind ?? null,
    state: asked.state ?? null,
    memberId: asked.memberId ?? null,
    overdueOn: asked.overdue ? todayOf(ctx.now) : null,
    text: asked.text ?? null,
  }
}

const SORTS = { startedOn: 'a.started_on', contactDueOn: 'a.contact_due_on', name: 'a.name' } as const

export async function list(ctx: Ctx, { query }: Input<typeof listAbsences>): Promise<Reply<typeof listAbsences>> {
  const keyset = keysetOf(query, SORTS, '-startedOn')
  const found = await q.listAbsences(ctx.db, ctx.actor, await filterOf(ctx, query), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value:
      { 'a.started_on': row.startedOn, 'a.contact_due_on': row.contactDueOn, 'a.name': row.name }[keyset.column] ??
      null,
    id: row.id,
  }))
  return { rows: rows.map((row) => rowOf(ctx.actor, row, todayOf(ctx.now))), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readAbsence>): Promise<AbsenceRecord> {
  const absence = await q.findAbsence(ctx.db, ctx.actor, params.id)
  if (!absence) throw refusals.not_found()
  const home = isHome(ctx.actor, absence)
  const contacts = home ? await q.contactsOf(ctx.db, ctx.actor.tenantId, absence.id) : []
  const names = await personNamesOf(
    ctx.db,
    contacts.map(({ byId }) => byId),
  )
  const open = absence.state === 'open'
  const mayWrite = ctx.actor.permissions.has('membership.write')
  return {
    ...rowOf(ctx.actor, absence, todayOf(ctx.now)),
    contacts: contacts.map(({ byId, ...contact }) => ({ ...contact, by: names.get(byId) ?? null })),
    untried: absence.kind === 'lost' && open ? untriedWays(contacts) : [],
    proposals: home ? await proposalsOf(ctx, absence, contacts) : [],
    can: {
      change: home && open && mayWrite,
      end: home && open && mayWrite,
      contact: home && open && mayWrite,
      confirm: open && mayWrite && absence.confirmedAt === null && isHost(ctx.actor, absence),
    },
  }
}

const isHost = (actor: Actor, absence: q.Absence): boolean =>
  absence.hostPath !== null && reaches(actor, absence.hostPath)

async function proposalsOf(
  ctx: Ctx,
  absence: q.Absence,
  contacts: readonly q.Contact[],
): Promise<AbsenceRecord['proposals']> {
  const { db, actor } = ctx
  const card = await memberCard(db, actor, absence.memberId)
  if (!card) return []
  const [parameters, today] = [await parametersOf(db, actor.tenantId, absence.orgPath), todayOf(ctx.now)]
  if (card.status === 'suspended') {
    const stop = await standingStop(db, actor.tenantId, card.id)
    const isReachable = absence.state === 'ended' || reachedAfter(contacts, stop?.effectiveOn ?? null)
    return [
      ...(stop?.effectiveOn
        ? [{ kind: 'removal' as const, rule: removalRule({ on: stop.effectiveOn, isReachable }, today, parameters) }]
        : []),
      { kind: 'restore', rule: restoreRule(card.status) },
    ]
  }
  const rule = absence.state === 'open' ? stopRule(stateOf(absence, contacts), today, parameters) : null
  return rule ? [{ kind: 'stop', rule }] : []
}

const reachedAfter = (contacts: readonly q.Contact[], day: string | null): boolean =>
  contacts.some(({ reached, on }) => reached && (day === null || on > day))

export const stateOf = (absence: q.Absence, contacts: readonly q.Contact[]) => ({
  kind: absence.kind,
  startedOn: absence.startedOn,
  purpose: absence.facts.purpose ?? null,
  untried: untriedWays(contacts),
  reachedSince: contacts.some(({ reached, on }) => reached && on > absence.startedOn),
})

/** A day that is not in the future. */
export function demandPast(ctx: Pick<Ctx, 'now'>, day: string, field: string): void {
  if (day > todayOf(ctx.now)) throw refusals.in_future.at(field)
}

export async function report(
  ctx: Ctx<Tx>,
  { body }: Input<typeof reportAbsence>,
): Promise<Reply<typeof reportAbsence>> {
  demandPast(ctx, body.startedOn, '/body/startedOn')
  const card = ctx.actor.reach === 'self' ? undefined : await memberCard(ctx.db, ctx.actor, body.memberId)
  if (!card) throw refusals.no_such_member.at('/body/memberId')
  if (!LIVING.has(card.status) || !['formal', 'probationary'].includes(card.category)) throw refusals.not_a_member()
  const open = await openOf(ctx, card.id)
  if (open.some(({ kind }) => kind === body.kind)) throw refusals.already_absent({ name: card.name })
  const host = body.toOrgId ? await hostOf(ctx, body.toOrgId, body.kind) : null
  if (host && host.id === card.orgId) throw refusals.host_is_home.at('/body/toOrgId')
  const parameters = await parametersOf(ctx.db, ctx.actor.tenantId, card.orgPath)
  const absence = {
    id: newId(ctx),
    kind: body.kind,
    memberId: card.id,
    personId: card.personId,
    name: card.name,
    unitId: card.orgId,
    orgPath: card.orgPath,
    unitName: card.orgName,
    hostId: host?.id ?? null,
    hostPath: host?.path ?? null,
    hostName: host?.name ?? null,
    startedOn: body.startedOn,
    facts: body.facts,
    contactDueOn: contactDue(body.kind, body.startedOn, parameters),
  }
  // Somebody else wrote it down in the same moment.
  if (!(await q.insertAbsence(ctx.db, ctx.actor, absence, ctx.now))) throw refusals.already_absent({ name: card.name })
  await setClocks(ctx, absence, parameters)
  await publish(ctx, 'membership.absence_reported', subjectOf(absence), { kind: body.kind, memberId: card.id })
  return { id: absence.id, version: 1 }
}

const openOf = (ctx: Ctx<Tx>, memberId: string) =>
  q.listAbsences(
    ctx.db,
    ctx.actor,
    { place: ctx.actor.scope, kind: null, state: 'open', memberId, overdueOn: null, text: null },
    { column: 'a.started_on', descending: true, after: null, limit: 10 },
  )

/** The host may lie anywhere in the tenant: a floating member is usually in somebody else's place. */
async function hostOf(ctx: Ctx<Tx>, id: string, kind: q.Absence['kind']): Promise<OrgUnit> {
  if (kind !== 'floating') throw refusals.host_only_floating.at('/body/toOrgId')
  const { path } = await tenantOf(ctx.db, ctx.actor.tenantId)
  const unit = await widened(ctx, path, (wide) => findUnit(ctx.db, { ...ctx.actor, ...wide }, id))
  if (!unit || unit.dissolvedOn) throw refusals.no_such_org.at('/body/toOrgId')
  return unit
}

/** An open absence of the caller's own people. */
async function lockHome(ctx: Ctx<Tx>, id: string): Promise<q.Absence> {
  const absence = await q.lockAbsence(ctx.db, ctx.actor, id)
  if (!absence || !isHome(ctx.actor, absence)) throw refusals.not_found()
  if (absence.state === 'ended') throw refusals.already_over()
  return absence
}

export async function change(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof changeAbsence>,
): Promise<Reply<typeof changeAbsence>> {
  const absence = await lockHome(ctx, params.id)
  demandVersion(ctx, absence.version)
  demandPast(ctx, body.startedOn, '/body/startedOn')
  const parameters = await parametersOf(ctx.db, ctx.actor.tenantId, absence.orgPath)
  // A contact before the corrected start was none of this absence.
  const { lastContactOn } = absence
  const from = lastContactOn !== null && lastContactOn > body.startedOn ? lastContactOn : body.startedOn
  const contactDueOn = contactDue(absence.kind, from, parameters)
  const after = { ...absence, startedOn: body.startedOn, facts: body.facts, contactDueOn }
  await q.setAbsence(
    ctx.db,
    ctx.actor.tenantId,
    absence,
    { started_on: body.startedOn, facts: JSON.stringify(body.facts), contact_due_on: contactDueOn },
    ctx.now,
  )
  await setClocks(ctx, after, parameters)
  const fields = Object.keys({ ...absence.facts, ...body.facts }).filter(
    (key) => absence.facts[key as keyof q.Absence['facts']] !== body.facts[key as keyof q.Absence['facts']],
  )
  await publish(ctx, 'membership.absence_changed', subjectOf(absence), {
    fields: absence.startedOn === body.startedOn ? fields : ['startedOn', ...fields],
  })
  return { id: absence.id, version: absence.version + 1 }
}

export async function contact(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof noteContact>,
): Promise<Reply<typeof noteContact>> {
  const absence = await lockHome(ctx, params.id)
  return writeContact(ctx, absence, { ...body, note: body.note ?? null })
}

/** One attempt; one that reached the person moves the next contact. */
export async function writeContact(
  ctx: Ctx<Tx>,
  absence: q.Absence,
  { on, way, reached, note }: Omit<q.Contact, 'id' | 'byId'>,
): Promise<{ id: string; version: number }> {
  demandPast(ctx, on, '/body/on')
  if (on < absence.startedOn) throw refusals.before_start.at('/body/on')
  const { tenantId, personId } = ctx.actor
  await q.insertContact(ctx.db, tenantId, absence, { id: newId(ctx), on, way, reached, note, byId: personId }, ctx.now)
  const isNewer = reached && (absence.lastContactOn === null || on >= absence.lastContactOn)
  const parameters = await parametersOf(ctx.db, tenantId, absence.orgPath)
  const contactDueOn = isNewer ? contactDue(absence.kind, on, parameters) : absence.contactDueOn
  await q.setAbsence(
    ctx.db,
    tenantId,
    absence,
    isNewer ? { last_contact_on: on, contact_due_on: contactDueOn } : {},
    ctx.now,
  )
  if (isNewer) await setClocks(ctx, { ...absence, contactDueOn }, parameters)
  await publish(ctx, 'membership.contacted', subjectOf(absence), { way, reached })
  return { id: absence.id, version: absence.version + 1 }
}

export async function confirm(
  ctx: Ctx<Tx>,
  { params }: Input<typeof confirmAbsence>,
): Promise<Reply<typeof confirmAbsence>> {
  const absence = await q.lockAbsence(ctx.db, ctx.actor, params.id)
  if (!absence) throw refusals.not_found()
  if (absence.state === 'ended') throw refusals.already_over()
  if (!isHost(ctx.actor, absence)) throw refusals.not_host()
  if (absence.confirmedAt) throw refusals.confirmed_already()
  await q.setAbsence(
    ctx.db,
    ctx.actor.tenantId,
    absence,
    { confirmed_at: ctx.now, confirmed_by: ctx.actor.personId },
    ctx.now,
  )
  await publish(ctx, 'membership.absence_confirmed', subjectOf(absence), { hostOrgId: absence.hostId ?? '' })
  return { id: absence.id, version: absence.version + 1 }
}

export async function end(ctx: Ctx<Tx>, { params, body }: Input<typeof endAbsence>): Promise<Reply<typeof endAbsence>> {
  const absence = await lockHome(ctx, params.id)
  demandPast(ctx, body.on, '/body/on')
  return finish(ctx, absence, { on: body.on, end: body.end, note: body.note ?? null })
}

/** Ends an absence and its clocks. */
export async function finish(
  ctx: Ctx<Tx>,
  absence: q.Absence,
  { on, end: how, note }: { on: string; end: NonNullable<q.Absence['end']>; note: string | null },
): Promise<{ id: string; version: number }> {
  if (on < absence.startedOn) throw refusals.before_start.at('/body/on')
  const change: q.AbsenceChange = { state: 'ended', ended_on: on, end_kind: how, end_note: note, contact_due_on: null }
  await q.setAbsence(ctx.db, ctx.actor.tenantId, absence, change, ctx.now)
  await endClocks(ctx, absence.id)
  await publish(ctx, 'membership.absence_ended', subjectOf(absence), { kind: absence.kind, end: how })
  return { id: absence.id, version: absence.version + 1 }
}
