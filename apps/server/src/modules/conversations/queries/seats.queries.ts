import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Seat = { readonly id: string; readonly readSeq: number; readonly isMuted: boolean }
export async function seatsOfPerson(
  db: Db,
  tenantId: string,
  personId: string,
  ids: readonly string[],
): Promise<Map<string, Seat>> {
  const rows = await db
    .selectFrom('conversations_seat as s')
    .select(['s.conversation_id as id', 's.read_seq as readSeq', 's.is_muted as isMuted'])
    .where('s.tenant_id', '=', tenantId)
    .where('s.person_id', '=', personId)
    .where(sql<boolean>`s.conversation_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** How far others than the person have read, of those who came as far as `seq`. */
export async function readSeqs(
  db: Db,
  tenantId: string,
  id: string,
  personId: string,
  seq: number,
): Promise<{ personId: string; readSeq: number }[]> {
  return db
    .selectFrom('conversations_seat as s')
    .select(['s.person_id as personId', 's.read_seq as readSeq'])
    .where('s.tenant_id', '=', tenantId)
    .where('s.conversation_id', '=', id)
    .where('s.person_id', '<>', personId)
    .where('s.read_seq', '>=', seq)
    .execute()
}

type Place = { readonly tenantId: string; readonly id: string; readonly personId: string }
/** Never goes back: an older page looked at later unreads nothing. */
export async function setReadTo(tx: Tx, { tenantId, id, personId }: Place, seq: number, at: Date): Promise<void> {
  await tx
    .insertInto('conversations_seat')
    .values({ tenant_id: tenantId, conversation_id: id, person_id: personId, read_seq: seq, updated_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'conversation_id', 'person_id'])
        .doUpdateSet({ read_seq: sql`greatest(conversations_seat.read_seq, excluded.read_seq)`, updated_at: at }),
    )
    .execute()
}
export async function setMuted(tx: Tx, { tenantId, id, personId }: Place, isMuted: boolean, at: Date): Promise<void> {
  await tx
    .insertInto('conversations_seat')
    .values({ tenant_id: tenantId, conversation_id: id, person_id: personId, is_muted: isMuted, updated_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'conversation_id', 'person_id'])
        .doUpdateSet({ is_muted: isMuted, updated_at: at }),
    )
    .execute()
}
/** Seats for people who were invited, so that they find the conversation. */
export async function insertSeats(
  tx: Tx,
  tenantId: string,
  id: string,
  people: readonly string[],
  readSeq: number,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('conversations_seat')
    .values(
      people.map((personId) => ({
        tenant_id: tenantId,
        conversation_id: id,
        person_id: personId,
        read_seq: readSeq,
        updated_at: at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'conversation_id', 'person_id']).doNothing())
    .execute()
}
