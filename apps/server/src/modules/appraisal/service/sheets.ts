import {
  APPRAISAL_MARKS,
  type AppraisalMark,
  CRITERIA,
  type Criterion,
  type RaterGroup,
  type Ratings,
  appraisalRefusals as refusals,
} from '@tongxin/contract'
import type { Vault } from '../../../platform/vault.ts'
import type { Tally } from '../queries/sheets.queries.ts'

/** What is rated: the person as a whole, which is the grade, or one criterion of the round. */
export type Rated = Criterion | ''
/** One mark of a sheet: of whom, by what, which. */
export type SheetMark = readonly [subjectId: string, rated: Rated, mark: AppraisalMark]
/** One sheet, as it lies in the box: a group and marks for each person, no rater. */
export type Sheet = { readonly group: RaterGroup; readonly marks: readonly SheetMark[] }

const place = (id: string) => ({ table: 'appraisal_hopper', column: 'sheet', rowId: id })

/**
 * Seals a sheet for the box. All sheets of a group have the same length, whatever they say: the people in one order,
 * one figure for each, the grades first and then criterion by criterion.
 */
export function sealedSheet({ vault, now }: { vault: Vault; now: Date }, id: string, { group, marks }: Sheet): Buffer {
  const sorted = [...marks].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const rated = RATED.filter((one) => marks.some(([, what]) => what === one))
  const text = JSON.stringify([
    group,
    sorted.filter(([, what]) => what === '').map(([subjectId]) => subjectId),
    rated.map((one) => [one, figuresOf(sorted.filter(([, what]) => what === one))]),
  ])
  return vault.seal(place(id), text, now)
}

const RATED: readonly Rated[] = ['', ...CRITERIA]
const figuresOf = (marks: readonly SheetMark[]) => marks.map(([, , mark]) => APPRAISAL_MARKS.indexOf(mark)).join('')

export function openedSheet({ vault }: { vault: Vault }, { id, sheet }: { id: string; sheet: Buffer }): Sheet {
  const [group, ids, rated] = JSON.parse(vault.open(place(id), sheet)) as [RaterGroup, string[], [Rated, string][]]
  const marks = rated.flatMap(([what, figures]) =>
    ids.map((one, at): SheetMark => [one, what, APPRAISAL_MARKS[Number(figures[at])] ?? 'abstained']),
  )
  return { group, marks }
}

/** Counts of each person, group and criterion, in the order of `APPRAISAL_MARKS`. */
export function tallied(sheets: readonly Sheet[]): Tally[] {
  const tallies = new Map<string, Tally>()
  for (const { group, marks } of sheets)
    for (const [subjectId, rated, mark] of marks) {
      const key = `${group}/${subjectId}/${rated}`
      const tally = tallies.get(key) ?? { subjectId, group, rated, counts: [0, 0, 0, 0, 0] }
      const at = APPRAISAL_MARKS.indexOf(mark)
      tally.counts[at] = (tally.counts[at] ?? 0) + 1
      tallies.set(key, tally)
    }
  return [...tallies.values()].sort((a, b) => (a.subjectId < b.subjectId ? -1 : 1))
}

type Asked = readonly {
  readonly personId: string
  readonly mark: AppraisalMark
  readonly ratings?: Ratings | undefined
}[]

/** The marks of a whole sheet one by one. */
export const marksOf = (marks: Asked): SheetMark[] =>
  marks.flatMap(({ personId, mark, ratings = {} }): SheetMark[] => [
    [personId, '', mark],
    ...CRITERIA.flatMap((name): SheetMark[] => (ratings[name] ? [[personId, name, ratings[name]]] : [])),
  ])

/** A sheet is whole: everybody on it once, by every criterion of the round; nobody else. @throws `sheet_incomplete` */
export function demandWhole(
  marks: Asked,
  subjects: readonly { id: string; name: string }[],
  criteria: readonly Criterion[],
): void {
  const given = new Map(marks.map((one) => [one.personId, one.ratings ?? {}]))
  const isRated = (ratings: Ratings) => criteria.every((name) => ratings[name] !== undefined)
  const missing = subjects.filter(({ id }) => !isRated(given.get(id) ?? {}) || !given.has(id)).map(({ name }) => name)
  const isForeign = marks.some(
    ({ personId, ratings = {} }) =>
      !subjects.some(({ id }) => id === personId) || Object.keys(ratings).length !== criteria.length,
  )
  if (missing.length > 0 || isForeign || given.size !== marks.length)
    throw refusals.sheet_incomplete.at('/body/marks', { missing })
}
