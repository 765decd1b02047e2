import type { OrgHint, OrgKind, OrgPost, PostWay } from '@tongxin/contract'
import { committeeAdvice, fullMembers, orgAdvice, RULES } from '@tongxin/domain'
import { reportOf } from './org.policy.ts'

export type UnitFigures = {
  readonly kind: OrgKind
  readonly members: number
  readonly full: number
  readonly posts: readonly {
    readonly post: OrgPost
    readonly memberId: string
    readonly way?: PostWay | null
    readonly reportDocument?: string | null
  }[]
  readonly termUntil: string | null
  readonly today: string
}

const BRANCHES: ReadonlySet<OrgKind> = new Set(['branch', 'joint_branch'])
const COMMITTEE_POSTS: ReadonlySet<OrgPost> = new Set([
  'standing_member',
  'organisation',
  'publicity',
  'discipline',
  'youth',
  'committee_member',
])

/** What the statutes advise on an organisation (BR-1, BR-2, BR-16, ORG-1 to 3, ELEC-21). Empty: nothing to say. */
export function hintsOf(unit: UnitFigures): OrgHint[] {
  if (unit.kind === 'group' || unit.kind === 'leading_group') return []
  return [...formHints(unit), ...committeeHints(unit), ...termHints(unit), ...reportHints(unit)]
}

function formHints({ kind, members, full, today }: UnitFigures): OrgHint[] {
  const advice = orgAdvice({ members, fullMembers: fullMembers(full), onDate: today })
  const [form] = advice.value
  if (!form) return []
  const hint = { ruleId: advice.ruleId, value: form, citation: advice.citation }
  if (kind === 'branch' && form === 'joint-branch') return [{ ...hint, about: 'form', severity: 'warn' }]
  if (BRANCHES.has(kind) && !advice.value.includes('branch') && form !== 'joint-branch')
    return [{ ...hint, about: 'size', severity: 'warn' }]
  if (kind === 'joint_branch' && form !== 'joint-branch') return [{ ...hint, about: 'form', severity: 'info' }]
  if (kind === 'general_branch' && !advice.value.includes('general-branch'))
    return [{ ...hint, about: 'form', severity: 'info' }]
  return []
}

function committeeHints({ kind, full, posts }: UnitFigures): OrgHint[] {
  const hints: OrgHint[] = []
  if (!posts.some((post) => post.post === 'secretary') && kind !== 'temporary_branch')
    hints.push(ruleHint('BR-16', { about: 'secretary', value: 'missing', severity: 'warn' }))
  if (!BRANCHES.has(kind)) return hints
  const holders = posts.filter((post) => post.post !== 'group_leader').map((post) => post.memberId)
  // A secretary and a deputy alone are not a committee (支部工作条例 art. 20).
  const size = posts.some((post) => COMMITTEE_POSTS.has(post.post)) ? new Set(holders).size : 0
  const advice = committeeAdvice({ fullMembers: fullMembers(full), size })
  if (!advice.ok)
    hints.push({
      ruleId: advice.ruleId,
      about: 'committee',
      value: advice.value,
      severity: advice.severity,
      citation: advice.citation,
    })
  return hints
}

function termHints({ termUntil, today }: UnitFigures): OrgHint[] {
  if (termUntil === null || termUntil >= today) return []
  return [ruleHint('ELEC-21', { about: 'term', value: 'ended', severity: 'warn' })]
}

/** Secretaries and deputies who were elected and whose approval by the level above is not entered (ELEC-19). */
function reportHints({ posts }: UnitFigures): OrgHint[] {
  const isMissing = posts.some(
    ({ post, way, reportDocument }) =>
      reportOf(post) === 'approval' && (way === 'elected' || way === 'by_election') && !reportDocument,
  )
  return isMissing ? [ruleHint('ELEC-19', { about: 'report', value: 'missing', severity: 'warn' })] : []
}

function ruleHint(ruleId: string, hint: Pick<OrgHint, 'about' | 'value' | 'severity'>): OrgHint {
  const citation = RULES[ruleId]?.citation
  if (!citation) throw new Error(`no rule ${ruleId}`)
  return { ruleId, ...hint, citation }
}
