/** The only place where a URL of this application is written. Route patterns use the same functions with `$id`. */
export const paths = {
  home: () => '/',
  learning: {
    home: () => '/learning',
    courses: () => '/learning/courses',
    course: (id: string) => `/learning/courses/${id}`,
    /** `?block=…`: one block a screen. */
    read: (id: string) => `/learning/courses/${id}/read`,
    daily: () => '/learning/daily',
    week: () => '/learning/week',
    /** Without signing in. */
    publicList: () => '/learning/public',
    publicOne: (id: string) => `/learning/public/${id}`,
  },
  organisation: () => '/organisation',
  messages: () => '/messages',
  notices: { one: (id: string) => `/messages/${id}` },
  talks: {
    list: () => '/talks',
    /** `?team=…`: into a team that is there. */
    begin: () => '/talks/begin',
    reports: () => '/talks/reports',
    one: (id: string) => `/talks/${id}`,
    group: (id: string) => `/talks/${id}/about`,
    search: (id: string) => `/talks/${id}/search`,
  },
  meetings: {
    list: () => '/meetings',
    one: (id: string) => `/meetings/${id}`,
    proposals: () => '/meetings/proposals',
    tasks: () => '/meetings/tasks',
    talks: () => '/meetings/talks',
    study: (id: string) => `/meetings/${id}/study`,
    calendar: () => '/me/calendar',
    /** Where the QR code of the organiser's screen leads: `?m=MEETING&c=CODE`. */
    checkIn: () => '/check-in',
  },
  record: {
    mine: () => '/me/record',
    correct: () => '/me/record/correct',
    portrait: () => '/me/portrait',
    looks: () => '/me/looks',
    trail: () => '/me/trail',
  },
  me: () => '/me',
  deadlines: () => '/deadlines',
  votes: {
    list: () => '/votes',
    one: (id: string) => `/votes/${id}`,
  },
  elections: { list: () => '/elections', one: (id: string) => `/elections/${id}` },
  /** A package of a course, before it is opened. */
  courseware: { one: (id: string) => `/learning/packages/${id}` },
  exams: {
    list: () => '/learning/exams',
    /** A quiz before one begins; courses link here. */
    quiz: (paperId: string) => `/learning/exams/${paperId}`,
    sitting: (id: string) => `/learning/sittings/${id}`,
    result: (id: string) => `/learning/sittings/${id}/result`,
  },
  articles: { list: () => '/articles', one: (id: string) => `/articles/${id}` },
  library: {
    list: () => '/library',
    one: (id: string) => `/library/${id}`,
  },
  tasks: {
    list: () => '/tasks',
    one: (id: string) => `/tasks/${id}`,
  },
  study: {
    home: () => '/learning/study',
    task: (id: string) => `/learning/study/tasks/${id}`,
    /** `?work=…`: once more what came back. */
    write: () => '/learning/study/write',
    works: () => '/learning/study/works',
    work: (id: string) => `/learning/study/works/${id}`,
    shown: () => '/learning/study/shown',
    shownOne: (id: string) => `/learning/study/shown/${id}`,
    notes: () => '/learning/study/notes',
    groups: () => '/learning/study/groups',
    group: (id: string) => `/learning/study/groups/${id}`,
    campaigns: () => '/learning/study/campaigns',
    campaign: (id: string) => `/learning/study/campaigns/${id}`,
    diary: () => '/learning/study/diary',
  },
  /** In the picture on the screens of sets. */
  television: {
    rooms: () => '/television',
    /** `?c=…`: the code of the set, in the picture on its screen. */
    pair: () => '/television/pair',
  },
  topics: {
    list: () => '/learning/topics',
    wish: () => '/learning/topics/wish',
    one: (id: string) => `/learning/topics/${id}`,
    lecturing: () => '/learning/lecturing',
  },
  transfers: () => '/transfers',
  development: {
    mine: () => '/development',
    /** `?what=application|report|conversion` */
    handIn: () => '/development/hand-in',
    activists: () => '/development/activists',
  },
  appraisal: {
    list: () => '/appraisals',
    one: (id: string) => `/appraisals/${id}`,
    /** For people without an account, with a code on paper. */
    byCode: () => '/appraise',
  },
  credits: {
    mine: () => '/learning/credits',
    certificates: () => '/learning/credits/certificates',
    exemption: () => '/learning/credits/exemption',
    /** Where the QR code of a transcript leads: `?c=CODE`, for anyone. */
    verify: () => '/verify/transcript',
  },
  absence: () => '/me/absence',
  quietHours: () => '/me/quiet-hours',
  help: () => '/help',
  signIn: () => '/sign-in',
  welcome: () => '/welcome',
  activate: () => '/activate',
  reset: () => '/reset',
  security: () => '/me/security',
  channels: () => '/me/channels',
} as const

/** The administrators' application on the same origin; leaving to it loads a new document. */
export const ADMIN_ROOT = '/admin/'
