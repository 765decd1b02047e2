import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Step = {
  id: string
  act: string
  side: 'sending' | 'both'
  on: string | null
  at: Date
  madeBy: string | null
  note: string | null
}
export type NewStep = Omit<Step, 'at'> & {
  transferId: string
  orgPath: string
  toPath: string | null
  personId: string | null
}

export async function insertSteps(tx: Tx, tenantId: string, steps: readonly NewStep[], at: Date): Promise<void> {
  if (steps.length === 0) return
  await tx
    .insertInto('transfers_step')
    .values(
      steps.map((step) => ({
        tenant_id: tenantId,
        id: step.id,
        transfer_id: step.transferId,
        org_path: step.orgPath,
        to_path: step.toPath,
        person_id: step.personId,
        act: step.act,
        side: step.side,
        said_on: step.on,
        note: step.note,
        made_by: step.madeBy,
        at,
      })),
    )
    .execute()
}

/** The steps of transfers in the order in which they were done; `shared`: only what both sides see. */
export async function stepsOf(
  db: Db,
  tenantId: string,
  transferIds: readonly string[],
  shared: boolean,
): Promise<(Step & { transferId: string })[]> {
  if (transferIds.length === 0) return []
  let select = db
    .selectFrom('transfers_step as s')
    .select([
      's.id',
      's.transfer_id as transferId',
      's.act',
      's.side',
      's.said_on as on',
      's.at',
      's.made_by as madeBy',
      's.note',
    ])
    .where('s.tenant_id', '=', tenantId)
    .where(sql<boolean>`s.transfer_id = any(${[...transferIds]}::uuid[])`)
  if (shared) select = select.where('s.side', '=', 'both')
  return (await select.orderBy('s.id').execute()) as (Step & { transferId: string })[]
}
