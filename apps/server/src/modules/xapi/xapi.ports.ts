import type { Tx } from '../../platform/ctx.ts'
import type { Members } from './statement/shape.ts'

/** Content that was launched for one member, in one session of one registration. */
export type Launched = { readonly memberId: string; readonly registration: string; readonly session: string }
/** The transaction that keeps what is judged. */
export type JudgingCtx = {
  readonly db: Tx
  readonly tenantId: string
  readonly now: Date
  /** The public address, in which own activities and members are named. */
  readonly origin: string
}
/** A request for a document. `name` is null where all of them are meant. */
export type DocumentAsk = {
  readonly kind: 'state' | 'activity' | 'agent'
  readonly method: string
  readonly name: string | null
  readonly contentType: string
  readonly body: Buffer
}

/** What the record store asks of whoever launches content; wired in `modules.ts`. */
export type XapiPorts = {
  /**
   * Judges statements of launched content by the rules of its standard, before they are kept; throws a refusal of kind
   * `forbidden` (403). What it returns is done after them, in the same transaction.
   */
  readonly judgeStatements: (
    ctx: JudgingCtx,
    launched: Launched,
    statements: readonly Members[],
  ) => Promise<(keptAt: Date) => Promise<void>>
  /** The same for documents. */
  readonly judgeDocument: (ctx: JudgingCtx, launched: Launched, asked: DocumentAsk) => Promise<void>
}
