import { sql } from 'kysely'
import type { Tx } from '../../platform/ctx.ts'

const held = (id: string) => sql`hashtextextended(${`media/${id}`}, 0)`

/** Waits for whoever hands in a lesson that shows the medium, and keeps others from doing so until the end. */
export async function holdAlone(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${held(id)})`.execute(tx)
}

/** Holds media as they are until the end of the transaction, in one order; others may do so as well. */
export async function holdTogether(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of [...ids].sort()) await sql`select pg_advisory_xact_lock_shared(${held(id)})`.execute(tx)
}
