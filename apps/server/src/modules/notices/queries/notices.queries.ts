import type { NoticeKind, NoticeLevel } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'

export type Fact = {
  id: string
  kind: NoticeKind
  level: NoticeLevel
  facts: Record<string, string | number>
  orgName: string | null
  path: string | null
  sentAt: Date
  readAt: Date | null
}
type Own = Pick<Actor, 'tenantId' | 'personId'>

/** Facts by id as the person was told of them. */
export async function factsOf(db: Db, { tenantId, personId }: Own, ids: readonly string[]): Promise<Fact[]> {
  if (ids.length === 0) return []
  return (await db
    .selectFrom('notices_delivery as d')
    .innerJoin('notices_notice as n', (join) => join.on('n.tenant_id', '=', tenantId).onRef('n.id', '=', 'd.notice_id'))
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'n.org_id'))
    .select(['n.id', 'n.kind', 'n.level', 'n.facts', 'o.name as orgName', 'n.path'])
    .select(['d.sent_at as sentAt', 'd.read_at as readAt'])
    .where('d.tenant_id', '=', tenantId)
    .where('n.tenant_id', '=', tenantId)
    .where('d.person_id', '=', personId)
    .where(sql<boolean>`d.notice_id = any(${[...ids]}::uuid[])`)
    .execute()) as Fact[]
}

/** @returns how many of them were unread */
export async function setRead(tx: Tx, actor: Own, ids: readonly string[] | null, at: Date): Promise<number> {
  let update = tx
    .updateTable('notices_delivery')
    .set({ read_at: at })
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('read_at', 'is', null)
  if (ids) update = update.where(sql<boolean>`notice_id = any(${[...ids]}::uuid[])`)
  return Number((await update.executeTakeFirst()).numUpdatedRows)
}

/** Whether it is a fact that the person was told of: those ask for no confirmation. */
export async function isFactOf(db: Db, actor: Own, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('notices_delivery')
    .select('notice_id')
    .where('tenant_id', '=', actor.tenantId)
    .where('notice_id', '=', id)
    .where('person_id', '=', actor.personId)
    .executeTakeFirst()
  return row !== undefined
}

export async function quietHoursOf(db: Db, actor: Own): Promise<{ quietFrom: number; quietUntil: number } | undefined> {
  return db
    .selectFrom('notices_preference')
    .select(['quiet_from as quietFrom', 'quiet_until as quietUntil'])
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .executeTakeFirst()
}
export async function setQuietHours(
  tx: Tx,
  actor: Actor,
  hours: { quietFrom: number; quietUntil: number },
  at: Date,
): Promise<void> {
  const set = { quiet_from: hours.quietFrom, quiet_until: hours.quietUntil, updated_at: at }
  await tx
    .insertInto('notices_preference')
    .values({ tenant_id: actor.tenantId, person_id: actor.personId, org_path: actor.scope, ...set })
    .onConflict((c) => c.columns(['tenant_id', 'person_id']).doUpdateSet(set))
    .execute()
}

export type NewNotice = {
  id: string
  orgId: string | null
  orgPath: string
  kind: NoticeKind
  level: NoticeLevel
  facts: Record<string, string | number>
  path: string | null
  sourceKey: string
  sentBy: string | null
  delivered: number
}
/** False when this source has been told already. */
export async function insertNotice(tx: Tx, tenantId: string, notice: NewNotice, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('notices_notice')
    .values({
      tenant_id: tenantId,
      id: notice.id,
      org_id: notice.orgId,
      org_path: notice.orgPath,
      kind: notice.kind,
      level: notice.level,
      facts: JSON.stringify(notice.facts),
      path: notice.path,
      source_key: notice.sourceKey,
      sent_by: notice.sentBy,
      sent_at: at,
      delivered: notice.delivered,
    })
    .onConflict((c) => c.columns(['tenant_id', 'source_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type Receiver = { readonly personId: string; readonly name: string }
export async function insertDeliveries(
  tx: Tx,
  tenantId: string,
  notice: { id: string; orgPath: string },
  people: readonly Receiver[],
  at: Date,
): Promise<void> {
  await tx
    .insertInto('notices_delivery')
    .values(
      people.map((one) => ({
        tenant_id: tenantId,
        notice_id: notice.id,
        person_id: one.personId,
        org_path: notice.orgPath,
        name: one.name,
        sent_at: at,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}

/** The name and path of the organisation at a path, for facts of other modules. */
export async function orgAt(db: Db, tenantId: string, path: string): Promise<{ id: string; name: string } | undefined> {
  const row = await db
    .selectFrom('org_path as o')
    .select([sql<string>`o.id`.as('id'), sql<string>`o.name`.as('name')])
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', '=', path)
    .executeTakeFirst()
  return row
}
