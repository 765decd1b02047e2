import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Short = {
  memberId: string
  personId: string
  unitId: string
  orgPath: string
  target: number
  earned: number
}

/** Who has a target and is behind `quarter` quarters of it, in the order of ids, a part at a time. */
export async function shortAfter(
  db: Db,
  tenantId: string,
  of: { year: number; quarter: number; after: string | null; most: number },
): Promise<Short[]> {
  let select = db
    .selectFrom('credits_account')
    .select([
      'member_id as memberId',
      'person_id as personId',
      'unit_id as unitId',
      'org_path as orgPath',
      'target',
      'earned',
    ])
    .where('tenant_id', '=', tenantId)
    .where('year', '=', of.year)
    .where('standing', '=', 'short')
    .where(sql<boolean>`earned < ceil(target * ${of.quarter}::numeric / 4)`)
  if (of.after) select = select.where('member_id', '>', of.after)
  return (await select.orderBy('member_id').limit(of.most).execute()) as Short[]
}

/** Claims keys: those that nobody claimed before. */
export async function claimReminders(
  tx: Tx,
  tenantId: string,
  due: readonly { key: string; orgPath: string }[],
  at: Date,
): Promise<Set<string>> {
  if (due.length === 0) return new Set()
  const rows = await tx
    .insertInto('credits_reminder')
    .values(due.map(({ key, orgPath }) => ({ tenant_id: tenantId, key, org_path: orgPath, at })))
    .onConflict((c) => c.columns(['tenant_id', 'key']).doNothing())
    .returning('key')
    .execute()
  return new Set(rows.map(({ key }) => key))
}
