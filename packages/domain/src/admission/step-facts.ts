import { isIsoDate } from '../general/dates.ts'
import type { StepField } from './step-definitions.ts'

export type StepFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>
export type StepFactProblem = {
  readonly field: string
  readonly code: 'field.missing' | 'field.wrong_format' | 'field.unknown'
}

/**
 * Reads facts against the fields of a step: unknown members, missing ones and wrong values are named; empty optional
 * ones are left out. Dates ISO, counts whole numbers.
 */
export function readStepFacts(
  fields: readonly StepField[],
  given: Readonly<Record<string, unknown>>,
): { facts: StepFacts; problems: readonly StepFactProblem[] } {
  const known = new Set(fields.map((field) => field.name))
  const problems: StepFactProblem[] = Object.keys(given)
    .filter((name) => !known.has(name))
    .map((field) => ({ field, code: 'field.unknown' as const }))
  const facts: Record<string, string | number | boolean | readonly string[]> = {}
  for (const field of fields) {
    const value = given[field.name]
    const isEmpty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
    if (isEmpty) {
      if (field.required) problems.push({ field: field.name, code: 'field.missing' })
      continue
    }
    const read = readFact(field, value)
    if (read === undefined) problems.push({ field: field.name, code: 'field.wrong_format' })
    else facts[field.name] = read
  }
  return { facts, problems }
}

function readFact(field: StepField, value: unknown): string | number | boolean | readonly string[] | undefined {
  const { kind, words = [], least = 0, most = Number.MAX_SAFE_INTEGER } = field
  if (kind === 'yes') return typeof value === 'boolean' ? value : undefined
  if (kind === 'count') {
    return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : undefined
  }
  if (kind === 'members' || kind === 'words') return readList(field, value)
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  if (kind === 'date') return isIsoDate(trimmed) ? trimmed : undefined
  if (kind === 'word') return words.includes(trimmed) ? trimmed : undefined
  return trimmed.length <= most ? trimmed : undefined
}

function readList({ kind, words = [], least = 0, most = 100 }: StepField, value: unknown): string[] | undefined {
  if (!Array.isArray(value) || value.length < least || value.length > most) return undefined
  const fits = (one: unknown) =>
    typeof one === 'string' && (kind === 'members' ? /^[0-9a-f-]{36}$/.test(one) : words.includes(one))
  return value.every(fits) && new Set(value).size === value.length ? (value as string[]) : undefined
}
