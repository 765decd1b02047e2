/**
 * Every permission, `module.verb`, with what it allows in one line. Roles are sets of these (`roles.ts`); a route
 * names exactly one.
 */
export const PERMISSIONS = {
  'org.read': 'see organisations of the scope',
  'org.write': 'found, rename, move, merge, dissolve organisations; posts and terms',
  'members.read': 'see member records of the scope, sensitive fields masked',
  'members.write': 'propose new records and changes',
  'members.review': 'first review of proposed records and changes',
  'members.approve': 'second review: approve or return',
  'members.reveal': 'reveal one sensitive field with a purpose',
  'members.export': 'export lists',
  'imports.make': 'upload a roster and prepare a batch',
  'imports.approve': 'confirm or return a batch made by someone else; reverse within 24 hours',
  'meetings.read': 'see meetings of the scope',
  'meetings.convene': 'plan, convene, record and close meetings',
  'meetings.sign': 'sign minutes as chair or secretary',
  'development.read': 'see cases of the development of members in the scope, without the political review',
  'development.write': 'take applications and record steps, reviews, publicity',
  'development.approve': 'decide on steps for the level above; set yearly numbers',
  'development.vet': 'enter and read political reviews',
  'membership.read': 'see who is floating, lost or abroad, decisions about membership, monthly figures',
  'membership.write': 'keep contact, propose decisions about membership, confirm a month',
  'membership.approve': 'approve decisions about membership for the level above; close months',
  'elections.read': 'see elections of the scope',
  'elections.write': 'prepare and hold elections of committees, enter what was counted',
  'elections.approve': 'approve elections, candidates and results for the level above',
  'transfers.read': 'see transfers of the scope, of both sides',
  'transfers.write': 'prepare transfers, agree for the branch, issue letters, receive and return',
  'transfers.approve': 'approve transfers for the committee or the department above, revoke, renew, settle',
  'voting.read': 'see votes of the scope: roll, phases and results, never a single secret vote',
  'voting.hold': 'make polls, hold votes, enter hand counts and written opinions',
  'notices.send': 'send notices to the scope',
  'access.activate': 'issue activation slips and see who has not activated',
  'access.recover': 'take part in recovering an account (two officers)',
  'access.grant':
    'propose and end grants, open and close accounts (security administrator; a committee within its own rights)',
  'access.confirm': 'confirm or return a grant that someone else proposed',
  'access.read': 'who has what',
  'audit.read': 'read and export the audit (audit administrator)',
  'settings.read': 'see settings',
  'settings.write': 'change settings, dictionaries, rule parameters, calendar (system administrator)',
  'system.operate': 'health, metrics, jobs, demonstration data (system administrator)',
} as const

export type Permission = keyof typeof PERMISSIONS
