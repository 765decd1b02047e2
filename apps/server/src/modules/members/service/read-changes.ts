import {
  type Difference,
  type Input,
  type listChanges as listContract,
  type Reply,
  type readChange as readContract,
  reviewRefusals,
} from '@tongxin/contract'
import { isSealed, type MemberField } from '@tongxin/domain/members/fields'
import { maskField } from '@tongxin/domain/members/masks'
import { qualityOf } from '@tongxin/domain/members/quality'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { derivedFrom } from '../members.derived.ts'
import { type ChangePayload, openPayload } from '../members.payload.ts'
import { whyNotFirst, whyNotSecond } from '../members.policy.ts'
import { type Facts, factsOf, isMemberField, versionFacts } from '../members.record.ts'
import * as history from '../queries/history.queries.ts'
import { currentPhoto } from '../queries/photos.queries.ts'
import { findOwnRecord, findRecord, type StoredMember } from '../queries/records.queries.ts'
import * as q from '../queries/review.queries.ts'
import { assignedTo } from './decide.ts'

/** Proposals: those waiting for this person, the own ones, or those of a state. */
export async function listChanges(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, { made: 'c.made_at' }, '-made')
  const found = await q.listChanges(
    ctx.db,
    ctx.actor,
    { waiting: query.waiting ?? null, mine: query.mine ?? false, state: query.state ?? null },
    keyset,
  )
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.madeAt.toISOString(),
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.madeById),
  )
  return {
    rows: rows.map(({ madeById, ...row }) => ({
      ...row,
      ...shownRow(ctx, { ...row, madeBy: madeById }, row.orgName ?? '', names),
    })),
    next,
    total: null,
  }
}

type RowFacts = Pick<
  q.StoredChange,
  | 'id'
  | 'memberId'
  | 'kind'
  | 'name'
  | 'orgId'
  | 'fields'
  | 'state'
  | 'madeBy'
  | 'madeAt'
  | 'returnedReason'
  | 'version'
>

function shownRow(
  ctx: Ctx,
  change: RowFacts,
  orgName: string,
  names: ReadonlyMap<string, string>,
): Reply<typeof listContract>['rows'][number] {
  const { id, memberId, kind, name, orgId, fields, state, madeBy, madeAt, returnedReason, version } = change
  return {
    id,
    memberId,
    kind: kind as never,
    name,
    orgId,
    orgName,
    fields,
    state: state as never,
    madeBy: names.get(madeBy) ?? null,
    madeAt: madeAt.toISOString(),
    mine: madeBy === ctx.actor.personId,
    returnedReason,
    version,
  }
}

/** A proposal with every field beside its sources, and what this person may do with it. */
export async function readChange(
  ctx: Ctx,
  { params }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  const change = await q.findChange(ctx.db, ctx.actor, params.id)
  if (!change) throw reviewRefusals.not_found()
  const payload = openPayload(ctx.vault, change)
  const record = await recordBehind(ctx, change)
  const { differences, findings } = await compare(ctx, payload, record)
  const names = await personNamesOf(ctx.db, [change.madeBy, change.firstBy, change.secondBy])
  const can = await canOf(ctx, change)
  const { kind, fromOn, untilOn, facts } = payload.entry ?? { kind: null, fromOn: null, untilOn: null, facts: {} }
  return {
    change: shownRow(ctx, change, await unitNameOf(ctx.db, ctx.actor.tenantId, change.orgId), names),
    reason: change.reason,
    payloadHash: change.payloadHash.toString('hex'),
    differences,
    entry: kind === null ? null : { kind, fromOn, untilOn, facts: { ...facts } },
    photo: await photoOf(ctx, change, payload),
    findings,
    steps: stepsOf(change, names),
    isStale: record !== null && record.version !== change.baseVersion && change.state !== 'approved',
    can,
    version: change.version,
  }
}

async function photoOf(
  ctx: Ctx,
  change: q.StoredChange,
  payload: ChangePayload,
): Promise<Reply<typeof readContract>['photo']> {
  if (!payload.photo) return null
  const current = change.memberId === null ? undefined : await currentPhoto(ctx.db, ctx.actor.tenantId, change.memberId)
  return { currentId: current?.id ?? null, isNew: payload.photo.fileId !== null }
}

async function recordBehind(ctx: Ctx, change: q.StoredChange): Promise<StoredMember | null> {
  if (change.memberId === null) return null
  return (
    (ctx.actor.reach === 'self'
      ? await findOwnRecord(ctx.db, ctx.actor)
      : await findRecord(ctx.db, ctx.actor, change.memberId)) ?? null
  )
}

function stepsOf(change: q.StoredChange, names: ReadonlyMap<string, string>): Reply<typeof readContract>['steps'] {
  const step = (kind: 'made' | 'first' | 'second', by: string | null, at: Date | null, opinion: string | null) =>
    at === null ? [] : [{ step: kind, by: names.get(by ?? '') ?? null, at: at.toISOString(), opinion }]
  return [
    ...step('made', change.madeBy, change.madeAt, change.reason),
    ...step('first', change.firstBy, change.firstAt, change.firstOpinion),
    ...step('second', change.secondBy, change.secondAt, change.secondOpinion),
  ]
}

async function compare(
  ctx: Ctx,
  payload: ChangePayload,
  record: StoredMember | null,
): Promise<{ differences: Difference[]; findings: Reply<typeof readContract>['findings'] }> {
  if (!payload.facts) return { differences: [], findings: [] }
  const current: Facts = record === null ? {} : factsOf(ctx.vault, record)
  const after: Facts = { ...current, ...payload.facts }
  const derived = derivedFrom(after.idNumber ?? null, todayOf(ctx.now))
  const version = record === null ? undefined : await history.lastRosterVersion(ctx.db, ctx.actor.tenantId, record.id)
  const roster = version ? versionFacts(ctx.vault, version).after : {}
  const shown = (field: MemberField, value: string | null | undefined) =>
    value ? (isSealed(field) ? maskField(field, value) : value) : null
  const differences = Object.keys(payload.facts)
    .filter(isMemberField)
    .map((field) => {
      const others = [current[field], derived[field], roster[field]].filter((value): value is string => Boolean(value))
      const proposed = payload.facts?.[field] ?? null
      return {
        field,
        current: shown(field, current[field]),
        proposed: shown(field, proposed),
        derived: shown(field, derived[field]),
        roster: shown(field, roster[field]),
        differs: (current[field] ?? null) !== proposed,
        conflict: others.some((value) => value !== proposed),
      }
    })
  const findings = qualityOf(after, todayOf(ctx.now)).map((finding) => ({ ...finding, fields: [...finding.fields] }))
  return { differences, findings }
}

async function canOf(ctx: Ctx, change: q.StoredChange): Promise<Reply<typeof readContract>['can']> {
  const mine = change.madeBy === ctx.actor.personId
  const isOpen = mine && ['draft', 'returned', 'first_review'].includes(change.state)
  const assigned = await assignedTo(ctx, change)
  const first = ctx.actor.permissions.has('members.review') ? whyNotFirst(ctx.actor, change, assigned) : 'not_permitted'
  const second = ctx.actor.permissions.has('members.approve')
    ? whyNotSecond(ctx.actor, change, assigned)
    : 'not_permitted'
  const why = change.state === 'second_review' ? second : first
  return {
    // Another photo is handed in instead, which withdraws the one before.
    edit: isOpen && change.kind !== 'photo',
    withdraw: isOpen,
    first: first === null,
    second: second === null,
    whyNot: why === null || why === 'wrong_state' || why === 'not_permitted' ? null : why,
  }
}
