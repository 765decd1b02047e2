import type { YearState } from '@tongxin/contract'
import { type Frequency, type MeetingKind, missingPeriods } from '@tongxin/domain'

/** Pure decisions of the year plan: which kinds, which periods, how a period stands. */

/** The article that demands the kind. */
export const citationOf = (kind: MeetingKind, year: number) => missingPeriods({ kind, year, dates: [] }).citation

/** Labels of the periods of a year in which a kind is demanded once: `01`, `Q1`, or the year. */
export function periodsOf(frequency: Frequency, year: number): string[] {
  if (frequency === 'year') return [String(year)]
  if (frequency === 'quarter') return ['Q1', 'Q2', 'Q3', 'Q4']
  return Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'))
}

export type PeriodFacts = {
  /** First and last day, and today: `YYYY-MM-DD`. */
  readonly from: string
  readonly until: string
  readonly today: string
  readonly wasHeld: boolean
  /** The branch was there in the period, and has groups where groups are to meet. */
  readonly isDemanded: boolean
  readonly isWaived: boolean
  /** A meeting of the kind stands in the calendar. */
  readonly isCalled: boolean
  readonly plannedOn: string | null
}

/**
 * How a period stands; null: nothing was asked of a branch that was not there. A day that people only planned does not
 * keep a period that is over from being missing.
 */
export function stateOfPeriod(facts: PeriodFacts): YearState | null {
  if (facts.wasHeld) return 'held'
  if (facts.isWaived) return 'waived'
  if (!facts.isDemanded) return null
  if (facts.until < facts.today) return 'missing'
  if (facts.isCalled || (facts.plannedOn !== null && facts.plannedOn >= facts.today)) return 'planned'
  return facts.from > facts.today ? 'ahead' : 'due'
}
