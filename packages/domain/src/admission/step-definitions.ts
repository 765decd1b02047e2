import type { IsoDate } from '../general/dates.ts'
import { ADMISSION_2026_FROM, type AdmissionEdition, editionOn } from './edition.ts'
import { type AdmissionStep, admissionSteps } from './steps.ts'

/** Who takes the step. `above`: the party committee above; `department`: the organisation department one level up. */
export type StepActor = 'applicant' | 'branch' | 'contacts' | 'above' | 'department'

/** `members`: ids of member records; `words`: several of a list; counts are whole numbers from 0. */
export type StepFieldKind = 'text' | 'long' | 'date' | 'count' | 'yes' | 'word' | 'words' | 'members'

export type StepField = {
  readonly name: string
  readonly kind: StepFieldKind
  readonly required: boolean
  readonly words?: readonly string[]
  readonly least?: number
  readonly most?: number
}

/**
 * What one step asks for while one edition of the rules is in force: rows of data, dated, not columns of a table.
 * `fields` are entered by whoever takes the step, `decisionFields` by the level above that decides on it (then
 * `decidedAbove`); `approves` demands a level with power of approval (art. 22).
 */
export type StepDefinition = AdmissionStep & {
  readonly edition: AdmissionEdition
  readonly effectiveFrom: IsoDate
  readonly effectiveUntil: IsoDate | null
  readonly actor: StepActor
  /** Only somebody of a level above enters it. */
  readonly recordedAbove: boolean
  readonly decidedAbove: boolean
  readonly approves: boolean
  readonly fields: readonly StepField[]
  readonly decisionFields: readonly StepField[]
  /** Kinds of papers that belong to the step. */
  readonly proofs: readonly string[]
  /** Printed forms of this system that help with the step. */
  readonly forms: readonly string[]
}

const text = (name: string, required = false): StepField => ({ name, kind: 'text', required, most: 200 })
const long = (name: string, required = true): StepField => ({ name, kind: 'long', required, most: 4000 })
const count = (name: string, required = true): StepField => ({ name, kind: 'count', required, most: 1_000_000 })
const date = (name: string, required = false): StepField => ({ name, kind: 'date', required })
const yes = (name: string, required = false): StepField => ({ name, kind: 'yes', required })
const word = (name: string, words: readonly string[], required = true): StepField => ({
  name,
  kind: 'word',
  required,
  words,
})
const members = (name: string, least: number, most: number): StepField => ({
  name,
  kind: 'members',
  required: true,
  least,
  most,
})

const COMMITTEE_VOTE = [count('shouldAttend'), count('present'), count('inFavour')]
const OPINIONS = [long('groupOpinion', false), long('contactsOpinion'), long('membersOpinion'), long('massesOpinion')]
/** Counts of a branch meeting: those who should attend are voting members (DEV-15, DEV-16, DEV-19). */
const MEETING_VOTE = [
  yes('secretBallot', true),
  count('eligible'),
  count('present'),
  count('written'),
  count('inFavour'),
  count('writtenInFavour'),
  count('against'),
  count('abstained'),
  count('invalid'),
  count('leftOut', false),
  long('resolution'),
]
const OPINION_ABOVE = [long('opinion'), text('documentNumber')]
const NOTE = [long('note', false)]

/** Papers that belong into the file (art. 36). */
export const FILED_PAPERS = [
  'booklet',
  'application',
  'activist_record',
  'vetting',
  'probation_record',
  'conversion_application',
] as const

type Row = Pick<StepDefinition, 'actor' | 'fields' | 'decisionFields' | 'proofs' | 'forms'> & {
  readonly approves?: true
  readonly recordedAbove?: true
}
function row(actor: StepActor, fields: readonly StepField[], more: Partial<Omit<Row, 'actor' | 'fields'>> = {}): Row {
  return { actor, fields, decisionFields: [], proofs: [], forms: [], ...more }
}

const TALKER = (posts: readonly string[]) => [text('talker', true), word('talkerPost', posts), text('place')]

const ROWS: Readonly<Record<number, Row>> = {
  1: row('applicant', [word('appliedAt', ['unit', 'study', 'residence', 'floating']), ...NOTE], {
    proofs: ['application'],
  }),
  2: row('branch', [...TALKER(['secretary', 'deputy_secretary', 'organisation']), long('summary')], {
    proofs: ['talk_record'],
  }),
  3: row(
    'branch',
    [
      word('recommendedBy', ['members', 'youth_league', 'mass_organisation']),
      count('recommendedFor', false),
      count('recommendedOf', false),
      word('decidedBy', ['committee', 'general_meeting']),
      ...COMMITTEE_VOTE,
    ],
    { proofs: ['recommendation', 'minutes'], forms: ['publicity'] },
  ),
  4: row('branch', NOTE, { decisionFields: OPINION_ABOVE, proofs: ['report'] }),
  5: row('branch', [members('contacts', 1, 2)], { proofs: ['minutes'], forms: ['activist'] }),
  6: row('contacts', [long('contactsOpinion'), long('groupOpinion', false), long('branchOpinion')], {
    proofs: ['activist_record', 'thought_report'],
    forms: ['activist'],
  }),
  7: row(
    'branch',
    [
      ...OPINIONS,
      count('excellent', false),
      count('fair', false),
      count('poor', false),
      count('noOpinion', false),
      word('decidedBy', ['committee', 'general_meeting']),
      ...COMMITTEE_VOTE,
      count('planYear', false),
    ],
    { proofs: ['minutes'] },
  ),
  9: row('branch', [members('introducers', 2, 2), word('chosen', ['contacts', 'appointed'])], { proofs: ['minutes'] }),
  10: row('branch', [], { forms: ['vetting_letter', 'vetting_reply'] }),
  11: row(
    'above',
    [
      date('from', true),
      date('until', true),
      count('days'),
      count('hours'),
      text('place', true),
      text('organiser', true),
      text('certificate'),
      text('grade'),
    ],
    { proofs: ['certificate'] },
  ),
  12: row('branch', [yes('papersComplete', true), ...COMMITTEE_VOTE, long('opinion'), date('leavesOn')], {
    proofs: ['minutes'],
    forms: ['examination_request'],
  }),
  13: row('branch', NOTE, {
    decisionFields: [yes('consulted', true), long('opinion'), text('documentNumber'), text('bookletNumber', true)],
    approves: true,
    proofs: ['report', 'reply'],
    forms: ['examination_request'],
  }),
  14: row('applicant', [text('bookletNumber', true), ...NOTE], { proofs: ['booklet'] }),
  15: row('branch', [word('outcome', ['passed', 'rejected']), ...MEETING_VOTE], {
    proofs: ['minutes', 'resolution'],
    forms: ['ballot', 'vote_summary', 'publicity'],
  }),
  16: row('above', [...TALKER(['committee_member', 'organiser']), long('opinion')], {
    proofs: ['talk_record'],
    recordedAbove: true,
  }),
  17: row('branch', NOTE, {
    decisionFields: [word('outcome', ['approved', 'refused']), ...COMMITTEE_VOTE, ...OPINION_ABOVE],
    approves: true,
    proofs: ['report', 'reply'],
  }),
  18: row('above', [text('recordNumber'), ...NOTE], { proofs: ['report'], recordedAbove: true }),
  19: row('branch', [text('group'), ...NOTE]),
  20: row('branch', [text('place', true), text('leader', true), ...NOTE], { proofs: ['photo'], forms: ['oath'] }),
  21: row('branch', [long('contactsOpinion'), long('groupOpinion', false), long('branchOpinion')], {
    proofs: ['probation_record'],
    forms: ['conversion'],
  }),
  22: row('applicant', NOTE, { proofs: ['conversion_application'], forms: ['conversion'] }),
  23: row(
    'branch',
    [
      word('outcome', ['convert', 'extend', 'cancel', 'rejected']),
      { name: 'extensionMonths', kind: 'count', required: false, least: 1, most: 24 },
      long('groupOpinion', false),
      long('membersOpinion'),
      long('massesOpinion'),
      long('committeeOpinion'),
      ...MEETING_VOTE,
    ],
    { proofs: ['minutes', 'resolution'], forms: ['ballot', 'vote_summary', 'publicity'] },
  ),
  24: row('branch', NOTE, {
    decisionFields: [word('outcome', ['approved', 'refused']), ...COMMITTEE_VOTE, ...OPINION_ABOVE],
    approves: true,
    proofs: ['report', 'reply'],
  }),
  25: row(
    'branch',
    [
      text('receiver', true),
      word('keptIn', ['personnel_file', 'member_file']),
      { name: 'papers', kind: 'words', required: true, words: FILED_PAPERS, least: 1, most: FILED_PAPERS.length },
      ...NOTE,
    ],
    { decisionFields: [long('opinion', false)], forms: ['file_list', 'full_record'] },
  ),
}

// Art. 13: until 2026 the level above only recorded the object; now it agrees, and publicity follows.
const EIGHTH: Readonly<Record<AdmissionEdition, Row>> = {
  '2014': row('branch', NOTE, { decisionFields: OPINION_ABOVE, proofs: ['report'] }),
  '2026': row('branch', NOTE, { decisionFields: OPINION_ABOVE, proofs: ['report', 'reply'], forms: ['publicity'] }),
}

function rowsOf(edition: AdmissionEdition, effectiveFrom: IsoDate, effectiveUntil: IsoDate | null): StepDefinition[] {
  return admissionSteps(edition).map((step) => {
    const own = step.number === 8 ? EIGHTH[edition] : ROWS[step.number]
    if (!own) throw new RangeError(`No definition of step ${step.number}`)
    const decidedAbove = own.decisionFields.length > 0
    const { approves = false, recordedAbove = false } = own
    return { ...step, edition, effectiveFrom, effectiveUntil, decidedAbove, ...own, approves, recordedAbove }
  })
}

/** Every definition of every edition with the days between which it is in force. */
export const STEP_DEFINITIONS: readonly StepDefinition[] = [
  ...rowsOf('2014', '1900-01-01', '2026-05-10'),
  ...rowsOf('2026', ADMISSION_2026_FROM, null),
]

/** The 25 definitions in force on a day, in order. */
export function stepDefinitionsOn(day: IsoDate): readonly StepDefinition[] {
  const edition = editionOn(day)
  return STEP_DEFINITIONS.filter((definition) => definition.edition === edition)
}

/** One definition as in force on a day. Throws RangeError for a number that is no step. */
export function stepDefinitionOn(step: number, day: IsoDate): StepDefinition {
  const found = stepDefinitionsOn(day)[step - 1]
  if (!found) throw new RangeError(`There is no step ${step}`)
  return found
}
