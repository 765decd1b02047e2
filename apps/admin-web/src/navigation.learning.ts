import {
  Award,
  BookOpen,
  CalendarCheck,
  ChartColumn,
  Clapperboard,
  FileBadge,
  GraduationCap,
  HeartHandshake,
} from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** The rows of the group `learning`, in the order in which they stand. */
export const learningRows: readonly NavigationRow[] = [
  {
    module: 'learning',
    group: 'learning',
    path: paths.learning.courses(),
    permission: 'learning.read',
    textKey: 'learning.title',
    Icon: BookOpen,
  },
  {
    module: 'learning',
    group: 'learning',
    path: paths.learning.plans(),
    permission: 'learning.read',
    textKey: 'learning.plans',
    Icon: CalendarCheck,
  },
  {
    module: 'media',
    group: 'learning',
    path: paths.media.list(),
    permission: 'learning.read',
    textKey: 'media.title',
    Icon: Clapperboard,
  },
  {
    module: 'credits',
    group: 'learning',
    path: paths.credits.overview(),
    permission: 'learning.read',
    textKey: 'credits.overview',
    Icon: ChartColumn,
  },
  {
    module: 'credits',
    group: 'learning',
    path: paths.credits.accounts(),
    permission: 'learning.read',
    textKey: 'credits.accounts',
    Icon: GraduationCap,
  },
  {
    module: 'credits',
    group: 'learning',
    path: paths.credits.certificates(),
    permission: 'learning.read',
    textKey: 'credits.certificates',
    Icon: FileBadge,
  },
  {
    module: 'credits',
    group: 'learning',
    path: paths.credits.exemptions(),
    permission: 'learning.read',
    textKey: 'credits.exemptions',
    Icon: HeartHandshake,
  },
  {
    module: 'credits',
    group: 'learning',
    path: paths.credits.honours(),
    permission: 'learning.read',
    textKey: 'credits.honours',
    Icon: Award,
  },
]
