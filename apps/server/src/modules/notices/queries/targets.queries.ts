import type { AudienceKind, AudienceLevel, AudiencePost } from '@tongxin/contract'
import type { Db, Tx } from '../../../platform/ctx.ts'

/** One row of whom a circular is for: a unit and everything below it, or a person. */
export type Target = {
  readonly isExcept: boolean
  readonly unitId: string | null
  readonly audiencePath: string | null
  readonly kinds: readonly AudienceKind[]
  readonly posts: readonly AudiencePost[]
  readonly levels: readonly AudienceLevel[]
  readonly personId: string | null
  readonly memberId: string | null
  readonly name: string
}
export async function targetsOf(db: Db, tenantId: string, circularId: string): Promise<Target[]> {
  return (await db
    .selectFrom('notices_target')
    .select(['is_except as isExcept', 'unit_id as unitId', 'audience_path as audiencePath', 'audience_kinds as kinds'])
    .select(['audience_posts as posts', 'audience_levels as levels', 'person_id as personId', 'member_id as memberId'])
    .select('name')
    .where('tenant_id', '=', tenantId)
    .where('circular_id', '=', circularId)
    .orderBy('audience_path')
    .orderBy('name')
    .orderBy('id')
    .execute()) as Target[]
}

export async function insertTargets(
  tx: Tx,
  tenantId: string,
  circular: { readonly id: string; readonly orgPath: string; readonly sentAt: Date | null },
  targets: readonly (Target & { readonly id: string })[],
): Promise<void> {
  if (targets.length === 0) return
  await tx
    .insertInto('notices_target')
    .values(
      targets.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        circular_id: circular.id,
        org_path: circular.orgPath,
        is_except: one.isExcept,
        unit_id: one.unitId,
        audience_path: one.audiencePath,
        audience_kinds: [...one.kinds],
        audience_posts: [...one.posts],
        audience_levels: [...one.levels],
        person_id: one.personId,
        member_id: one.memberId,
        name: one.name,
        sent_at: circular.sentAt,
      })),
    )
    .execute()
}
export async function setTargetsSent(tx: Tx, tenantId: string, circularId: string, at: Date): Promise<void> {
  await tx
    .updateTable('notices_target')
    .set({ sent_at: at })
    .where('tenant_id', '=', tenantId)
    .where('circular_id', '=', circularId)
    .execute()
}
export async function deleteTargets(tx: Tx, tenantId: string, circularId: string): Promise<void> {
  await tx
    .deleteFrom('notices_target')
    .where('tenant_id', '=', tenantId)
    .where('circular_id', '=', circularId)
    .execute()
}
