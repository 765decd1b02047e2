import { parseCitizenId, upgrade15 } from '../identity/citizen-id.ts'
import { EDUCATION_LEVELS, ETHNIC_GROUPS } from '../identity/codes.ts'
import { readName } from '../identity/person-name.ts'
import { readPhone } from '../identity/phone.ts'
import { readDate } from '../identity/written-date.ts'
import { halfWidth, withoutBlanks } from '../identity/written-text.ts'
import { MEMBER_FIELDS, type MemberFacts, type MemberField } from './fields.ts'

export type FieldFault = {
  readonly field: MemberField
  readonly reason: 'id_number_wrong' | 'phone_wrong' | 'date_wrong' | 'word_unknown' | 'name_wrong' | 'too_long'
}

/**
 * One written value in its canonical form: 18-digit ID number with capital X, 11-digit telephone, ISO date, code.
 * Empty becomes null. Dates may be written 2026-3-5, 2026.3.5 or 20260305.
 */
export function normaliseField(
  field: MemberField,
  written: string | null,
  today: string,
): { value: string | null } | { fault: FieldFault['reason'] } {
  const bare = (written ?? '').trim()
  const row = MEMBER_FIELDS[field]
  if (bare === '') return field === 'name' ? { fault: 'name_wrong' } : { value: null }
  switch (row.kind) {
    case 'id_number': {
      const typed = withoutBlanks(halfWidth(bare)).toUpperCase()
      const whole = typed.length === 15 ? upgrade15(typed) : typed
      return whole !== null && parseCitizenId(whole, today).valid ? { value: whole } : { fault: 'id_number_wrong' }
    }
    case 'phone': {
      const { number, isMobile } = readPhone(bare)
      return isMobile || /^[\d-]{7,20}$/.test(number) ? { value: number } : { fault: 'phone_wrong' }
    }
    case 'date': {
      const { form, iso } = readDate(bare)
      return iso !== null && form !== 'month' ? { value: iso } : { fault: 'date_wrong' }
    }
    case 'code':
      return isCode(row.table, bare) ? { value: bare } : { fault: 'word_unknown' }
    case 'word':
      return (row.words as readonly string[]).includes(bare) ? { value: bare } : { fault: 'word_unknown' }
    case 'yes':
      return bare === 'yes' || bare === 'no' ? { value: bare === 'yes' ? 'yes' : null } : { fault: 'word_unknown' }
    case 'text':
      return normaliseText(field, bare, row.most)
  }
}

function normaliseText(
  field: MemberField,
  bare: string,
  most: number,
): { value: string } | { fault: FieldFault['reason'] } {
  if ([...bare].length > most) return { fault: 'too_long' }
  if (field !== 'name') return { value: bare }
  const { name, isFormula } = readName(bare)
  return isFormula || name === '' ? { fault: 'name_wrong' } : { value: name }
}

function isCode(table: 'sex' | 'ethnic' | 'education', code: string): boolean {
  if (table === 'sex') return code === '1' || code === '2'
  return Object.hasOwn(table === 'ethnic' ? ETHNIC_GROUPS : EDUCATION_LEVELS, code)
}

/** Normalises what was written of a record; faults name each wrong field. */
export function normaliseFacts(
  written: MemberFacts,
  today: string,
): { facts: { [F in MemberField]?: string | null }; faults: FieldFault[] } {
  const facts: { [F in MemberField]?: string | null } = {}
  const faults: FieldFault[] = []
  for (const [name, text] of Object.entries(written)) {
    const field = name as MemberField
    const read = normaliseField(field, text ?? null, today)
    if ('fault' in read) faults.push({ field, reason: read.fault })
    else facts[field] = read.value
  }
  return { facts, faults }
}
