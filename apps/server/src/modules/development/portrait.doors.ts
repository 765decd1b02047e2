import type { CaseState, DevelopmentStage } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { inReach } from '../org/index.ts'

type StageNow = {
  readonly stage: DevelopmentStage
  readonly state: CaseState
  readonly appliedOn: string
  readonly activistOn: string | null
  readonly candidateOn: string | null
  readonly joinedOn: string | null
  readonly probationEnd: string | null
}

/** How far the case is that runs for a record, with its days; null when none runs or the caller may not see it. */
export async function stageOf(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { memberId, isOwn }: { readonly memberId: string; readonly isOwn: boolean },
): Promise<StageNow | null> {
  if (!isOwn && !actor.permissions.has('development.read')) return null
  const row = await db
    .selectFrom('development_case as c')
    .select([
      'c.stage',
      'c.state',
      'c.applied_on as appliedOn',
      'c.activist_on as activistOn',
      'c.object_on as candidateOn',
      'c.admitted_on as joinedOn',
      'c.probation_end as probationEnd',
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where('c.member_id', '=', memberId)
    .where('c.state', 'in', ['running', 'paused', 'returned'])
    .where(isOwn ? sql<boolean>`c.person_id = ${actor.personId}::uuid` : inReach('c.org_path', actor))
    .executeTakeFirst()
  return (row ?? null) as StageNow | null
}
