import type { PackageUse } from '@tongxin/contract'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Actor, Ctx, Tx } from '../../platform/ctx.ts'

/** What packages ask of peers; wired in `app.ts`. */
export type CoursewarePorts = {
  /** Whether a course that the caller learns or may learn shows the package. */
  readonly mayOpen: (ctx: Ctx | Ctx<Tx>, packageId: string) => Promise<boolean>
  /** Courses that show packages, so that none is removed from under a lesson. */
  readonly usesOf: (ctx: Ctx | Ctx<Tx>, packageIds: readonly string[]) => Promise<readonly PackageUse[]>
  /** States facts of learning inside the transaction that makes them true. */
  readonly stateFacts: (
    ctx: {
      readonly db: Tx
      readonly now: Date
      readonly actor: Pick<Actor, 'tenantId' | 'personId' | 'scope'>
    },
    facts: readonly LearningFact[],
  ) => Promise<void>
}
