import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'

export type StoredVersion = {
  id: string
  version: number
  at: Date
  made_by: string | null
  source: string
  reason: string | null
  fields: string[]
  before: unknown
  after: unknown
  sealed: Buffer | null
}

export async function versionsOf(db: Db, tenantId: string, memberId: string, keyset: Keyset): Promise<StoredVersion[]> {
  const select = db
    .selectFrom('members_version as v')
    .select([
      'v.id',
      'v.version',
      'v.at',
      'v.made_by',
      'v.source',
      'v.reason',
      'v.fields',
      'v.before',
      'v.after',
      'v.sealed',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.member_id', '=', memberId)
  return byKeyset(select, keyset, 'v.id').execute()
}

/** The newest version that came from a roster: what the last import said. */
export async function lastRosterVersion(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<Pick<StoredVersion, 'id' | 'before' | 'after' | 'sealed'> | undefined> {
  return db
    .selectFrom('members_version as v')
    .select(['v.id', 'v.before', 'v.after', 'v.sealed'])
    .where('v.tenant_id', '=', tenantId)
    .where('v.member_id', '=', memberId)
    .where('v.source', '=', 'import')
    .orderBy('v.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type NewVersion = {
  id: string
  memberId: string
  personId: string
  orgPath: string
  version: number
  at: Date
  madeBy: string | null
  source: string
  sourceId: string | null
  reason: string | null
  fields: readonly string[]
  before: string
  after: string
  sealed: Buffer | null
}

export async function insertVersion(tx: Tx, tenantId: string, row: NewVersion): Promise<void> {
  await tx
    .insertInto('members_version')
    .values({
      tenant_id: tenantId,
      id: row.id,
      member_id: row.memberId,
      person_id: row.personId,
      org_path: row.orgPath,
      version: row.version,
      at: row.at,
      made_by: row.madeBy,
      source: row.source,
      source_id: row.sourceId,
      reason: row.reason,
      fields: [...row.fields],
      before: row.before,
      after: row.after,
      sealed: row.sealed,
    })
    .execute()
}

/** How many fields this person revealed since an instant. */
export async function looksSince(db: Db, actor: Actor, since: Date): Promise<number> {
  const row = await db
    .selectFrom('members_look as l')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('l.tenant_id', '=', actor.tenantId)
    .where('l.looked_by', '=', actor.personId)
    .where('l.at', '>', since)
    .executeTakeFirstOrThrow()
  return row.n
}

export type NewLook = {
  id: string
  memberId: string
  personId: string
  orgPath: string
  by: string
  at: Date
  field: string
  purpose: string
}

export async function insertLook(tx: Tx, tenantId: string, look: NewLook): Promise<void> {
  await tx
    .insertInto('members_look')
    .values({
      tenant_id: tenantId,
      id: look.id,
      member_id: look.memberId,
      person_id: look.personId,
      org_path: look.orgPath,
      looked_by: look.by,
      at: look.at,
      field: look.field,
      purpose: look.purpose,
    })
    .execute()
}

/** Who looked at a person's sensitive data. */
export async function looksAt(
  db: Db,
  actor: Actor,
  keyset: Keyset,
): Promise<{ id: string; at: Date; lookedBy: string; field: string; purpose: string }[]> {
  const select = db
    .selectFrom('members_look as l')
    .select(['l.id', 'l.at', 'l.looked_by as lookedBy', 'l.field', 'l.purpose'])
    .where('l.tenant_id', '=', actor.tenantId)
    .where('l.person_id', '=', actor.personId)
  return byKeyset(select, keyset, 'l.id').execute()
}
