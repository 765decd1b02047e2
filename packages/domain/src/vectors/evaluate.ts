import { type Cryptography, vectorFunctions } from './functions.ts'

export type VectorCase = { id: string; input: unknown; expected: unknown }
export type VectorGroup = { function: string; cases: VectorCase[] }
export type Evaluation = {
  cases: number
  passed: number
  failed: { id: string; expected: unknown; actual: unknown }[]
}

/** A vector file of another shape; `place` says where, such as `groups[0].cases[2].id`. */
export class VectorShapeError extends Error {
  readonly place: string
  constructor(place: string) {
    super(`Not a vector file: look at ${place}`)
    this.name = 'VectorShapeError'
    this.place = place
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function caseFrom(value: unknown, at: string): VectorCase {
  if (!isRecord(value)) throw new VectorShapeError(at)
  if (typeof value.id !== 'string') throw new VectorShapeError(`${at}.id`)
  if (!isRecord(value.input)) throw new VectorShapeError(`${at}.input`)
  if (!('expected' in value)) throw new VectorShapeError(`${at}.expected`)
  return { id: value.id, input: value.input, expected: value.expected }
}

/** Groups of a parsed vector file `{ groups: [{ function, cases }] }`. Throws VectorShapeError. */
export function vectorGroupsFrom(file: unknown): VectorGroup[] {
  if (!isRecord(file) || !Array.isArray(file.groups)) throw new VectorShapeError('groups')
  return file.groups.map((group: unknown, g) => {
    if (!isRecord(group) || typeof group.function !== 'string') throw new VectorShapeError(`groups[${g}].function`)
    if (!Array.isArray(group.cases)) throw new VectorShapeError(`groups[${g}].cases`)
    return { function: group.function, cases: group.cases.map((each, c) => caseFrom(each, `groups[${g}].cases[${c}]`)) }
  })
}

// Keys in order, so that two objects with the same content are written alike.
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  )
}

/** Name before the bracket: `addMonths(date, n)` is `addMonths`. */
function nameOf(signature: string): string {
  return signature.split('(')[0]?.trim() ?? ''
}

function answerOf(rule: ((input: never) => unknown) | undefined, name: string, input: unknown): unknown {
  if (!rule) return { error: `No function is called ${name}` }
  try {
    // A vector is outside input: what does not fit the function throws or differs from what is expected.
    return rule(input as never)
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** Runs every case of a parsed vector file and compares values. Throws VectorShapeError. */
export function evaluateVectors(file: unknown, cryptography: Cryptography): Evaluation {
  const functions = vectorFunctions(cryptography)
  const evaluation: Evaluation = { cases: 0, passed: 0, failed: [] }
  for (const group of vectorGroupsFrom(file)) {
    const name = nameOf(group.function)
    for (const { id, input, expected } of group.cases) {
      const actual = answerOf(functions.get(name), name, input)
      evaluation.cases += 1
      if (canonical(actual) === canonical(expected)) evaluation.passed += 1
      else evaluation.failed.push({ id, expected, actual: actual === undefined ? null : actual })
    }
  }
  return evaluation
}
