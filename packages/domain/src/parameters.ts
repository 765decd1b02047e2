import type { IsoDate } from './general/dates.ts'
import { PARAMETERS, type Parameter, type ParameterValue } from './parameter-rows.ts'

export { PARAMETERS, type Parameter, type ParameterValue }

export type ParameterTable = readonly Parameter[]

/**
 * The table with an organisation's own rows laid over it: a row of `own` wins over one of `base` of the same
 * code from its own date on.
 */
export function withOwnParameters(own: ParameterTable, base: ParameterTable = PARAMETERS): ParameterTable {
  return [...base, ...own]
}

// For questions that carry no date: the newest row counts.
const NEWEST: IsoDate = '9999-12-31'

function rowOn(parameters: ParameterTable, code: string, onDate: IsoDate): Parameter | undefined {
  let found: Parameter | undefined
  for (const row of parameters) {
    if (row.code !== code || row.effectiveFrom > onDate) continue
    // Of rows with one date the later in the table wins, so own rows win over ours.
    if (!found || row.effectiveFrom >= found.effectiveFrom) found = row
  }
  return found
}

/** Value of a parameter on a day, or undefined when none is in force. */
export function findParameter(
  parameters: ParameterTable,
  code: string,
  onDate: IsoDate = NEWEST,
): ParameterValue | undefined {
  return rowOn(parameters, code, onDate)?.value
}

/** A whole number in force on a day. Throws RangeError when there is none or it is not a whole number. */
export function wholeParameter(parameters: ParameterTable, code: string, onDate: IsoDate = NEWEST): number {
  const value = findParameter(parameters, code, onDate)
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new RangeError(`Parameter ${code} has no whole number in force on ${onDate}`)
  }
  return value
}

/** A switch in force on a day. Throws RangeError when there is none or it is not a boolean. */
export function switchParameter(parameters: ParameterTable, code: string, onDate: IsoDate = NEWEST): boolean {
  const value = findParameter(parameters, code, onDate)
  if (typeof value !== 'boolean') throw new RangeError(`Parameter ${code} has no switch in force on ${onDate}`)
  return value
}
