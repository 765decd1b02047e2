import { call } from '@tongxin/client/call'
import { type CaseRow, listDevelopmentSteps, readDevelopmentCase } from '@tongxin/contract/development'
import { decideDevelopmentStep } from '@tongxin/contract/development.acts'
import { dateOf } from '@tongxin/ui'

/**
 * Confirms, one after the other, the steps of these cases that were entered late and wait above for that alone. Steps
 * on which the level above has something of its own to enter, and those that the server refuses (what one recorded
 * oneself, what a warning speaks against), are left to be opened singly. Returns how many, and whose were left.
 */
export async function confirmLateSteps(
  rows: readonly Pick<CaseRow, 'id' | 'name'>[],
): Promise<{ confirmed: number; left: string[] }> {
  const left: string[] = []
  for (const { id, name } of rows) if (!(await confirmLateStep(id))) left.push(name)
  return { confirmed: rows.length - left.length, left }
}

async function confirmLateStep(id: string): Promise<boolean> {
  const one = await call(readDevelopmentCase, { params: { id } })
  const waiting = one.steps.find(({ state, lateReason }) => state === 'recorded' && lateReason !== null)
  if (!waiting) return false
  const { rows } = await call(listDevelopmentSteps, { query: { on: waiting.heldOn } })
  const definition = rows.find(({ number }) => number === waiting.step)
  if (!definition || definition.decidedAbove) return false
  try {
    await call(decideDevelopmentStep, {
      params: { id, stepId: waiting.id },
      ifMatch: one.version,
      body: { decision: 'confirm', decidedOn: dateOf(Date.now()), facts: {} },
    })
    return true
  } catch {
    return false
  }
}
