/** One line of the table. `ratio` is higher-is-better; null where only an absolute limit is measured against. */
export type Figure = {
  readonly name: string
  readonly ratio: number | null
  /** Median of `runs`. */
  readonly ours: number
  readonly floor: number | null
  readonly limit: number
  readonly ok: boolean
  readonly unit: string
  readonly runs: readonly number[]
}

/** What cannot be measured on this machine, with the remedy. */
export class NotMeasurable extends Error {}

export const RUNS = 3

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2
}

/** @returns the value below which 99 of 100 lie */
export const percentile99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * 0.99))] ?? 0

/**
 * The runs of a burst that comes once: the 99th percentile of every third answer, so that each run spans the whole of it
 * and its beginning is not left out by the median.
 */
export const percentilesOfThirds = (values: readonly number[]): number[] =>
  Array.from({ length: RUNS }, (_, run) => percentile99(values.filter((_value, at) => at % RUNS === run)))

/** Run by run, the worse of two times. */
export const worseOf = (one: readonly number[], other: readonly number[]): number[] =>
  one.map((value, run) => Math.max(value, other[run] ?? 0))

/** A rate or a time against its floor, measured in turn in the same run; the ratio is that of the medians. */
export async function againstFloor(
  name: string,
  unit: string,
  limit: number,
  better: 'more' | 'less',
  measure: { ours: () => Promise<number>; floor: () => Promise<number> },
): Promise<Figure> {
  const runs: number[] = []
  const floors: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    floors.push(await measure.floor())
    runs.push(await measure.ours())
  }
  const ours = medianOf(runs)
  const floor = medianOf(floors)
  const ratio = round(better === 'more' ? ours / floor : floor / ours, 3)
  return {
    name,
    ratio,
    ours: round(ours),
    floor: round(floor),
    limit,
    ok: ratio >= limit,
    unit,
    runs: runs.map((run) => round(run)),
  }
}

/** Measured against a limit alone: less is better. */
export function againstLimit(name: string, unit: string, limit: number, runs: readonly number[]): Figure {
  const ours = medianOf(runs)
  return {
    name,
    ratio: null,
    ours: round(ours),
    floor: null,
    limit,
    ok: ours <= limit,
    unit,
    runs: runs.map((run) => round(run)),
  }
}

const round = (value: number, digits = value < 100 ? 2 : 0) => Number(value.toFixed(digits))
