import type { Ctx } from '../../../platform/ctx.ts'
import { LEARNING_STATUSES, ownStanding } from '../../members/index.ts'
import { postsOfMember } from '../../org/index.ts'
import type { Reader } from '../queries/own.queries.ts'

/** Who reads: audiences mean people by their living record, whatever post they act under at the moment. */
export async function readerOf(ctx: Ctx): Promise<Reader> {
  const { tenantId, personId } = ctx.actor
  const record = await ownStanding(ctx.db, tenantId, personId)
  if (!record || !LEARNING_STATUSES.includes(record.status)) return { tenantId, personId, record: null }
  const { memberId, orgId, orgPath, category, name } = record
  const posts = await postsOfMember(ctx.db, tenantId, memberId)
  return { tenantId, personId, record: { memberId, orgId, orgPath, category, name, posts } }
}

/** The unit under which the reader's receipts are counted: the own one, or that of the post without a record. */
export function homeOf(ctx: Pick<Ctx, 'actor'>, { record }: Reader) {
  const { orgId, scope, personName } = ctx.actor
  return record
    ? { memberId: record.memberId, unitId: record.orgId, orgPath: record.orgPath, name: record.name }
    : { memberId: null, unitId: orgId, orgPath: scope, name: personName }
}
