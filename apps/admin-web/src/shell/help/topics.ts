/** Parts of the help, in the order of the rail. */
export const TOPICS = [
  'start',
  'workbench',
  'deadlines',
  'org',
  'members',
  'quality',
  'merge',
  'dossier',
  'imports',
  'development',
  'transfers',
  'membership',
  'meetings',
  'elections',
  'voting',
  'appraisal',
  'exams',
  'learning',
  'study',
  'topics',
  'television',
  'media',
  'courseware',
  'credits',
  'records',
  'tasks',
  'notices',
  'access',
  'audit',
  'settings',
] as const
export type Topic = (typeof TOPICS)[number]

// By the first part of the address.
const PLACES: Readonly<Record<string, Topic>> = {
  '/': 'workbench',
  '/deadlines': 'deadlines',
  '/credits': 'credits',
  '/learning': 'learning',
  '/study': 'study',
  '/tasks': 'tasks',
  '/topics': 'topics',
  '/television': 'television',
  '/media': 'media',
  '/courseware': 'courseware',
  '/orgs': 'org',
  '/members': 'members',
  '/deleted-members': 'members',
  '/member-structure': 'members',
  '/member-changes': 'members',
  '/member-quality': 'quality',
  '/member-findings': 'quality',
  '/member-papers': 'quality',
  '/member-errors': 'quality',
  '/member-samples': 'quality',
  '/member-assignments': 'quality',
  '/member-duplicates': 'merge',
  '/member-merge': 'merge',
  '/imports': 'imports',
  '/development': 'development',
  '/transfers': 'transfers',
  '/membership': 'membership',
  '/meetings': 'meetings',
  '/votes': 'voting',
  '/elections': 'elections',
  '/appraisals': 'appraisal',
  '/exam-questions': 'exams',
  '/exam-papers': 'exams',
  '/exam-sessions': 'exams',
  '/exam-marking': 'exams',
  '/exam-appeals': 'exams',
  '/learning-records': 'records',
  '/notices': 'notices',
  '/inbox': 'notices',
  '/access': 'access',
  '/audit': 'audit',
  '/settings': 'settings',
}

/** The part of the help that a page (its address without `/admin`) opens. */
export function topicOf(path: string): Topic {
  if (/^\/members\/[^/]+\/dossier$/.test(path)) return 'dossier'
  const place = `/${path.split('/')[1] ?? ''}`
  return PLACES[place] ?? 'start'
}

export const isTopic = (text: string | undefined): text is Topic => TOPICS.some((topic) => topic === text)
