import type { OrgKind, OrgPost, Vacancy } from '@tongxin/contract'
import { committeeAdvice, fullMembers, RULES } from '@tongxin/domain'

type Held = {
  readonly post: OrgPost
  readonly memberId: string
  readonly fromOn: string
  readonly untilOn: string | null
}
export type LeadershipFigures = {
  readonly kind: OrgKind
  readonly full: number
  /** Those in office and those that were left. */
  readonly posts: readonly Held[]
  readonly seats: number | null
  /** The first day of the running term, or of the organisation. */
  readonly from: string | null
}

const BRANCHES: ReadonlySet<OrgKind> = new Set(['branch', 'joint_branch'])
/** Posts on the committee: everything but the leader of a group. */
export const isOnCommittee = (post: OrgPost): boolean => post !== 'group_leader'
const WITH_COMMITTEE: readonly OrgPost[] = ['organisation', 'publicity', 'discipline']

/** People on the committee now, each once whatever posts they hold. */
export function committeeSize(posts: readonly Held[]): number {
  return new Set(posts.filter((one) => one.untilOn === null && isOnCommittee(one.post)).map((one) => one.memberId)).size
}

/**
 * Posts that ought to be held: a secretary, with seven full members or more the officers of a branch committee
 * (支部工作条例 art. 20, BR-16), and the seats that the level above decided on (by-election: ELEC-20).
 */
export function vacanciesOf(unit: LeadershipFigures): Vacancy[] {
  const { kind, posts } = unit
  if (kind === 'group' || kind === 'leading_group') return []
  const held = new Set(posts.filter((one) => one.untilOn === null).map((one) => one.post))
  const required: OrgPost[] = kind === 'temporary_branch' ? [] : ['secretary']
  const advice = committeeAdvice({ fullMembers: fullMembers(unit.full), size: 0 })
  if (BRANCHES.has(kind) && advice.value === 'committee-required') required.push(...WITH_COMMITTEE)
  const empty = required
    .filter((post) => !held.has(post))
    .map((post) =>
      vacancy(
        post,
        1,
        lastLeft(unit, (one) => one.post === post),
        'BR-16',
      ),
    )
  const seatsOpen = unit.seats === null ? 0 : unit.seats - committeeSize(posts) - empty.length
  if (seatsOpen <= 0) return empty
  const since = lastLeft(unit, (one) => isOnCommittee(one.post))
  return [...empty, vacancy('committee_member', seatsOpen, since, 'ELEC-20')]
}

/** The day on which such a post was last left within the term, or the beginning of the term. */
function lastLeft({ posts, from }: LeadershipFigures, isMeant: (one: Held) => boolean): string | null {
  const left = posts.filter((one) => one.untilOn !== null && isMeant(one)).map((one) => one.untilOn ?? '')
  const last = left.sort().at(-1) ?? null
  return last !== null && (from === null || last >= from) ? last : from
}

function vacancy(post: OrgPost, count: number, since: string | null, ruleId: string): Vacancy {
  const citation = RULES[ruleId]?.citation
  if (!citation) throw new Error(`no rule ${ruleId}`)
  return { post, count, since, ruleId, citation }
}
