import type { MatchingRun } from '@tongxin/contract'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export async function insertRun(
  tx: Tx,
  actor: Actor,
  run: { readonly id: string; readonly at: Date; readonly result: MatchingRun },
): Promise<void> {
  await tx
    .insertInto('topics_run')
    .values({
      tenant_id: actor.tenantId,
      id: run.id,
      org_path: actor.scope,
      by_id: actor.personId,
      by_name: actor.personName,
      at: run.at,
      result: JSON.stringify(run.result),
    })
    .execute()
}
export async function lastRun(db: Db, actor: Actor): Promise<MatchingRun | null> {
  const row = await db
    .selectFrom('topics_run as r')
    .select('r.result')
    .where('r.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))
    .orderBy('r.at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (row?.result as unknown as MatchingRun | undefined) ?? null
}

export type Merge = { id: string; intoId: string; intoState: string; moved: number }
export async function openMerge(tx: Db, tenantId: string, fromId: string): Promise<Merge | undefined> {
  return tx
    .selectFrom('topics_merge')
    .select(['id', 'into_id as intoId', 'into_state as intoState', 'moved'])
    .where('tenant_id', '=', tenantId)
    .where('from_id', '=', fromId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
}
export async function insertMerge(
  tx: Tx,
  actor: Actor,
  merge: Merge & { readonly fromId: string; readonly orgPath: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await tx
    .insertInto('topics_merge')
    .values({
      tenant_id: actor.tenantId,
      id: merge.id,
      from_id: merge.fromId,
      into_id: merge.intoId,
      org_path: merge.orgPath,
      by_id: actor.personId,
      reason: merge.reason,
      moved: merge.moved,
      into_state: merge.intoState,
      at: merge.at,
    })
    .execute()
}
export async function endMerge(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('topics_merge')
    .set({ undone_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
