import { parseCitizenId } from '@tongxin/domain/identity/citizen-id'
import { isSealed, MEMBER_FIELD_NAMES, type MemberField } from '@tongxin/domain/members/fields'

/** What stands in the form, by field; absent or empty means nothing. */
export type FormFacts = Readonly<Partial<Record<MemberField, string>>>
/** A correction as the server takes it: null empties a field. */
export type WrittenFacts = Partial<Record<MemberField, string | null>>

const textOf = (facts: FormFacts, field: MemberField): string => (facts[field] ?? '').trim()

/**
 * Only what differs from the record. A sealed field that was left empty says nothing, because the form never had its
 * value.
 */
export function changedFacts(before: FormFacts, after: FormFacts): WrittenFacts {
  const changed = MEMBER_FIELD_NAMES.filter((field) =>
    isSealed(field) ? textOf(after, field) !== '' : textOf(after, field) !== textOf(before, field),
  )
  return Object.fromEntries(changed.map((field) => [field, textOf(after, field) || null]))
}

/** The form after one field was written: a valid ID number fills in the birth date and sex that are still empty. */
export function withField(facts: FormFacts, field: MemberField, value: string, today: string): FormFacts {
  const written = { ...facts, [field]: value }
  if (field !== 'idNumber') return written
  const id = parseCitizenId(value.trim(), today)
  if (!id.valid) return written
  return { ...written, bornOn: facts.bornOn || id.birth, sex: facts.sex || id.sex }
}

/** The values a form may start from: sealed ones are masked in the record and stay out. */
export function openFacts(fields: Readonly<Partial<Record<string, string | null>>>): FormFacts {
  const known = MEMBER_FIELD_NAMES.filter((field) => !isSealed(field) && fields[field])
  return Object.fromEntries(known.map((field) => [field, fields[field] ?? '']))
}
