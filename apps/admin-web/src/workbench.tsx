import type { Permission } from '@tongxin/contract/permissions'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'

/**
 * What features put on the workbench. A part fetches its own data and renders nothing when it has nothing to say.
 * `permission` null: everyone with a post sees it.
 */
export type WorkbenchPart = {
  readonly key: string
  readonly permission: Permission | null
  readonly Part: LazyExoticComponent<ComponentType>
}

export const part = (
  key: string,
  permission: Permission | null,
  load: () => Promise<{ Part: ComponentType }>,
): WorkbenchPart => ({ key, permission, Part: lazy(async () => ({ default: (await load()).Part })) })

/** Due today, overdue, waiting for my approval: the left column, most urgent first. */
export const dueParts: readonly WorkbenchPart[] = [
  part('waiting', null, () => import('./features/workbench/WaitingPart.tsx')),
  part('deadlines', 'org.read', () => import('./features/deadlines/DuePart.tsx')),
  part('imports', 'imports.approve', () => import('./features/imports/DuePart.tsx')),
  part('meetings', 'meetings.read', () => import('./features/meetings/DuePart.tsx')),
]
/** This month's organised life, as a strip across the page. */
export const monthParts: readonly WorkbenchPart[] = [
  part('meetings', 'meetings.read', () => import('./features/meetings/MonthPart.tsx')),
]
/** Three figures that lead to their rows: at the right. */
export const figureParts: readonly WorkbenchPart[] = [
  part('meetings', 'meetings.read', () => import('./features/meetings/FiguresPart.tsx')),
]
/** Data quality and other alerts: at the right, below the figures. */
export const alertParts: readonly WorkbenchPart[] = [
  part('quality', 'members.read', () => import('./features/members/quality/AlertPart.tsx')),
  part('demonstration', 'system.operate', () => import('./features/demonstration/DemonstrationPart.tsx')),
]

/** The bell in the top bar with the number of unread messages; a feature provides it. */
export const inbox: WorkbenchPart | null = part('inbox', null, () => import('./features/notices/InboxPart.tsx'))
