import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PROJECT_ROOT } from '../apps/server/src/platform/config.ts'
import { openInstallation } from '../apps/server/src/test/installation.ts'
import { APPLICATIONS, firstLoadOf } from '../tools/web/first-load.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'

/** From the command to its last line, on data that is there: the second start. */
export async function start(): Promise<Figure> {
  const whole = await openInstallation([join(PROJECT_ROOT, 'bin/tongxin.mjs'), 'start'])
  try {
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      await whole.stop()
      await whole.start()
      runs.push(whole.startedIn / 1000)
    }
    return againstLimit('start', 's', 4, runs)
  } finally {
    await whole.remove()
  }
}

/** Resident memory of the server's process while nothing is asked of it, after a second start. */
export async function memory(): Promise<Figure> {
  const whole = await openInstallation()
  try {
    await whole.stop()
    await whole.start()
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      await wait(5000)
      const status = readFileSync(`/proc/${whole.pid}/status`, 'utf8')
      runs.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024)
    }
    return againstLimit('memory', 'MiB', 200, runs)
  } finally {
    await whole.remove()
  }
}

/** Scripts of the first load of a built application, gzip. The same sources give the same bytes: three runs are one. */
export const bundle =
  (name: string, application: string) =>
  async (): Promise<Figure> => {
    const found = APPLICATIONS.find((one) => one.name === application)
    if (!found) throw new Error(`no application ${application}`)
    const bytes = () => firstLoadOf(found).reduce((sum, script) => sum + script.bytes, 0)
    return againstLimit(
      name,
      'bytes',
      found.limit,
      Array.from({ length: RUNS }, () => bytes()),
    )
  }
