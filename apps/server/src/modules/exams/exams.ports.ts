import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Tx } from '../../platform/ctx.ts'

/** What this module needs of its peers. */
export type ExamsPorts = {
  /** States what somebody passed or failed, in the transaction in which the result became final. */
  readonly stateFacts: (
    ctx: { readonly db: Tx; readonly now: Date; readonly tenantId: string },
    facts: readonly LearningFact[],
  ) => Promise<void>
}
