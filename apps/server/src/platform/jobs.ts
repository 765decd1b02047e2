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
    taskList: Object.fromEntries(
      jobs.map((job) => [
        job.name,
        (_payload: unknown, { abortSignal }: { abortSignal?: AbortSignal }) =>
          job.run({ platform, now: platform.clock(), signal: abortSignal ?? new AbortController().signal }),
      ]),
    ),
    parsedCronItems: jobs.map((job) => {
      const item = parseCronItem({ task: job.name, match: job.cron, options: { backfillPeriod: 0, maxAttempts: 5 } })
      return { ...item, match: (utc: TimestampDigest) => item.match(inShanghai(utc, platform.clock())) }
    }),
    // Its own logger writes to standard output, where only the answers of commands belong.
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') platform.log.warn({ jobs: message }, 'jobs')
    }),
  }
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
    dow: there.getUTCDay(),
  }
}
