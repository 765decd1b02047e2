import type { AnswerKind, CircularState, NoticeLevel } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Circular = {
  readonly id: string
  readonly unitId: string
  readonly orgPath: string
  readonly unitName: string
  readonly state: CircularState
  readonly level: NoticeLevel
  readonly title: string
  readonly body: string
  readonly preface: string | null
  readonly parentId: string | null
  readonly originId: string | null
  readonly needsConfirm: boolean
  readonly confirmBy: Date | null
  readonly answerKind: AnswerKind
  readonly choices: string[]
  readonly sendAt: Date | null
  readonly sentAt: Date | null
  readonly sentById: string | null
  readonly sentBy: string | null
  readonly people: number
  readonly version: number
  readonly confirmVersion: number
  readonly recalledReason: string | null
  readonly resentAt: Date | null
  readonly updatedAt: Date
}
const columns = [
  'c.id',
  'c.unit_id as unitId',
  'c.org_path as orgPath',
  'c.unit_name as unitName',
  'c.state',
  'c.level',
  'c.title',
  'c.body',
  'c.preface',
  'c.parent_id as parentId',
  'c.origin_id as originId',
  'c.needs_confirm as needsConfirm',
  'c.confirm_by as confirmBy',
  'c.answer_kind as answerKind',
  'c.choices',
  'c.send_at as sendAt',
  'c.sent_at as sentAt',
  'c.sent_by_id as sentById',
  'c.sent_by as sentBy',
  'c.people',
  'c.version',
  'c.confirm_version as confirmVersion',
  'c.recalled_reason as recalledReason',
  'c.resent_at as resentAt',
  'c.updated_at as updatedAt',
] as const

/** All columns of circulars, for the statements that narrow them. */
export const circulars = (db: Db, tenantId: string) =>
  db.selectFrom('notices_circular as c').select(columns).where('c.tenant_id', '=', tenantId)

/** One that was written where the post reaches. */
export async function findOwn(db: Db, actor: Actor, id: string): Promise<Circular | undefined> {
  const row = await circulars(db, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .executeTakeFirst()
  return row as Circular | undefined
}
export async function lockOwn(tx: Tx, actor: Actor, id: string): Promise<Circular | undefined> {
  const row = await circulars(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate('c')
    .executeTakeFirst()
  return row as Circular | undefined
}
/** Without a look at the post: for the text behind one that was found with it, and for jobs. */
export async function findAny(db: Db, tenantId: string, id: string): Promise<Circular | undefined> {
  return (await circulars(db, tenantId).where('c.id', '=', id).executeTakeFirst()) as Circular | undefined
}

/** Written above the post's unit, and sent to it, to a part of it or to people below it. */
const isFromAbove = ({ tenantId, scope, reach }: Actor) => {
  const along = pathsAlong(scope)
  return sql<boolean>`(${reach !== 'self'} and c.org_path = any(${along.slice(0, -1)}::text[]) and c.state in ('sent', 'recalled')
    and exists (select from notices_target t where t.tenant_id = ${tenantId} and t.circular_id = c.id and not t.is_except
      and (t.audience_path = any(${along}::text[]) or (t.audience_path >= ${scope} and t.audience_path < ${`${scope}/`}))))`
}
export async function findFromAbove(db: Db, actor: Actor, id: string): Promise<Circular | undefined> {
  const row = await circulars(db, actor.tenantId).where('c.id', '=', id).where(isFromAbove(actor)).executeTakeFirst()
  return row as Circular | undefined
}

export type Counts = { readonly read: number; readonly confirmed: number; readonly answered: number }
export type Listed = Circular & Counts & { readonly relayed: number }
export type ListFilter = {
  readonly isFromAbove: boolean
  readonly state: CircularState | null
  readonly level: NoticeLevel | null
  readonly text: string | null
  readonly sentFrom: Date | null
  readonly sentBefore: Date | null
}
export async function listCirculars(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset): Promise<Listed[]> {
  const { tenantId } = actor
  let select = circulars(db, tenantId)
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('notices_count as k')
          .select([
            sql<number>`coalesce(sum(k.read), 0)::int`.as('read'),
            sql<number>`coalesce(sum(k.confirmed), 0)::int`.as('confirmed'),
            sql<number>`coalesce(sum(k.answered), 0)::int`.as('answered'),
          ])
          .where('k.tenant_id', '=', tenantId)
          .whereRef('k.circular_id', '=', 'c.id')
          .as('s'),
      (join) => join.onTrue(),
    )
    .select(['s.read', 's.confirmed', 's.answered'])
    .select(
      sql<number>`(select count(*)::int from notices_circular b where b.tenant_id = ${tenantId} and b.parent_id = c.id
        and b.state = 'sent')`.as('relayed'),
    )
    .where(filter.isFromAbove ? isFromAbove(actor) : inReach('c.org_path', actor))
  if (filter.state) select = select.where('c.state', '=', filter.state)
  if (filter.level) select = select.where('c.level', '=', filter.level)
  if (filter.text) select = select.where('c.title', 'ilike', containing(filter.text))
  if (filter.sentFrom) select = select.where('c.sent_at', '>=', filter.sentFrom)
  if (filter.sentBefore) select = select.where('c.sent_at', '<', filter.sentBefore)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'notices_circular', Listed>,
    keyset,
    'c.id',
  ).execute()) as Listed[]
}

export type NewCircular = {
  readonly id: string
  readonly unitId: string
  readonly orgPath: string
  readonly unitName: string
  readonly title: string
  readonly body: string
  readonly preface: string | null
  readonly parentId: string | null
  readonly originId: string | null
  readonly version: number
  readonly asked: Asked
}
/** What may be written anew until it leaves. */
export type Asked = {
  readonly state: CircularState
  readonly level: NoticeLevel
  readonly needsConfirm: boolean
  readonly confirmBy: Date | null
  readonly answerKind: AnswerKind
  readonly choices: readonly string[]
  readonly sendAt: Date | null
  readonly people: number
  readonly by: { readonly id: string; readonly name: string }
}
const askedColumns = (asked: Asked, at: Date) => ({
  state: asked.state,
  level: asked.level,
  needs_confirm: asked.needsConfirm,
  confirm_by: asked.confirmBy,
  answer_kind: asked.answerKind,
  choices: [...asked.choices],
  send_at: asked.sendAt,
  sent_at: asked.state === 'sent' ? at : null,
  sent_by_id: asked.by.id,
  sent_by: asked.by.name,
  people: asked.people,
  updated_at: at,
})
export async function insertCircular(tx: Tx, tenantId: string, circular: NewCircular, at: Date): Promise<void> {
  const { id, unitId, orgPath, unitName, title, body, preface, parentId, originId, version, asked } = circular
  await tx
    .insertInto('notices_circular')
    .values({
      tenant_id: tenantId,
      id,
      unit_id: unitId,
      org_path: orgPath,
      unit_name: unitName,
      title,
      body,
      preface,
      parent_id: parentId,
      origin_id: originId,
      version,
      confirm_version: version,
      created_at: at,
      ...askedColumns(asked, at),
    })
    .execute()
}

type Unit = { readonly unitId: string; readonly orgPath: string; readonly unitName: string }
export async function rewriteCircular(
  tx: Tx,
  tenantId: string,
  id: string,
  anew: Unit & { readonly title: string; readonly body: string; readonly asked: Asked },
  at: Date,
): Promise<void> {
  const { unitId, orgPath, unitName, title, body, asked } = anew
  await tx
    .updateTable('notices_circular')
    .set({ unit_id: unitId, org_path: orgPath, unit_name: unitName, title, body, ...askedColumns(asked, at) })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setCircular(
  tx: Tx,
  tenantId: string,
  id: string,
  change: Partial<{
    state: CircularState
    sent_at: Date
    people: number
    title: string
    body: string
    resent_at: Date
    resent: number
    reminded_on: string
    updated_at: Date
  }>,
): Promise<void> {
  await tx.updateTable('notices_circular').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export async function deleteCircular(tx: Tx, tenantId: string, id: string): Promise<void> {
  await tx.deleteFrom('notices_circular').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** How many notices pass this one on. */
export async function countRelays(db: Db, tenantId: string, id: string): Promise<number> {
  const row = await db
    .selectFrom('notices_circular')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('tenant_id', '=', tenantId)
    .where('parent_id', '=', id)
    .where('state', '=', 'sent')
    .executeTakeFirstOrThrow()
  return row.n
}
