import { conversationsRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { reaches } from '../../../platform/scope.ts'
import { LEARNING_STATUSES, ownStanding } from '../../members/index.ts'
import { postPathsOf } from '../../org/index.ts'
import type { ConversationPorts } from '../conversations.ports.ts'
import * as q from '../queries/conversations.queries.ts'
import { visitsOf } from '../queries/keeping.queries.ts'

/** The person with all that decides about belonging, and where the person's own things stand in the tree. */
export type Me = q.Belonging & {
  readonly name: string
  readonly home: { readonly unitId: string; readonly orgPath: string } | null
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')))

/**
 * Read from the records with each request, and by nothing kept: whoever leaves a branch or a post is out of its group
 * with the next statement.
 */
export async function belongingOf(ctx: Ctx | Ctx<Tx>, { study }: ConversationPorts): Promise<Me> {
  const { tenantId, personId, personName } = ctx.actor
  const record = await ownStanding(ctx.db, tenantId, personId)
  const isLiving = record !== undefined && LEARNING_STATUSES.includes(record.status)
  const isMember = isLiving && ['formal', 'probationary'].includes(record.category)
  const posts = isLiving ? await postPathsOf(ctx.db, tenantId, record.memberId) : []
  return {
    tenantId,
    personId,
    name: record?.name ?? personName,
    home: isLiving ? { unitId: record.orgId, orgPath: record.orgPath } : null,
    branchId: isMember ? record.orgId : null,
    offices: [...new Set(posts.flatMap((path) => [path, parentOf(path)]).filter((path) => path !== ''))],
    studyGroups: await study.groupsSeating(ctx.db, tenantId, personId),
    visits: await visitsOf(ctx.db, tenantId, personId, todayOf(ctx.now)),
  }
}

/** @throws Refusal `conversations.not_found`, for one that is not there and one of others alike */
export async function demandOwn(ctx: Ctx, me: Me, id: string): Promise<q.Conversation> {
  const found = await q.findOwn(ctx.db, me, id)
  if (!found) throw refusals.not_found()
  return found
}
/** @throws Refusal `conversations.not_found` */
export async function demandLocked(ctx: Ctx<Tx>, me: Me, id: string): Promise<q.Conversation> {
  const found = await q.lockOwn(ctx.db, me, id)
  if (!found) throw refusals.not_found()
  return found
}

/** Whether the caller keeps a conversation: posts keep the groups of their units, a founder keeps a team. */
export function keeps({ actor }: Pick<Ctx, 'actor'>, conversation: q.Conversation): boolean {
  if (conversation.kind === 'pair') return false
  if (conversation.kind === 'team') return conversation.founderId === actor.personId
  return actor.permissions.has('conversations.keep') && reaches(actor, conversation.orgPath)
}
export function demandKeeper(ctx: Pick<Ctx, 'actor'>, conversation: q.Conversation): void {
  if (!keeps(ctx, conversation)) throw refusals.not_keeper()
}
