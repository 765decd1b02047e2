import type { Permission } from './permissions.ts'

/**
 * Roles as sets of permissions; scope and period come from the grant. `member` is implicit for every person with a
 * member record and reaches only the person's own data. The three administrators exclude each other (GB/T 22239-2019
 * 8.1.5): the system administrator sees no personal data, the security administrator no business data, the audit
 * administrator the audit only. `secondFactor` roles must sign in with TOTP or a passkey.
 */
export type Role = { readonly permissions: readonly Permission[]; readonly secondFactor: boolean }

const clerk: readonly Permission[] = [
  'org.read',
  'members.read',
  'members.write',
  'imports.make',
  'meetings.read',
  'transfers.read',
  'transfers.write',
  'development.read',
  'development.write',
  'membership.read',
  'elections.read',
  'elections.write',
  'voting.read',
  'tasks.read',
  'tasks.do',
  'conversations.keep',
  'library.read',
  'access.activate',
]

/** Whoever makes courses and what is in them. */
const teacher: readonly Permission[] = ['learning.read', 'learning.write', 'topics.write', 'television.write']

/** Whoever writes for columns: whoever holds one of the other two hands writes as well, though never the same text. */
const writer: readonly Permission[] = ['publishing.read', 'publishing.write']

/** Whoever runs appraisals and confirms what others graded; nobody confirms the own work. */
const appraiser: readonly Permission[] = ['appraisal.read', 'appraisal.write', 'appraisal.approve']

export const ROLES = {
  system_admin: {
    permissions: ['org.read', 'settings.read', 'settings.write', 'system.operate'],
    secondFactor: true,
  },
  security_admin: {
    permissions: [
      'org.read',
      'access.read',
      'access.activate',
      'access.grant',
      'access.confirm',
      'access.recover',
      'settings.read',
    ],
    secondFactor: true,
  },
  audit_admin: { permissions: ['org.read', 'audit.read', 'access.read', 'settings.read'], secondFactor: true },
  committee_admin: {
    permissions: [
      ...clerk,
      ...appraiser,
      'exams.write',
      'exams.mark',
      ...teacher,
      'learning.review',
      'membership.approve',
      'elections.approve',
      'membership.write',
      'org.write',
      'members.review',
      'members.approve',
      'members.reveal',
      'members.export',
      'imports.approve',
      'meetings.convene',
      'meetings.sign',
      'voting.hold',
      'transfers.approve',
      'development.approve',
      'development.vet',
      'xapi.issue',
      'tasks.write',
      ...writer,
      'publishing.review',
      'publishing.release',
      'conversations.review',
      'library.write',
      'notices.send',
      'access.recover',
      'access.read',
      'access.grant',
      'access.confirm',
      'settings.read',
      'settings.write',
    ],
    secondFactor: true,
  },
  party_worker: {
    permissions: [
      ...clerk,
      ...appraiser,
      'exams.write',
      'exams.mark',
      ...teacher,
      'learning.review',
      'membership.write',
      'members.review',
      'members.reveal',
      'members.export',
      'xapi.issue',
      'tasks.write',
      ...writer,
      'publishing.review',
      'publishing.release',
      'conversations.review',
      'library.write',
      'notices.send',
    ],
    secondFactor: true,
  },
  branch_secretary: {
    permissions: [
      ...clerk,
      ...appraiser,
      'exams.mark',
      ...teacher,
      'membership.write',
      'members.review',
      'members.reveal',
      'members.export',
      'meetings.convene',
      'meetings.sign',
      'voting.hold',
      'development.vet',
      'tasks.write',
      ...writer,
      'publishing.review',
      'library.write',
      'notices.send',
      'access.recover',
    ],
    secondFactor: false,
  },
  branch_officer: {
    permissions: [
      ...clerk,
      'appraisal.read',
      'appraisal.write',
      ...writer,
      'learning.read',
      'membership.write',
      'meetings.convene',
      'meetings.sign',
      'voting.hold',
      'access.recover',
    ],
    secondFactor: false,
  },
  group_leader: { permissions: ['org.read', 'members.read', 'meetings.read', 'meetings.convene'], secondFactor: false },
  member: { permissions: [], secondFactor: false },
} as const satisfies Record<string, Role>

export type RoleName = keyof typeof ROLES
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[]
/** Nobody holds two of these, anywhere in the tree, with any of his accounts. */
export const EXCLUSIVE_ADMINISTRATORS = ['system_admin', 'security_admin', 'audit_admin'] as const
