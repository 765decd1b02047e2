import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/ctx.ts'

/**
 * The living records of these, each with every record that names the same person by a merge that stands: its own and
 * those that were closed into it. What was told under a closed one is found by its id.
 */
export async function recordsAlong(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
): Promise<{ memberId: string; calledId: string }[]> {
  const { rows } = await sql<{ memberId: string; calledId: string }>`
    with recursive up as (
      select unnest(${[...memberIds]}::uuid[]) as id
      union select g.kept_id from up join members_merge g on g.tenant_id = ${tenantId} and g.gone_id = up.id and g.state = 'merged'),
    down as (
      select up.id as kept, up.id from up where not exists (select from members_merge g where g.tenant_id = ${tenantId}
        and g.gone_id = up.id and g.state = 'merged')
      union select d.kept, g.gone_id from down d
        join members_merge g on g.tenant_id = ${tenantId} and g.kept_id = d.id and g.state = 'merged')
    select kept as "memberId", id as "calledId" from down order by kept, id`.execute(db)
  return rows
}

/**
 * Writes how many meetings in a row these have missed, for the filter of the list. A figure about the record and not a
 * fact in it: no version, no event; whoever counts tells its own. Repeating it changes nothing.
 */
export async function setMissedInRow(
  tx: Tx,
  tenantId: string,
  missed: readonly { readonly memberId: string; readonly times: number }[],
): Promise<void> {
  await sql`update members_member m set missed_in_row = n.times
    from unnest(${missed.map((one) => one.memberId)}::uuid[], ${missed.map((one) => one.times)}::smallint[]) as n(id, times)
    where m.tenant_id = ${tenantId} and m.id = n.id and m.missed_in_row <> n.times`.execute(tx)
}
