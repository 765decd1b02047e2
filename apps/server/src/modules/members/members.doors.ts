import { memberRefusals } from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { widened } from '../../platform/widened.ts'
import { moveMembership } from '../access/index.ts'
import { moveDeadlines } from '../deadlines/index.ts'
import { moveFiles } from '../files/index.ts'
import { PHOTO_FILE } from './members.policy.ts'
import { openLoansOf } from './queries/dossier.queries.ts'
import * as placement from './queries/placement.queries.ts'
import { lockRecord, type StoredMember } from './queries/records.queries.ts'
import { type Correction, correct } from './service/change-records.ts'
import { loanKey } from './service/dossier-loans.ts'

/** Doors for capabilities that change one record because of a decision of their own. */

/**
 * Changes facts of a living record in the caller's scope (category, status, dates): version row and event included.
 * @returns the new version
 * @throws Refusal `members.not_found`
 */
export async function changeMember(ctx: Ctx<Tx>, memberId: string, correction: Correction): Promise<number> {
  return correct(ctx, await lockLiving(ctx, memberId), correction)
}

export type Placement = {
  readonly memberId: string
  readonly to: { readonly id: string; readonly path: string }
  /** The day from which the person belongs to the new branch, ISO date. */
  readonly on: string
  readonly source: Correction['source']
  readonly sourceId: string
  readonly reason: string | null
}

/**
 * Puts a person into another branch of the same tenant, with the whole record, its history and the membership grant.
 * The caller has proved that this person may go there: the two branches need not share the caller's scope.
 * @throws Refusal `members.not_found`
 */
export async function placeMember(ctx: Ctx<Tx>, placed: Placement): Promise<{ from: { id: string; path: string } }> {
  const { tenantId } = ctx.actor
  const { path: whole } = await tenantOf(ctx.db, tenantId)
  return widened(ctx, whole, async (wide) => {
    const everywhere = { ...ctx, actor: { ...ctx.actor, ...wide } }
    const record = await lockLiving(everywhere, placed.memberId)
    const from = { id: record.org_id, path: record.org_path }
    if (from.id === placed.to.id) return { from }
    await placement.setPlace(ctx.db, tenantId, record.id, placed.to, ctx.now)
    await moveFiles(ctx, PHOTO_FILE, record.id, placed.to)
    await moveDeadlines(ctx, (await openLoansOf(ctx.db, tenantId, record.id)).map(loanKey), placed.to)
    await moveMembership(ctx.db, { tenantId, memberId: record.id, orgId: placed.to.id, orgPath: placed.to.path })
    const { source, sourceId, reason } = placed
    const moved = { ...record, org_id: placed.to.id, org_path: placed.to.path }
    await correct(everywhere, moved, { patch: { branchEnteredOn: placed.on }, source, sourceId, reason })
    await publish(
      ctx,
      'members.placed',
      { kind: 'member', id: record.id, orgPath: placed.to.path, personId: record.person_id },
      {
        memberId: record.id,
        fromOrgId: from.id,
        toOrgId: placed.to.id,
        category: record.category,
        status: record.status,
        source,
      },
    )
    return { from }
  })
}

async function lockLiving(ctx: Ctx<Tx>, memberId: string): Promise<StoredMember> {
  const record = await lockRecord(ctx.db, ctx.actor, memberId)
  if (!record || record.deleted_at !== null) throw memberRefusals.not_found()
  return record
}
