import { createHash } from 'node:crypto'
import { completenessOf } from '@tongxin/domain/members/completeness'
import {
  isSealed,
  MEMBER_FIELD_NAMES,
  MEMBER_FIELDS,
  type MemberFacts,
  type MemberField,
  PLAIN_FACTS,
  PRIVATE_FACTS,
} from '@tongxin/domain/members/fields'
import { maskField, maskIdNumber, maskPhone } from '@tongxin/domain/members/masks'
import type { Vault } from '../../platform/vault.ts'
import { nameKeysOf } from './members.names.ts'

export type Facts = { [F in MemberField]?: string | null }

const TABLE = 'members_member'
const place = (column: string, rowId: string) => ({ table: TABLE, column, rowId })

/** Columns of `members_member` that follow from the facts of a record. */
export type FactColumns = {
  name: string
  given_name: string
  pinyin: string
  initials: string
  sex: string | null
  ethnic: string | null
  born_on: string | null
  education: string | null
  category: string
  status: string
  applied_on: string | null
  activist_on: string | null
  candidate_on: string | null
  joined_on: string | null
  converted_on: string | null
  branch_entered_on: string | null
  dues_paid_until: string | null
  id_valid_until: string | null
  id_number: Buffer | null
  id_tail: number | null
  phone: Buffer | null
  phone_index: Buffer | null
  phone_tail: number | null
  private_facts: Buffer | null
  facts: string
  completeness: number
}

/** Index of the last four characters, cut to 16 bits: what it finds must be opened and compared. */
export function tailOf(vault: Pick<Vault, 'blindIndex'>, column: 'id_tail' | 'phone_tail', tail: string): number {
  return vault.blindIndex(`members_member.${column}`, tail.toUpperCase()).readUInt16BE(0)
}

/** The whole index of a canonical ID number: one record per person in the installation. */
export function idIndexOf(vault: Pick<Vault, 'blindIndex'>, idNumber: string): Buffer {
  return vault.blindIndex('members_identity.id_index', idNumber)
}

export function phoneIndexOf(vault: Pick<Vault, 'blindIndex'>, phone: string): Buffer {
  return vault.blindIndex('members_member.phone_index', phone)
}

/** Every column that follows from canonical facts; sealed values are sealed anew for this row. */
export function columnsOf(vault: Vault, memberId: string, facts: MemberFacts, now: Date): FactColumns {
  const value = (field: MemberField): string | null => facts[field] ?? null
  const name = facts.name ?? ''
  const keys = nameKeysOf(name)
  const idNumber = value('idNumber')
  const phone = value('phone')
  const hidden = picked(PRIVATE_FACTS, facts)
  return {
    name,
    given_name: keys.given,
    pinyin: keys.pinyin,
    initials: keys.initials,
    sex: value('sex'),
    ethnic: value('ethnic'),
    born_on: value('bornOn'),
    education: value('education'),
    category: value('category') ?? 'applicant',
    status: value('status') ?? 'normal',
    applied_on: value('appliedOn'),
    activist_on: value('activistOn'),
    candidate_on: value('candidateOn'),
    joined_on: value('joinedOn'),
    converted_on: value('convertedOn'),
    branch_entered_on: value('branchEnteredOn'),
    dues_paid_until: value('duesPaidUntil'),
    id_valid_until: value('idValidUntil'),
    id_number: idNumber === null ? null : vault.seal(place('id_number', memberId), idNumber, now),
    id_tail: idNumber === null ? null : tailOf(vault, 'id_tail', idNumber.slice(-4)),
    phone: phone === null ? null : vault.seal(place('phone', memberId), phone, now),
    phone_index: phone === null ? null : phoneIndexOf(vault, phone),
    phone_tail: phone === null ? null : tailOf(vault, 'phone_tail', phone.slice(-4)),
    private_facts:
      Object.keys(hidden).length === 0
        ? null
        : vault.seal(place('private_facts', memberId), JSON.stringify(hidden), now),
    facts: JSON.stringify(picked(PLAIN_FACTS, facts)),
    completeness: completenessOf(facts),
  }
}

function picked(fields: readonly MemberField[], facts: MemberFacts): Record<string, string> {
  return Object.fromEntries(fields.flatMap((field) => (facts[field] ? [[field, facts[field]]] : []))) as Record<
    string,
    string
  >
}

/** What is read to know a record's facts. */
export type StoredFacts = {
  id: string
  name: string
  sex: string | null
  ethnic: string | null
  born_on: string | null
  education: string | null
  category: string
  status: string
  applied_on: string | null
  activist_on: string | null
  candidate_on: string | null
  joined_on: string | null
  converted_on: string | null
  branch_entered_on: string | null
  dues_paid_until: string | null
  id_valid_until: string | null
  id_number: Buffer | null
  phone: Buffer | null
  private_facts: Buffer | null
  facts: unknown
}

/** All facts of a record in the clear: for deciding and changing, never for an answer. */
export function factsOf(vault: Vault, row: StoredFacts): Facts {
  const open = (column: 'id_number' | 'phone' | 'private_facts') => {
    const sealed = row[column]
    return sealed === null ? null : vault.open(place(column, row.id), sealed)
  }
  const hidden = open('private_facts')
  return {
    ...(row.facts as Facts),
    ...(hidden === null ? {} : (JSON.parse(hidden) as Facts)),
    name: row.name,
    sex: row.sex,
    ethnic: row.ethnic,
    bornOn: row.born_on,
    education: row.education,
    category: row.category,
    status: row.status,
    appliedOn: row.applied_on,
    activistOn: row.activist_on,
    candidateOn: row.candidate_on,
    joinedOn: row.joined_on,
    convertedOn: row.converted_on,
    branchEnteredOn: row.branch_entered_on,
    duesPaidUntil: row.dues_paid_until,
    idValidUntil: row.id_valid_until,
    idNumber: open('id_number'),
    phone: open('phone'),
  }
}

/** The facts as they may be shown: sealed ones masked, empty ones left out. */
export function shownFacts(facts: Facts): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const field of MEMBER_FIELD_NAMES) {
    const value = facts[field]
    if (value) shown[field] = isSealed(field) ? maskField(field, value) : value
  }
  return shown
}

export function maskedId(vault: Vault, memberId: string, sealed: Buffer | null): string | null {
  return sealed === null ? null : vault.masked(place('id_number', memberId), sealed, maskIdNumber)
}

export function maskedPhone(vault: Vault, memberId: string, sealed: Buffer | null): string | null {
  return sealed === null ? null : vault.masked(place('phone', memberId), sealed, maskPhone)
}

export function openColumn(
  vault: Vault,
  memberId: string,
  column: 'id_number' | 'phone',
  sealed: Buffer | null,
): string | null {
  return sealed === null ? null : vault.open(place(column, memberId), sealed)
}

/** Fields that differ between two states of a record, in the order of the record. */
export function changedFields(before: MemberFacts, after: MemberFacts): MemberField[] {
  return MEMBER_FIELD_NAMES.filter((field) => (before[field] ?? null) !== (after[field] ?? null))
}

/** Old and new values for a version row: sensitive ones only in `sealed`. */
export function versionValues(
  vault: Vault,
  versionId: string,
  before: MemberFacts,
  after: MemberFacts,
  now: Date,
): { fields: MemberField[]; before: string; after: string; sealed: Buffer | null } {
  const fields = changedFields(before, after)
  const plain = fields.filter((field) => !isSealed(field))
  const hidden = fields.filter((field) => isSealed(field))
  const of = (names: readonly MemberField[], facts: MemberFacts) =>
    Object.fromEntries(names.map((field) => [field, facts[field] ?? null]))
  const sealed =
    hidden.length === 0
      ? null
      : vault.seal(
          { table: 'members_version', column: 'sealed', rowId: versionId },
          JSON.stringify({ before: of(hidden, before), after: of(hidden, after) }),
          now,
        )
  return { fields, before: JSON.stringify(of(plain, before)), after: JSON.stringify(of(plain, after)), sealed }
}

/** Opens both sides of a version row. */
export function versionFacts(
  vault: Vault,
  row: { id: string; before: unknown; after: unknown; sealed: Buffer | null },
): { before: Facts; after: Facts } {
  const hidden =
    row.sealed === null
      ? { before: {}, after: {} }
      : (JSON.parse(vault.open({ table: 'members_version', column: 'sealed', rowId: row.id }, row.sealed)) as {
          before: Facts
          after: Facts
        })
  return { before: { ...(row.before as Facts), ...hidden.before }, after: { ...(row.after as Facts), ...hidden.after } }
}

/** SHA-256 of canonical JSON: keys sorted, so that equal contents have equal hashes. */
export function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(canonical(value)).digest()
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

/** True when a field of this name exists; for names that come out of stored JSON. */
export function isMemberField(name: string): name is MemberField {
  return Object.hasOwn(MEMBER_FIELDS, name)
}
