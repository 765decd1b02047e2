import {
  type reviewChangeFirst as firstContract,
  type Input,
  memberRefusals,
  type Reply,
  reviewRefusals,
  type reviewChangeSecond as secondContract,
} from '@tongxin/contract'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { derivedFrom } from '../members.derived.ts'
import { entryColumns } from '../members.entries.ts'
import { type ChangePayload, openPayload } from '../members.payload.ts'
import { whyNotFirst, whyNotSecond } from '../members.policy.ts'
import { type Facts, factsOf } from '../members.record.ts'
import * as assignments from '../queries/assignments.queries.ts'
import * as entries from '../queries/entries.queries.ts'
import { lockRecord, type StoredMember, setState } from '../queries/records.queries.ts'
import * as q from '../queries/review.queries.ts'
import { correct, register } from './change-records.ts'
import { applyPhoto } from './photos.ts'

export async function assignedTo(ctx: Ctx, change: q.StoredChange) {
  return assignments.assignmentFor(
    ctx.db,
    ctx.actor.tenantId,
    // The nearest assignment counts.
    pathsAlong(change.orgPath).toReversed(),
    change.entryKind === null ? 'record' : 'entries',
  )
}

/** First opinion, of the branch. Bound to the text that was read: an edit in between refuses it. */
export async function reviewFirst(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof firstContract>,
): Promise<Reply<typeof firstContract>> {
  const change = await opinionOn(ctx, params.id, body)
  const why = whyNotFirst(ctx.actor, change, await assignedTo(ctx, change))
  if (why !== null) throw reviewRefusals[why]({ state: change.state })
  const state = body.verdict === 'pass' ? 'second_review' : 'returned'
  await q.setFirst(ctx.db, ctx.actor.tenantId, change.id, {
    by: ctx.actor.personId,
    at: ctx.now,
    opinion: body.opinion ?? null,
    state,
    returnedReason: state === 'returned' ? (body.opinion ?? null) : null,
  })
  await announce(ctx, change, 'first', body.verdict)
  return { id: change.id, state, version: change.version + 1 }
}

async function opinionOn(
  ctx: Ctx<Tx>,
  id: string,
  body: { verdict: 'pass' | 'return'; opinion?: string; payloadHash: string },
): Promise<q.StoredChange> {
  const change = await q.lockChange(ctx.db, ctx.actor, id)
  if (!change) throw reviewRefusals.not_found()
  if (change.payloadHash.toString('hex') !== body.payloadHash) throw reviewRefusals.payload_changed()
  if (body.verdict === 'return' && !body.opinion?.trim()) throw reviewRefusals.opinion_needed.at('/body/opinion')
  return change
}

async function announce(ctx: Ctx<Tx>, change: q.StoredChange, step: string, verdict: string): Promise<void> {
  await publish(
    ctx,
    'members.reviewed',
    { kind: 'member_change', id: change.id, orgPath: change.orgPath },
    { changeId: change.id, memberId: change.memberId, step, verdict, makerId: change.madeBy },
  )
}

/** Second opinion, of the superior: approved means done, in this transaction, against the record as it stands now. */
export async function reviewSecond(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof secondContract>,
): Promise<Reply<typeof secondContract>> {
  const change = await opinionOn(ctx, params.id, body)
  const why = whyNotSecond(ctx.actor, change, await assignedTo(ctx, change))
  if (why !== null) throw reviewRefusals[why]({ state: change.state })
  const done =
    body.verdict === 'pass'
      ? await apply(ctx, change, body.decisions ?? [])
      : { memberId: change.memberId, personId: change.personId }
  const state = body.verdict === 'pass' ? 'approved' : 'returned'
  await q.setSecond(ctx.db, ctx.actor.tenantId, change.id, {
    by: ctx.actor.personId,
    at: ctx.now,
    opinion: body.opinion ?? null,
    state,
    returnedReason: state === 'returned' ? (body.opinion ?? null) : null,
    decisions: JSON.stringify(body.decisions ?? []),
    ...done,
  })
  if (done.memberId !== null && state === 'approved') await settle(ctx, done.memberId)
  await announce(ctx, { ...change, memberId: done.memberId }, 'second', body.verdict)
  return { id: change.id, state, version: change.version + 1, memberId: done.memberId }
}

/** The record is at rest again when no proposal about it is open. */
export async function settle(ctx: Ctx<Tx>, memberId: string): Promise<void> {
  const open = await q.openChangesOf(ctx.db, ctx.actor.tenantId, memberId)
  if (open.length === 0) await setState(ctx.db, ctx.actor.tenantId, memberId, 'approved', ctx.now)
}

type Decisions = NonNullable<Input<typeof secondContract>['body']['decisions']>

async function apply(
  ctx: Ctx<Tx>,
  change: q.StoredChange,
  decisions: Decisions,
): Promise<{ memberId: string; personId: string }> {
  const payload = openPayload(ctx.vault, change)
  const { orgId, orgPath, reason } = change
  if (change.memberId === null) {
    const facts = decided(payload.facts ?? {}, {}, decisions, todayOf(ctx.now))
    return register(ctx, { orgId, orgPath, facts, source: 'change', sourceId: change.id, reason })
  }
  const record = await lockRecord(ctx.db, ctx.actor, change.memberId)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  if (payload.facts) {
    // The opinions were about the record as it stood; another correction in between makes them void.
    if (record.version !== change.baseVersion) throw reviewRefusals.record_moved_on({ version: record.version })
    const patch = decided(payload.facts, factsOf(ctx.vault, record), decisions, todayOf(ctx.now))
    await correct(ctx, record, { patch, source: 'change', sourceId: change.id, reason })
  } else if (payload.photo) {
    await applyPhoto(ctx, change, payload.photo, record)
  } else {
    await applyEntry(ctx, change, payload, record)
  }
  return { memberId: record.id, personId: record.person_id }
}

/** The proposal after the field-by-field decisions: the present value kept, or the one the ID number proves taken. */
function decided(proposed: MemberFacts, current: MemberFacts, decisions: Decisions, today: string): MemberFacts {
  const derived = derivedFrom(proposed.idNumber ?? current.idNumber ?? null, today)
  const facts: Facts = { ...proposed }
  for (const { field, take } of decisions) {
    if (!Object.hasOwn(proposed, field)) throw reviewRefusals.decision_unknown.at('/body/decisions', { field })
    if (take === 'current') facts[field] = current[field] ?? null
    if (take === 'derived') {
      const value = derived[field]
      if (!value) throw reviewRefusals.decision_unknown.at('/body/decisions', { field })
      facts[field] = value
    }
  }
  return facts
}

async function applyEntry(
  ctx: Ctx<Tx>,
  change: q.StoredChange,
  payload: ChangePayload,
  record: StoredMember,
): Promise<void> {
  const { tenantId } = ctx.actor
  const { entry } = payload
  if (!entry) throw reviewRefusals.entry_unknown()
  const id = payload.entryId ?? newId(ctx)
  const columns = {
    fromOn: entry.fromOn,
    untilOn: entry.untilOn,
    at: ctx.now,
    ...entryColumns(ctx.vault, id, entry.kind, entry.facts, ctx.now),
  }
  if (change.kind === 'new_entry') {
    await entries.insertEntry(ctx.db, tenantId, {
      id,
      memberId: record.id,
      personId: record.person_id,
      orgPath: record.org_path,
      kind: entry.kind,
      ...columns,
    })
  } else {
    const locked = await entries.lockEntry(ctx.db, tenantId, record.id, id)
    if (!locked || locked.endedReason !== null) throw reviewRefusals.entry_unknown()
    if (change.kind === 'ended_entry') await entries.setEntryEnded(ctx.db, tenantId, id, change.reason ?? '', ctx.now)
    else await entries.setEntry(ctx.db, tenantId, id, columns)
  }
  await publish(
    ctx,
    'members.entry_changed',
    { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id },
    { memberId: record.id, entryId: id, kind: entry.kind, change: change.kind },
  )
}
