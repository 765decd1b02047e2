import type { MemberFacts } from '@tongxin/domain/members/fields'
import type { Vault } from '../../platform/vault.ts'
import { numberOf } from './members.number.ts'
import { columnsOf, idIndexOf } from './members.record.ts'

/** An invented person of a demonstration at scale. */
export type InventedMember = {
  readonly tenantId: string
  readonly id: string
  readonly personId: string
  readonly orgId: string
  readonly orgPath: string
  readonly number: { readonly year: number; readonly running: number }
  readonly recordState: string
  readonly facts: MemberFacts
  readonly at: Date
}

/** The rows of `members_member` and `members_identity` that registering the person would have stored. */
export function inventedRows(vault: Vault, person: InventedMember) {
  const { tenantId, id, personId, facts, at } = person
  return {
    member: {
      tenant_id: tenantId,
      id,
      person_id: personId,
      org_id: person.orgId,
      org_path: person.orgPath,
      member_no: numberOf(person.number.year, person.number.running),
      record_state: person.recordState,
      created_at: at,
      updated_at: at,
      ...columnsOf(vault, id, facts, at),
    },
    identity: {
      id_index: idIndexOf(vault, facts.idNumber ?? ''),
      person_id: personId,
      tenant_id: tenantId,
      member_id: id,
    },
  }
}
