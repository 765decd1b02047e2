import type { MediaUse } from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'

/** What media ask of the modules that show them (courses, television); wired in `app.ts`. */
export type MediaPorts = {
  /** Whether somebody without a post may watch it: the course that has it lets the person in. Any yes opens. */
  readonly mayWatch: readonly ((ctx: Ctx, mediaId: string) => Promise<boolean>)[]
  /** Whether everybody may watch it without signing in, because a public lesson shows it. */
  readonly isOpen: readonly ((db: Db, tenantId: string, mediaId: string, now: Date) => Promise<boolean>)[]
  /** Where media are used, so that none is removed from under a lesson. */
  readonly usesOf: readonly ((ctx: Ctx | Ctx<Tx>, mediaIds: readonly string[]) => Promise<readonly MediaUse[]>)[]
}

/** Uses of several media in all modules. */
export async function usesIn(ports: MediaPorts, ctx: Ctx | Ctx<Tx>, ids: readonly string[]): Promise<MediaUse[]> {
  if (ids.length === 0) return []
  const found: MediaUse[] = []
  for (const usesOf of ports.usesOf) found.push(...(await usesOf(ctx, ids)))
  return found
}
