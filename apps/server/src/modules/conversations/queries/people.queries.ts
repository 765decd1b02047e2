import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { LEARNING_STATUSES } from '../../members/index.ts'

export type Person = {
  readonly personId: string
  readonly memberId: string
  readonly name: string
  readonly unitId: string
}
const cards = (db: Db, tenantId: string) =>
  db
    .selectFrom('member_card as m')
    .select([
      sql<string>`m.person_id`.as('personId'),
      sql<string>`m.id`.as('memberId'),
      sql<string>`m.name`.as('name'),
      sql<string>`m.org_id`.as('unitId'),
    ])
    .where('m.tenant_id', '=', tenantId)
    .where(sql<boolean>`m.status = any(${[...LEARNING_STATUSES]}::text[])`)

/** Members of a branch, by their names. */
export const peopleOfBranch = (db: Db, tenantId: string, unitId: string): Promise<Person[]> =>
  cards(db, tenantId)
    .where('m.org_id', '=', unitId)
    .where(sql<boolean>`m.category in ('formal', 'probationary')`)
    .orderBy('m.name')
    .execute()
export async function peopleByMembers(db: Db, tenantId: string, memberIds: readonly string[]): Promise<Person[]> {
  if (memberIds.length === 0) return []
  return cards(db, tenantId)
    .where(sql<boolean>`m.id = any(${[...memberIds]}::uuid[])`)
    .orderBy('m.name')
    .execute()
}
export async function peopleByPersons(db: Db, tenantId: string, personIds: readonly string[]): Promise<Person[]> {
  if (personIds.length === 0) return []
  return cards(db, tenantId)
    .where(sql<boolean>`m.person_id = any(${[...personIds]}::uuid[])`)
    .orderBy('m.name')
    .execute()
}

/** Names of units for people of several. */
export async function unitNames(db: Db, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('org_path as u')
    .select([sql<string>`u.id`.as('id'), sql<string>`u.name`.as('name')])
    .where('u.tenant_id', '=', tenantId)
    .where(sql<boolean>`u.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
