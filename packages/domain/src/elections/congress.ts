import type { IsoDate } from '../general/dates.ts'
import { PARAMETERS, type ParameterTable, wholeParameter } from '../parameters.ts'
import { ELECTION_RULES } from '../rules/elections.ts'
import { judge, type Verdict } from '../verdict.ts'

export type DelegatesAdvice = 'few' | 'usual' | 'many' | 'too-many'

/** Whether a congress has a usual number of delegates (ELEC-23). The text says 一般, so it is told and not refused. */
export function delegatesAdvice(
  input: { delegates: number; onDate?: IsoDate },
  parameters: ParameterTable = PARAMETERS,
): Verdict<DelegatesAdvice> {
  const limit = (code: string) => wholeParameter(parameters, `elections.${code}`, input.onDate)
  const value = ((): DelegatesAdvice => {
    if (input.delegates > limit('maxDelegates')) return 'too-many'
    if (input.delegates > limit('usualMaxDelegates')) return 'many'
    return input.delegates < limit('minDelegates') ? 'few' : 'usual'
  })()
  return judge(ELECTION_RULES['ELEC-23'], value, value === 'usual')
}

/** Candidates of a standing committee: one or two more than seats (ELEC-8). */
export function standingCandidatesOk(input: { seats: number; candidates: number }): Verdict<boolean> {
  const more = input.candidates - input.seats
  const ok = input.seats > 0 && (more === 1 || more === 2)
  return judge(ELECTION_RULES['ELEC-8'], ok, ok)
}

export type AllottedUnit = { readonly id: string; readonly members: number }

/**
 * A proposal for the seats of a congress (ELEC-2): one for each unit that has members, the rest by the largest
 * remainder of the members; equal remainders go to the larger unit, then by id. Where there are fewer seats than units
 * the larger units have one each. The committee decides; the statute says only that units elect.
 * @returns seats by unit, in all `seats` unless no unit has members
 */
export function allotDelegates(input: {
  seats: number
  units: readonly AllottedUnit[]
}): Verdict<Record<string, number>> {
  const units = input.units
    .filter(({ members }) => members > 0)
    .toSorted((a, b) => b.members - a.members || (a.id < b.id ? -1 : 1))
  const first = units.slice(0, input.seats)
  const open = input.seats - first.length
  const members = units.reduce((sum, one) => sum + one.members, 0)
  // Whole numbers throughout: a quotient in floating point could give a seat by its last bit.
  const shares = first.map((unit) => ({
    unit,
    whole: Math.floor((open * unit.members) / members),
    rest: (open * unit.members) % members,
  }))
  let left = open - shares.reduce((sum, { whole }) => sum + whole, 0)
  const seats: Record<string, number> = Object.fromEntries(input.units.map(({ id }) => [id, 0]))
  for (const { unit, whole } of shares) seats[unit.id] = 1 + whole
  // The order by members is kept among equal remainders, because sorting is stable.
  for (const { unit } of shares.toSorted((a, b) => b.rest - a.rest)) {
    if (left === 0) break
    seats[unit.id] = (seats[unit.id] ?? 0) + 1
    left -= 1
  }
  return judge(ELECTION_RULES['ELEC-2'], seats, true)
}
