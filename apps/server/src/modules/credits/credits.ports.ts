import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Db, Tx } from '../../platform/ctx.ts'

/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */

/** A meeting as something that was studied: which kinds, how many minutes, since when. */
export type StudiedMeeting = {
  readonly id: string
  readonly title: string
  readonly kinds: readonly string[]
  readonly minutes: number
  readonly startsAt: Date
}

/** What a course or micro-lesson counts: the hours reviewed with it, or, without any, its length. */
export type CourseFacts = { readonly isRequired: boolean; readonly hours: number; readonly minutes: number }

export type CreditPorts = {
  readonly stateFacts: (
    ctx: { readonly db: Tx; readonly now: Date; readonly tenantId: string },
    facts: readonly LearningFact[],
  ) => Promise<void>
  /** Null when the statement is not of our own authority, or was voided. */
  readonly factOf: (
    ctx: { readonly db: Db; readonly tenantId: string },
    statementId: string,
  ) => Promise<LearningFact | null>
  readonly meetingOf: (db: Db, tenantId: string, meetingId: string) => Promise<StudiedMeeting | undefined>
  /** Members who were there; make-up study is not presence. */
  readonly presentAt: (db: Db, tenantId: string, meetingId: string) => Promise<string[]>
  readonly courseFacts: (
    ctx: { readonly db: Db; readonly tenantId: string },
    courseId: string,
  ) => Promise<CourseFacts | undefined>
  /** Required courses of the year that these members have not finished. */
  readonly requiredLeftOf: (
    db: Db,
    tenantId: string,
    memberIds: readonly string[],
    year: number,
  ) => Promise<ReadonlyMap<string, number>>
}
