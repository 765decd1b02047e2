import { PUBLIC_AFFAIRS_RULES } from '../rules/public-affairs.ts'
import { judge, type Verdict } from '../verdict.ts'

export type OpenState = 'proposed' | 'reviewing' | 'approving' | 'published'

const NEXT: Record<OpenState, OpenState> = {
  proposed: 'reviewing',
  reviewing: 'approving',
  approving: 'published',
  published: 'published',
}

/**
 * State after this one (OPEN-2). Without the confidentiality review an item stays in review, and nothing
 * unreviewed is published; `ok` is false when it cannot move.
 */
export function nextOpenState(input: { state: OpenState; confidentialityReviewed: boolean }): Verdict<OpenState> {
  const rule = PUBLIC_AFFAIRS_RULES['OPEN-2']
  const next = NEXT[input.state]
  if (!next) throw new RangeError(`Unknown state of an item of openness: ${input.state}`)
  const needsReview = input.state === 'reviewing' || input.state === 'approving'
  if (needsReview && !input.confidentialityReviewed) return judge(rule, input.state, false)
  return judge(rule, next, next !== input.state)
}
