import { BadgeCheck, FolderClock, Gavel, MapPinned, Merge, Scale, ShieldAlert, Table2, UsersRound } from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** The rows about records and membership, in the order in which they stand. */
export const memberRows: readonly NavigationRow[] = [
  {
    module: 'members',
    group: 'organisation',
    path: paths.members.list(),
    permission: 'members.read',
    textKey: 'members.title',
    Icon: UsersRound,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.members.structure(),
    permission: 'members.read',
    textKey: 'members.structure.title',
    Icon: Table2,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.memberChanges.list(),
    permission: 'members.review',
    textKey: 'members.reviewQueue',
    Icon: BadgeCheck,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.quality.scores(),
    permission: 'members.read',
    textKey: 'quality.title',
    Icon: ShieldAlert,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.members.duplicates(),
    permission: 'members.approve',
    textKey: 'members.merge.title',
    Icon: Merge,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.members.loans(),
    permission: 'members.read',
    textKey: 'members.loans.title',
    Icon: FolderClock,
  },
  {
    module: 'membership',
    group: 'organisation',
    path: paths.membership.absences(),
    permission: 'membership.read',
    textKey: 'membership.absences',
    Icon: MapPinned,
  },
  {
    module: 'membership',
    group: 'organisation',
    path: paths.membership.decisions(),
    permission: 'membership.read',
    textKey: 'membership.decisions',
    Icon: Gavel,
  },
  {
    module: 'membership',
    group: 'organisation',
    path: paths.membership.months(),
    permission: 'membership.read',
    textKey: 'membership.monthsTitle',
    Icon: Scale,
  },
]
