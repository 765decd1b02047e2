import { FilePen, LayoutList, LibraryBig, MessageSquareText } from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** What is told, what is said about it, and what is kept to be found. */
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
  {
    module: 'library',
    group: 'talk',
    path: paths.library.list(),
    permission: 'library.read',
    textKey: 'library.title',
    Icon: LibraryBig,
  },
]
