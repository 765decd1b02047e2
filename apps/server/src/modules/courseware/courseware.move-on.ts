import type { MoveOn } from '@tongxin/contract'
import type { StructureItem } from './courseware.manifest.ts'

/** Whether a learner may move on from a unit (cmi5, 13.1.4). */
export function isMet(moveOn: MoveOn, { completed, passed }: { completed: boolean; passed: boolean }): boolean {
  if (moveOn === 'NotApplicable') return true
  if (moveOn === 'Completed') return completed
  if (moveOn === 'Passed') return passed
  return moveOn === 'CompletedAndPassed' ? completed && passed : completed || passed
}

/** Which blocks hold nothing but satisfied units, the innermost first. A block ends where its depth returns. */
export function satisfiedBlocks(items: readonly StructureItem[], satisfied: ReadonlySet<string>): StructureItem[] {
  const blocks = items.flatMap((block, at) => {
    if (block.path !== null) return []
    const rest = items.slice(at + 1)
    const end = rest.findIndex(({ depth }) => depth <= block.depth)
    const units = rest.slice(0, end < 0 ? rest.length : end).filter(({ path }) => path !== null)
    return units.every(({ id }) => satisfied.has(id)) ? [block] : []
  })
  return blocks.sort((one, other) => other.depth - one.depth)
}

/** Whether all units of the course are satisfied. */
export const isCourseSatisfied = (items: readonly StructureItem[], satisfied: ReadonlySet<string>): boolean =>
  items.every(({ id, path }) => path === null || satisfied.has(id))
