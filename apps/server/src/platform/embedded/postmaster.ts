import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { RuntimeLog } from '../runtime-log.ts'
import { isAlive, postgresProcessesIn, signal, until } from './processes.ts'
import { idsOf, type ServiceUser } from './service-user.ts'

/** Everything needed to start the same server again after it died. */
export type Launch = {
  readonly program: string
  readonly cluster: string
  readonly user: ServiceUser
  readonly settings: Readonly<Record<string, string>>
  readonly logFile: string
  readonly log: RuntimeLog
}

const LOG_LIMIT_BYTES = 10 * 1024 * 1024
/** The programs get nothing from our environment: PGDATA or PGOPTIONS of a shell must not reach them. */
export const PLAIN_ENV = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C', TZ: 'UTC' }

/** Starts PostgreSQL and waits until it takes connections. @returns undefined when it ended or hung instead. */
export async function launch(plan: Launch): Promise<ChildProcess | undefined> {
  if ((statSync(plan.logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES)
    renameSync(plan.logFile, `${plan.logFile}.1`)
  const output = openSync(plan.logFile, 'a', 0o600)
  const settings = Object.entries(plan.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // A session of its own: Ctrl-C in the terminal reaches us alone, and we stop the database after the last request.
  const child = spawn(plan.program, ['-D', plan.cluster, ...settings], {
    cwd: '/',
    env: PLAIN_ENV,
    stdio: ['ignore', output, output],
    detached: process.platform !== 'win32',
    ...idsOf(plan.user),
  })
  closeSync(output)
  const hasFailed = new Promise<boolean>((resolve) => child.once('error', () => resolve(true)))
  // Crash recovery after a power cut may replay much: minutes, not seconds, before giving up.
  const isReady = await Promise.race([
    until(
      () => child.exitCode !== null || child.signalCode !== null || statusOf(plan.cluster)?.isReadyAs === child.pid,
      300_000,
    ),
    hasFailed,
  ])
  if (isReady && child.pid !== undefined && child.exitCode === null && child.signalCode === null) return child
  if (child.pid !== undefined) signal(child.pid, 'SIGQUIT')
  return undefined
}

/** Ends a postmaster: first waiting for open transactions to be rolled back, at last without asking. */
export async function end(pid: number, patienceMs: number): Promise<void> {
  for (const [name, milliseconds] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 3000],
    ['SIGKILL', 2000],
  ] as const) {
    signal(pid, name)
    if (await until(() => !isAlive(pid), milliseconds)) return
  }
}

/**
 * Clears what a killed server left: a postmaster that still runs is ended (its data is consistent, recovery is
 * PostgreSQL's own), orphaned backends too, and a `postmaster.pid` whose number now belongs to a stranger is removed,
 * which PostgreSQL itself would take for a running server.
 */
export async function clearLeftovers(cluster: string, log: RuntimeLog): Promise<void> {
  const pid = statusOf(cluster)?.pid
  const isOurs = (candidate: number) => process.platform !== 'linux' || postgresProcessesIn(cluster).includes(candidate)
  if (pid !== undefined && isAlive(pid) && isOurs(pid)) {
    log.warn({ pid }, 'ending the database that an earlier server left running')
    await end(pid, 1500)
  }
  for (const orphan of postgresProcessesIn(cluster)) signal(orphan, 'SIGQUIT')
  if (!(await until(() => postgresProcessesIn(cluster).length === 0, 1000))) {
    for (const orphan of postgresProcessesIn(cluster)) signal(orphan, 'SIGKILL')
    await until(() => postgresProcessesIn(cluster).length === 0, 1000)
  }
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/** Lines of `postmaster.pid` as PostgreSQL writes them: 1 the process, 8 its state. */
function statusOf(cluster: string): { pid: number; isReadyAs: number | undefined } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, isReadyAs: lines[7]?.trim() === 'ready' ? pid : undefined }
  } catch {
    return undefined
  }
}

/** Keeps the database running until `stop`: a postmaster that dies is started again, with growing pauses. */
export function supervise(
  plan: Launch,
  first: ChildProcess,
  onDeath: (how: string) => void,
): { pid(): number; stop(): Promise<void> } {
  let child = first
  let isStopping = false
  let reviving = Promise.resolve()

  const revive = async (): Promise<void> => {
    for (let pause = 50; !isStopping; pause = Math.min(pause * 2, 2000)) {
      await clearLeftovers(plan.cluster, plan.log)
      const started = isStopping ? undefined : await launch(plan)
      if (started) {
        child = started
        plan.log.info({ pid: child.pid }, 'database started again')
        return watch()
      }
      await wait(pause)
    }
  }
  const watch = (): void => {
    const died = (code: number | null, name: NodeJS.Signals | null) => {
      if (isStopping) return
      const how = name ?? `exit ${code}`
      plan.log.error({ how }, 'database died; starting it again')
      onDeath(how)
      reviving = revive()
    }
    // It may have died between being ready and being watched.
    if (child.exitCode !== null || child.signalCode !== null) died(child.exitCode, child.signalCode)
    else child.once('exit', died)
  }
  // When this process ends without stopping in order (a bug, process.exit), the database must not stay behind.
  const atExit = () => signal(child.pid ?? 0, 'SIGINT')
  process.once('exit', atExit)
  watch()
  return {
    pid: () => child.pid ?? 0,
    async stop() {
      isStopping = true
      await reviving
      process.off('exit', atExit)
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await end(child.pid, 10_000)
    },
  }
}
