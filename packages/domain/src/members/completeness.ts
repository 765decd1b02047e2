import { MEMBER_FIELD_NAMES, MEMBER_FIELDS, type MemberFacts, type MemberField } from './fields.ts'

const PARTY_MEMBERS = new Set(['formal', 'probationary'])

/** Whether a field is expected of this person: an applicant has no date of joining, a probationary member none of conversion. */
function isExpected(field: MemberField, facts: MemberFacts): boolean {
  const { category } = facts
  if (field === 'convertedOn') return category === 'formal'
  if (
    field === 'joinedOn' ||
    field === 'joinedAtBranch' ||
    field === 'introducers' ||
    field === 'candidateOn' ||
    field === 'activistOn'
  ) {
    return PARTY_MEMBERS.has(category ?? '')
  }
  if (field === 'appliedOn') return category !== 'public'
  return true
}

/** Percent of the weight of expected fields that is filled in, 0 to 100. */
export function completenessOf(facts: MemberFacts): number {
  let filled = 0
  let expected = 0
  for (const field of MEMBER_FIELD_NAMES) {
    const { weight } = MEMBER_FIELDS[field]
    if (weight === 0 || !isExpected(field, facts)) continue
    expected += weight
    if (facts[field]) filled += weight
  }
  return Math.round((filled * 100) / expected)
}

/** Expected fields of weight that are empty, heaviest first. */
export function missingFields(facts: MemberFacts): MemberField[] {
  return MEMBER_FIELD_NAMES.filter(
    (field) => MEMBER_FIELDS[field].weight > 0 && isExpected(field, facts) && !facts[field],
  ).sort((a, b) => MEMBER_FIELDS[b].weight - MEMBER_FIELDS[a].weight)
}
