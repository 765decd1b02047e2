import type { Standing } from '../members/fields.ts'

const PARTY = new Set(['formal', 'probationary'])
const COUNTED: ReadonlySet<string> = new Set<Standing>(['normal', 'retained', 'restored'])

/** What a record says of somebody, before and after a change. */
export type MemberStanding = { readonly category: string; readonly status: string }

/** Whether somebody counts among the members of the statistics: full or probationary, membership not stopped or ended. */
export function isCounted(person: MemberStanding): boolean {
  return PARTY.has(person.category) && COUNTED.has(person.status)
}

export type StandingChange =
  | 'admitted'
  | 'restored'
  | 'stopped'
  | 'withdrawn'
  | 'struck_off'
  | 'expelled'
  | 'deceased'
  | 'transferred_out'
  | 'cancelled'

const LEFT_AS: Readonly<Record<string, StandingChange>> = {
  suspended: 'stopped',
  left: 'withdrawn',
  struck_off: 'struck_off',
  expelled: 'expelled',
  deceased: 'deceased',
  transferred: 'transferred_out',
}

/** Why the number of members changed by one, or null when it did not (增减名单, catalogue D6). */
export function standingChange(before: MemberStanding, after: MemberStanding): StandingChange | null {
  if (isCounted(before) === isCounted(after)) return null
  if (isCounted(after)) return PARTY.has(before.category) ? 'restored' : 'admitted'
  // Out of the Party while the membership as such stands: the probation was cancelled (DEV-27).
  return LEFT_AS[after.status] ?? 'cancelled'
}

/** 应有 = 期初 + 增加 - 减少; people by cause are signed, decreases below zero. */
export function closingOf(opening: number, changes: readonly number[]): number {
  return changes.reduce((sum, change) => sum + change, opening)
}
