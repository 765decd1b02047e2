import type { Ctx, Tx } from '../../platform/ctx.ts'

/** A notice as somebody shows it to others: one that was addressed to the person. */
export async function noticeCard(
  { db, actor }: Ctx | Ctx<Tx>,
  noticeId: string,
): Promise<{ id: string; title: string } | undefined> {
  const found = await db
    .selectFrom('notices_delivery as d')
    .innerJoin('notices_notice as n', (join) =>
      join.on('n.tenant_id', '=', actor.tenantId).onRef('n.id', '=', 'd.notice_id'),
    )
    .select(['n.id', 'n.title'])
    .where('d.tenant_id', '=', actor.tenantId)
    .where('n.tenant_id', '=', actor.tenantId)
    .where('d.person_id', '=', actor.personId)
    .where('d.notice_id', '=', noticeId)
    .executeTakeFirst()
  return found?.title ? { id: found.id, title: found.title } : undefined
}
