import type { Permission } from '@tongxin/contract/permissions'
import type { LucideIcon } from 'lucide-react'

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
export const navigation: readonly NavigationRow[] = []

/** Frequent acts for the command palette: a verb, the page that does it, and the right it needs. */
export const acts: readonly { readonly textKey: string; readonly path: string; readonly permission: Permission }[] = []
