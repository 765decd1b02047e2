import { sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'

/** What the desk asks for; keys as in the store. */
export type BrowseFilter = {
  readonly memberKey: string | null
  readonly verbKey: string | null
  readonly activityKey: string | null
  readonly registration: string | null
  readonly isOwn: boolean | null
  readonly since: Date | null
  readonly until: Date | null
}

const COLUMNS = [
  's.id',
  's.seq',
  's.stored',
  's.member_id as memberId',
  's.credential_id as credentialId',
  's.voided',
  sql<string>`s.raw::text`.as('raw'),
] as const

function within(db: Db, actor: Actor, filter: BrowseFilter) {
  let select = db
    .selectFrom('xapi_statement as s')
    .select(COLUMNS)
    .where('s.tenant_id', '=', actor.tenantId)
    .where(inReach('s.org_path', actor))
  if (filter.memberKey !== null) select = select.where('s.actor_key', '=', filter.memberKey)
  if (filter.verbKey !== null) select = select.where('s.verb_key', '=', filter.verbKey)
  if (filter.activityKey !== null) select = select.where('s.activity_key', '=', filter.activityKey)
  if (filter.registration !== null) select = select.where('s.registration', '=', filter.registration)
  if (filter.isOwn !== null) select = select.where('s.credential_id', filter.isOwn ? 'is' : 'is not', null)
  if (filter.since !== null) select = select.where('s.stored', '>=', filter.since)
  if (filter.until !== null) select = select.where('s.stored', '<', filter.until)
  return select
}

export type Browsed = {
  readonly id: string
  readonly seq: string
  readonly stored: Date
  readonly memberId: string | null
  readonly credentialId: string | null
  readonly voided: boolean
  readonly raw: string
}

export const browse = (db: Db, actor: Actor, filter: BrowseFilter, keyset: Keyset): Promise<Browsed[]> =>
  byKeyset(within(db, actor, filter), keyset, 's.id').execute()

export const findBrowsed = (db: Db, actor: Actor, id: string): Promise<Browsed | undefined> =>
  db
    .selectFrom('xapi_statement as s')
    .select(COLUMNS)
    .where('s.tenant_id', '=', actor.tenantId)
    .where('s.id', '=', id)
    .where(inReach('s.org_path', actor))
    .executeTakeFirst()

export type Counted = { readonly seq: string; readonly bytes: number }

/** Which statements that were not voided there are, oldest first, and how long their texts are. */
export async function countedTexts(db: Db, actor: Actor, filter: BrowseFilter, most: number): Promise<Counted[]> {
  const rows = await within(db, actor, filter)
    .clearSelect()
    .select(['s.seq', sql<number>`octet_length(s.raw::text)`.as('bytes')])
    .where('s.voided', '=', false)
    .orderBy('s.seq')
    .limit(most)
    .execute()
  return rows as Counted[]
}

/** The texts at these places, which never change, in their order. */
export async function textsAt(
  db: Db,
  { tenantId, scope }: { readonly tenantId: string; readonly scope: string },
  places: readonly string[],
): Promise<{ raw: string; isOwn: boolean }[]> {
  return db
    .selectFrom('xapi_statement as s')
    .select([sql<string>`s.raw::text`.as('raw'), sql<boolean>`s.credential_id is null`.as('isOwn')])
    .where('s.tenant_id', '=', tenantId)
    .where(sql<boolean>`s.seq = any(${[...places]}::uuid[])`)
    .where(inScope('s.org_path', scope))
    .orderBy('s.seq')
    .execute()
}
