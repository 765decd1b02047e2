import { sql } from 'kysely'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { widened } from '../../platform/widened.ts'
import { endMembership, grantMembership } from '../access/index.ts'
import { findRegistered } from './members.bulk.doors.ts'
import { placeMember } from './members.doors.ts'
import { lockRecord } from './queries/records.queries.ts'
import { correct } from './service/change-records.ts'

/** Doors for the transfer of relations: who comes, who goes, and who is on the way. */

/** Marks members as being on their way since a day, or as being so no longer; also outside the caller's own scope. */
export async function setInTransfer(
  ctx: Pick<Ctx<Tx>, 'db' | 'actor'>,
  memberIds: readonly string[],
  since: string | null,
): Promise<void> {
  const { path: whole } = await tenantOf(ctx.db, ctx.actor.tenantId)
  await widened(ctx, whole, () => markInTransfer(ctx.db, ctx.actor.tenantId, memberIds, since))
}

/** The same for jobs, whose transaction has the scope of the tenant already. */
export async function markInTransfer(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
  since: string | null,
): Promise<void> {
  await tx
    .updateTable('members_member')
    .set({ in_transfer_since: since })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...memberIds]}::uuid[])`)
    .execute()
}

export type RelationFacts = { readonly duesPaidUntil: string | null; readonly graduatedOn: string | null }

/** Until when members have paid, and when they graduated: what a letter says, and what MEM-11 asks. */
export async function relationFactsOf(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
): Promise<Map<string, RelationFacts>> {
  const rows = await db
    .selectFrom('members_member as m')
    .select([
      'm.id',
      'm.dues_paid_until as duesPaidUntil',
      sql<string | null>`m.facts ->> 'graduatedOn'`.as('graduatedOn'),
    ])
    .where('m.tenant_id', '=', tenantId)
    .where(sql<boolean>`m.id = any(${[...memberIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, ...facts }) => [id, facts]))
}

type Because = { readonly sourceId: string; readonly reason: string | null }

/** The relation has landed outside: the record stays as history, and nobody acts under it any more. */
export async function departMember(ctx: Ctx<Tx>, memberId: string, because: Because): Promise<void> {
  const record = await lockRecord(ctx.db, ctx.actor, memberId)
  if (!record) return
  await correct(ctx, record, { patch: { status: 'transferred' }, source: 'transfer', ...because })
  await endMembership(ctx.db, {
    tenantId: ctx.actor.tenantId,
    memberId,
    by: ctx.actor.personId,
    reason: because.reason ?? 'transferred',
    now: ctx.now,
  })
}

/**
 * Takes somebody back whose record was left here by an earlier transfer: the same record goes to the branch of arrival
 * and is alive again, so that one person keeps one record. Null when there is none such; then the caller registers.
 */
export async function readmitMember(
  ctx: Ctx<Tx>,
  back: { idNumber: string; to: { id: string; path: string }; on: string } & Because,
): Promise<{ memberId: string; personId: string } | null> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  const { sourceId, reason } = back
  return widened(ctx, whole, async (wide) => {
    const everywhere = { ...ctx, actor: { ...ctx.actor, ...wide } }
    const memberId = (await findRegistered(ctx.db, ctx.vault, everywhere.actor, [back.idNumber])).get(back.idNumber)
    const record = memberId ? await lockRecord(ctx.db, everywhere.actor, memberId) : undefined
    if (!record || record.deleted_at !== null || record.status !== 'transferred') return null
    const membership = { tenantId, personId: record.person_id, memberId: record.id }
    await grantMembership(ctx.db, { ...membership, orgId: back.to.id, orgPath: back.to.path, now: ctx.now })
    await placeMember(everywhere, {
      memberId: record.id,
      to: back.to,
      on: back.on,
      source: 'transfer',
      sourceId,
      reason,
    })
    const placed = await lockRecord(ctx.db, everywhere.actor, record.id)
    if (placed) await correct(everywhere, placed, { patch: { status: 'normal' }, source: 'transfer', sourceId, reason })
    return { memberId: record.id, personId: record.person_id }
  })
}
