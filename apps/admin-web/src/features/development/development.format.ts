import type { CaseRow, DevelopmentCase, StepDefinitionRow, StepRecord } from '@tongxin/contract/development'
import type { LampState } from '@tongxin/ui'

export const LAMP_STATES = { green: 'ok', yellow: 'warn', red: 'late' } as const

/** The lamp of a case: its clock while it runs, else its state. */
export function lampOf(row: Pick<CaseRow, 'state' | 'lamp'>): { state: LampState; key: string } {
  if (row.state === 'finished') return { state: 'ok', key: 'words.development.state.finished' }
  if (row.state === 'paused' || row.state === 'stopped')
    return { state: 'idle', key: `words.development.state.${row.state}` }
  return { state: LAMP_STATES[row.lamp], key: `words.development.lamp.${row.lamp}` }
}

// Steps without an order among themselves, as the server judges them.
const PARALLEL: readonly (readonly number[])[] = [
  [9, 10, 11],
  [16, 17],
  [18, 19, 20],
]
// From here on a second probation repeats the steps.
const REPEATED_FROM = 21
const LAST_STEP = 25

type Steps = Pick<DevelopmentCase, 'card' | 'steps'>

/** The record of a step that counts now: recorded or confirmed, not returned, void or of a probation before. */
export function liveStep({ card, steps }: Steps, step: number): StepRecord | null {
  const rows = steps.filter((row) => row.step === step && (row.state === 'recorded' || row.state === 'confirmed'))
  const last = rows.sort((a, b) => a.attempt - b.attempt).at(-1) ?? null
  if (last === null || step < REPEATED_FROM || step === LAST_STEP) return last
  if (last.state === 'recorded' || card.state === 'finished') return last
  return step < card.step ? last : null
}

/** Attempts at a step that were sent back or undone, oldest first. */
export const formerAttempts = ({ steps }: Pick<DevelopmentCase, 'steps'>, step: number): StepRecord[] =>
  steps.filter((row) => row.step === step && (row.state === 'returned' || row.state === 'void'))

/** Steps that may be recorded now by their turn: the next one and those beside it. */
export function openSteps(one: Pick<DevelopmentCase, 'card' | 'steps' | 'next'>): number[] {
  if (!one.next || one.next.waitsAbove) return []
  const { step } = one.next
  const group = PARALLEL.find((each) => each.includes(step)) ?? [step]
  return group.filter((each) => each >= step && liveStep(one, each) === null)
}

type Field = StepDefinitionRow['fields'][number]

/** What stands in a form, all as text, to what the endpoint takes; empty members are left out. */
export function factsOf(fields: readonly Field[], given: Readonly<Record<string, unknown>>): Record<string, never> {
  const facts: Record<string, unknown> = {}
  for (const { name, kind } of fields) {
    const value = given[name]
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) {
      if (value.length > 0) facts[name] = value
    } else if (kind === 'count') facts[name] = Number(value)
    else if (kind === 'yes') facts[name] = value === 'yes'
    else facts[name] = String(value).trim()
  }
  return facts as Record<string, never>
}

/** Names of required fields that are still empty, and of counts that are no whole number. */
export const wantingFields = (fields: readonly Field[], given: Readonly<Record<string, unknown>>): string[] =>
  fields
    .filter(({ name, kind, required }) => {
      const value = given[name]
      if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return required
      return kind === 'count' && !/^\d{1,7}$/.test(String(value))
    })
    .map(({ name }) => name)
