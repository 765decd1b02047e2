import type { OrgKind, OrgPost } from '@tongxin/contract'
import { type CommitteePost, reportType } from '@tongxin/domain'

/** What may stand below what: committees hold everything, a branch only groups (支部工作条例 art. 4; 党章 art. 30). */
const BELOW: Readonly<Record<OrgKind, readonly OrgKind[]>> = {
  committee: [
    'committee',
    'general_branch',
    'branch',
    'joint_branch',
    'temporary_branch',
    'leading_group',
    'working_committee',
  ],
  working_committee: ['committee', 'general_branch', 'branch', 'joint_branch', 'temporary_branch'],
  general_branch: ['branch', 'joint_branch', 'temporary_branch'],
  branch: ['group'],
  joint_branch: ['group'],
  temporary_branch: ['group'],
  group: [],
  leading_group: [],
}

export function mayStandBelow(kind: OrgKind, parent: OrgKind): boolean {
  return BELOW[parent].includes(kind)
}

const REPORTED: Readonly<Record<OrgPost, CommitteePost | null>> = {
  secretary: 'secretary',
  deputy_secretary: 'deputySecretary',
  standing_member: 'standingMember',
  organisation: 'organisationMember',
  publicity: 'publicityMember',
  discipline: 'disciplineMember',
  youth: 'committeeMember',
  committee_member: 'committeeMember',
  group_leader: null,
}

/** What the level above is asked for after an election (ELEC-19): approval or record; null for a group leader. */
export function reportOf(post: OrgPost): 'approval' | 'record' | null {
  const reported = REPORTED[post]
  return reported ? reportType({ post: reported }).value : null
}
