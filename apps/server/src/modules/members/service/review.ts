import {
  type editChange as editContract,
  type Input,
  memberRefusals,
  type proposeMyCorrection as mineContract,
  type Proposal,
  type proposeMyPhoto as photoContract,
  type proposeChange as proposeContract,
  type Reply,
  reviewRefusals,
  type withdrawChange as withdrawContract,
} from '@tongxin/contract'
import { type EntryKind, unknownEntryFacts } from '@tongxin/domain/members/entries'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { normaliseFacts } from '@tongxin/domain/members/normalise'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { findUnit } from '../../org/index.ts'
import { type ChangePayload, sealPayload } from '../members.payload.ts'
import { changedFields, factsOf, hashOf } from '../members.record.ts'
import { lockEntry } from '../queries/entries.queries.ts'
import { findOwnRecord, lockRecord, type StoredMember, setState } from '../queries/records.queries.ts'
import * as q from '../queries/review.queries.ts'
import { settle } from './decide.ts'
import { takesOwnCorrections } from './own-corrections.ts'
import { photoPayload } from './photos.ts'

const EDITABLE = new Set(['draft', 'returned', 'first_review'])

/** Proposes a new record, a correction or an entry. Nothing changes before two others have agreed. */
export async function propose(
  ctx: Ctx<Tx>,
  { body }: Input<typeof proposeContract>,
): Promise<Reply<typeof proposeContract>> {
  const target = await targetOf(ctx, body)
  return insert(ctx, target, body)
}

/** A member proposes a correction of her own record. */
export async function proposeMine(
  ctx: Ctx<Tx>,
  { body }: Input<typeof mineContract>,
): Promise<Reply<typeof mineContract>> {
  const record = await findOwnRecord(ctx.db, ctx.actor)
  if (!record) throw memberRefusals.no_record()
  if (!(await takesOwnCorrections(ctx, record.org_path))) throw reviewRefusals.not_by_members()
  return insert(
    ctx,
    { record, orgId: record.org_id, orgPath: record.org_path },
    { kind: 'correction', facts: body.facts, reason: body.reason },
  )
}

/** A member hands in a photo for her own record; one that waited before is withdrawn. */
export async function proposeMyPhoto(
  ctx: Ctx<Tx>,
  { body }: Input<typeof photoContract>,
): Promise<Reply<typeof photoContract>> {
  const record = await findOwnRecord(ctx.db, ctx.actor)
  if (!record) throw memberRefusals.no_record()
  if (!(await takesOwnCorrections(ctx, record.org_path))) throw reviewRefusals.not_by_members()
  return insert(ctx, { record, orgId: record.org_id, orgPath: record.org_path }, { kind: 'photo', fileId: body.fileId })
}

type Target = { record: StoredMember | null; orgId: string; orgPath: string }

async function targetOf(ctx: Ctx<Tx>, body: Proposal): Promise<Target> {
  if (body.kind === 'new_record') {
    const unit = body.orgId === undefined ? undefined : await findUnit(ctx.db, ctx.actor, body.orgId)
    if (!unit || unit.dissolvedOn) throw memberRefusals.org_not_found.at('/body/orgId')
    return { record: null, orgId: unit.id, orgPath: unit.path }
  }
  const record = body.memberId === undefined ? undefined : await lockRecord(ctx.db, ctx.actor, body.memberId)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found.at('/body/memberId')
  return { record, orgId: record.org_id, orgPath: record.org_path }
}

async function insert(ctx: Ctx<Tx>, target: Target, body: Proposal): Promise<Reply<typeof proposeContract>> {
  const { record } = target
  if (record !== null) {
    const open = await q.openChangesOf(ctx.db, ctx.actor.tenantId, record.id)
    const same = open.find(
      (change) => change.kind === body.kind && change.entryId === (body.entryId ?? null) && body.kind !== 'new_entry',
    )
    if (same && !(same.kind === 'photo' && (await withdrawOwn(ctx, same.id))))
      throw reviewRefusals.already_open({ state: same.state })
  }
  const payload = await payloadOf(ctx, target, body)
  const id = newId(ctx)
  const state = body.draft ? 'draft' : 'first_review'
  await q.insertChange(ctx.db, ctx.actor.tenantId, {
    id,
    memberId: record?.id ?? null,
    personId: record?.person_id ?? null,
    orgId: target.orgId,
    orgPath: target.orgPath,
    kind: body.kind,
    entryId: body.entryId ?? null,
    entryKind: payload.entry?.kind ?? null,
    name: payload.facts?.name ?? record?.name ?? '',
    fields: fieldsOf(payload),
    payload: sealPayload(ctx.vault, id, payload, ctx.now),
    payloadHash: hashOf(payload),
    baseVersion: record?.version ?? 0,
    reason: body.reason ?? null,
    state,
    madeBy: ctx.actor.personId,
    at: ctx.now,
  })
  if (record !== null && state === 'first_review' && ctx.actor.reach !== 'self')
    await setState(ctx.db, ctx.actor.tenantId, record.id, 'changing', ctx.now)
  if (!body.draft)
    await announce(ctx, {
      id,
      orgPath: target.orgPath,
      memberId: record?.id ?? null,
      kind: body.kind,
      fields: fieldsOf(payload),
    })
  return { id, state, version: 1 }
}

/** Takes back the own proposal that another one replaces. Says false when it is somebody else's or went on. */
async function withdrawOwn(ctx: Ctx<Tx>, id: string): Promise<boolean> {
  const change = await q.lockChange(ctx.db, ctx.actor, id)
  if (change?.madeBy !== ctx.actor.personId || !EDITABLE.has(change.state)) return false
  await q.setWithdrawn(ctx.db, ctx.actor.tenantId, id, ctx.now)
  const subject = { kind: 'member_change', id, orgPath: change.orgPath }
  await publish(ctx, 'members.withdrawn', subject, { changeId: id })
  return true
}

async function announce(
  ctx: Ctx<Tx>,
  change: { id: string; orgPath: string; memberId: string | null; kind: string; fields: string[] },
): Promise<void> {
  const { id, orgPath, memberId, kind, fields } = change
  await publish(
    ctx,
    'members.proposed',
    { kind: 'member_change', id, orgPath },
    { changeId: id, memberId, kind, fields },
  )
}

function fieldsOf(payload: ChangePayload): string[] {
  if (payload.photo) return ['photo']
  return payload.facts ? Object.keys(payload.facts) : Object.keys(payload.entry?.facts ?? {})
}

/** What the proposal says, canonical; refuses wrong fields one by one, and a proposal that changes nothing. */
async function payloadOf(ctx: Ctx<Tx>, target: Target, body: Proposal): Promise<ChangePayload> {
  if (body.kind === 'new_record' || body.kind === 'correction')
    return { kind: body.kind, facts: proposedFacts(ctx, target.record, body) }
  const record = target.record as StoredMember
  return body.kind === 'photo' ? photoPayload(ctx, record, body) : entryPayload(ctx, record, body)
}

function proposedFacts(ctx: Ctx<Tx>, record: StoredMember | null, body: Proposal): MemberFacts {
  const { facts, faults } = normaliseFacts((body.facts ?? {}) as MemberFacts, todayOf(ctx.now))
  if (faults.length > 0)
    throw memberRefusals.field_wrong(
      {},
      faults.map(({ field, reason }) => ({ field: `/body/facts/${field}`, code: `members.${reason}` })),
    )
  if (record === null) {
    const missing = (['name', 'idNumber', 'category'] as const).filter((field) => !facts[field])
    if (missing.length > 0 && !body.draft)
      throw reviewRefusals.incomplete(
        { fields: missing },
        missing.map((field) => ({ field: `/body/facts/${field}`, code: 'field.missing' })),
      )
    return facts
  }
  const current = factsOf(ctx.vault, record)
  const changed = changedFields(current, { ...current, ...facts })
  if (changed.length === 0) throw reviewRefusals.nothing_changed()
  return Object.fromEntries(changed.map((field) => [field, facts[field] ?? null]))
}

async function entryPayload(ctx: Ctx<Tx>, record: StoredMember, body: Proposal): Promise<ChangePayload> {
  const kind = body.kind as 'new_entry' | 'changed_entry' | 'ended_entry'
  if (kind !== 'new_entry') {
    const entry =
      body.entryId === undefined ? undefined : await lockEntry(ctx.db, ctx.actor.tenantId, record.id, body.entryId)
    if (!entry || entry.endedReason !== null) throw reviewRefusals.entry_unknown.at('/body/entryId')
    if (kind === 'ended_entry') {
      if (!body.reason) throw reviewRefusals.opinion_needed.at('/body/reason')
      return {
        kind,
        entryId: entry.id,
        entry: { kind: entry.kind as EntryKind, fromOn: entry.fromOn, untilOn: entry.untilOn, facts: {} },
      }
    }
  }
  if (!body.entry)
    throw reviewRefusals.incomplete({ fields: ['entry'] }, [{ field: '/body/entry', code: 'field.missing' }])
  const unknown = unknownEntryFacts(body.entry.kind, Object.keys(body.entry.facts))
  if (unknown.length > 0)
    throw reviewRefusals.entry_fact_unknown(
      { fields: unknown },
      unknown.map((name) => ({ field: `/body/entry/facts/${name}`, code: 'field.unknown' })),
    )
  const { fromOn, untilOn } = body.entry
  if (fromOn !== null && untilOn !== null && untilOn < fromOn)
    throw memberRefusals.field_wrong({}, [{ field: '/body/entry/untilOn', code: 'members.period_reversed' }])
  return { kind, entryId: body.entryId ?? null, entry: body.entry }
}

/** The maker changes the own proposal; opinions about the earlier text fall away. */
export async function edit(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof editContract>,
): Promise<Reply<typeof editContract>> {
  const change = await ownChange(ctx, params.id)
  demandVersion(ctx, change.version)
  if (!EDITABLE.has(change.state)) throw reviewRefusals.wrong_state({ state: change.state })
  if (change.kind === 'photo') throw reviewRefusals.photo_not_edited()
  const record = change.memberId === null ? null : await recordOf(ctx, change)
  const payload = await payloadOf(
    ctx,
    { record, orgId: change.orgId, orgPath: change.orgPath },
    { ...body, kind: change.kind as Proposal['kind'], ...(change.entryId ? { entryId: change.entryId } : {}) },
  )
  const state = body.draft ? 'draft' : 'first_review'
  await q.setPayload(ctx.db, ctx.actor.tenantId, change.id, {
    name: payload.facts?.name ?? record?.name ?? change.name,
    fields: fieldsOf(payload),
    payload: sealPayload(ctx.vault, change.id, payload, ctx.now),
    payloadHash: hashOf(payload),
    baseVersion: record?.version ?? 0,
    reason: body.reason ?? change.reason,
    state,
    at: ctx.now,
  })
  if (!body.draft)
    await announce(ctx, {
      id: change.id,
      orgPath: change.orgPath,
      memberId: change.memberId,
      kind: change.kind,
      fields: fieldsOf(payload),
    })
  return { id: change.id, state, version: change.version + 1 }
}

/** The record of a proposal: for a member acting for herself the own one, else one of the scope. */
async function recordOf(ctx: Ctx<Tx>, change: q.StoredChange): Promise<StoredMember> {
  const record =
    ctx.actor.reach === 'self'
      ? await findOwnRecord(ctx.db, ctx.actor)
      : await lockRecord(ctx.db, ctx.actor, change.memberId as string)
  if (!record || record.id !== change.memberId || record.deleted_at !== null) throw memberRefusals.not_found()
  return record
}

async function ownChange(ctx: Ctx<Tx>, id: string): Promise<q.StoredChange> {
  const change = await q.lockChange(ctx.db, ctx.actor, id)
  if (!change) throw reviewRefusals.not_found()
  if (change.madeBy !== ctx.actor.personId) throw reviewRefusals.not_my_proposal()
  return change
}

/** The maker withdraws the own proposal as long as nobody has given an opinion. */
export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawContract>,
): Promise<Reply<typeof withdrawContract>> {
  const change = await ownChange(ctx, params.id)
  if (!EDITABLE.has(change.state)) throw reviewRefusals.wrong_state({ state: change.state })
  await q.setWithdrawn(ctx.db, ctx.actor.tenantId, change.id, ctx.now)
  if (change.memberId !== null && ctx.actor.reach !== 'self') await settle(ctx, change.memberId)
  await publish(
    ctx,
    'members.withdrawn',
    { kind: 'member_change', id: change.id, orgPath: change.orgPath },
    { changeId: change.id },
  )
  return { id: change.id, state: 'withdrawn', version: change.version + 1 }
}
