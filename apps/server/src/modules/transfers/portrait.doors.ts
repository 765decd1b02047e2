import { sql } from 'kysely'
import type { Ctx } from '../../platform/ctx.ts'
import { visible } from './queries/transfers.queries.ts'

/** Transfers that were received, the newest first, `most` at most; empty without the right to see them. */
export async function movesOf(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  { memberId, isOwn }: { readonly memberId: string; readonly isOwn: boolean },
  most: number,
): Promise<{ on: string; from: string; to: string }[]> {
  if (!isOwn && !actor.permissions.has('transfers.read')) return []
  return db
    .selectFrom('transfers_transfer as t')
    .select([sql<string>`t.received_on`.as('on'), 't.from_name as from', 't.to_name as to'])
    .where('t.tenant_id', '=', actor.tenantId)
    .where('t.member_id', '=', memberId)
    .where('t.state', '=', 'received')
    .where(isOwn ? sql<boolean>`t.person_id = ${actor.personId}::uuid` : visible(actor))
    .orderBy('t.received_on', 'desc')
    .orderBy('t.id')
    .limit(most)
    .execute()
}
