import { sql } from 'kysely'
import { expect, inject, it, vi } from 'vitest'
import { openFixture } from '../test/fixture.ts'
import { withDatabaseName } from '../test/global-setup.ts'
import { inShanghai, madeUpWithin, startJobs } from './jobs.ts'
import type { Job } from './module.ts'

it('reads the clock of a job in Shanghai, over the end of a day, a week, a month and a year', () => {
  const now = new Date('2026-12-31T20:00:00Z')
  // 2026-11-28 is a Saturday; 19:40 UTC there is 03:40 on Sunday in Shanghai.
  expect(inShanghai({ min: 40, hour: 19, date: 28, month: 11, dow: 6 }, now)).toEqual({
    min: 40,
    hour: 3,
    date: 29,
    month: 11,
    dow: 0,
  })
  expect(inShanghai({ min: 0, hour: 15, date: 30, month: 11, dow: 1 }, now)).toEqual({
    min: 0,
    hour: 23,
    date: 30,
    month: 11,
    dow: 1,
  })
  expect(inShanghai({ min: 0, hour: 16, date: 31, month: 12, dow: 4 }, now)).toEqual({
    min: 0,
    hour: 0,
    date: 1,
    month: 1,
    dow: 5,
  })
})

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The due time of every day, or of the day in the week, that lies so long ago. */
function cronAgo(ago: number, isWeekly = false): string {
  const there = new Date(Date.now() + 8 * HOUR - ago)
  return `${there.getUTCMinutes()} ${there.getUTCHours()} * * ${isWeekly ? there.getUTCDay() : '*'}`
}

it('makes up for a day and a week that the machine was off for, once, and for nothing that comes again soon', async () => {
  expect(['*/5 * * * *', '20 * * * *', '0 6-22 * * *', '0 8 * * *', '10 3 * * 0'].map(madeUpWithin)).toEqual([
    0,
    0,
    0,
    DAY,
    7 * DAY,
  ])
  const f = await openFixture()
  const ran: string[] = []
  const job = (name: string, cron: string): Job => ({ name, cron, run: async () => void ran.push(name) })
  const hourAgo = new Date(Date.now() - HOUR)
  const jobs = [
    job('of_the_day', cronAgo(2 * HOUR)),
    job('of_the_week', cronAgo(3 * DAY, true)),
    job('of_the_hour', `${hourAgo.getUTCMinutes()} * * * *`),
    // Nobody missed what was not there.
    job('new', cronAgo(2 * HOUR)),
  ]
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(f.admin)
  const url = withDatabaseName(inject('database').appUrl, rows[0]?.name ?? '')
  const known = (...names: string[]) =>
    sql`insert into graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
      select name, now() - interval '60 days', now() - interval '5 days' from unnest(${names}::text[]) as name`.execute(
      f.admin,
    )
  const startUntil = async (expected: string[]) => {
    const stop = await startJobs(f.platform, url, [{ name: 'some', jobs }])
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(expected), { timeout: 20_000 })
    await stop()
  }
  await known('of_the_day', 'of_the_week', 'of_the_hour')
  await startUntil(['of_the_day', 'of_the_week'])
  await known('other_day')
  jobs.push(job('other_day', cronAgo(HOUR)))
  await startUntil(['of_the_day', 'of_the_week', 'other_day'])
  expect(ran).toHaveLength(3)
})
