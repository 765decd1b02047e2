import { v7 as uuidv7 } from 'uuid'
import { hashPassword } from '../modules/access/access.hash.ts'
import { grantMembership, openAccount } from '../modules/access/index.ts'
import { setPassword } from '../modules/access/queries/accounts.queries.ts'
import { inSystemTransaction } from '../platform/transaction.ts'
import { PASSWORD } from './access-people.ts'
import { type Fixture, NOW, type OrgKey } from './fixture.ts'

let number = 20230000

/** A member with a password, who can sign in by telephone and by number. */
export const membersOf =
  (f: Fixture) =>
  async (more: { name?: string; phone?: string; password?: string } = {}) => {
    number += 1
    const phone = more.phone ?? `138${String(number)}`
    const hash = await hashPassword(more.password ?? PASSWORD)
    const personId = await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
      const names = [
        { kind: 'phone' as const, value: phone },
        { kind: 'member_no' as const, value: `JW-${number}` },
      ]
      const opened = await openAccount(tx, {
        name: more.name ?? '古丽娜尔·买买提',
        signInNames: names,
        now: NOW,
        vault: f.platform.vault,
      })
      await grantMembership(tx, {
        tenantId: f.tenantId,
        personId: opened.personId,
        memberId: opened.personId,
        orgId: f.orgs.teachers.id,
        orgPath: f.orgs.teachers.path,
        now: new Date(NOW.getTime() - 10_000),
      })
      await setPassword(tx, opened.personId, hash, NOW, false)
      return opened.personId
    })
    return { personId, phone, number: `JW-${number}` }
  }

let serial = 20231100
export const ID_NUMBER = '110101199003071233'

/** A member with a record and an account that waits for activation. */
export const newcomersOf =
  (f: Fixture) =>
  async (name: string, org: OrgKey, idNumber: string | null = ID_NUMBER) => {
    serial += 1
    const number = `JW${serial}`
    const [id, unit] = [uuidv7(), f.orgs[org]]
    return inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, async (tx) => {
      const { personId } = await openAccount(tx, {
        name,
        signInNames: [{ kind: 'member_no', value: number }],
        now: NOW,
        vault: f.platform.vault,
      })
      await grantMembership(tx, {
        tenantId: f.tenantId,
        personId,
        memberId: id,
        orgId: unit.id,
        orgPath: unit.path,
        now: NOW,
      })
      await f.admin
        .insertInto('members_member')
        .values({
          tenant_id: f.tenantId,
          id,
          person_id: personId,
          org_id: unit.id,
          org_path: unit.path,
          member_no: number,
          name,
          given_name: name,
          pinyin: 'x',
          initials: 'x',
          category: 'formal',
          record_state: 'approved',
          created_at: NOW,
          updated_at: NOW,
          id_number:
            idNumber === null
              ? null
              : f.platform.vault.seal({ table: 'members_member', column: 'id_number', rowId: id }, idNumber, NOW),
        })
        .execute()
      return { personId, number }
    })
  }
