import { isOrgKind, type OrgKind } from '@tongxin/contract'
import type { MemberFacts, MemberField, Standing } from '@tongxin/domain/members/fields'
import { MEMBER_FIELDS } from '@tongxin/domain/members/fields'
import { type OrganisationRow, type RosterRecord, readOrganisationKind } from '@tongxin/domain/roster/index'
import type { PlannedUnit } from '../org/index.ts'

const STANDING_WORDS: readonly (readonly [RegExp, Standing])[] = [
  [/停止/, 'suspended'],
  [/保留/, 'retained'],
  [/恢复/, 'restored'],
  [/除名/, 'struck_off'],
  [/开除/, 'expelled'],
  [/脱党/, 'left'],
  [/去世|死亡|病故/, 'deceased'],
  [/转出/, 'transferred'],
]
const YES_FIELDS = new Set(['isRetired', 'isMigrantWorker', 'isInHardship', 'isDelegate'])

/** The facts of a record as a roster row tells them. */
export function factsOfRow(record: RosterRecord): MemberFacts {
  const facts: { [F in MemberField]?: string | null } = {
    name: record.name,
    sex: record.sex,
    ethnic: record.ethnic,
    idNumber: record.idNumber,
    bornOn: record.bornOn,
    education: record.education,
    // Someone with a date of joining and nothing else said is on the roster as a full member.
    category: record.category ?? (record.joinedOn === null ? 'applicant' : 'formal'),
    joinedOn: record.joinedOn,
    convertedOn: record.convertedOn,
    phone: record.phone,
  }
  for (const [field, text] of Object.entries(record.others)) {
    if (field === 'memberNumber') facts.ownNumber = text.slice(0, 40)
    else if (field === 'standing') facts.status = STANDING_WORDS.find(([words]) => words.test(text))?.[1] ?? 'normal'
    else if (YES_FIELDS.has(field))
      facts[field as MemberField] = /^(否|无|不是|0|no)$/i.test(text.trim()) ? null : 'yes'
    else if (Object.hasOwn(MEMBER_FIELDS, field)) facts[field as MemberField] = text
  }
  return facts
}

export type Units = {
  /** Organisations to be founded, parents before or after children in any order. */
  readonly planned: readonly PlannedUnit[]
  /** What a row's branch may be called, with the name of the unit it means. */
  readonly aliases: Readonly<Record<string, string>>
}

/**
 * Which organisations of the workbook's own sheet are new, and below which. An organisation without a superior that is
 * of the kind of the batch's own is the own one, whatever the workbook calls it.
 */
export function planUnits(
  rows: readonly OrganisationRow[],
  own: { name: string; kind: OrgKind },
  existing: ReadonlySet<string>,
): Units {
  const aliases: Record<string, string> = {}
  const listed = new Set(rows.map((row) => row.name))
  const byShortName = new Map(rows.flatMap((row) => (row.shortName ? [[row.shortName, row.name] as const] : [])))
  for (const row of rows) {
    const means = isOwn(row, own) ? own.name : row.name
    aliases[row.name] = means
    if (row.shortName) aliases[row.shortName] = means
  }
  const parentOf = (row: OrganisationRow): string => {
    const parent = row.parent === null ? own.name : (byShortName.get(row.parent) ?? row.parent)
    if (aliases[parent] !== undefined) return aliases[parent]
    return listed.has(parent) || existing.has(parent) ? parent : own.name
  }
  const planned = new Map<string, PlannedUnit>()
  for (const row of rows) {
    if (aliases[row.name] === own.name || existing.has(row.name)) continue
    planned.set(row.name, {
      name: row.name,
      kind: kindOf(row.kind, row.name),
      parentName: parentOf(row),
      foundedOn: row.foundedOn,
    })
  }
  return { planned: inTree([...planned.values()], own.name, existing), aliases }
}

function isOwn(row: OrganisationRow, own: { name: string; kind: OrgKind }): boolean {
  return row.name === own.name || (row.parent === null && kindOf(row.kind, row.name) === own.kind)
}

/** Units whose superiors form a ring stand below the own organisation: nobody is lost over a slip in the workbook. */
function inTree(planned: readonly PlannedUnit[], ownName: string, existing: ReadonlySet<string>): PlannedUnit[] {
  const byName = new Map(planned.map((unit) => [unit.name, unit]))
  return planned.map((unit) => {
    const seen = new Set([unit.name])
    for (let at = byName.get(unit.parentName); at !== undefined; at = byName.get(at.parentName)) {
      if (seen.has(at.name)) return { ...unit, parentName: ownName }
      seen.add(at.name)
    }
    const isKnown = unit.parentName === ownName || existing.has(unit.parentName) || byName.has(unit.parentName)
    return isKnown ? unit : { ...unit, parentName: ownName }
  })
}

/** Branches that rows name on an installation without any: each is founded below the own organisation. */
export function plannedFromRows(
  names: Iterable<string>,
  own: { name: string },
  existing: ReadonlySet<string>,
): PlannedUnit[] {
  return [...new Set(names)]
    .filter((name) => name !== '' && name !== own.name && !existing.has(name))
    .map((name) => ({ name, kind: kindOf(null, name), parentName: own.name, foundedOn: null }))
}

function kindOf(kind: string | null, name: string): OrgKind {
  const read = kind ?? readOrganisationKind(name)
  return read !== null && isOrgKind(read) ? read : 'branch'
}
