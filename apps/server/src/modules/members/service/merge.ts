import { type Input, type mergeMembers as mergeContract, mergeRefusals, type Reply } from '@tongxin/contract'
import { readPhone } from '@tongxin/domain/identity/phone'
import type { MemberFacts, MemberField } from '@tongxin/domain/members/fields'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { endMembership, replaceSignInNames, signInNameTaken } from '../../access/index.ts'
import { type Facts, factsOf } from '../members.record.ts'
import { REFERENCES } from '../members.references.ts'
import * as m from '../queries/merge.queries.ts'
import * as q from '../queries/records.queries.ts'
import { correct, recordVersion } from './change-records.ts'
import { bearerOf, idDiffers, lockTwo, referencesOf, type Two } from './merge-plan.ts'

const sealedAt = (id: string) => ({ table: 'members_merge', column: 'before', rowId: id })
export const openBefore = (ctx: Pick<Ctx, 'vault'>, id: string, sealed: Buffer): MemberFacts =>
  JSON.parse(ctx.vault.open(sealedAt(id), sealed)) as MemberFacts

/** Makes one record of two: fields as chosen, everything that names the closed one goes over or stays as history. */
export async function merge(ctx: Ctx<Tx>, { body }: Input<typeof mergeContract>): Promise<Reply<typeof mergeContract>> {
  const two = await lockTwo(ctx, body)
  const { kept, gone } = two
  if (kept.version !== body.keptVersion || gone.version !== body.goneVersion) throw mergeRefusals.moved_on()
  const facts = { kept: factsOf(ctx.vault, kept), gone: factsOf(ctx.vault, gone) }
  if (idDiffers(facts.kept, facts.gone) && !body.idChecked) throw mergeRefusals.id_differs.at('/body/idChecked')
  const blocking = (await referencesOf(ctx, two)).filter((one) => one.fate === 'blocks')
  if (blocking.length > 0) {
    const rows = blocking.reduce((sum, one) => sum + one.rows, 0)
    throw mergeRefusals.in_the_way({ rows, what: blocking.map((one) => one.kind) })
  }
  const id = newId(ctx)
  const fields = (body.take ?? []).filter((field) => (facts.gone[field] ?? null) !== (facts.kept[field] ?? null))
  const signIn = await phoneNames(ctx, two, facts)
  const moved = await moveAll(ctx, two)
  await close(ctx, gone, { id, reason: body.reason, frees: fields.includes('idNumber') })
  const version = await takeOver(ctx, kept, picked(fields, facts.gone), { id, reason: body.reason })
  await handOverPhone(ctx, two, { ...facts.kept, ...picked(fields, facts.gone) }, signIn.gone)
  await m.insertMerge(ctx.db, ctx.actor.tenantId, {
    id,
    orgPath: kept.org_path,
    keptId: kept.id,
    goneId: gone.id,
    fields,
    before: ctx.vault.seal(sealedAt(id), JSON.stringify(picked(fields, facts.kept)), ctx.now),
    moved,
    keptVersion: version,
    goneVersion: gone.version + 1,
    keptSignsIn: signIn.kept,
    goneSignsIn: signIn.gone,
    reason: body.reason,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  const rows = Object.values(moved).reduce((sum, keys) => sum + keys.length, 0)
  await publish(
    ctx,
    'members.merged',
    { kind: 'member', id: kept.id, orgPath: kept.org_path, personId: kept.person_id },
    { mergeId: id, memberId: kept.id, goneId: gone.id, fields, rows },
    { reason: body.reason },
  )
  return { id, keptId: kept.id, version }
}

const picked = (fields: readonly MemberField[], facts: Facts): Facts =>
  Object.fromEntries(fields.map((field) => [field, facts[field] ?? null]))

/** Whose telephone signs in: needed to hand it over now and to give it back later. */
async function phoneNames(ctx: Ctx<Tx>, { kept, gone }: Two, facts: { kept: Facts; gone: Facts }) {
  const signsIn = async (phone: string | null | undefined, personId: string) =>
    Boolean(phone) && (await signInNameTaken(ctx.db, phone ?? '', ctx.vault)) === personId
  return {
    kept: await signsIn(facts.kept.phone, kept.person_id),
    gone: await signsIn(facts.gone.phone, gone.person_id),
  }
}

async function moveAll(ctx: Ctx<Tx>, { kept, gone }: Two): Promise<Record<string, string[]>> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  return widened(ctx, whole, async () => {
    const moved: Record<string, string[]> = {}
    for (const reference of REFERENCES.filter((one) => one.fate === 'moves')) {
      const keys = await m.moveReference(ctx.db, tenantId, reference, { kept: bearerOf(kept), gone: bearerOf(gone) })
      if (keys.length > 0) moved[reference.kind] = keys
    }
    return moved
  })
}

type Because = { readonly id: string; readonly reason: string }

async function close(ctx: Ctx<Tx>, gone: q.StoredMember, because: Because & { frees: boolean }): Promise<void> {
  const { tenantId, personId } = ctx.actor
  const { reason } = because
  await q.setDeleted(ctx.db, tenantId, gone, { at: ctx.now, by: personId, reason }, ctx.now)
  await endMembership(ctx.db, { tenantId, memberId: gone.id, by: personId, reason, now: ctx.now })
  // The number goes over with the value: a person has one record in the whole installation.
  if (because.frees) await q.releaseIdentity(ctx.db, tenantId, gone.id)
  await recordStep(ctx, gone, gone.version + 1, because)
  await publish(
    ctx,
    'members.deleted',
    { kind: 'member', id: gone.id, orgPath: gone.org_path, personId: gone.person_id },
    { memberId: gone.id, orgId: gone.org_id, category: gone.category, status: gone.status },
    { reason },
  )
}

/** Writes the chosen values; the step stands in the history even when no value changed. Returns the new version. */
export async function takeOver(
  ctx: Ctx<Tx>,
  record: q.StoredMember,
  patch: MemberFacts,
  because: Because,
): Promise<number> {
  const version = await correct(ctx, record, { patch, source: 'merge', sourceId: because.id, reason: because.reason })
  if (version !== record.version) return version
  await m.raiseVersion(ctx.db, ctx.actor.tenantId, record.id, ctx.now)
  await recordStep(ctx, record, record.version + 1, because)
  return record.version + 1
}

/** A step of a record's history in which no fact changed. */
export function recordStep(ctx: Ctx<Tx>, record: q.StoredMember, version: number, because: Because): Promise<void> {
  return recordVersion(ctx, {
    memberId: record.id,
    personId: record.person_id,
    orgPath: record.org_path,
    version,
    before: {},
    after: {},
    source: 'merge',
    sourceId: because.id,
    reason: because.reason,
  })
}

/** The telephone of the merged record signs in for it, also when it signed in for the closed one before. */
async function handOverPhone(ctx: Ctx<Tx>, { kept, gone }: Two, facts: Facts, goneSignsIn: boolean): Promise<void> {
  if (!goneSignsIn) return
  await replaceSignInNames(ctx.db, { personId: gone.person_id, kind: 'phone', values: [], vault: ctx.vault })
  await letSignIn(ctx, kept.person_id, facts.phone ?? null)
}

/** Lets a person sign in with a mobile number unless it is somebody else's by now. */
export async function letSignIn(ctx: Ctx<Tx>, personId: string, phone: string | null): Promise<void> {
  if (phone === null || !readPhone(phone).isMobile) return
  const owner = await signInNameTaken(ctx.db, phone, ctx.vault)
  if (owner === null || owner === personId)
    await replaceSignInNames(ctx.db, { personId, kind: 'phone', values: [phone], vault: ctx.vault })
}
