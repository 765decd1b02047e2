import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PROJECT_ROOT } from '../apps/server/src/platform/config.ts'
import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { postgresProcessesIn } from '../apps/server/src/platform/embedded/processes.ts'
import { clusterOf, openInstallation } from '../apps/server/src/test/installation.ts'
import { mixedWrites, startWriting } from '../apps/server/src/test/kill-writers.ts'
import { plantPeople, plantTree } from '../apps/server/src/test/planting.ts'
import { APPLICATIONS, firstLoadOf } from '../tools/web/first-load.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'

const WRITERS = 6

/** From the command to its last line, on data that is there: the second start. */
export async function start(): Promise<Figure> {
  const whole = await openInstallation({ command: [join(PROJECT_ROOT, 'bin/tongxin.mjs'), 'start'] })
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

/** From the command to its last line after the server and its database were killed while people wrote. */
export async function recovery(): Promise<Figure> {
  const whole = await openInstallation()
  try {
    const now = new Date()
    const { tree, officers } = await withClient(whole.adminUrl, async (client) => {
      const tree = await plantTree(client, WRITERS, now)
      const posts = tree.branches.map(() => ({ role: 'committee_admin' as const, unit: tree.root }))
      return { tree, officers: await plantPeople(client, tree.tenantId, posts, now) }
    })
    const nobodyComes = { meetingId: '', key: Buffer.alloc(32), people: [].values() }
    const inBranches = officers.map((person, at) => ({ ...person, unit: tree.branches[at] ?? tree.root }))
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const writers = startWriting(whole.url, WRITERS, mixedWrites(tree, inBranches, nobodyComes))
      await wait(2000)
      await whole.kill()
      for (const pid of postgresProcessesIn(clusterOf(whole.dataDir))) process.kill(pid, 'SIGKILL')
      await whole.start()
      runs.push(whole.startedIn / 1000)
      await writers.stop()
    }
    return againstLimit('recovery', 's', 5, runs)
  } finally {
    await whole.remove()
  }
}

/** A server that has started gives back what starting took ten seconds later; from then on it is idle. */
const SETTLED_MS = 12_000

/** Resident memory of the server's process while nothing is asked of it, after a second start. */
export async function memory(): Promise<Figure> {
  const whole = await openInstallation()
  try {
    await whole.stop()
    await whole.start()
    await wait(SETTLED_MS)
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      await wait(2000)
      const status = readFileSync(`/proc/${whole.pid}/status`, 'utf8')
      runs.push(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024)
    }
    return againstLimit('memory', 'MiB', 200, runs)
  } finally {
    await whole.remove()
  }
}

/** Scripts of the first load of a built application, gzip. The same sources give the same bytes: three runs are one. */
export const bundle = (name: string, application: string) => async (): Promise<Figure> => {
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
