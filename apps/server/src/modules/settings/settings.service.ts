import type * as contract from '@tongxin/contract'
import { type Input, orgRefusals, type Reply, settingsRefusals } from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { personNamesOf } from '../access/index.ts'
import { findUnit } from '../org/index.ts'
import { PUBLISHED } from './settings.calendar.ts'
import { findKnown, knownCodes, mayHold } from './settings.codes.ts'
import { daysOfYear, inForce } from './settings.doors.ts'
import * as q from './settings.queries.ts'

/** Every code with the value that holds for an organisation on a day, where it comes from and what waits. */
export async function list(
  ctx: Ctx,
  { query }: Input<typeof contract.listSettings>,
): Promise<Reply<typeof contract.listSettings>> {
  const on = query.on ?? todayOf(ctx.now)
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId ?? ctx.actor.orgId)
  if (!unit) throw orgRefusals.not_found()
  const stored = await q.valuesAlong(ctx.db, ctx.actor.tenantId, unit.path)
  const holding = inForce(stored, on)
  const waiting = new Map(
    stored.filter((row) => row.state === 'proposed' && row.orgPath === unit.path).map((row) => [row.code, row]),
  )
  const rows = knownCodes(on).map((known) => {
    const row = holding.get(known.code)
    const next = waiting.get(known.code)
    return {
      code: known.code,
      kind: known.kind,
      type: known.type,
      unit: known.unit ?? null,
      least: known.least ?? null,
      most: known.most ?? null,
      value: row?.value ?? known.initial,
      initial: known.initial,
      ruleId: known.ruleId,
      setBy: row ? { orgId: row.orgId, orgName: row.orgName, effectiveFrom: row.effectiveFrom } : null,
      waiting: next
        ? {
            id: next.id,
            value: next.value,
            effectiveFrom: next.effectiveFrom,
            reason: next.reason,
            proposedBy: next.proposedBy,
          }
        : null,
    }
  })
  return { orgId: unit.id, orgName: unit.name, on, rows }
}

export async function history(
  ctx: Ctx,
  { params }: Input<typeof contract.settingHistory>,
): Promise<Reply<typeof contract.settingHistory>> {
  if (!findKnown(params.code, todayOf(ctx.now))) throw settingsRefusals.unknown_code()
  const rows = await q.historyOf(ctx.db, ctx.actor, params.code)
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.proposedBy, row.decidedBy]),
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      orgName: row.orgName,
      value: row.value,
      effectiveFrom: row.effectiveFrom,
      state: row.state,
      reason: row.reason,
      proposedBy: names.get(row.proposedBy) ?? '',
      proposedAt: row.proposedAt.toISOString(),
      decidedBy: row.decidedBy === null ? null : (names.get(row.decidedBy) ?? ''),
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decisionReason: row.decisionReason,
    })),
  }
}

/** Sets a value from today on or later. Figures of statutes wait for a second person; practice takes effect at once. */
export async function propose(
  ctx: Ctx<Tx>,
  { body }: Input<typeof contract.proposeSetting>,
): Promise<Reply<typeof contract.proposeSetting>> {
  const today = todayOf(ctx.now)
  const known = findKnown(body.code, today)
  if (!known) throw settingsRefusals.unknown_code.at('/body/code')
  if (!mayHold(known, body.value)) {
    const range = { least: known.least ?? null, most: known.most ?? null }
    throw settingsRefusals.wrong_value.at('/body/value', range)
  }
  if (body.effectiveFrom < today) throw settingsRefusals.date_in_past.at('/body/effectiveFrom')
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId)
  if (!unit) throw orgRefusals.not_found.at('/body/orgId')

  const id = newId(ctx)
  const state = known.kind === 'parameter' ? 'proposed' : 'in_force'
  const row = {
    id,
    orgId: unit.id,
    orgPath: unit.path,
    code: body.code,
    value: body.value,
    effectiveFrom: body.effectiveFrom,
    state,
    reason: body.reason,
    by: ctx.actor.personId,
    at: ctx.now,
  }
  await q.insertValue(ctx.db, ctx.actor.tenantId, row).catch((error: unknown) => {
    throw q.isProposalWaiting(error) ? settingsRefusals.proposal_waiting() : error
  })
  const type = state === 'proposed' ? 'settings.proposed' : 'settings.changed'
  await publish(
    ctx,
    type,
    { kind: 'setting', id, orgPath: unit.path },
    { code: body.code, effectiveFrom: body.effectiveFrom },
    { reason: body.reason, after: body.value },
  )
  return { id, state }
}

/** Another person confirms or refuses; only the proposer withdraws. */
export async function decide(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.decideSetting>,
): Promise<Reply<typeof contract.decideSetting>> {
  const row = await q.lockValue(ctx.db, ctx.actor, params.id)
  if (!row) throw settingsRefusals.not_found()
  if (row.state !== 'proposed') throw settingsRefusals.already_decided()
  const isOwn = row.proposedBy === ctx.actor.personId
  if (body.decision === 'withdraw' && !isOwn) throw settingsRefusals.not_own_proposal()
  if (body.decision !== 'withdraw' && isOwn) throw settingsRefusals.own_proposal()
  if (body.decision === 'refuse' && !body.reason) throw settingsRefusals.reason_missing.at('/body/reason')

  const state = ({ confirm: 'in_force', refuse: 'refused', withdraw: 'withdrawn' } as const)[body.decision]
  await q.setDecision(ctx.db, ctx.actor.tenantId, row.id, {
    state,
    by: ctx.actor.personId,
    at: ctx.now,
    reason: body.reason ?? null,
  })
  const subject = { kind: 'setting', id: row.id, orgPath: row.orgPath }
  const more = body.reason ? { reason: body.reason } : {}
  if (state === 'in_force')
    await publish(ctx, 'settings.changed', subject, { code: row.code, effectiveFrom: row.effectiveFrom }, more)
  else
    await publish(
      ctx,
      state === 'refused' ? 'settings.refused' : 'settings.withdrawn',
      subject,
      { code: row.code },
      more,
    )
  return { id: row.id, state }
}

export async function entries(
  ctx: Ctx,
  { params }: Input<typeof contract.listEntries>,
): Promise<Reply<typeof contract.listEntries>> {
  return { rows: await q.entriesOf(ctx.db, ctx.actor.tenantId, params.dictionary) }
}

/** What all organisations share is changed by whoever answers for all of them. */
async function demandTop({ db, actor }: Ctx<Tx>): Promise<void> {
  const { path } = await tenantOf(db, actor.tenantId)
  if (actor.scope !== path || actor.reach !== 'subtree') throw settingsRefusals.top_only()
}

export async function saveEntry(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.saveEntry>,
): Promise<Reply<typeof contract.saveEntry>> {
  await demandTop(ctx)
  const id = await q.insertEntry(ctx.db, ctx.actor.tenantId, {
    id: newId(ctx),
    dictionary: params.dictionary,
    code: params.code,
    ...body,
  })
  await publish(
    ctx,
    'settings.entry_saved',
    { kind: 'dictionary', id, orgPath: ctx.actor.scope },
    { dictionary: params.dictionary, code: params.code },
    { after: body },
  )
  return { id }
}

export async function workingDays(
  ctx: Ctx,
  { params }: Input<typeof contract.readWorkingDays>,
): Promise<Reply<typeof contract.readWorkingDays>> {
  const days = daysOfYear(params.year, await q.daysOf(ctx.db, ctx.actor.tenantId, params.year))
  return { year: params.year, provisional: days.length === 0, source: PUBLISHED[params.year]?.source ?? null, days }
}

export async function saveWorkingDays(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.saveWorkingDays>,
): Promise<Reply<typeof contract.saveWorkingDays>> {
  await demandTop(ctx)
  const seen = new Set<string>()
  for (const [index, { day }] of body.days.entries()) {
    const field = `/body/days/${index}/day`
    if (!day.startsWith(`${params.year}-`)) throw settingsRefusals.day_outside_year.at(field, { day })
    if (seen.has(day)) throw settingsRefusals.day_twice.at(field, { day })
    seen.add(day)
  }
  await q.setDays(
    ctx.db,
    ctx.actor.tenantId,
    params.year,
    body.days.map((day) => ({ ...day, id: newId(ctx) })),
  )
  await publish(
    ctx,
    'settings.calendar_saved',
    { kind: 'calendar', id: null, orgPath: ctx.actor.scope },
    { year: params.year, days: body.days.length },
    { after: body.days },
  )
  return { year: params.year, days: body.days.length }
}
