import { MEMBER_CATEGORIES } from '../identity/member-category.ts'

/** Standing in the Party (党籍状态). */
export const STANDINGS = [
  'normal',
  'suspended',
  'retained',
  'restored',
  'struck_off',
  'expelled',
  'left',
  'deceased',
  'transferred',
] as const
export type Standing = (typeof STANDINGS)[number]

/** How a field is written: `code` names a table of the national standards, `word` one of a closed list. */
export type FieldKind =
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'yes' }
  | { readonly kind: 'code'; readonly table: 'sex' | 'ethnic' | 'education' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'id_number' | 'phone' }

/**
 * Where a field lies: a column of its own, among the plain facts, or sealed. `sealed` fields are shown masked and
 * revealed one at a time with a purpose. `group` is the card of the record page it belongs to.
 */
export type FieldPlace = 'column' | 'fact' | 'sealed'
export type FieldGroup = 'identity' | 'party' | 'work' | 'contact' | 'circumstances'
type FieldRow = FieldKind & { readonly place: FieldPlace; readonly group: FieldGroup; readonly weight: number }

const text = (group: FieldGroup, weight = 0, most = 200) =>
  ({ kind: 'text', most, place: 'fact', group, weight }) as const
const date = (group: FieldGroup, weight = 0, place: FieldPlace = 'column') =>
  ({ kind: 'date', place, group, weight }) as const
const yes = (weight = 0) => ({ kind: 'yes', place: 'fact', group: 'circumstances', weight }) as const
const sealed = (weight = 0) => ({ kind: 'text', most: 200, place: 'sealed', group: 'contact', weight }) as const

/**
 * Every field of a record (catalogue D2), with its weight in the completeness score: what a membership roster must
 * hold counts, what may be empty for good does not.
 */
export const MEMBER_FIELDS = {
  name: { kind: 'text', most: 60, place: 'column', group: 'identity', weight: 10 },
  formerName: text('identity'),
  /** The number that the unit itself gave: of students, staff, or a former member list. */
  ownNumber: text('identity', 0, 40),
  idNumber: { kind: 'id_number', place: 'sealed', group: 'identity', weight: 12 },
  /** The last day of the citizen's ID card; empty where it is valid for good. */
  idValidUntil: date('identity'),
  sex: { kind: 'code', table: 'sex', place: 'column', group: 'identity', weight: 4 },
  ethnic: { kind: 'code', table: 'ethnic', place: 'column', group: 'identity', weight: 5 },
  bornOn: date('identity', 6),
  nativePlace: text('identity', 3),
  birthPlace: text('identity'),
  maritalStatus: text('identity'),
  health: sealed(),
  education: { kind: 'code', table: 'education', place: 'column', group: 'identity', weight: 6 },
  fullTimeEducation: text('identity', 1),
  inServiceEducation: text('identity'),
  degree: text('identity', 1),
  school: text('identity', 2),
  major: text('identity'),
  graduatedOn: date('identity', 0, 'fact'),
  category: { kind: 'word', words: MEMBER_CATEGORIES, place: 'column', group: 'party', weight: 8 },
  status: { kind: 'word', words: STANDINGS, place: 'column', group: 'party', weight: 0 },
  appliedOn: date('party', 2),
  activistOn: date('party', 1),
  candidateOn: date('party', 1),
  joinedOn: date('party', 8),
  convertedOn: date('party', 5),
  joinedAtBranch: text('party', 3),
  introducers: text('party', 3),
  branchEnteredOn: date('party', 2),
  entryWay: text('party'),
  partyPost: text('party'),
  group: text('party'),
  duesPaidUntil: date('party'),
  mobility: text('party'),
  lostContact: text('party'),
  workStartedOn: date('work', 1, 'fact'),
  workplace: text('work', 4),
  jobTitle: text('work', 2),
  occupation: text('work', 2),
  technicalTitle: text('work'),
  frontLine: text('work'),
  socialStratum: text('work'),
  phone: { kind: 'phone', place: 'sealed', group: 'contact', weight: 8 },
  email: sealed(),
  landline: sealed(),
  registeredAddress: sealed(2),
  homeAddress: sealed(4),
  emergencyContact: sealed(2),
  isRetired: yes(),
  isMigrantWorker: yes(),
  isInHardship: yes(),
  isDelegate: yes(),
  isFromTaiwanOrMacao: yes(),
  dossierPlace: text('circumstances', 2),
  note: text('circumstances', 0, 1000),
} as const satisfies Record<string, FieldRow>

export type MemberField = keyof typeof MEMBER_FIELDS
export const MEMBER_FIELD_NAMES = Object.keys(MEMBER_FIELDS) as MemberField[]
/** Values of a record by field: dates ISO, codes of the standards, words of their lists, yes as `'yes'`; absent is null. */
export type MemberFacts = { readonly [F in MemberField]?: string | null }

const placed = (place: FieldPlace) => MEMBER_FIELD_NAMES.filter((field) => MEMBER_FIELDS[field].place === place)
/** Fields whose values never leave the server unmasked, except by revealing. */
export const SEALED_FIELDS: readonly MemberField[] = placed('sealed')
export const PLAIN_FACTS: readonly MemberField[] = placed('fact')
/** Sealed fields that share one sealed value; ID number and telephone have columns of their own. */
export const PRIVATE_FACTS = SEALED_FIELDS.filter((field) => field !== 'idNumber' && field !== 'phone')

export function isSealed(field: MemberField): boolean {
  return MEMBER_FIELDS[field].place === 'sealed'
}
