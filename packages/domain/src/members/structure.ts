import { addMonths, type IsoDate } from '../general/dates.ts'
import { endOfMonth } from '../identity/calendar.ts'
import { EDUCATION_LEVELS } from '../identity/codes.ts'

/** By what members are counted in tables. `post`: the highest post held now in an organisation of the Party. */
export const STRUCTURE_DIMENSIONS = ['age', 'education', 'sex', 'ethnic', 'partyAge', 'post'] as const
export type StructureDimension = (typeof STRUCTURE_DIMENSIONS)[number]

/** Completed years, both ends included; the bands of a list follow each other without a gap. */
export type YearsBand = { readonly from?: number; readonly to?: number }

/** Bands of age as lists and tables have them. */
export const AGE_BANDS = {
  under36: { to: 35 },
  '36-45': { from: 36, to: 45 },
  '46-54': { from: 46, to: 54 },
  '55-59': { from: 55, to: 59 },
  over59: { from: 60 },
} as const satisfies Readonly<Record<string, YearsBand>>

/**
 * Bands of the years since somebody became a full member (党龄: constitution of the Party, article 7). Fifty years are the
 * condition of the commemorative medal (光荣在党50年).
 */
export const PARTY_AGE_BANDS = {
  under6: { to: 5 },
  '6-10': { from: 6, to: 10 },
  '11-20': { from: 11, to: 20 },
  '21-30': { from: 21, to: 30 },
  '31-40': { from: 31, to: 40 },
  '41-49': { from: 41, to: 49 },
  over49: { from: 50 },
} as const satisfies Readonly<Record<string, YearsBand>>

/** First figures of the codes of GB/T 4658 that a group of the table holds. */
export const EDUCATION_GROUPS = {
  postgraduate: ['1'],
  undergraduate: ['2'],
  college: ['3'],
  secondary: ['4', '5', '6'],
  lower: ['7', '8', '9'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type EducationGroup = keyof typeof EDUCATION_GROUPS

/** The codes of a group, for the list behind a cell. */
export function educationCodesOf(group: EducationGroup): string[] {
  const firsts: readonly string[] = EDUCATION_GROUPS[group]
  return Object.keys(EDUCATION_LEVELS).filter((code) => firsts.includes(code.slice(0, 1)))
}

/**
 * The last day on which something may have begun that is `years` old on a day: born on it or before, somebody is at least
 * so old. What began on 29 February completes a year on 28 February of a common year.
 */
export function lastDayBefore(on: IsoDate, years: number): IsoDate {
  const day = addMonths(on, -12 * years)
  return on.slice(5, 7) === '02' && on === endOfMonth(on) ? (endOfMonth(day) as IsoDate) : day
}
