import type { VoteResult } from '@tongxin/contract'
import type { Actor, Db } from '../../platform/ctx.ts'

/** A recorded ballot of a meeting on one admission or conversion. */
export type Ballot = {
  readonly meetingId: string
  readonly itemId: string
  readonly heldOn: string
  readonly meetingTitle: string
  readonly itemTitle: string
  readonly resolution: string | null
  readonly vote: VoteResult
}

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
export type DevelopmentPorts = {
  readonly admissionBallots: (
    db: Db,
    actor: Pick<Actor, 'tenantId' | 'scope' | 'reach'>,
    which: { readonly orgId: string; readonly itemId?: string },
  ) => Promise<Ballot[]>
}
