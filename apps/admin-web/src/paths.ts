/**
 * The only place where a URL of this application is written; the router puts `/admin` in front. Route patterns use
 * the same functions with `$id`.
 */
export const paths = {
  workbench: () => '/',
  help: () => '/help',
  deadlines: () => '/deadlines',
  org: {
    list: () => '/orgs',
    found: () => '/orgs/new',
    one: (id: string) => `/orgs/${id}`,
    correct: (id: string) => `/orgs/${id}/correct`,
    move: (id: string) => `/orgs/${id}/move`,
    merge: (id: string) => `/orgs/${id}/merge`,
    chart: (id: string) => `/orgs/${id}/chart`,
  },
  settings: {
    home: () => '/settings',
    dictionaries: () => '/settings/dictionaries',
    calendar: () => '/settings/calendar',
  },
  members: {
    list: () => '/members',
    add: () => '/members/new',
    bin: () => '/deleted-members',
    duplicates: () => '/member-duplicates',
    merge: () => '/member-merge',
    one: (id: string) => `/members/${id}`,
    edit: (id: string) => `/members/${id}/edit`,
    dossier: (id: string) => `/members/${id}/dossier`,
  },
  quality: {
    scores: () => '/member-quality',
    records: (orgId: string) => `/member-quality/${orgId}`,
    findings: () => '/member-findings',
    papers: () => '/member-papers',
    errors: () => '/member-errors',
    error: (id: string) => `/member-errors/${id}`,
    samples: () => '/member-samples',
    sample: (id: string) => `/member-samples/${id}`,
    assignments: () => '/member-assignments',
  },
  memberChanges: { list: () => '/member-changes', one: (id: string) => `/member-changes/${id}` },
  imports: { list: () => '/imports', add: () => '/imports/new', one: (id: string) => `/imports/${id}` },
  meetings: {
    list: () => '/meetings',
    ledger: () => '/meetings/ledger',
    plan: () => '/meetings/plan',
    one: (id: string) => `/meetings/${id}`,
    change: (id: string) => `/meetings/${id}/change`,
    screen: (id: string) => `/meetings/${id}/screen`,
    year: () => '/meetings/year',
    proposals: () => '/meetings/proposals',
    tasks: () => '/meetings/tasks',
    talks: () => '/meetings/talks',
    joint: () => '/meetings/joint',
    secondHomes: () => '/meetings/second-homes',
    attendance: () => '/meetings/attendance',
  },
  appraisal: { list: () => '/appraisals', one: (id: string) => `/appraisals/${id}` },
  media: { list: () => '/media', one: (id: string) => `/media/${id}` },
  membership: {
    absences: () => '/membership/absences',
    absence: (id: string) => `/membership/absences/${id}`,
    decisions: () => '/membership/decisions',
    decision: (id: string) => `/membership/decisions/${id}`,
    months: () => '/membership/months',
  },
  elections: { list: () => '/elections', one: (id: string) => `/elections/${id}` },
  voting: {
    list: () => '/votes',
    make: () => '/votes/new',
    one: (id: string) => `/votes/${id}`,
    change: (id: string) => `/votes/${id}/change`,
    /** For the projector. */
    screen: (id: string) => `/votes/${id}/screen`,
  },
  transfers: {
    list: () => '/transfers',
    add: () => '/transfers/new',
    many: () => '/transfers/batch',
    incoming: () => '/transfers/incoming',
    one: (id: string) => `/transfers/${id}`,
    edit: (id: string) => `/transfers/${id}/edit`,
  },
  development: {
    list: () => '/development',
    add: () => '/development/new',
    quotas: () => '/development/quotas',
    one: (id: string) => `/development/${id}`,
  },
  notices: { list: () => '/notices', send: () => '/notices/new', inbox: () => '/inbox' },
  audit: { list: () => '/audit' },
  access: {
    waiting: () => '/access/activation',
    batches: () => '/access/slips',
    accounts: () => '/access/accounts',
    grants: () => '/access/grants',
    proposals: () => '/access/proposals',
    recoveries: () => '/access/recoveries',
  },
} as const

/** Addresses of the phone application on the same origin; leaving to them loads a new document. */
export const outside = {
  member: () => '/',
  welcome: () => '/welcome',
  vote: (id: string) => `/votes/${id}`,
  security: () => '/me/security',
  /** `to` is where to come back to. */
  signIn: (to?: string) => `/sign-in${to ? `?to=${encodeURIComponent(to)}` : ''}`,
} as const
