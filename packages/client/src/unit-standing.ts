import type { UnitStanding } from '@tongxin/contract/courseware.words'
import type { LampState } from '@tongxin/ui'

export type Standing = 'waived' | 'passed' | 'failed' | 'completed' | 'done' | 'open'

export const STANDING_LAMPS: Readonly<Record<Standing, LampState>> = {
  waived: 'info',
  passed: 'ok',
  failed: 'late',
  completed: 'ok',
  done: 'ok',
  open: 'idle',
}

/** What to say of a unit of a cmi5 package in one word: the newest that counts. */
export function standingOf(unit: UnitStanding): Standing {
  if (unit.waivedFor !== null) return 'waived'
  if (unit.success === 'passed' || unit.success === 'failed') return unit.success
  if (unit.isCompleted) return 'completed'
  return unit.isSatisfied && unit.moveOn !== 'NotApplicable' ? 'done' : 'open'
}
