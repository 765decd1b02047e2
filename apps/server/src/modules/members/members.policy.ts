import type { Actor } from '../../platform/ctx.ts'

/** People who may reveal do it 30 times an hour and 200 times a day at most; beyond it, somebody is copying a roster. */
export const REVEALS_PER_HOUR = 30
export const REVEALS_PER_DAY = 200
/** What uploads of photos belong to, in the files module. */
export const PHOTO_FILE = 'member_photo'
/** Days a deleted record can be taken back. */
export const BIN_DAYS = 30
/** So many people are counted by what they are in some ten milliseconds; where there are more, a job counts them. */
export const MOST_COUNTED = 20_000

export function canOf(
  actor: Actor,
  record: { deletedAt: Date | null },
): { propose: boolean; reveal: boolean; delete: boolean } {
  const isThere = record.deletedAt === null
  const may = (permission: 'members.write' | 'members.reveal' | 'members.approve') =>
    isThere && actor.permissions.has(permission)
  return { propose: may('members.write'), reveal: may('members.reveal'), delete: may('members.approve') }
}

export type ReviewFacts = { madeBy: string; firstBy: string | null; orgPath: string; state: string }
export type Assigned = { makerId: string; firstId: string; secondId: string } | undefined
type WhyNot = 'wrong_state' | 'maker_reviews' | 'same_reviewer' | 'not_assigned' | 'not_superior'

/** Why this person may not give the first opinion; null when she may. */
export function whyNotFirst(actor: Actor, change: ReviewFacts, assigned: Assigned): WhyNot | null {
  if (change.state !== 'first_review') return 'wrong_state'
  if (change.madeBy === actor.personId) return 'maker_reviews'
  if (assigned && assigned.firstId !== actor.personId) return 'not_assigned'
  return null
}

/** Why this person may not decide; the second opinion is the superior's, who stands above the branch of the record. */
export function whyNotSecond(actor: Actor, change: ReviewFacts, assigned: Assigned): WhyNot | null {
  if (change.state !== 'second_review') return 'wrong_state'
  if (change.madeBy === actor.personId) return 'maker_reviews'
  if (change.firstBy === actor.personId) return 'same_reviewer'
  if (assigned && assigned.secondId !== actor.personId) return 'not_assigned'
  // The top of the tree has nobody above: there the committee itself decides.
  const isTop = !change.orgPath.includes('.')
  if (!isTop && change.orgPath === actor.scope) return 'not_superior'
  return null
}
