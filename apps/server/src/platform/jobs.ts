import { setTimeout as wait } from 'node:timers/promises'
import { Logger, parseCronItem, type Runner, run } from 'graphile-worker'
import { openPool } from './db.ts'
import type { Module } from './module.ts'
import type { Platform } from './platform.ts'
import { nothing } from './runtime-log.ts'

/** Between two attempts while the database is away. */
const PAUSE_MS = 1000

/**
 * Scheduled work of all modules by graphile-worker in the same database, so a due time runs once in the whole
 * installation. Goes on after the database was away. Returns the stop function, which waits for running jobs.
 */
export async function startJobs(
  platform: Platform,
  connectionString: string,
  modules: readonly Module[],
): Promise<() => Promise<void>> {
  const jobs = modules.flatMap((module) => module.jobs ?? [])
  if (jobs.length === 0) return async () => nothing()
  const onError = (err: Error) => platform.log.warn({ err }, 'database connection of the jobs lost')
  // A pool of ours: graphile-worker takes its error listeners off its own while connections are still closing, and a
  // database that ends at that moment would end the process.
  const pgPool = openPool({ url: connectionString, max: 3, application: 'tongxin-jobs', onError })
  const stopping = new AbortController()
  let runner: Runner | undefined
  const turning = (async () => {
    while (!stopping.signal.aborted) {
      try {
        runner = await run({ ...settingsOf(platform, jobs), pgPool })
        if (stopping.signal.aborted) await runner.stop()
        await runner.promise
      } catch (err) {
        platform.log.warn({ err }, 'jobs were interrupted')
      }
      await wait(PAUSE_MS, undefined, { signal: stopping.signal }).catch(nothing)
    }
  })()
  return async () => {
    stopping.abort()
    // It refuses when it has just ended by itself, which is as good.
    await runner?.stop().catch(nothing)
    await turning
    await pgPool.end()
  }
}

function settingsOf(platform: Platform, jobs: readonly NonNullable<Module['jobs']>[number][]) {
  return {
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    // The clock that says when a due time is also says whether it has come.
    useNodeTime: true,
    taskList: Object.fromEntries(
      jobs.map((job) => [
        job.name,
        (_payload: unknown, { abortSignal }: { abortSignal?: AbortSignal }) =>
          job.run({ platform, now: platform.clock(), signal: abortSignal ?? new AbortController().signal }),
      ]),
    ),
    parsedCronItems: jobs.map((job) => {
      const backfillPeriod = madeUpWithin(job.cron)
      // Of due times that pile up while the machine sleeps one is enough: a job looks at what is, not at its due time.
      const options = { backfillPeriod, maxAttempts: 5, jobKey: job.name, jobKeyMode: 'preserve_run_at' as const }
      const item = parseCronItem({ task: job.name, match: job.cron, options })
      return { ...item, match: (utc: TimestampDigest) => item.match(inShanghai(utc, platform.clock())) }
    }),
    // Its own logger writes to standard output, where only the answers of commands belong.
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') platform.log.warn({ jobs: message }, 'jobs')
    }),
  }
}

const DAY_MS = 86_400_000

/**
 * How long after its due time a job is still made up for, in milliseconds: the machine of a small office is off at
 * night and on Sundays. What comes again within the hour is not made up for.
 */
export function madeUpWithin(cron: string): number {
  const [, hour = '', , , weekday] = cron.split(' ')
  if (!/^\d+$/.test(hour)) return 0
  return weekday === '*' ? DAY_MS : 7 * DAY_MS
}

type TimestampDigest = { min: number; hour: number; date: number; month: number; dow: number }

const SHANGHAI_AHEAD_HOURS = 8

/** graphile-worker matches cron fields in UTC; ours are meant in Asia/Shanghai, which has had one offset since 1991. */
export function inShanghai(utc: TimestampDigest, now: Date): TimestampDigest {
  const there = new Date(
    Date.UTC(now.getUTCFullYear(), utc.month - 1, utc.date, utc.hour + SHANGHAI_AHEAD_HOURS, utc.min),
  )
  return {
    min: there.getUTCMinutes(),
    hour: there.getUTCHours(),
    date: there.getUTCDate(),
    month: there.getUTCMonth() + 1,
    // Not asked of `there`: a due time that is made up for in January may lie in the year before.
    dow: utc.hour + SHANGHAI_AHEAD_HOURS < 24 ? utc.dow : (utc.dow + 1) % 7,
  }
}
