import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Actor, Ctx, Db, Tx } from '../../platform/ctx.ts'

/** What a chapter shows of a thing of another module. `isGone`: it cannot be learned any more. */
export type RefCard = {
  readonly id: string
  readonly title: string
  readonly minutes: number | null
  readonly isGone: boolean
}
/** Cards of those ids that are there; the caller has made sure that the course may be read. */
export type CardsOf = (
  ctx: { readonly db: Db; readonly now: Date; readonly actor: { readonly tenantId: string } },
  ids: readonly string[],
) => Promise<readonly RefCard[]>

/** What courses ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type LearningPorts = {
  /** States facts of learning inside the transaction that makes them true. */
  readonly stateFacts: (
    ctx: { readonly db: Tx; readonly now: Date } & (
      | { readonly actor: Pick<Actor, 'tenantId' | 'personId' | 'scope'> }
      | { readonly tenantId: string }
    ),
    facts: readonly LearningFact[],
  ) => Promise<void>
  /** Whether the media of a version stay what they are; they are held so until the end of the transaction. */
  readonly mediaSettled: (ctx: Ctx<Tx>, mediaIds: readonly string[]) => Promise<boolean>
  readonly cards: {
    readonly media: CardsOf
    readonly package?: CardsOf
    readonly quiz?: CardsOf
  }
}
