import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { Own } from './paged.ts'

export type Checkin = { onDate: string; kind: string; words: string; isMadeUp: boolean }

export async function checkinsBetween(db: Db, own: Own, from: string, until: string): Promise<Checkin[]> {
  return db
    .selectFrom('study_checkin')
    .select(['on_date as onDate', 'kind', 'words', 'is_made_up as isMadeUp'])
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('on_date', '>=', from)
    .where('on_date', '<=', until)
    .orderBy('on_date')
    .execute()
}

/** A day that was noted in time stays so when its words change later. */
export async function setCheckin(tx: Tx, own: Own, day: Checkin, at: Date): Promise<Checkin> {
  const { rows } = await sql<Checkin>`
    insert into study_checkin (tenant_id, person_id, on_date, kind, words, is_made_up, at)
    values (${own.tenantId}, ${own.personId}, ${day.onDate}, ${day.kind}, ${day.words}, ${day.isMadeUp}, ${at})
    on conflict (tenant_id, person_id, on_date) do update set kind = excluded.kind, words = excluded.words, at = excluded.at
    returning on_date as "onDate", kind, words, is_made_up as "isMadeUp"`.execute(tx)
  return rows[0] as Checkin
}

export async function removeCheckin(tx: Tx, own: Own, onDate: string): Promise<void> {
  await tx
    .deleteFrom('study_checkin')
    .where('tenant_id', '=', own.tenantId)
    .where('person_id', '=', own.personId)
    .where('on_date', '=', onDate)
    .execute()
}
