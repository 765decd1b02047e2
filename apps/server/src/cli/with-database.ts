import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../platform/config.ts'
import { openDatabase } from '../platform/database-roles.ts'
import { identityOf } from '../platform/embedded/cluster-home.ts'
import { holderOf } from '../platform/embedded/instance-lock.ts'
import { isStillThere } from '../platform/embedded/processes.ts'
import { type RuntimeLog, silentLog } from '../platform/runtime-log.ts'

/** The database a command works on. `isRunning` tells that a server uses it at the same time. */
export type CommandDatabase = {
  readonly ownerUrl: string
  readonly appUrl: string
  readonly adminUrl: string | undefined
  readonly isRunning: boolean
}

/**
 * Gives `work` the database of this installation: that of the running server when there is one (found through
 * TONGXIN_DATA), else one started for the command and stopped afterwards. It does not migrate.
 * @throws Refusal `runtime.*` of `openDatabase`
 */
export async function withDatabase<T>(
  config: Config,
  work: (database: CommandDatabase) => Promise<T>,
  log: RuntimeLog = silentLog,
): Promise<T> {
  const running = config.databaseUrl === undefined ? runningDatabase(config.dataDir) : undefined
  if (running) return work({ ...running, isRunning: true })
  const database = await openDatabase(config, log)
  try {
    return await work({
      ownerUrl: database.ownerUrl,
      appUrl: database.appUrl,
      adminUrl: database.adminUrl,
      isRunning: false,
    })
  } finally {
    await database.stop()
  }
}

/**
 * The addresses that a running server left below its data folder; a killed one left them too, hence the lock. In a copy
 * of the folder both are those of the original, whose database is not the copy's.
 */
export function runningDatabase(
  dataDir: string,
): Pick<CommandDatabase, 'ownerUrl' | 'appUrl' | 'adminUrl'> | undefined {
  const runDir = join(dataDir, 'run')
  const holder = holderOf(join(runDir, 'lock.json'))
  if (!holder || !isStillThere(holder)) return undefined
  try {
    const urls = JSON.parse(readFileSync(join(runDir, 'database.json'), 'utf8')) as {
      pid: number
      folder: string
      ownerUrl: string
      appUrl: string
      adminUrl: string
    }
    return urls.pid === holder.pid && urls.folder === identityOf(runDir) ? urls : undefined
  } catch {
    // It is just starting: the lock will say so in words.
    return undefined
  }
}
