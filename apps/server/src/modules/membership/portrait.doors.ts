import type { DecisionKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'

/** Decisions that stand, the newest first, `most` at most: by kind, day and who approved. Empty without the right. */
export async function decisionsOf(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { memberId, isOwn }: { readonly memberId: string; readonly isOwn: boolean },
  most: number,
): Promise<{ on: string; kind: DecisionKind; by: string | null }[]> {
  if (!isOwn && !actor.permissions.has('membership.read')) return []
  const rows = await db
    .selectFrom('membership_decision as d')
    .select([sql<string>`d.effective_on`.as('on'), 'd.kind', 'd.approving_org as by'])
    .where('d.tenant_id', '=', actor.tenantId)
    .where('d.member_id', '=', memberId)
    .where('d.state', 'in', ['approved', 'served', 'appealed', 'upheld'])
    .where('d.approved_by', 'is not', null)
    .where(isOwn ? sql<boolean>`d.person_id = ${actor.personId}::uuid` : inReach('d.org_path', actor))
    .orderBy('d.effective_on', 'desc')
    .orderBy('d.id')
    .limit(most)
    .execute()
  return rows as { on: string; kind: DecisionKind; by: string | null }[]
}
