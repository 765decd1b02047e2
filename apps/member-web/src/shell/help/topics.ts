/** Parts of the help, in the order in which people need them. */
export const TOPICS = [
  'start',
  'meetings',
  'voting',
  'messages',
  'record',
  'deadlines',
  'library',
  'tasks',
  'development',
  'transfers',
  'absence',
  'elections',
  'appraisal',
  'exams',
  'learning',
  'credits',
  'study',
  'topics',
  'television',
] as const
export type Topic = (typeof TOPICS)[number]

// By the beginning of the address, the longer before the shorter.
const PLACES: readonly (readonly [string, Topic])[] = [
  ['/learning/credits', 'credits'],
  ['/verify', 'credits'],
  ['/meetings', 'meetings'],
  ['/check-in', 'meetings'],
  ['/me/calendar', 'meetings'],
  ['/votes', 'voting'],
  ['/messages', 'messages'],
  ['/me/record', 'record'],
  ['/me/looks', 'record'],
  ['/me/trail', 'record'],
  ['/me/absence', 'absence'],
  ['/deadlines', 'deadlines'],
  ['/library', 'library'],
  ['/tasks', 'tasks'],
  ['/development', 'development'],
  ['/transfers', 'transfers'],
  ['/elections', 'elections'],
  ['/appraisals', 'appraisal'],
  ['/television', 'television'],
  ['/learning/exams', 'exams'],
  ['/learning/sittings', 'exams'],
  ['/appraise', 'appraisal'],
  ['/learning/topics', 'topics'],
  ['/learning/lecturing', 'topics'],
  ['/learning/study', 'study'],
  ['/learning', 'learning'],
]

/** The part of the help that a page opens. */
export const topicOf = (path: string): Topic => PLACES.find(([place]) => path.startsWith(place))?.[1] ?? 'start'
