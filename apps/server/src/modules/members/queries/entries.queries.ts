import type { Db, Tx } from '../../../platform/ctx.ts'

export type StoredEntry = {
  id: string
  memberId: string
  kind: string
  fromOn: string | null
  untilOn: string | null
  facts: unknown
  sealed: Buffer | null
  endedReason: string | null
  version: number
}

const columns = [
  'e.id',
  'e.member_id as memberId',
  'e.kind',
  'e.from_on as fromOn',
  'e.until_on as untilOn',
  'e.facts',
  'e.sealed',
  'e.ended_reason as endedReason',
  'e.version',
] as const

export async function entriesOf(db: Db, tenantId: string, memberId: string): Promise<StoredEntry[]> {
  return db
    .selectFrom('members_entry as e')
    .select(columns)
    .where('e.tenant_id', '=', tenantId)
    .where('e.member_id', '=', memberId)
    .orderBy('e.kind')
    .orderBy('e.from_on')
    .orderBy('e.id')
    .limit(500)
    .execute()
}

export async function lockEntry(
  tx: Tx,
  tenantId: string,
  memberId: string,
  id: string,
): Promise<StoredEntry | undefined> {
  return tx
    .selectFrom('members_entry as e')
    .select(columns)
    .where('e.tenant_id', '=', tenantId)
    .where('e.member_id', '=', memberId)
    .where('e.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export type NewEntry = {
  id: string
  memberId: string
  personId: string
  orgPath: string
  kind: string
  fromOn: string | null
  untilOn: string | null
  facts: string
  sealed: Buffer | null
  at: Date
}

export async function insertEntry(tx: Tx, tenantId: string, entry: NewEntry): Promise<void> {
  await tx
    .insertInto('members_entry')
    .values({
      tenant_id: tenantId,
      id: entry.id,
      member_id: entry.memberId,
      person_id: entry.personId,
      org_path: entry.orgPath,
      kind: entry.kind,
      from_on: entry.fromOn,
      until_on: entry.untilOn,
      facts: entry.facts,
      sealed: entry.sealed,
      created_at: entry.at,
      updated_at: entry.at,
    })
    .execute()
}

export async function setEntry(
  tx: Tx,
  tenantId: string,
  id: string,
  entry: { fromOn: string | null; untilOn: string | null; facts: string; sealed: Buffer | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('members_entry')
    .set((eb) => ({
      from_on: entry.fromOn,
      until_on: entry.untilOn,
      facts: entry.facts,
      sealed: entry.sealed,
      updated_at: entry.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** An entry that should not stand is ended with a reason and stays readable. */
export async function setEntryEnded(tx: Tx, tenantId: string, id: string, reason: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_entry')
    .set((eb) => ({ ended_reason: reason, ended_at: at, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
