import { parseCronItem, run } from 'graphile-worker'
import type { Module } from './module.ts'
import type { Platform } from './platform.ts'

/**
 * Scheduled work of all modules by graphile-worker in the same database, so a due time runs once in the whole
 * installation. Returns the stop function, which waits for running jobs.
 */
export async function startJobs(platform: Platform, connectionString: string, modules: readonly Module[]): Promise<() => Promise<void>> {
  const jobs = modules.flatMap((module) => module.jobs ?? [])
  if (jobs.length === 0) return async () => {}
  const runner = await run({
    connectionString,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    maxPoolSize: 3,
    taskList: Object.fromEntries(
      jobs.map((job) => [job.name, (_payload: unknown, { abortSignal }: { abortSignal?: AbortSignal }) =>
        job.run({ platform, now: platform.clock(), signal: abortSignal ?? new AbortController().signal })]),
    ),
    parsedCronItems: jobs.map((job) => parseCronItem({ task: job.name, match: job.cron, options: { backfillPeriod: 0, maxAttempts: 5 } })),
    logger: undefined as never,
  })
  return () => runner.stop()
}
