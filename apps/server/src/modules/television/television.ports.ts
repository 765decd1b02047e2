import type { Playback } from '@tongxin/contract'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Db, Tx } from '../../platform/ctx.ts'
import type { Platform } from '../../platform/platform.ts'

/** What a programme is made of. `edition` changes whenever other bytes play; null: nothing plays. */
export type Broadcast = {
  readonly id: string
  readonly kind: 'video' | 'sound'
  readonly title: string
  readonly isGone: boolean
  readonly seconds: number | null
  readonly edition: string | null
}

/** What this module asks of its peers; wired in app.ts, because capabilities do not import each other. */
export type TelevisionPorts = {
  readonly stateFacts: (
    ctx: { readonly db: Tx; readonly now: Date; readonly tenantId: string },
    facts: readonly LearningFact[],
  ) => Promise<void>
  /** Media by id, as far as the row policies of the transaction show them. */
  readonly broadcastsOf: (
    ctx: { readonly db: Db; readonly tenantId: string },
    mediaIds: readonly string[],
  ) => Promise<Broadcast[]>
  readonly openPlayback: (
    server: Pick<Platform, 'contentOrigin' | 'vault' | 'opensUnscanned'>,
    db: Db,
    asked: { readonly tenantId: string; readonly mediaId: string; readonly now: Date },
  ) => Promise<Playback | null>
}
