import { FilePen, LayoutList, MessageSquareText } from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** What is told, and what is said about it. */
export const publishingRows: readonly NavigationRow[] = [
  {
    module: 'publishing',
    group: 'talk',
    path: paths.publishing.list(),
    permission: 'publishing.read',
    textKey: 'publishing.title',
    Icon: FilePen,
  },
  {
    module: 'publishing',
    group: 'talk',
    path: paths.publishing.columns(),
    permission: 'publishing.release',
    textKey: 'publishing.columns',
    Icon: LayoutList,
  },
  {
    module: 'publishing',
    group: 'talk',
    path: paths.publishing.comments(),
    permission: 'publishing.review',
    textKey: 'publishing.commentsTitle',
    Icon: MessageSquareText,
  },
]
