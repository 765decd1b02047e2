import type { MediaUse } from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'

/** What media ask of the modules that show them (courses, television); wired in `modules.ts`. */
export type MediaPorts = {
  /** Whether somebody without a post may watch it: the course that has it lets the person in. Any yes opens. */
  readonly mayWatch: readonly ((ctx: Ctx, mediaId: string) => Promise<boolean>)[]
  /** Whether somebody who may watch it may also keep the file: the course that has it may be downloaded. */
  readonly mayKeep: readonly ((ctx: Ctx, mediaId: string) => Promise<boolean>)[]
  /** Whether everybody may watch it without signing in, because a public lesson shows it. */
  readonly isOpen: readonly ((db: Db, tenantId: string, mediaId: string, now: Date) => Promise<boolean>)[]
  /** Whether everybody may keep the file as well. */
  readonly isOpenToKeep: readonly ((db: Db, tenantId: string, mediaId: string, now: Date) => Promise<boolean>)[]
  /** Where to look for a medium that is named without a session: whose public lesson has shown it. */
  readonly tenantOf: (db: Db, mediaId: string) => Promise<string | undefined>
  /** Where media are used, so that none is removed from under a lesson. */
  readonly usesOf: readonly ((ctx: Ctx | Ctx<Tx>, mediaIds: readonly string[]) => Promise<readonly MediaUse[]>)[]
  /** Whether a programme that sets receive plays it. */
  readonly isOnAir: (ctx: Ctx | Ctx<Tx>, mediaId: string) => Promise<boolean>
  /** Lessons that passed, or pass, the three hands with a medium: what they show may not become another film. */
  readonly pins: {
    /** Asked with the whole tenant in sight: a lesson of a unit above or beside counts as well. */
    readonly isPinned: (ctx: Ctx | Ctx<Tx>, mediaId: string) => Promise<boolean>
    /** Puts another medium into the drafts of the caller's lessons, begun where there is none; `left` is in review. */
    readonly replaceIn: (
      ctx: Ctx<Tx>,
      media: { readonly from: string; readonly to: string },
    ) => Promise<{ readonly drafts: number; readonly left: number }>
  }
}

/** Uses of several media in all modules. */
export async function usesIn(ports: MediaPorts, ctx: Ctx | Ctx<Tx>, ids: readonly string[]): Promise<MediaUse[]> {
  if (ids.length === 0) return []
  const found: MediaUse[] = []
  for (const usesOf of ports.usesOf) found.push(...(await usesOf(ctx, ids)))
  return found
}
