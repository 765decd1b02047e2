import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type Person = {
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  unitName: string
  category: string
  status: string
}

const people = (db: Db, tenantId: string) =>
  db
    .selectFrom('member_card as m')
    .innerJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      'm.id as memberId',
      'm.person_id as personId',
      'm.name',
      'm.org_id as unitId',
      'm.org_path as orgPath',
      'o.name as unitName',
      'm.category',
      'm.status',
    ])
    .where('m.tenant_id', '=', tenantId)
    .where('o.tenant_id', '=', tenantId)

/** Living records by id. */
export async function peopleOf(db: Db, tenantId: string, memberIds: readonly string[]): Promise<Person[]> {
  if (memberIds.length === 0) return []
  return (await people(db, tenantId)
    .where(sql<boolean>`m.id = any(${[...memberIds]}::uuid[])`)
    .execute()) as Person[]
}

/** The record of a person: for what somebody does for the own cause. */
export async function ownRecord(db: Db, tenantId: string, personId: string): Promise<Person | undefined> {
  const row = await people(db, tenantId).where('m.person_id', '=', personId).executeTakeFirst()
  return row as Person | undefined
}

/** A living record of the caller's reach. */
export async function personInReach(db: Db, actor: Actor, memberId: string): Promise<Person | undefined> {
  const row = await people(db, actor.tenantId)
    .where('m.id', '=', memberId)
    .where(inReach('m.org_path', actor))
    .executeTakeFirst()
  return row as Person | undefined
}

/** All living records in the order of their ids, a part at a time. */
export async function peopleAfter(db: Db, tenantId: string, after: string | null, most: number): Promise<Person[]> {
  let select = people(db, tenantId)
  if (after) select = select.where('m.id', '>', after)
  return (await select.orderBy('m.id').limit(most).execute()) as Person[]
}

/** Everything of a member in this module goes where the member goes. */
export async function moveMember(
  tx: Tx,
  tenantId: string,
  person: Pick<Person, 'memberId' | 'unitId' | 'orgPath' | 'unitName'>,
): Promise<void> {
  const { memberId, orgPath, unitId, unitName } = person
  await tx
    .updateTable('credits_entry')
    .set({ org_path: orgPath })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .execute()
  const place = { unit_id: unitId, org_path: orgPath, unit_name: unitName }
  for (const table of ['credits_account', 'credits_certificate', 'credits_exemption', 'credits_honour'] as const)
    await tx.updateTable(table).set(place).where('tenant_id', '=', tenantId).where('member_id', '=', memberId).execute()
}
