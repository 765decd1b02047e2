import { type ReferenceKind, ROLE_NAMES } from '@tongxin/contract'

/**
 * Everything in the installation that names a record or its person, and what a merge of two records does to it. A test
 * compares the list with the database: whoever adds a table with such a column adds it here or to `NOT_OF_THE_RECORD`.
 */
export type Reference = {
  readonly kind: ReferenceKind
  readonly table: string
  /** The column with the record's id; without it rows are found by the person. */
  readonly member?: 'member_id'
  readonly person?: 'person_id'
  /** What names a row, for finding it again when the merge is undone. */
  readonly key: 'id' | 'meeting_id'
  readonly fate: 'moves' | 'stays'
  /** Rows that are open: `blocks` the merge, or goes over `alone`: when the kept record has none and the same branch. */
  readonly open?: {
    readonly column: string
    readonly among: readonly string[] | null
    readonly fate: 'blocks' | 'alone'
    /** Open also demands that this end has not come. */
    readonly until?: string
  }
  /** Only these rows are meant: those of a meeting in one of the states. */
  readonly of?: { readonly table: string; readonly column: string; readonly among: readonly string[] }
  /** Rows of a pair that may exist only once: stays where the kept record has its own. */
  readonly unless?: string
  /** Moved rows that changed after the merge stand on it: it cannot be undone any more. */
  readonly changed?: 'updated_at'
  /** The path of the organisation follows the record. */
  readonly follows?: true
}

const both = { member: 'member_id', person: 'person_id', key: 'id' } as const
const person = { person: 'person_id', key: 'id' } as const

export const REFERENCES: readonly Reference[] = [
  { kind: 'entries', table: 'members_entry', ...both, fate: 'moves', changed: 'updated_at', follows: true },
  {
    kind: 'changes',
    table: 'members_change',
    ...both,
    fate: 'stays',
    open: { column: 'state', among: ['draft', 'first_review', 'second_review', 'returned'], fate: 'blocks' },
  },
  { kind: 'versions', table: 'members_version', ...both, fate: 'stays' },
  // Where paper lies is not a choice between two rows: the keeper puts the two folders together and says so.
  { kind: 'folder', table: 'members_dossier', member: 'member_id', person: 'person_id', key: 'id', fate: 'stays' },
  // A face is no choice between two rows either: each record keeps the photos it had.
  { kind: 'photos', table: 'members_photo', ...both, fate: 'stays' },
  {
    kind: 'loans',
    table: 'members_loan',
    ...both,
    fate: 'moves',
    open: { column: 'state', among: ['asked', 'out'], fate: 'blocks' },
    changed: 'updated_at',
    follows: true,
  },
  // An error tells what was wrong in the record as it was.
  { kind: 'errors', table: 'members_error', ...both, fate: 'stays' },
  { kind: 'looks', table: 'members_look', ...both, fate: 'stays' },
  {
    kind: 'posts',
    table: 'org_post',
    member: 'member_id',
    key: 'id',
    fate: 'moves',
    open: { column: 'until_on', among: null, fate: 'blocks' },
  },
  {
    kind: 'roles',
    table: 'access_grant',
    ...person,
    fate: 'stays',
    open: {
      column: 'role',
      among: ROLE_NAMES.filter((role) => role !== 'member'),
      fate: 'blocks',
      until: 'until_on',
    },
  },
  {
    kind: 'cases',
    table: 'development_case',
    ...both,
    fate: 'moves',
    open: { column: 'state', among: ['running', 'paused', 'returned'], fate: 'alone' },
    changed: 'updated_at',
  },
  { kind: 'caseSteps', table: 'development_step', ...person, fate: 'moves' },
  { kind: 'caseReviews', table: 'development_review', ...person, fate: 'moves' },
  { kind: 'contacts', table: 'development_person', member: 'member_id', key: 'id', fate: 'moves', unless: 'case_id' },
  {
    kind: 'transfers',
    table: 'transfers_transfer',
    ...both,
    fate: 'moves',
    open: {
      column: 'state',
      among: ['draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting', 'expired'],
      fate: 'blocks',
    },
    changed: 'updated_at',
  },
  { kind: 'transferSteps', table: 'transfers_step', ...person, fate: 'moves' },
  {
    kind: 'absences',
    table: 'membership_absence',
    ...both,
    fate: 'moves',
    open: { column: 'state', among: ['open'], fate: 'alone' },
    changed: 'updated_at',
  },
  { kind: 'absenceContacts', table: 'membership_contact', ...person, fate: 'moves' },
  {
    kind: 'decisions',
    table: 'membership_decision',
    ...both,
    fate: 'moves',
    open: { column: 'state', among: ['proposed', 'branch_decided'], fate: 'blocks' },
    changed: 'updated_at',
  },
  { kind: 'appraisals', table: 'appraisal_person', ...both, fate: 'stays' },
  // A file of an election is a document: who stood, who was proposed and who was entitled stays as it was written.
  { kind: 'candidacies', table: 'elections_candidate', ...both, fate: 'stays' },
  { kind: 'nominations', table: 'elections_nomination', member: 'member_id', key: 'id', fate: 'stays' },
  { kind: 'electionVotes', table: 'elections_voter', ...both, fate: 'stays' },
  { kind: 'movements', table: 'membership_movement', member: 'member_id', key: 'id', fate: 'stays' },
  {
    kind: 'comingMeetings',
    table: 'meetings_attendee',
    member: 'member_id',
    person: 'person_id',
    key: 'meeting_id',
    fate: 'moves',
    of: { table: 'meetings_meeting', column: 'state', among: ['planned', 'noticed'] },
    unless: 'meeting_id',
  },
  // A record of a meeting is signed over those who were there: it is not rewritten.
  { kind: 'attendance', table: 'meetings_check_in', ...both, key: 'meeting_id', fate: 'stays' },
  // Who is asked for something answers for it under the kept record, with what was done so far.
  { kind: 'tasks', table: 'tasks_part', ...both, fate: 'moves', changed: 'updated_at' },
  { kind: 'taskSteps', table: 'tasks_step', ...person, fate: 'moves' },
  { kind: 'deadlines', table: 'deadlines_item', ...person, fate: 'moves' },
  { kind: 'notices', table: 'notices_delivery', ...person, fate: 'stays' },
]

/** Columns of the same names that tell something else: accounts, who acted, what a person set for herself. */
export const NOT_OF_THE_RECORD: Readonly<Record<string, string>> = {
  access_account: 'the account goes with the person: the closed one has no membership any more',
  access_administrator: 'of the installation, not of a record',
  access_grant_request: 'history of grants',
  access_one_time_code: 'set-up codes of the account',
  access_passkey: 'of the account',
  access_person_tenant: 'where the account may act',
  access_recovery: 'of the account',
  access_session: 'of the account: sessions end with the membership',
  access_sign_in_name: 'of the account; the telephone goes over with the merge',
  access_totp_use: 'of the account',
  channels_address: 'of the account: where its owner is reached',
  channels_message: 'the log of what was sent',
  channels_preference: 'wishes of the account',
  courseware_attempt: 'what was learned stays with the record under which it was learned',
  courseware_item: 'part of an attempt',
  courseware_session: 'part of an attempt',
  credits_account: 'sums of its lines, which are counted again for the kept record',
  credits_certificate: 'handed in under the record; its hours are counted again for the kept one',
  credits_entry: 'added to and never rewritten: what counts is counted again for the kept record',
  credits_exemption: 'decided about the record as it was',
  credits_honour: 'decided about the record as it was',
  credits_transcript: 'a sheet that was issued',
  deadlines_digest: 'mail that was sent',
  exams_appeal: 'part of a sitting',
  exams_seat: 'a list of those called to an exam, as it was announced',
  exams_sitting: 'who sat an exam sat it under the record of the day',
  learning_favourite: 'wishes of the account',
  learning_habit: 'wishes of the account',
  learning_habit_day: 'what was sent to the account',
  learning_mark: 'what was learned stays with the record under which it was learned',
  learning_progress: 'what was learned stays with the record under which it was learned',
  library_reading: 'who read read under the name of the day',
  library_share: 'shared with the account until a day; whoever shared it shares it anew',
  library_subscription: 'wishes of the account',
  members_identity: 'follows the ID number',
  meetings_erratum: 'who wrote it',
  meetings_feed: 'address of the own calendar',
  meetings_proposal: 'who proposed it',
  meetings_second_home: 'agreed between two branches for a person: ended and agreed anew for the kept record',
  meetings_signature: 'who signed',
  meetings_study: 'what was answered and countersigned',
  notices_preference: 'wishes of the account',
  notices_receipt: 'confirmed and answered by the account under its name of the day',
  notices_target: 'written to the account by name',
  platform_event: 'the log',
  platform_idempotency: 'of the session',
  settings_filter: 'wishes of the account',
  settings_default_view: 'wishes of the account',
  voting_issue: 'who drew a ballot paper',
  voting_named: 'who voted',
  voting_opinion: 'whose opinion was entered',
  voting_roll: 'frozen when the vote opened: who was entitled stays as it was',
  publishing_comment: 'said by the account under its name of the day',
  conversations_guest: 'a guest is let in by whoever keeps the group, anew for the kept record',
  conversations_message: 'said by the account, sealed: who belongs to a conversation follows from the records',
  conversations_report: 'reported by the account',
  conversations_seat: 'how far the account has read',
  conversations_silence: 'of the account, for some hours',
  study_checkin: 'the diary of the account, which nobody else reads',
  study_done: 'said by the account',
  study_draft: 'of the account, which nobody else reads',
  study_note: 'of the account, which nobody else reads',
  study_post: 'said by the account under its name of the day',
  study_remark: 'said by the account under its name of the day',
  study_round: 'handed in under the record of the day',
  study_seat: 'a group is changed by whoever made it',
  study_share: 'shared by the account',
  study_work: 'handed in under the record of the day',
  xapi_launch: 'a key of some hours for one person',
  xapi_statement: 'a statement is never rewritten: it tells of the record under which it was made',
  topics_enrolment: 'who came to a lesson came under the record of the day',
  topics_lecturer: 'an offer of the account, reviewed as it was',
  topics_proposal: 'the account was asked, and answers for itself',
  topics_rating: 'what the account said of a lesson',
  topics_slot: 'times that the account offered',
  topics_support: 'wishes of the account',
  television_presence: 'who sat in the room came under the record of the day',
  topics_wish: 'wished by the account; others support it',
}
