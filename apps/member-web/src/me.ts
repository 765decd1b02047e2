import { paths } from './paths.ts'

/** What features add to the page "me": a path and the key of its text. */
export const myLinks: readonly { readonly path: string; readonly textKey: string }[] = [
  { path: paths.record.mine(), textKey: 'record.title' },
  { path: paths.deadlines(), textKey: 'deadlines.title' },
  { path: paths.tasks.list(), textKey: 'tasks.title' },
  { path: paths.articles.list(), textKey: 'publishing.title' },
  { path: paths.library.list(), textKey: 'library.title' },
  { path: paths.credits.mine(), textKey: 'credits.title' },
  { path: paths.transfers(), textKey: 'transfers.title' },
  { path: paths.appraisal.list(), textKey: 'appraisal.title' },
  { path: paths.elections.list(), textKey: 'elections.title' },
  { path: paths.absence(), textKey: 'membership.title' },
  { path: paths.development.mine(), textKey: 'development.title' },
  { path: paths.development.activists(), textKey: 'development.activists' },
  { path: paths.record.looks(), textKey: 'record.looks' },
  { path: paths.record.trail(), textKey: 'record.trail' },
  { path: paths.security(), textKey: 'access.title' },
  { path: paths.channels(), textKey: 'channels.title' },
  { path: paths.quietHours(), textKey: 'notices.quiet.title' },
  { path: paths.meetings.list(), textKey: 'meetings.mine' },
  { path: paths.votes.list(), textKey: 'voting.title' },
  { path: paths.meetings.calendar(), textKey: 'meetings.calendar' },
]
