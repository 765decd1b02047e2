import { memberRefusals } from '@tongxin/contract'
import { readPhone } from '@tongxin/domain/identity/phone'
import type { MemberFacts, MemberField } from '@tongxin/domain/members/fields'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { grantMembership, openAccount, renamePerson, replaceSignInNames, signInNameTaken } from '../../access/index.ts'
import { derivedFrom } from '../members.derived.ts'
import { numberOf } from '../members.number.ts'
import { changedFields, columnsOf, type Facts, factsOf, idIndexOf, versionValues } from '../members.record.ts'
import * as history from '../queries/history.queries.ts'
import * as q from '../queries/records.queries.ts'

/** What a change of a record goes back to. */
export type ChangeSource = 'change' | 'development' | 'transfer' | 'membership' | 'merge'

export type Registration = {
  readonly orgId: string
  readonly orgPath: string
  readonly facts: MemberFacts
  readonly source: ChangeSource
  readonly sourceId: string | null
  readonly reason: string | null
}

/**
 * Registers a person: record, account (pending), sign-in names, membership. Facts are canonical (`normaliseFacts`).
 * @throws Refusal `members.id_taken` when the ID number has a record anywhere in the installation
 */
export async function register(
  ctx: Ctx<Tx>,
  registration: Registration,
): Promise<{ memberId: string; personId: string }> {
  const { tenantId } = ctx.actor
  const { orgId, orgPath } = registration
  const facts = withProved(registration.facts, todayOf(ctx.now))
  const memberId = newId(ctx)
  const year = Number(todayOf(ctx.now).slice(0, 4))
  const memberNo = numberOf(year, await q.takeNumbers(ctx.db, year, 1))
  const { personId } = await openAccount(ctx.db, {
    name: facts.name ?? '',
    signInNames: await signInNamesOf(ctx, facts, memberNo),
    now: ctx.now,
    vault: ctx.vault,
  })
  await claim(ctx, facts.idNumber ?? null, { personId, memberId })
  await q.insertMember(ctx.db, tenantId, {
    id: memberId,
    personId,
    orgId,
    orgPath,
    memberNo,
    state: 'approved',
    batchId: null,
    at: ctx.now,
    columns: columnsOf(ctx.vault, memberId, facts, ctx.now),
  })
  await grantMembership(ctx.db, { tenantId, personId, memberId, orgId, orgPath, now: ctx.now })
  await recordVersion(ctx, {
    memberId,
    personId,
    orgPath,
    version: 1,
    before: {},
    after: facts,
    source: registration.source,
    sourceId: registration.sourceId,
    reason: registration.reason,
  })
  await publish(
    ctx,
    'members.registered',
    { kind: 'member', id: memberId, orgPath, personId },
    {
      memberId,
      orgId,
      category: facts.category ?? 'applicant',
      status: facts.status ?? 'normal',
      source: registration.source,
    },
  )
  return { memberId, personId }
}

/** What the ID number proves is not asked for twice. */
function withProved(facts: MemberFacts, today: string): MemberFacts {
  const proved = derivedFrom(facts.idNumber ?? null, today)
  return { ...facts, bornOn: facts.bornOn ?? proved.bornOn ?? null, sex: facts.sex ?? proved.sex ?? null }
}

/** The member number signs in; the telephone too, unless somebody else already signs in with it. */
async function signInNamesOf(ctx: Ctx<Tx>, facts: MemberFacts, memberNo: string) {
  const own = [{ kind: 'member_no' as const, value: memberNo }]
  const { phone } = facts
  if (!phone || !readPhone(phone).isMobile) return own
  const isFree = (await signInNameTaken(ctx.db, phone, ctx.vault)) === null
  return isFree ? [...own, { kind: 'phone' as const, value: phone }] : own
}

async function claim(ctx: Ctx<Tx>, idNumber: string | null, of: { personId: string; memberId: string }): Promise<void> {
  if (idNumber === null) return
  const owner = await q.claimIdentity(ctx.db, {
    idIndex: idIndexOf(ctx.vault, idNumber),
    tenantId: ctx.actor.tenantId,
    ...of,
  })
  // Whose record it is stays untold: the number may belong to another organisation.
  if (owner) throw memberRefusals.id_taken.at('/body/facts/idNumber')
}

export type Correction = {
  readonly patch: MemberFacts
  readonly source: ChangeSource
  readonly sourceId: string | null
  readonly reason: string | null
}

/** Changes facts of a locked record: columns, version, account, identity, event. Returns the new version, or the old one when nothing differs. */
export async function correct(ctx: Ctx<Tx>, record: q.StoredMember, correction: Correction): Promise<number> {
  const { tenantId } = ctx.actor
  const before = factsOf(ctx.vault, record)
  const after: Facts = { ...before, ...correction.patch }
  const fields = changedFields(before, after)
  if (fields.length === 0) return record.version
  if (fields.includes('idNumber')) {
    await q.releaseIdentity(ctx.db, tenantId, record.id)
    await claim(ctx, after.idNumber ?? null, { personId: record.person_id, memberId: record.id })
  }
  await q.setFacts(ctx.db, tenantId, record, columnsOf(ctx.vault, record.id, after, ctx.now), ctx.now)
  await keepAccount(ctx, record, fields, after)
  const version = record.version + 1
  const { source, sourceId, reason } = correction
  await recordVersion(ctx, {
    memberId: record.id,
    personId: record.person_id,
    orgPath: record.org_path,
    version,
    before,
    after,
    source,
    sourceId,
    reason,
  })
  await publish(
    ctx,
    'members.corrected',
    { kind: 'member', id: record.id, orgPath: record.org_path, personId: record.person_id },
    {
      memberId: record.id,
      fields,
      version,
      orgId: record.org_id,
      categoryFrom: record.category,
      categoryTo: after.category ?? record.category,
      statusFrom: record.status,
      statusTo: after.status ?? record.status,
    },
  )
  return version
}

async function keepAccount(
  ctx: Ctx<Tx>,
  record: q.StoredMember,
  fields: readonly MemberField[],
  after: Facts,
): Promise<void> {
  if (fields.includes('name')) await renamePerson(ctx.db, record.person_id, after.name ?? '')
  if (!fields.includes('phone')) return
  const phone = after.phone && readPhone(after.phone).isMobile ? after.phone : null
  const owner = phone === null ? null : await signInNameTaken(ctx.db, phone, ctx.vault)
  const isFree = owner === null || owner === record.person_id
  await replaceSignInNames(ctx.db, {
    personId: record.person_id,
    kind: 'phone',
    values: phone !== null && isFree ? [phone] : [],
    vault: ctx.vault,
  })
}

type Versioned = {
  memberId: string
  personId: string
  orgPath: string
  version: number
  before: MemberFacts
  after: MemberFacts
  source: string
  sourceId: string | null
  reason: string | null
}

export async function recordVersion(ctx: Ctx<Tx>, row: Versioned): Promise<void> {
  const id = newId(ctx)
  await history.insertVersion(ctx.db, ctx.actor.tenantId, {
    id,
    memberId: row.memberId,
    personId: row.personId,
    orgPath: row.orgPath,
    version: row.version,
    at: ctx.now,
    madeBy: ctx.actor.personId,
    source: row.source,
    sourceId: row.sourceId,
    reason: row.reason,
    ...versionValues(ctx.vault, id, row.before, row.after, ctx.now),
  })
}
