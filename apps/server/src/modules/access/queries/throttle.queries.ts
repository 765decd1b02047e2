import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'

export type Limits = { readonly free: number; readonly most: number; readonly forgetHours: number | null }

/**
 * Counts an attempt before it is judged, in one statement, so that simultaneous guesses cannot pass together: from
 * the `free`-th on each is followed by a pause of 1, 2, 4 … 900 seconds. Undefined while paused or used up.
 */
export async function countAttempt(db: Db, key: Buffer, now: Date, limits: Limits): Promise<number | undefined> {
  const stale =
    limits.forgetHours === null
      ? sql`false`
      : sql`t.updated_at < ${now}::timestamptz - make_interval(hours => ${limits.forgetHours}::int)`
  const next = sql`(case when ${stale} then 1 else t.failures + 1 end)`
  const { rows } = await sql<{ failures: number }>`
    insert into access_throttle as t (key, failures, delayed_until, updated_at) values (${key}, 1, null, ${now})
    on conflict (key) do update set failures = ${next}, updated_at = ${now},
      delayed_until = case when ${next} < ${limits.free}::int then null
        else ${now}::timestamptz + make_interval(secs => least(900, power(2, least(${next} - ${limits.free}::int, 20)))) end
    where ${stale} or ((t.delayed_until is null or t.delayed_until <= ${now}) and t.failures < ${limits.most}::int)
    returning failures`.execute(db)
  return rows[0]?.failures
}

export async function findThrottle(
  db: Db,
  key: Buffer,
): Promise<{ failures: number; delayedUntil: Date | null } | undefined> {
  return db
    .selectFrom('access_throttle')
    .select(['failures', 'delayed_until as delayedUntil'])
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function clearThrottle(db: Db, key: Buffer): Promise<void> {
  await db.deleteFrom('access_throttle').where('key', '=', key).execute()
}

/** The attempt was right: it does not count against others at the same address. */
export async function giveBack(db: Db, key: Buffer): Promise<void> {
  await db
    .updateTable('access_throttle')
    .set((eb) => ({ failures: sql<number>`greatest(${eb.ref('failures')} - 1, 0)`, delayed_until: null }))
    .where('key', '=', key)
    .execute()
}

/** What is over: ended sessions, used time steps, old codes and challenges, addresses not seen for two days. */
export async function sweep(db: Db, now: Date): Promise<void> {
  await sql`delete from access_session where expires_at < ${now} or last_seen_at < ${now}::timestamptz - make_interval(mins => idle_minutes)`.execute(
    db,
  )
  await sql`delete from access_totp_use where step < ${Math.floor(now.getTime() / 30_000) - 10}`.execute(db)
  await sql`delete from access_challenge where expires_at < ${now}`.execute(db)
  await sql`delete from access_one_time_code where purpose <> 'set_up' and expires_at < ${now}::timestamptz - make_interval(days => 30)`.execute(
    db,
  )
  await sql`delete from access_throttle where failures < 5 and updated_at < ${now}::timestamptz - make_interval(days => 2)`.execute(
    db,
  )
}
