import { paths } from './paths.ts'

/** What modules of learning put in the row below the tab's title: a path and the key of its text. */
export const learningEntries: readonly { readonly path: string; readonly textKey: string }[] = [
  { path: paths.learning.courses(), textKey: 'learning.allCourses' },
  { path: paths.exams.list(), textKey: 'exams.title' },
  { path: paths.credits.mine(), textKey: 'credits.title' },
  { path: paths.study.home(), textKey: 'study.title' },
  { path: paths.topics.list(), textKey: 'topics.title' },
  { path: paths.television.rooms(), textKey: 'television.title' },
  { path: paths.learning.daily(), textKey: 'learning.daily' },
]
