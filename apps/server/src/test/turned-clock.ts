import type { Fixture } from './fixture.ts'

/** Turns the clock; those who are signed in stay so, which is not what is tested here. */
export async function turned(f: Fixture, day: string): Promise<Date> {
  const now = new Date(`${day}T02:00:00Z`)
  f.setNow(now)
  await f.admin
    .updateTable('access_session')
    .set({ last_seen_at: now, expires_at: new Date('2028-01-01T00:00:00Z') })
    .execute()
  return now
}

/** What a job of a day is given. */
export async function clockwork(f: Fixture, day: string) {
  return { platform: f.platform, now: await turned(f, day), signal: new AbortController().signal }
}
