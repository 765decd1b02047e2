import type { PackageUse } from '@tongxin/contract'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Actor, Ctx, Tx } from '../../platform/ctx.ts'
import type { Vault } from '../../platform/vault.ts'

/** A transaction that makes something true: of a request, or of the record store, which acts under no grant. */
type Stating = { readonly db: Tx; readonly now: Date } & (
  | { readonly actor: Pick<Actor, 'tenantId' | 'personId' | 'scope'> }
  | { readonly tenantId: string }
)

/** A statement that the platform makes about launched content. `context` is without the registration. */
export type LaunchStatement = {
  readonly memberId: string
  readonly registration: string
  readonly verb: { readonly id: string; readonly display: Readonly<Record<string, string>> }
  readonly activity: {
    readonly path: string
    readonly type: string
    readonly name: Readonly<Record<string, string>>
  }
  readonly context: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
}

/** What packages ask of peers; wired in `modules.ts`. */
export type CoursewarePorts = {
  /** Whether a course that the caller learns or may learn shows the package. */
  readonly mayOpen: (ctx: Ctx | Ctx<Tx>, packageId: string) => Promise<boolean>
  /** Courses that show packages, so that none is removed from under a lesson. */
  readonly usesOf: (ctx: Ctx | Ctx<Tx>, packageIds: readonly string[]) => Promise<readonly PackageUse[]>
  /** Facts of learning, inside the transaction that makes them true. */
  readonly stateFacts: (ctx: Stating, facts: readonly LearningFact[]) => Promise<void>
  /** What the platform says of content that it launches; the same may be said again. */
  readonly stateLaunched: (ctx: Stating, statements: readonly LaunchStatement[]) => Promise<void>
  /** Writes a state document of an own activity for content that is about to be launched. */
  readonly keepLaunchState: (
    ctx: Stating,
    at: {
      readonly memberId: string
      readonly registration: string
      readonly activityPath: string
      readonly name: string
    },
    document: object,
  ) => Promise<void>
  /** A key for one session; returns the path at which the content fetches it, once. */
  readonly prepareLaunch: (
    ctx: Stating & { readonly vault: Pick<Vault, 'derive'> },
    launch: {
      readonly session: string
      readonly memberId: string
      readonly registration: string
      readonly until: Date
    },
  ) => Promise<string>
  /** Ends the key of a session. */
  readonly endLaunch: (ctx: Stating, session: string) => Promise<void>
}
