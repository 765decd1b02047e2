import type { Difference } from '@tongxin/contract/members.review'

export type Take = 'proposed' | 'current' | 'derived'
export type Decision = { readonly take: Take; readonly reason: string }
export type Decisions = Readonly<Record<string, Decision>>

/** Sources that contradict the proposal: the ID number or the last roster say otherwise. */
export function isDisputed(row: Difference): boolean {
  const says = (value: string | null) => value !== null && value !== row.proposed && value !== row.current
  return row.conflict && (says(row.derived) || says(row.roster) || contradictsId(row))
}

const contradictsId = (row: Difference): boolean => row.derived !== null && row.derived !== row.proposed

/** What can be taken for a field, the proposal first; without a present value there is nothing to keep. */
export function takesOf(row: Difference): readonly Take[] {
  return [
    'proposed',
    ...(row.current === null ? [] : (['current'] as const)),
    ...(contradictsId(row) ? (['derived'] as const) : []),
  ]
}

/** Fields the reviewer must still settle: a disputed one without a choice, or another value taken without the reason. */
export function unsettled(rows: readonly Difference[], decisions: Decisions): readonly string[] {
  return rows
    .filter((row) => {
      const decision = decisions[row.field]
      if (!decision) return isDisputed(row)
      return decision.take !== 'proposed' && decision.reason.trim().length < 2
    })
    .map((row) => row.field)
}

/** What the server is told: fields whose proposal is not taken, each with its reason. */
export function sentDecisions(decisions: Decisions): { field: string; take: Take; reason: string }[] {
  return Object.entries(decisions)
    .filter(([, decision]) => decision.take !== 'proposed')
    .map(([field, { take, reason }]) => ({ field, take, reason: reason.trim() }))
}
