import type { Db } from '../../platform/ctx.ts'

/** What voting asks of peers; wired in modules.ts, because capabilities do not import each other. */
export type VotingPorts = {
  /** Who of these members has checked in to the meeting: only they are given a ballot paper in the hall. */
  readonly checkedInAmong: (
    db: Db,
    tenantId: string,
    meetingId: string,
    memberIds: readonly string[],
  ) => Promise<string[]>
}
