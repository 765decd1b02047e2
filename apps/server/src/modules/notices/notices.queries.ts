import type { NoticeKind, NoticeLevel } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach, inScope } from '../org/index.ts'

export type Words = {
  id: string
  kind: NoticeKind
  level: NoticeLevel
  title: string | null
  body: string | null
  facts: Record<string, string | number>
  orgName: string | null
  needsConfirm: boolean
  confirmBy: Date | null
  sentAt: Date
}
export type InboxItem = Words & { path: string | null; readAt: Date | null; confirmedAt: Date | null }

export const words = [
  'n.id',
  'n.kind',
  'n.level',
  'n.title',
  'n.body',
  'n.facts',
  'o.name as orgName',
  'n.needs_confirm as needsConfirm',
  'n.confirm_by as confirmBy',
] as const

type Own = Pick<Actor, 'tenantId' | 'personId'>

export async function listInbox(db: Db, actor: Own, isUnreadOnly: boolean, keyset: Keyset): Promise<InboxItem[]> {
  let select = db
    .selectFrom('notices_delivery as d')
    .innerJoin('notices_notice as n', (join) =>
      join.on('n.tenant_id', '=', actor.tenantId).onRef('n.id', '=', 'd.notice_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'n.org_id'))
    .select([...words, 'n.path', 'd.sent_at as sentAt', 'd.read_at as readAt', 'd.confirmed_at as confirmedAt'])
    .where('d.tenant_id', '=', actor.tenantId)
    .where('n.tenant_id', '=', actor.tenantId)
    .where('d.person_id', '=', actor.personId)
  if (isUnreadOnly) select = select.where('d.read_at', 'is', null)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'notices_delivery', InboxItem>,
    keyset,
    'd.notice_id',
  ).execute()) as InboxItem[]
}

export async function countUnread(db: Db, actor: Own): Promise<{ unread: number; toConfirm: number }> {
  return db
    .selectFrom('notices_delivery as d')
    .innerJoin('notices_notice as n', (join) =>
      join.on('n.tenant_id', '=', actor.tenantId).onRef('n.id', '=', 'd.notice_id'),
    )
    .select([
      sql<number>`(count(*) filter (where d.read_at is null))::int`.as('unread'),
      sql<number>`(count(*) filter (where n.needs_confirm and d.confirmed_at is null))::int`.as('toConfirm'),
    ])
    .where('d.tenant_id', '=', actor.tenantId)
    .where('n.tenant_id', '=', actor.tenantId)
    .where('d.person_id', '=', actor.personId)
    .where((eb) =>
      eb.or([
        eb('d.read_at', 'is', null),
        eb.and([eb('n.needs_confirm', '=', true), eb('d.confirmed_at', 'is', null)]),
      ]),
    )
    .executeTakeFirstOrThrow()
}

export async function setRead(tx: Tx, actor: Own, ids: readonly string[] | null, at: Date): Promise<number> {
  let update = tx
    .updateTable('notices_delivery')
    .set({ read_at: at })
    .where('tenant_id', '=', actor.tenantId)
    .where('person_id', '=', actor.personId)
    .where('read_at', 'is', null)
  if (ids) update = update.where('notice_id', 'in', [...ids])
  return Number((await update.executeTakeFirst()).numUpdatedRows)
}

export async function lockDelivery(
  tx: Tx,
  actor: Own,
  noticeId: string,
): Promise<{ needsConfirm: boolean; confirmedAt: Date | null; orgPath: string } | undefined> {
  const delivery = await tx
    .selectFrom('notices_delivery')
    .select('confirmed_at as confirmedAt')
    .where('tenant_id', '=', actor.tenantId)
    .where('notice_id', '=', noticeId)
    .where('person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  if (!delivery) return undefined
  const notice = await tx
    .selectFrom('notices_notice')
    .select(['needs_confirm as needsConfirm', 'org_path as orgPath'])
    .where('tenant_id', '=', actor.tenantId)
    .where('id', '=', noticeId)
    .executeTakeFirst()
  return notice && { ...notice, ...delivery }
}

export async function setConfirmed(tx: Tx, actor: Own, noticeId: string, at: Date): Promise<void> {
  await tx
    .updateTable('notices_delivery')
    .set((eb) => ({ confirmed_at: at, read_at: eb.fn.coalesce('read_at', eb.val(at)) }))
    .where('tenant_id', '=', actor.tenantId)
    .where('notice_id', '=', noticeId)
    .where('person_id', '=', actor.personId)
    .execute()
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
  title: string | null
  body: string | null
  facts: Record<string, string | number>
  path: string | null
  needsConfirm: boolean
  confirmBy: Date | null
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
      title: notice.title,
      body: notice.body,
      facts: JSON.stringify(notice.facts),
      path: notice.path,
      needs_confirm: notice.needsConfirm,
      confirm_by: notice.confirmBy,
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

const LIVING = ['normal', 'suspended', 'retained', 'restored']
/** Everyone with a living record in an organisation and below, as far as the caller reaches. */
export async function peopleOf(tx: Tx, actor: Actor, orgPath: string, isMembersOnly: boolean): Promise<Receiver[]> {
  let select = tx
    .selectFrom('member_card as c')
    .select([sql<string>`c.person_id`.as('personId'), sql<string>`c.name`.as('name')])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where(inScope('c.org_path', orgPath))
    .where('c.status', 'in', LIVING)
  if (isMembersOnly) select = select.where('c.category', 'in', ['formal', 'probationary'])
  return select.orderBy('c.id').execute()
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
