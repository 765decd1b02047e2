import type { Actor } from '../../platform/ctx.ts'

/** A person acts for the level above when the post stands above the unit; at the top of the tree the committee itself does. */
export function isAbove(actor: Pick<Actor, 'scope' | 'reach'>, orgPath: string): boolean {
  if (actor.reach !== 'subtree') return false
  if (!orgPath.includes('.')) return actor.scope === orgPath
  return orgPath.startsWith(`${actor.scope}.`)
}

type Recorded = { readonly recordedBy: string; readonly state: string }

/** Why somebody may not decide on a recorded step, as the word of the refusal; null: may. */
export function whyNotDecide(
  actor: Pick<Actor, 'scope' | 'reach' | 'personId' | 'permissions'>,
  orgPath: string,
  step: Recorded,
): 'decided_already' | 'own_record' | 'not_above' | null {
  if (step.state !== 'recorded') return 'decided_already'
  if (!actor.permissions.has('development.approve') || !isAbove(actor, orgPath)) return 'not_above'
  if (step.recordedBy === actor.personId) return 'own_record'
  return null
}
