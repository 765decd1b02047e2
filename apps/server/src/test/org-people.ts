import { v7 as uuidv7 } from 'uuid'
import { countPeople } from '../modules/org/index.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import { type Client, type Fixture, NOW, type OrgKey } from './fixture.ts'

export type Plan = {
  hash: string
  obstacles: string[]
  before: string[]
  after: string[]
  counts: { what: string; rows: number }[]
  hints: { about: string; value: string; ruleId: string }[]
}

let serial = 0
/** A member record of a branch with its person's grant, counted in the rollup as the events would. */
export async function plantMember(
  f: Fixture,
  org: OrgKey,
  name: string,
  category = 'formal',
): Promise<{ id: string; client: Client }> {
  const id = uuidv7()
  const client = await f.signIn('member', org, { name, memberId: id })
  const unit = f.orgs[org]
  serial += 1
  const at = new Date('2026-01-01T00:00:00Z')
  await f.admin
    .insertInto('members_member')
    .values({
      tenant_id: f.tenantId,
      id,
      person_id: client.personId,
      org_id: unit.id,
      org_path: unit.path,
      member_no: `TX${String(serial).padStart(9, '0')}`,
      name,
      given_name: name.slice(1),
      pinyin: 'x',
      initials: 'x',
      category,
      record_state: 'approved',
      created_at: at,
      updated_at: at,
    })
    .execute()
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: f.orgs.committee.path }, (tx) =>
    countPeople(tx, f.tenantId, [{ unitId: unit.id, category, delta: 1 }], { now: NOW }),
  )
  return { id, client }
}

export const counted = (plan: Plan, what: string) => plan.counts.find((count) => count.what === what)?.rows

export async function pathOf(f: Fixture, id: string): Promise<string> {
  const { path } = await f.admin.selectFrom('org_unit').select('path').where('id', '=', id).executeTakeFirstOrThrow()
  return path
}
