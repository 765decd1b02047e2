import type { Permission } from '@tongxin/contract/permissions'
import {
  ArrowRightLeft,
  CalendarClock,
  CalendarDays,
  CalendarRange,
  ChartColumn,
  CircleUserRound,
  ClipboardCheck,
  ClipboardPen,
  FileUp,
  KeyRound,
  LibraryBig,
  LifeBuoy,
  ListChecks,
  ListTodo,
  type LucideIcon,
  Megaphone,
  MessagesSquare,
  Network,
  Newspaper,
  Printer,
  ScrollText,
  SlidersHorizontal,
  Sprout,
  Stamp,
  Timer,
  Trash2,
  UserCheck,
  UserRoundPlus,
  Vote,
} from 'lucide-react'
import { learningRows } from './navigation.learning.ts'
import { memberRows } from './navigation.members.ts'
import { paths } from './paths.ts'

/** The six groups of the left rail, in this order. */
export const GROUPS = ['organisation', 'life', 'learning', 'talk', 'public', 'analysis'] as const
export type Group = (typeof GROUPS)[number]

/**
 * One row of the left rail and of the command palette. `textKey` names it (`members.title`); it is shown when the
 * post has the permission, because a rail of things one may not do only hides those one may.
 */
export type NavigationRow = {
  readonly module: string
  readonly group: Group
  readonly path: string
  readonly permission: Permission
  readonly textKey: string
  readonly Icon?: LucideIcon
}

/** A feature adds its row here; order within a group is the order of the table. */
export const navigation: readonly NavigationRow[] = [
  {
    module: 'org',
    group: 'organisation',
    path: paths.org.list(),
    permission: 'org.read',
    textKey: 'org.title',
    Icon: Network,
  },
  {
    module: 'deadlines',
    group: 'organisation',
    path: paths.deadlines(),
    permission: 'org.read',
    textKey: 'deadlines.title',
    Icon: CalendarClock,
  },
  ...memberRows,
  {
    module: 'development',
    group: 'organisation',
    path: paths.development.list(),
    permission: 'development.read',
    textKey: 'development.title',
    Icon: Sprout,
  },
  {
    module: 'transfers',
    group: 'organisation',
    path: paths.transfers.list(),
    permission: 'transfers.read',
    textKey: 'transfers.title',
    Icon: ArrowRightLeft,
  },
  {
    module: 'imports',
    group: 'organisation',
    path: paths.imports.list(),
    permission: 'imports.make',
    textKey: 'imports.title',
    Icon: FileUp,
  },
  {
    module: 'members',
    group: 'organisation',
    path: paths.members.bin(),
    permission: 'members.approve',
    textKey: 'members.bin',
    Icon: Trash2,
  },
  {
    module: 'meetings',
    group: 'life',
    path: paths.meetings.list(),
    permission: 'meetings.read',
    textKey: 'meetings.title',
    Icon: CalendarDays,
  },
  {
    module: 'elections',
    group: 'life',
    path: paths.elections.list(),
    permission: 'elections.read',
    textKey: 'elections.title',
    Icon: Stamp,
  },
  {
    module: 'voting',
    group: 'life',
    path: paths.voting.list(),
    permission: 'voting.read',
    textKey: 'voting.title',
    Icon: Vote,
  },
  {
    module: 'appraisal',
    group: 'life',
    path: paths.appraisal.list(),
    permission: 'appraisal.read',
    textKey: 'appraisal.title',
    Icon: ClipboardCheck,
  },
  {
    module: 'tasks',
    group: 'talk',
    path: paths.tasks.list(),
    permission: 'tasks.read',
    textKey: 'tasks.title',
    Icon: ClipboardPen,
  },
  {
    module: 'tasks',
    group: 'talk',
    path: paths.tasks.parts(),
    permission: 'tasks.read',
    textKey: 'tasks.parts',
    Icon: ListTodo,
  },
  {
    module: 'tasks',
    group: 'talk',
    path: paths.tasks.times(),
    permission: 'tasks.read',
    textKey: 'tasks.times',
    Icon: Timer,
  },
  {
    module: 'tasks',
    group: 'talk',
    path: paths.tasks.reports(),
    permission: 'tasks.read',
    textKey: 'tasks.reports',
    Icon: Newspaper,
  },
  {
    module: 'tasks',
    group: 'talk',
    path: paths.tasks.months(),
    permission: 'tasks.read',
    textKey: 'tasks.months',
    Icon: ChartColumn,
  },
  {
    module: 'library',
    group: 'talk',
    path: paths.library.list(),
    permission: 'library.read',
    textKey: 'library.title',
    Icon: LibraryBig,
  },
  {
    module: 'notices',
    group: 'talk',
    path: paths.notices.list(),
    permission: 'notices.send',
    textKey: 'notices.title',
    Icon: Megaphone,
  },
  {
    module: 'meetings',
    group: 'life',
    path: paths.meetings.year(),
    permission: 'meetings.read',
    textKey: 'meetings.yearPlan.title',
    Icon: CalendarRange,
  },
  {
    module: 'meetings',
    group: 'life',
    path: paths.meetings.tasks(),
    permission: 'meetings.read',
    textKey: 'meetings.todo.list',
    Icon: ClipboardCheck,
  },
  {
    module: 'meetings',
    group: 'life',
    path: paths.meetings.talks(),
    permission: 'meetings.read',
    textKey: 'meetings.talk.list',
    Icon: MessagesSquare,
  },
  {
    module: 'meetings',
    group: 'life',
    path: paths.meetings.ledger(),
    permission: 'meetings.read',
    textKey: 'meetings.ledgerTitle',
    Icon: ListChecks,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.waiting(),
    permission: 'access.activate',
    textKey: 'access.waiting',
    Icon: UserRoundPlus,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.batches(),
    permission: 'access.activate',
    textKey: 'access.batches',
    Icon: Printer,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.accounts(),
    permission: 'access.recover',
    textKey: 'access.accounts',
    Icon: CircleUserRound,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.recoveries(),
    permission: 'access.recover',
    textKey: 'access.recoveries',
    Icon: LifeBuoy,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.grants(),
    permission: 'access.read',
    textKey: 'access.grants',
    Icon: KeyRound,
  },
  {
    module: 'access',
    group: 'analysis',
    path: paths.access.proposals(),
    permission: 'access.confirm',
    textKey: 'access.proposals',
    Icon: UserCheck,
  },
  {
    module: 'audit',
    group: 'analysis',
    path: paths.audit.list(),
    permission: 'audit.read',
    textKey: 'audit.title',
    Icon: ScrollText,
  },
  {
    module: 'settings',
    group: 'analysis',
    path: paths.settings.home(),
    permission: 'settings.read',
    textKey: 'settings.title',
    Icon: SlidersHorizontal,
  },
  ...learningRows,
]

/** Frequent acts for the command palette: a verb, the page that does it, and the right it needs. */
export const acts: readonly { readonly textKey: string; readonly path: string; readonly permission: Permission }[] = [
  { textKey: 'members.add', path: paths.members.add(), permission: 'members.write' },
  { textKey: 'imports.add', path: paths.imports.add(), permission: 'imports.make' },
  { textKey: 'transfers.add', path: paths.transfers.add(), permission: 'transfers.write' },
  { textKey: 'development.add', path: paths.development.add(), permission: 'development.write' },
  { textKey: 'notices.write', path: paths.notices.send(), permission: 'notices.send' },
  { textKey: 'voting.make', path: paths.voting.make(), permission: 'voting.hold' },
  { textKey: 'meetings.plan', path: paths.meetings.plan(), permission: 'meetings.convene' },
]
