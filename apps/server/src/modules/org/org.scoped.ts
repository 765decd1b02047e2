import { ROLE_NAMES } from '@tongxin/contract'

/**
 * Every column that holds the path of an organisation and is rewritten when the organisation moves. A test compares
 * the list with the database: whoever adds a table with `org_path` adds it here or to `WRITTEN_ONCE`.
 * `unit` names the column with the organisation's id; `merges` tells which rows of a unit go over to the one it is
 * merged into (`all`, or those in the given `states`), other rows stay with the dissolved unit as its history.
 */
export type ScopedTable = {
  readonly table: string
  readonly column: string
  readonly unit?: string
  readonly merges?: 'all' | { readonly column: string; readonly among: readonly string[] }
  /** Under which word the rows are counted in a plan; `open` and `until` (the column of the end) narrow it. */
  readonly counted?: {
    readonly as: string
    readonly open?: { readonly column: string; readonly among: readonly string[] }
    readonly until?: string
  }
  /** Rows that only tell what happened: they do not keep an organisation that is empty otherwise. */
  readonly isHistory?: true
}

const path = (table: string, more: Omit<ScopedTable, 'table' | 'column'> = {}): ScopedTable => ({
  table,
  column: 'org_path',
  ...more,
})
const OPEN_CHANGES = { column: 'state', among: ['draft', 'first_review', 'second_review'] } as const
const OPEN_MEETINGS = {
  column: 'state',
  among: ['planned', 'noticed', 'in_progress', 'record_pending', 'awaiting_signatures'],
} as const
/** Posts of the application; every member has the grant `member`, which goes where the member goes. */
const POSTS = { column: 'role', among: ROLE_NAMES.filter((role) => role !== 'member') } as const
const OPEN_CASES = { column: 'state', among: ['running', 'paused', 'returned'] } as const
const OPEN_BATCHES = { column: 'state', among: ['read', 'submitted', 'applying'] } as const
const OPEN_DEADLINES = { column: 'state', among: ['open'] } as const

const OPEN_ROUNDS = {
  column: 'state',
  among: ['study', 'reviewing', 'assessing', 'grading', 'checking', 'feedback', 'reported'],
} as const

const OPEN_TRANSFERS = {
  column: 'state',
  among: ['draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting', 'expired'],
} as const

const OPEN_ELECTIONS = {
  column: 'state',
  among: [
    'draft',
    'requested',
    'nominating',
    'candidates_reported',
    'publicity',
    'preparing',
    'voting',
    'plenum',
    'reporting',
    'reported',
  ],
} as const

const OPEN_EXAMS = { column: 'state', among: ['draft', 'announced', 'closed'] } as const

const OPEN_COURSES = { column: 'state', among: ['draft', 'live'] } as const
const OPEN_TOPICS = { column: 'state', among: ['gathering', 'reached', 'recruiting', 'scheduled'] } as const
const OPEN_PLANS = { column: 'state', among: ['draft', 'published'] } as const

const OPEN_TASKS = { column: 'state', among: ['open'] } as const

const OPEN_VOTES = {
  column: 'state',
  among: ['prepared', 'keyed', 'announced', 'drawing', 'drawing_closed', 'casting', 'closed', 'counted'],
} as const

export const SCOPED_TABLES: readonly ScopedTable[] = [
  { table: 'org_unit', column: 'path', counted: { as: 'units' } },
  path('org_change'),
  // In this order: who counts people holds a row of the first, and leaves one in the second.
  path('org_count'),
  path('org_count_delta'),
  path('org_total'),
  path('org_post'),
  path('org_term'),
  path('access_grant', {
    unit: 'org_id',
    merges: { column: 'role', among: ['member'] },
    counted: { as: 'posts', open: POSTS, until: 'until_on' },
  }),
  path('access_grant_request', { unit: 'org_id' }),
  path('access_recovery'),
  path('access_activation', { unit: 'org_id' }),
  path('members_member', { unit: 'org_id', merges: 'all', counted: { as: 'records' } }),
  path('members_entry', { merges: 'all' }),
  path('members_version', { merges: 'all' }),
  path('members_change', {
    unit: 'org_id',
    merges: OPEN_CHANGES,
    counted: { as: 'changes', open: OPEN_CHANGES },
  }),
  path('members_assignment', { unit: 'org_id' }),
  path('members_dossier', { merges: 'all' }),
  path('members_photo', { merges: 'all' }),
  path('members_loan', { merges: 'all' }),
  path('members_merge', { merges: 'all' }),
  path('members_pair', { merges: 'all' }),
  path('members_finding', { unit: 'org_id', merges: 'all' }),
  // Counted anew from the records: the night takes away the row of a unit without people.
  path('members_score', { isHistory: true }),
  path('members_error', { unit: 'org_id', merges: 'all' }),
  path('members_sample', { isHistory: true }),
  path('members_sample_row', { merges: 'all' }),
  path('imports_batch', { unit: 'org_id', merges: OPEN_BATCHES, counted: { as: 'imports', open: OPEN_BATCHES } }),
  path('imports_chunk'),
  path('imports_mapping', { unit: 'org_id' }),
  path('files_file', { unit: 'org_id' }),
  path('settings_value', { unit: 'org_id' }),
  path('settings_filter', { unit: 'org_id', merges: 'all', isHistory: true }),
  path('deadlines_item', { unit: 'unit_id', merges: OPEN_DEADLINES }),
  path('meetings_meeting', { unit: 'org_id', counted: { as: 'meetings', open: OPEN_MEETINGS } }),
  path('meetings_count'),
  path('meetings_attendee'),
  path('meetings_check_in'),
  path('meetings_agenda'),
  path('meetings_paper'),
  path('meetings_photo'),
  path('meetings_task'),
  path('meetings_signature'),
  path('meetings_erratum'),
  path('meetings_reminder'),
  path('meetings_held', { isHistory: true }),
  path('meetings_held_sum', { isHistory: true }),
  path('meetings_year_cell', { unit: 'org_id', isHistory: true }),
  path('meetings_proposal', { unit: 'org_id' }),
  path('meetings_study_sheet'),
  path('meetings_study'),
  path('meetings_talk', { unit: 'org_id' }),
  { table: 'meetings_joint', column: 'host_path' },
  path('meetings_joint', { unit: 'org_id' }),
  path('meetings_second_home', { unit: 'org_id' }),
  path('appraisal_round', { unit: 'unit_id', counted: { as: 'appraisals', open: OPEN_ROUNDS } }),
  path('appraisal_person'),
  path('appraisal_comment'),
  path('appraisal_return'),
  path('appraisal_hopper'),
  path('appraisal_mark'),
  path('appraisal_count'),
  path('membership_absence', { unit: 'unit_id', merges: 'all' }),
  { table: 'membership_absence', column: 'host_path', unit: 'host_id', merges: 'all' },
  path('membership_contact', { merges: 'all' }),
  path('membership_decision', { unit: 'unit_id', merges: 'all' }),
  path('membership_movement', { unit: 'unit_id', isHistory: true }),
  path('membership_flow', { unit: 'unit_id', isHistory: true }),
  path('membership_month', { unit: 'unit_id', isHistory: true }),
  path('development_case', { unit: 'org_id', merges: 'all', counted: { as: 'cases', open: OPEN_CASES } }),
  path('development_step', { merges: 'all' }),
  path('development_person', { merges: 'all' }),
  path('development_review', { merges: 'all' }),
  path('development_publicity', { merges: 'all' }),
  path('development_vetting', { merges: 'all' }),
  path('development_proof', { merges: 'all' }),
  path('development_quota', { unit: 'org_id' }),
  path('elections_election', { unit: 'unit_id', counted: { as: 'elections', open: OPEN_ELECTIONS } }),
  path('elections_candidate'),
  path('elections_nomination'),
  path('elections_voter'),
  path('elections_round'),
  path('elections_handover'),
  path('transfers_transfer', {
    unit: 'org_id',
    merges: OPEN_TRANSFERS,
    counted: { as: 'transfers', open: OPEN_TRANSFERS },
  }),
  { table: 'transfers_transfer', column: 'to_path', unit: 'to_org_id', merges: OPEN_TRANSFERS },
  { table: 'transfers_transfer', column: 'committee_path', unit: 'committee_id', merges: OPEN_TRANSFERS },
  path('transfers_step', { merges: 'all' }),
  { table: 'transfers_step', column: 'to_path', merges: 'all' },
  path('transfers_number'),
  path('voting_vote', { unit: 'org_id', merges: 'all', counted: { as: 'votes', open: OPEN_VOTES } }),
  path('voting_question', { merges: 'all' }),
  path('voting_roll', { merges: 'all' }),
  path('voting_issue', { merges: 'all' }),
  path('voting_hopper', { merges: 'all' }),
  path('voting_leaf', { merges: 'all' }),
  path('voting_named', { merges: 'all' }),
  path('voting_opinion', { merges: 'all' }),
  path('voting_hand_count', { merges: 'all' }),
  path('voting_file', { merges: 'all' }),
  path('exams_question', { unit: 'unit_id', merges: 'all' }),
  path('exams_version', { merges: 'all' }),
  path('exams_key', { merges: 'all' }),
  path('exams_paper', { unit: 'unit_id', merges: 'all' }),
  path('exams_paper_item', { merges: 'all' }),
  path('exams_session', { unit: 'unit_id', merges: 'all', counted: { as: 'exams', open: OPEN_EXAMS } }),
  path('exams_seat', { merges: 'all' }),
  path('exams_sitting', { merges: 'all' }),
  path('exams_answer', { merges: 'all' }),
  path('exams_script', { merges: 'all' }),
  path('exams_appeal', { merges: 'all' }),
  path('learning_course', { unit: 'org_id', merges: 'all', counted: { as: 'courses', open: OPEN_COURSES } }),
  { table: 'learning_course', column: 'audience_path', unit: 'audience_id', merges: 'all' },
  path('learning_version', { merges: 'all' }),
  path('learning_file', { merges: 'all' }),
  path('learning_plan', { unit: 'org_id', merges: 'all', counted: { as: 'plans', open: OPEN_PLANS } }),
  { table: 'learning_plan', column: 'audience_path', unit: 'audience_id', merges: 'all' },
  path('learning_plan_course', { merges: 'all' }),
  path('learning_progress', { merges: 'all' }),
  path('learning_mark', { merges: 'all' }),
  path('learning_favourite', { merges: 'all', isHistory: true }),
  path('learning_habit', { merges: 'all', isHistory: true }),
  path('learning_habit_day', { merges: 'all', isHistory: true }),
  path('media_item', { unit: 'unit_id', merges: 'all' }),
  path('media_version', { merges: 'all' }),
  path('media_caption', { merges: 'all' }),
  path('media_proposal', { merges: 'all' }),
  path('courseware_package', { unit: 'unit_id', merges: 'all' }),
  path('courseware_version', { merges: 'all' }),
  path('courseware_attempt', { merges: 'all' }),
  path('courseware_item', { merges: 'all' }),
  path('courseware_session', { merges: 'all' }),
  path('credits_account', { unit: 'unit_id', merges: 'all' }),
  path('credits_entry', { merges: 'all' }),
  path('credits_certificate', { unit: 'unit_id', merges: 'all' }),
  path('credits_exemption', { unit: 'unit_id', merges: 'all' }),
  path('credits_honour', { unit: 'unit_id', merges: 'all' }),
  path('credits_reminder'),
  path('credits_unit', { unit: 'unit_id', isHistory: true }),
  // A group follows its unit; that of a unit that is merged ends with it.
  path('conversations_conversation', { isHistory: true }),
  path('conversations_guest', { isHistory: true }),
  path('conversations_silence', { isHistory: true }),
  path('conversations_report', { isHistory: true }),
  path('study_share', { merges: 'all', isHistory: true }),
  path('study_task', { unit: 'unit_id', merges: 'all', counted: { as: 'studyTasks', open: OPEN_TASKS } }),
  path('study_work', { unit: 'unit_id', merges: 'all' }),
  { table: 'study_work', column: 'show_path', merges: 'all' },
  path('study_round', { merges: 'all' }),
  path('study_remark', { merges: 'all', isHistory: true }),
  path('study_group', { unit: 'unit_id', merges: 'all' }),
  path('study_seat', { merges: 'all' }),
  path('study_session', { merges: 'all' }),
  path('study_campaign', { unit: 'unit_id', merges: 'all' }),
  path('study_done', { merges: 'all', isHistory: true }),
  path('study_post', { merges: 'all', isHistory: true }),
  path('publishing_column', { unit: 'unit_id' }),
  path('publishing_article', { unit: 'unit_id' }),
  { table: 'publishing_article', column: 'audience_path' },
  path('publishing_text'),
  path('publishing_step'),
  path('publishing_comment'),
  path('publishing_count', { isHistory: true }),
  path('publishing_link'),
  path('library_class', { unit: 'unit_id', merges: 'all' }),
  path('library_document', { unit: 'unit_id', merges: 'all' }),
  { table: 'library_document', column: 'audience_path', unit: 'audience_id', merges: 'all' },
  path('library_share', { merges: 'all' }),
  path('library_subscription', { merges: 'all', isHistory: true }),
  path('tasks_task', { unit: 'unit_id', merges: 'all', counted: { as: 'tasks', open: OPEN_TASKS } }),
  path('tasks_part', { unit: 'unit_id', merges: 'all' }),
  { table: 'tasks_part', column: 'issuer_path', unit: 'issuer_id', merges: 'all' },
  path('tasks_report', { unit: 'unit_id', merges: 'all' }),
  { table: 'tasks_report', column: 'receiver_path', unit: 'receiver_id', merges: 'all' },
  path('tasks_step', { merges: 'all' }),
  path('tasks_stage', { unit: 'unit_id', isHistory: true }),
  path('topics_wish', { unit: 'unit_id', merges: 'all', counted: { as: 'topics', open: OPEN_TOPICS } }),
  path('topics_support', { merges: 'all' }),
  path('topics_enrolment', { merges: 'all' }),
  path('topics_rating', { merges: 'all' }),
  path('topics_lecturer', { unit: 'unit_id', merges: 'all' }),
  path('topics_slot', { merges: 'all' }),
  path('topics_proposal', { merges: 'all' }),
  path('topics_run', { isHistory: true }),
  path('topics_merge', { merges: 'all', isHistory: true }),
  path('television_channel', { unit: 'unit_id', merges: 'all' }),
  path('television_programme', { merges: 'all' }),
  path('television_slot', { merges: 'all' }),
  path('television_set', { unit: 'unit_id', merges: 'all' }),
  path('television_airing', { unit: 'unit_id', merges: 'all', isHistory: true }),
  path('television_presence', { merges: 'all', isHistory: true }),
  { table: 'television_presence', column: 'home_path', merges: 'all', isHistory: true },
  path('notices_notice', { unit: 'org_id' }),
  path('notices_delivery'),
  path('notices_preference'),
  path('notices_circular', { unit: 'unit_id', merges: 'all' }),
  path('notices_target', { merges: 'all' }),
  { table: 'notices_target', column: 'audience_path', unit: 'unit_id', merges: 'all' },
  path('notices_version', { merges: 'all', isHistory: true }),
  path('notices_receipt', { isHistory: true }),
  path('notices_count', { isHistory: true }),
  path('notices_file', { merges: 'all' }),
  path('xapi_credential', { unit: 'org_id' }),
  path('xapi_launch', { isHistory: true }),
  path('channels_outlet', { unit: 'unit_id', merges: 'all' }),
]

/** Logs: what happened is only added to. They keep the path of the day, which no other unit is ever given. */
export const WRITTEN_ONCE: readonly string[] = ['platform_event', 'members_look', 'members_structure', 'xapi_statement']
