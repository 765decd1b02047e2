import type { Db, Tx } from '../../platform/ctx.ts'

export type Term = {
  readonly id: string
  readonly ordinal: number | null
  readonly fromOn: string
  readonly untilOn: string
  readonly plannedUntilOn: string
  readonly endedOn: string | null
  readonly seats: number | null
  readonly documentNumber: string | null
  readonly shiftDocument: string | null
  readonly shiftApprovedOn: string | null
  readonly shiftReason: string | null
}

/** All terms of a unit, the newest first. */
export async function termsOf(db: Db, tenantId: string, unitId: string): Promise<Term[]> {
  return db
    .selectFrom('org_term as t')
    .select([
      't.id',
      't.ordinal',
      't.from_on as fromOn',
      't.until_on as untilOn',
      't.planned_until_on as plannedUntilOn',
      't.ended_on as endedOn',
      't.seats',
      't.document_number as documentNumber',
      't.shift_document as shiftDocument',
      't.shift_approved_on as shiftApprovedOn',
      't.shift_reason as shiftReason',
    ])
    .where('t.tenant_id', '=', tenantId)
    .where('t.unit_id', '=', unitId)
    .orderBy('t.from_on', 'desc')
    .orderBy('t.id', 'desc')
    .limit(100)
    .execute()
}

export type NewTerm = Pick<Term, 'id' | 'ordinal' | 'fromOn' | 'untilOn' | 'endedOn' | 'seats' | 'documentNumber'> & {
  readonly unit: { readonly id: string; readonly path: string }
  readonly at: Date
}

export async function insertTerm(tx: Tx, tenantId: string, term: NewTerm): Promise<void> {
  await tx
    .insertInto('org_term')
    .values({
      tenant_id: tenantId,
      id: term.id,
      unit_id: term.unit.id,
      org_path: term.unit.path,
      ordinal: term.ordinal,
      from_on: term.fromOn,
      until_on: term.untilOn,
      planned_until_on: term.untilOn,
      ended_on: term.endedOn,
      seats: term.seats,
      document_number: term.documentNumber,
      created_at: term.at,
      updated_at: term.at,
    })
    .execute()
}

export async function setTermEnded(tx: Tx, tenantId: string, id: string, endedOn: string, at: Date): Promise<void> {
  await tx
    .updateTable('org_term')
    .set({ ended_on: endedOn, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Corrects what was entered of a term; a shift that had been approved is entered again on the new days. */
export async function setTermFacts(
  tx: Tx,
  tenantId: string,
  id: string,
  facts: Pick<Term, 'ordinal' | 'fromOn' | 'untilOn' | 'seats' | 'documentNumber'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('org_term')
    .set({
      ordinal: facts.ordinal,
      from_on: facts.fromOn,
      until_on: facts.untilOn,
      planned_until_on: facts.untilOn,
      seats: facts.seats,
      document_number: facts.documentNumber,
      shift_document: null,
      shift_approved_on: null,
      shift_reason: null,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The new end and the approval behind it; null where the end is the planned one again. */
export async function setTermShift(
  tx: Tx,
  tenantId: string,
  id: string,
  untilOn: string,
  shift: { readonly document: string; readonly approvedOn: string; readonly reason: string } | null,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('org_term')
    .set({
      until_on: untilOn,
      shift_document: shift?.document ?? null,
      shift_approved_on: shift?.approvedOn ?? null,
      shift_reason: shift?.reason ?? null,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The person who is secretary of a unit now. */
export async function secretaryPersonOf(db: Db, tenantId: string, unitId: string): Promise<string | null> {
  const row = await db
    .selectFrom('org_post as p')
    .innerJoin('member_card as m', (join) => join.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 'p.member_id'))
    .select('m.person_id as personId')
    .where('p.tenant_id', '=', tenantId)
    .where('p.unit_id', '=', unitId)
    .where('p.post', '=', 'secretary')
    .where('p.until_on', 'is', null)
    .executeTakeFirst()
  return row?.personId ?? null
}
