import type { NoticeKind, NoticeLevel } from '@tongxin/contract'
import type { Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { holdersOf } from '../../access/index.ts'
import { deliver } from '../notices.deliver.ts'
import type { Receiver } from '../queries/notices.queries.ts'

/** What a notice of a reaction says; its words are made of `kind` and `facts` when it is read. */
export type Told = {
  kind: NoticeKind
  level: NoticeLevel
  facts: Record<string, string | number>
  path: string | null
  orgId: string | null
  orgPath: string
  /** Which of several notices of the same kind that one event gives. */
  of?: string
}

/** Delivers once per event and kind, also when the event comes twice. */
export async function send(ctx: ReactionCtx, event: Delivered, told: Told, people: readonly Receiver[]): Promise<void> {
  const { of, ...words } = told
  const notice = {
    ...words,
    sourceKey: [event.id, told.kind, ...(of ? [of] : [])].join('/'),
    sentBy: event.actorId,
  }
  await deliver(ctx.db, { tenantId: ctx.tenantId, now: event.at, actorId: event.actorId }, notice, people)
}

const OFFICERS = ['branch_secretary', 'branch_officer', 'committee_admin', 'party_worker']
/** The officers of exactly these places. */
export const officersAt = (ctx: ReactionCtx, paths: readonly string[]) =>
  holdersOf(ctx.db, ctx.tenantId, paths, OFFICERS, ctx.now)

export const person = (personId: string): Receiver => ({ personId, name: '' })
