import { APPRAISAL_MARKS, type AppraisalMark, type RaterGroup, appraisalRefusals as refusals } from '@tongxin/contract'
import type { Vault } from '../../../platform/vault.ts'
import type { Tally } from '../queries/sheets.queries.ts'

/** One sheet, as it lies in the box: a group and a mark for each person, no rater. */
export type Sheet = { readonly group: RaterGroup; readonly marks: readonly (readonly [string, AppraisalMark])[] }

const place = (id: string) => ({ table: 'appraisal_hopper', column: 'sheet', rowId: id })

/**
 * Seals a sheet for the box. All sheets of a group have the same length, whatever they say: the people in one order,
 * one figure for each.
 */
export function sealedSheet({ vault, now }: { vault: Vault; now: Date }, id: string, { group, marks }: Sheet): Buffer {
  const sorted = [...marks].sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([
    group,
    sorted.map(([subjectId]) => subjectId),
    sorted.map(([, mark]) => APPRAISAL_MARKS.indexOf(mark)).join(''),
  ])
  return vault.seal(place(id), text, now)
}

export function openedSheet({ vault }: { vault: Vault }, { id, sheet }: { id: string; sheet: Buffer }): Sheet {
  const [group, ids, figures] = JSON.parse(vault.open(place(id), sheet)) as [RaterGroup, string[], string]
  return { group, marks: ids.map((one, at) => [one, APPRAISAL_MARKS[Number(figures[at])] ?? 'abstained'] as const) }
}

/** Counts of each person and group, in the order of `APPRAISAL_MARKS`. */
export function tallied(sheets: readonly Sheet[]): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const { group, marks } of sheets)
    for (const [subjectId, mark] of marks) {
      const key = `${group}/${subjectId}`
      const tally = tallies.get(key) ?? { subjectId, group, counts: [0, 0, 0, 0, 0] }
      const at = APPRAISAL_MARKS.indexOf(mark)
      tally.counts[at] = (tally.counts[at] ?? 0) + 1
      tallies.set(key, tally)
    }
  return [...tallies.values()].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1))
}

type Asked = readonly { readonly personId: string; readonly mark: AppraisalMark }[]

/** A sheet is whole: everybody on it once, nobody else. @throws `sheet_incomplete` */
export function demandWhole(marks: Asked, subjects: readonly { id: string; name: string }[]): void {
  const given = new Set(marks.map(({ personId }) => personId))
  const missing = subjects.filter(({ id }) => !given.has(id)).map(({ name }) => name)
  const isForeign = marks.some(({ personId }) => !subjects.some(({ id }) => id === personId))
  if (missing.length > 0 || isForeign || given.size !== marks.length)
    throw refusals.sheet_incomplete.at('/body/marks', { missing })
}
