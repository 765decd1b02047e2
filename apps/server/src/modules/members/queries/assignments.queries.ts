import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../org/index.ts'
export type Assignment = {
  orgId: string
  orgName: string | null
  dataSet: string
  makerId: string
  firstId: string
  secondId: string
  dueOn: string | null
}

export async function listAssignments(db: Db, actor: Actor): Promise<Assignment[]> {
  return db
    .selectFrom('members_assignment as a')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'a.tenant_id').onRef('o.id', '=', 'a.org_id'))
    .select([
      'a.org_id as orgId',
      'o.name as orgName',
      'a.data_set as dataSet',
      'a.maker_id as makerId',
      'a.first_id as firstId',
      'a.second_id as secondId',
      'a.due_on as dueOn',
    ])
    .where('a.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('a.org_path', actor))
    .orderBy('a.org_path')
    .orderBy('a.data_set')
    .limit(1000)
    .execute()
}

/** The assignment nearest above (or at) an organisation for a set of data. */
export async function assignmentFor(
  db: Db,
  tenantId: string,
  paths: readonly string[],
  dataSet: string,
): Promise<{ makerId: string; firstId: string; secondId: string } | undefined> {
  return db
    .selectFrom('members_assignment as a')
    .select(['a.maker_id as makerId', 'a.first_id as firstId', 'a.second_id as secondId'])
    .where('a.tenant_id', '=', tenantId)
    .where('a.org_path', 'in', [...paths])
    .where('a.data_set', '=', dataSet)
    .orderBy('a.org_path', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export async function upsertAssignment(
  tx: Tx,
  tenantId: string,
  row: {
    id: string
    orgId: string
    orgPath: string
    dataSet: string
    makerId: string
    firstId: string
    secondId: string
    dueOn: string | null
    by: string
    at: Date
  },
): Promise<void> {
  const people = {
    maker_id: row.makerId,
    first_id: row.firstId,
    second_id: row.secondId,
    due_on: row.dueOn,
    made_by: row.by,
    made_at: row.at,
  }
  await tx
    .insertInto('members_assignment')
    .values({
      tenant_id: tenantId,
      id: row.id,
      org_id: row.orgId,
      org_path: row.orgPath,
      data_set: row.dataSet,
      ...people,
    })
    .onConflict((c) => c.columns(['tenant_id', 'org_id', 'data_set']).doUpdateSet(people))
    .execute()
}
