import { Clapperboard } from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** The rows of the group `learning`, in the order in which they stand. */
export const learningRows: readonly NavigationRow[] = [
  {
    module: 'media',
    group: 'learning',
    path: paths.media.list(),
    permission: 'learning.read',
    textKey: 'media.title',
    Icon: Clapperboard,
  },
]
