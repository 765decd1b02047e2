import type { Db, Tx } from '../../../platform/ctx.ts'

/** Cases that the holder of a member record accompanies as a contact now, with the day since when; ended ones are absent. */
export async function accompaniedBy(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<readonly { caseId: string; since: string }[]> {
  return accompanying(db, tenantId, memberId).orderBy('c.due_on').orderBy('c.id').execute()
}

/** Whether the record's holder is a contact of the case; the case is locked for what is written next. */
export async function lockAccompanied(tx: Tx, tenantId: string, memberId: string, caseId: string): Promise<boolean> {
  const row = await accompanying(tx, tenantId, memberId).where('c.id', '=', caseId).forUpdate('c').executeTakeFirst()
  return row !== undefined
}

const accompanying = (db: Db, tenantId: string, memberId: string) =>
  db
    .selectFrom('development_person as p')
    .innerJoin('development_case as c', (join) => join.on('c.tenant_id', '=', tenantId).onRef('c.id', '=', 'p.case_id'))
    .select(['c.id as caseId', 'p.from_on as since'])
    .where('p.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
    .where('p.part', '=', 'contact')
    .where('p.until_on', 'is', null)
    .where('c.state', 'in', ['running', 'returned', 'paused'])
