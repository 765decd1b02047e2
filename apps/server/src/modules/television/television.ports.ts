import type { Playback } from '@tongxin/contract'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
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

/** The check-in code of a meeting, for a screen in its room. */
export type CheckInBoard = {
  readonly meetingId: string
  readonly title: string
  readonly opensAt: Date
  readonly closesAt: Date
  readonly called: number
  readonly present: number
  readonly codes: readonly { readonly from: string; readonly figures: string; readonly qr: string }[]
}

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
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
  /** A meeting of the caller's reach whose code may be shown now. @throws Refusal `meetings.*` */
  readonly meetingToShow: (ctx: Ctx | Ctx<Tx>, id: string) => Promise<{ title: string; closesAt: Date }>
  /** Null once nobody checks in to it any more. */
  readonly checkInBoard: (
    server: Pick<Platform, 'vault' | 'publicOrigin'>,
    db: Db,
    asked: { readonly tenantId: string; readonly meetingId: string; readonly now: Date; readonly codes: number },
  ) => Promise<CheckInBoard | null>
  readonly openPlayback: (
    server: Pick<Platform, 'contentOrigin' | 'vault' | 'opensUnscanned'>,
    db: Db,
    asked: { readonly tenantId: string; readonly mediaId: string; readonly now: Date },
  ) => Promise<Playback | null>
}
