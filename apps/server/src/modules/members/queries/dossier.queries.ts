import type { Db, Tx } from '../../../platform/ctx.ts'

export type Owner = { readonly id: string; readonly person_id: string; readonly org_path: string }

export async function findFolder(db: Db, tenantId: string, memberId: string) {
  return db
    .selectFrom('members_dossier as d')
    .select(['d.id', 'd.place', 'd.cabinet', 'd.box', 'd.volume', 'd.updated_at as updatedAt'])
    .where('d.tenant_id', '=', tenantId)
    .where('d.member_id', '=', memberId)
    .executeTakeFirst()
}

export type Folder = { place: string; cabinet: string | null; box: string | null; volume: string | null }

/** Writes where the folder lies; one row a record. */
export async function setFolder(
  tx: Tx,
  tenantId: string,
  of: Owner,
  folder: Folder & { id: string; at: Date },
): Promise<void> {
  const { place, cabinet, box, volume, at } = folder
  await tx
    .insertInto('members_dossier')
    .values({
      tenant_id: tenantId,
      id: folder.id,
      member_id: of.id,
      person_id: of.person_id,
      org_path: of.org_path,
      place,
      cabinet,
      box,
      volume,
      updated_at: at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'member_id']).doUpdateSet({ place, cabinet, box, volume, updated_at: at }),
    )
    .execute()
}

export const LOAN_COLUMNS = [
  'l.id',
  'l.state',
  'l.borrower',
  'l.purpose',
  'l.due_on as dueOn',
  'l.asked_by as askedBy',
  'l.asked_at as askedAt',
  'l.decided_by as decidedBy',
  'l.decided_at as decidedAt',
  'l.refused_reason as refusedReason',
  'l.returned_on as returnedOn',
] as const

export async function loansOf(db: Db, tenantId: string, memberId: string) {
  return db
    .selectFrom('members_loan as l')
    .select(LOAN_COLUMNS)
    .where('l.tenant_id', '=', tenantId)
    .where('l.member_id', '=', memberId)
    .orderBy('l.asked_at', 'desc')
    .limit(100)
    .execute()
}

/** Loans of which the folder is out: their day of return is a deadline. */
export async function openLoansOf(db: Db, tenantId: string, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('members_loan as l')
    .select('l.id')
    .where('l.tenant_id', '=', tenantId)
    .where('l.member_id', '=', memberId)
    .where('l.state', '=', 'out')
    .execute()
  return rows.map((row) => row.id)
}

export async function lockLoan(tx: Tx, tenantId: string, memberId: string, id: string) {
  return tx
    .selectFrom('members_loan as l')
    .select(LOAN_COLUMNS)
    .where('l.tenant_id', '=', tenantId)
    .where('l.member_id', '=', memberId)
    .where('l.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export type NewLoan = { id: string; borrower: string; purpose: string; dueOn: string; by: string; at: Date }

export async function insertLoan(tx: Tx, tenantId: string, of: Owner, asked: NewLoan): Promise<void> {
  await tx
    .insertInto('members_loan')
    .values({
      tenant_id: tenantId,
      id: asked.id,
      member_id: of.id,
      person_id: of.person_id,
      org_path: of.org_path,
      borrower: asked.borrower,
      purpose: asked.purpose,
      due_on: asked.dueOn,
      asked_by: asked.by,
      asked_at: asked.at,
      updated_at: asked.at,
    })
    .execute()
}

export async function setDecided(
  tx: Tx,
  tenantId: string,
  id: string,
  decided: { state: 'out' | 'refused'; by: string; at: Date; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('members_loan')
    .set({
      state: decided.state,
      decided_by: decided.by,
      decided_at: decided.at,
      refused_reason: decided.reason,
      updated_at: decided.at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setReturned(
  tx: Tx,
  tenantId: string,
  id: string,
  returned: { on: string; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('members_loan')
    .set({ state: 'back', returned_on: returned.on, returned_by: returned.by, updated_at: returned.at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** A later day of return. */
export async function setDue(tx: Tx, tenantId: string, id: string, dueOn: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_loan')
    .set({ due_on: dueOn, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setWithdrawn(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_loan')
    .set({ state: 'withdrawn', updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
