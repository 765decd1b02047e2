import { Flag, MessagesSquare, UsersRound } from 'lucide-react'
import type { NavigationRow } from './navigation.ts'
import { paths } from './paths.ts'

/** What people say to each other, and what posts keep of it. */
export const talkRows: readonly NavigationRow[] = [
  {
    module: 'conversations',
    group: 'talk',
    path: paths.conversations.talks(),
    permission: 'conversations.keep',
    textKey: 'conversations.talks',
    Icon: MessagesSquare,
  },
  {
    module: 'conversations',
    group: 'talk',
    path: paths.conversations.groups(),
    permission: 'conversations.keep',
    textKey: 'conversations.groups',
    Icon: UsersRound,
  },
  {
    module: 'conversations',
    group: 'talk',
    path: paths.conversations.reports(),
    permission: 'conversations.review',
    textKey: 'conversations.reports',
    Icon: Flag,
  },
]
