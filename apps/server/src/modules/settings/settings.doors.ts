import { SETTINGS, type SettingName } from '@tongxin/contract'
import { PARAMETERS, type Parameter, withOwnParameters } from '@tongxin/domain'
import type { Db } from '../../platform/ctx.ts'
import { isWithin } from '../../platform/scope.ts'
import { PUBLISHED } from './settings.calendar.ts'
import * as q from './settings.queries.ts'

type ValueOf<C extends SettingName> = (typeof SETTINGS)[C]['initial'] extends number
  ? number
  : (typeof SETTINGS)[C]['initial'] extends boolean
    ? boolean
    : string

/** The value of a setting for an organisation on a day: the nearest organisation that set it wins, then the newest date. */
export async function settingOf<C extends SettingName>(
  db: Db,
  tenantId: string,
  orgPath: string,
  code: C,
  on: string,
): Promise<ValueOf<C>> {
  const holding = inForce(await q.valuesAlong(db, tenantId, orgPath, code), on).get(code)
  return (holding?.value ?? SETTINGS[code].initial) as ValueOf<C>
}

export type SettingLookup = (code: SettingName, orgPath: string) => number | boolean | string

/**
 * Some settings of the whole tenant as they hold on a day, read once: for figures about many organisations. The lookup
 * answers as `settingOf` does.
 */
export async function settingLookup(
  db: Db,
  tenantId: string,
  codes: readonly SettingName[],
  on: string,
): Promise<SettingLookup> {
  const rows = await q.valuesOfCodes(db, tenantId, codes)
  return (code, orgPath) => {
    const along = rows.filter((row) => row.code === code && isWithin(orgPath, row.orgPath))
    return inForce(along, on).get(code)?.value ?? SETTINGS[code].initial
  }
}

/** Hours that activation codes on paper live, for the access module, which is given this in `app.ts`. */
export const activationHoursOf = (db: Db, tenantId: string, orgPath: string, on: string): Promise<number> =>
  settingOf(db, tenantId, orgPath, 'access.activation_lifetime_hours', on)

/** The figures of the statutes as they hold for an organisation: the domain's table with the own rows over it. */
export async function parametersOf(db: Db, tenantId: string, orgPath: string): Promise<readonly Parameter[]> {
  const shipped = new Map(PARAMETERS.map((parameter) => [parameter.code, parameter.ruleId]))
  const own = (await q.valuesAlong(db, tenantId, orgPath)).filter(
    (row) => row.state === 'in_force' && shipped.has(row.code),
  )
  // Nearer organisations come later in the table, and of rows with one date the later wins.
  own.sort((a, b) => a.orgPath.length - b.orgPath.length)
  return withOwnParameters(
    own.map((row) => ({
      code: row.code,
      value: row.value,
      effectiveFrom: row.effectiveFrom,
      ruleId: shipped.get(row.code) as string,
    })),
  )
}

/** By code, the row that holds on the day: nearest organisation first, then newest date. */
export function inForce(rows: readonly q.ValueRow[], on: string): Map<string, q.ValueRow> {
  const holding = new Map<string, q.ValueRow>()
  for (const row of rows) {
    if (row.state !== 'in_force' || row.effectiveFrom > on) continue
    const other = holding.get(row.code)
    const nearer =
      !other ||
      row.orgPath.length > other.orgPath.length ||
      (row.orgPath === other.orgPath && row.effectiveFrom >= other.effectiveFrom)
    if (nearer) holding.set(row.code, row)
  }
  return holding
}

export type Calendar = {
  readonly holidays: string[]
  readonly makeupWorkdays: string[]
  readonly years: number[]
  readonly provisional: boolean
}

/** Working-day calendar of a year for the domain's counting: published days with the own ones over them. */
export async function calendarOf(db: Db, tenantId: string, year: number): Promise<Calendar> {
  const days = daysOfYear(year, await q.daysOf(db, tenantId, year))
  const ofKind = (kind: q.Day['kind']) => days.filter((day) => day.kind === kind).map((day) => day.day)
  return {
    holidays: ofKind('holiday'),
    makeupWorkdays: ofKind('workday'),
    years: [year],
    provisional: days.length === 0,
  }
}

/** Published days of a year, each overruled by an own entry of the same day. */
export function daysOfYear(year: number, own: readonly q.Day[]): q.Day[] {
  const days = new Map<string, q.Day>()
  for (const [first, last, name] of PUBLISHED[year]?.holidays ?? []) {
    for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000) {
      const day = new Date(at).toISOString().slice(0, 10)
      days.set(day, { day, kind: 'holiday', name })
    }
  }
  for (const day of PUBLISHED[year]?.workdays ?? []) days.set(day, { day, kind: 'workday', name: '调休上班' })
  for (const day of own) days.set(day.day, day)
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}
