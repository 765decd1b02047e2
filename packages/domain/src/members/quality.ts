import { yearsLater } from '../identity/calendar.ts'
import { parseCitizenId } from '../identity/citizen-id.ts'
import type { MemberFacts, MemberField } from './fields.ts'

/** A doubt about a record. `stop` cannot be true of anybody, `ask` may be but must be confirmed. */
export type QualityFinding = {
  readonly code: QualityCode
  readonly severity: 'stop' | 'ask'
  readonly fields: readonly MemberField[]
}
export const QUALITY_CODES = [
  'joined_before_eighteen',
  'steps_out_of_order',
  'converted_too_early',
  'date_in_future',
  'id_born',
  'id_sex',
  'id_invalid',
  'phone_shared',
  'formal_without_date',
] as const
export type QualityCode = (typeof QUALITY_CODES)[number]
/** All findings: those of a record by itself, of photos that repeat, and of the way in which records were entered. */
export const FINDING_CODES = [...QUALITY_CODES, 'photo_repeated', 'entered_too_fast'] as const
export type FindingCode = (typeof FINDING_CODES)[number]

/** Steps of admission in the order in which their dates must stand (Regulations on Admission of Members, 2014). */
const STEPS: readonly MemberField[] = ['appliedOn', 'activistOn', 'candidateOn', 'joinedOn', 'convertedOn']
const DATES: readonly MemberField[] = [...STEPS, 'bornOn', 'branchEnteredOn', 'workStartedOn', 'graduatedOn']
/** How many people may give the same telephone before it looks invented. */
export const PHONE_SHARED_BY = 2

/**
 * Doubts about one record by what it says itself. `today` is the date in Asia/Shanghai; `samePhone` how many records
 * give this telephone, itself included.
 */
export function qualityOf(facts: MemberFacts, today: string, samePhone = 1): QualityFinding[] {
  const found: QualityFinding[] = []
  const add = (code: QualityCode, severity: QualityFinding['severity'], ...fields: MemberField[]) =>
    found.push({ code, severity, fields })
  const future = DATES.filter((field) => (facts[field] ?? '') > today)
  if (future.length > 0) add('date_in_future', 'stop', ...future)
  // Constitution of the Party, article 1: Chinese citizens over eighteen may apply.
  if (facts.bornOn && facts.joinedOn && facts.joinedOn < yearsLater(facts.bornOn, 18))
    add('joined_before_eighteen', 'stop', 'joinedOn', 'bornOn')
  const [earlier, later] = outOfOrder(facts)
  if (earlier && later) add('steps_out_of_order', 'stop', earlier, later)
  // Constitution of the Party, article 7: probation lasts one year.
  else if (facts.joinedOn && facts.convertedOn && facts.convertedOn < yearsLater(facts.joinedOn, 1))
    add('converted_too_early', 'ask', 'convertedOn', 'joinedOn')
  if (facts.idNumber) compareWithId(facts, today, add)
  if (samePhone > PHONE_SHARED_BY) add('phone_shared', 'ask', 'phone')
  if (facts.category === 'formal' && !facts.joinedOn) add('formal_without_date', 'ask', 'category', 'joinedOn')
  return found
}

function outOfOrder(facts: MemberFacts): [MemberField?, MemberField?] {
  let last: MemberField | undefined
  for (const step of STEPS) {
    if (!facts[step]) continue
    if (last && (facts[step] ?? '') < (facts[last] ?? '')) return [last, step]
    last = step
  }
  return []
}

function compareWithId(
  facts: MemberFacts,
  today: string,
  add: (code: QualityCode, severity: 'stop' | 'ask', ...fields: MemberField[]) => void,
): void {
  const id = parseCitizenId(facts.idNumber ?? '', today)
  if (!id.valid) {
    add('id_invalid', 'stop', 'idNumber')
    return
  }
  if (facts.bornOn && facts.bornOn !== id.birth) add('id_born', 'ask', 'bornOn', 'idNumber')
  if (facts.sex && facts.sex !== id.sex) add('id_sex', 'ask', 'sex', 'idNumber')
}
