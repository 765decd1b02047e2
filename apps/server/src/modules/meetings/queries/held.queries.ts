import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { BRANCH_KINDS, HELD } from './figures.queries.ts'

/** The three periods to which a day belongs: month, quarter, year. */
const periodsOf = (day: string): string[] => {
  const month = day.slice(5, 7)
  return [month, `Q${Math.ceil(Number(month) / 3)}`, day.slice(0, 4)]
}

export type Place = { readonly id: string; readonly path: string; readonly isBranch: boolean }

/** The organisations for which a meeting counts: its own and those that hold it together. */
export async function placesOfMeeting(
  db: Db,
  tenantId: string,
  meetingId: string,
): Promise<{ day: string; places: Place[] } | null> {
  const meeting = await db
    .selectFrom('meetings_meeting')
    .select(['org_id as orgId', 'held_on as day'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', meetingId)
    .executeTakeFirst()
  if (!meeting) return null
  const joint = await db
    .selectFrom('meetings_joint')
    .select('org_id as orgId')
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('state', '=', 'accepted')
    .execute()
  const ids = [meeting.orgId, ...joint.map(({ orgId }) => orgId)]
  const rows = (await db
    .selectFrom('org_path')
    .select(['id', 'path', 'kind', 'dissolved_on as dissolvedOn'])
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', ids)
    .execute()) as { id: string; path: string; kind: string; dissolvedOn: string | null }[]
  return {
    day: meeting.day,
    places: rows.map(({ id, path, kind, dissolvedOn }) => ({
      id,
      path,
      isBranch: BRANCH_KINDS.includes(kind) && dissolvedOn === null,
    })),
  }
}

/**
 * Writes again which kinds the organisation held in the periods of this day, and moves the sums above it by the
 * difference. Repeating it changes nothing.
 */
export async function recountHeld(tx: Tx, tenantId: string, place: Place, day: string): Promise<void> {
  const year = Number(day.slice(0, 4))
  for (const period of periodsOf(day)) {
    const [from, until] = spanOf(year, period)
    const { rows } = await sql<{ kind: string; step: number }>`
      with now_held as (
        select distinct k.kind from meetings_meeting m cross join lateral unnest(m.kinds) as k(kind)
        where m.tenant_id = ${tenantId} and m.held_on >= ${from} and m.held_on <= ${until} and m.state = any(${[...HELD]}::text[])
          and (m.org_id = ${place.id} or exists (select from meetings_joint j where j.tenant_id = ${tenantId}
            and j.meeting_id = m.id and j.org_id = ${place.id} and j.state = 'accepted'))),
      gone as (delete from meetings_held h where h.tenant_id = ${tenantId} and h.org_id = ${place.id} and h.year = ${year}
        and h.period = ${period} and h.kind not in (select kind from now_held) returning h.kind),
      come as (insert into meetings_held (tenant_id, org_id, org_path, year, period, kind)
        select ${tenantId}, ${place.id}, ${place.path}, ${year}, ${period}, kind from now_held
        on conflict do nothing returning kind)
      select kind, 1 as step from come union all select kind, -1 from gone`.execute(tx)
    if (!place.isBranch) continue
    for (const { kind, step } of rows)
      for (const path of pathsAlong(place.path))
        await sql`insert into meetings_held_sum (tenant_id, org_path, year, period, kind, branches)
          values (${tenantId}, ${path}, ${year}, ${period}, ${kind}, greatest(${step}, 0))
          on conflict (tenant_id, org_path, year, period, kind)
          do update set branches = greatest(meetings_held_sum.branches + ${step}, 0)`.execute(tx)
  }
}

/** Counts the sums of a year again from the branches: after a move in the tree, and every night. */
export async function rebuildHeldSums(tx: Tx, tenantId: string, year: number): Promise<void> {
  await sql`delete from meetings_held_sum where tenant_id = ${tenantId} and year = ${year}`.execute(tx)
  await sql`insert into meetings_held_sum (tenant_id, org_path, year, period, kind, branches)
    select ${tenantId}, a.path, h.year, h.period, h.kind, count(*)::int
    from meetings_held h join org_path o on o.tenant_id = ${tenantId} and o.id = h.org_id
    cross join lateral (select array_to_string((string_to_array(o.path, '.'))[1:n], '.') as path
      from generate_series(1, cardinality(string_to_array(o.path, '.'))) n) a
    where h.tenant_id = ${tenantId} and h.year = ${year} and o.kind = any(${[...BRANCH_KINDS]}::text[]) and o.dissolved_on is null
    group by a.path, h.year, h.period, h.kind`.execute(tx)
}

/** First and last day of a period: `01`, `Q1` or the year. */
export function spanOf(year: number, period: string): [string, string] {
  const [first, last] = period.startsWith('Q')
    ? [Number(period[1]) * 3 - 2, Number(period[1]) * 3]
    : period.length === 4
      ? [1, 12]
      : [Number(period), Number(period)]
  const two = (n: number) => String(n).padStart(2, '0')
  const lastDay = new Date(Date.UTC(year, last, 0)).getUTCDate()
  return [`${year}-${two(first)}-01`, `${year}-${two(last)}-${two(lastDay)}`]
}
