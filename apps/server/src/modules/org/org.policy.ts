import type { OrgKind } from '@tongxin/contract'

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
