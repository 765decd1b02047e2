import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '@tongxin/contract/refusal'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import { causeOf } from '../runtime-log.ts'
import { postgresProcessesIn } from './processes.ts'
import { canUse, giveTo, type ServiceUser, serviceUserOf } from './service-user.ts'

/** Where the cluster lies and who runs it. `base` holds `cluster`, perhaps `programs-*` and `socket`. */
export type ClusterHome = { readonly base: string; readonly cluster: string; readonly user: ServiceUser }

/** Where root's database lies when the data folder is closed to its user. */
const OUTSIDE = '/var/lib/tongxin'
/** What `cluster.json` says of a cluster below its data folder, and that folder's name. */
const INSIDE = 'postgres'
/** In a cluster outside its data folder: whose data this is, for the administrator who finds it and against copies. */
const OWNER = 'data-folder'
/** Linux and macOS allow 107 and 103 bytes for the path of a socket; PostgreSQL appends `/.s.PGSQL.5432`. */
const SOCKET_FOLDER_BYTES = 103 - '/.s.PGSQL.5432'.length

/** Makes the data folder and its private parts. @throws Refusal `runtime.data_unusable` */
export function prepareDataDir(dataDir: string): { runDir: string; logDir: string } {
  const runDir = join(dataDir, 'run')
  const logDir = join(dataDir, 'log')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    // Root's database runs as another user, who must pass through here to reach its own folder; the rest stays closed.
    if (process.getuid?.() === 0 && readdirSync(dataDir).length === 0 && statSync(dataDir).uid === 0)
      chmodSync(dataDir, 0o711)
    for (const folder of [runDir, logDir]) mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(runDir, `probe-${process.pid}`), '')
    rmSync(join(runDir, `probe-${process.pid}`))
  } catch (error) {
    throw runtimeRefusals.data_unusable({ folder: dataDir, cause: causeOf(error) })
  }
  return { runDir, logDir }
}

/**
 * Finds or chooses the place of the cluster: below the data folder, or, when the database's user cannot get there (a
 * checkout under a 0700 home), below /var/lib/tongxin. The choice is recorded once in `cluster.json`.
 * @throws Refusal `runtime.data_copied`, `runtime.cluster_missing`, `runtime.data_unusable`
 */
export function homeOf(dataDir: string): ClusterHome {
  try {
    const base = recordedBase(dataDir)
    if (base !== undefined) return described(base, dataDir)
    const record = join(dataDir, 'cluster.json')
    const home = chosen(dataDir)
    const isInside = home.base === join(dataDir, INSIDE)
    writeFileSync(`${record}.new`, `${JSON.stringify({ base: isInside ? INSIDE : home.base })}\n`, { mode: 0o600 })
    renameSync(`${record}.new`, record)
    return home
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw runtimeRefusals.data_unusable({ folder: dataDir, cause: causeOf(error) })
  }
}

/** What `cluster.json` of a data folder says; undefined where there is none. */
function recordedBase(dataDir: string): string | undefined {
  const record = join(dataDir, 'cluster.json')
  if (!existsSync(record)) return undefined
  return (JSON.parse(readFileSync(record, 'utf8')) as { base: string }).base
}

function described(base: string, dataDir: string): ClusterHome {
  if (base !== INSIDE) requireOwn(base, dataDir)
  // A relative record lets the whole data folder be moved.
  const path = base === INSIDE ? join(dataDir, INSIDE) : base
  const cluster = join(path, 'cluster')
  const user = serviceUserOf(existsSync(cluster) ? cluster : path)
  if (!existsSync(path)) makeBase(path, user)
  if (!canUse(user, path)) throw new Error(`the user ${user.name} cannot reach ${path}`)
  return { base: path, cluster, user }
}

/**
 * A copy of a data folder names the cluster of its original, and would write into the original's data. One that was
 * moved is the only one that names it, and the cluster learns the new place.
 */
function requireOwn(base: string, dataDir: string): void {
  if (!existsSync(base)) throw runtimeRefusals.cluster_missing({ folder: dataDir, cluster: base })
  const record = join(base, OWNER)
  const owner = existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined
  if (owner !== undefined && identityOf(owner) === identityOf(dataDir)) return
  if (owner !== undefined && recordedBase(owner) === base)
    throw runtimeRefusals.data_copied({ folder: dataDir, original: owner, cluster: base })
  writeFileSync(record, `${dataDir}\n`)
}

/** What a path leads to, the same through links and mounts and another for a copy; undefined where nothing is. */
export function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

function chosen(dataDir: string): ClusterHome {
  const inside = join(dataDir, INSIDE)
  const isNew = !existsSync(inside)
  const user = serviceUserOf(inside)
  if (isNew) makeBase(inside, user)
  if (canUse(user, inside)) return { base: inside, cluster: join(inside, 'cluster'), user }
  if (isNew) rmSync(inside, { recursive: true })
  mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 })
  clearTemporary()
  const outside = join(OUTSIDE, randomBytes(6).toString('hex'))
  makeBase(outside, user)
  writeFileSync(join(outside, OWNER), `${dataDir}\n`)
  if (!canUse(user, outside)) throw new Error(`the user ${user.name} can reach neither ${inside} nor ${outside}`)
  return { base: outside, cluster: join(outside, 'cluster'), user }
}

/** Removes clusters whose data folder was a temporary one that is gone: tests and trials of root leave them. */
function clearTemporary(): void {
  for (const name of readdirSync(OUTSIDE)) {
    const record = join(OUTSIDE, name, OWNER)
    const dataDir = existsSync(record) ? readFileSync(record, 'utf8').trim() : ''
    const isTemporary = dataDir.startsWith(`${tmpdir()}/`) && !existsSync(dataDir)
    if (isTemporary && postgresProcessesIn(join(OUTSIDE, name, 'cluster')).length === 0) {
      rmSync(join(OUTSIDE, name), { recursive: true, force: true })
    }
  }
}

function makeBase(path: string, user: ServiceUser): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  giveTo(user, path)
}

/** A private folder whose path is short enough for a socket, or `undefined` where none can be had. */
export function socketFolderOf(home: ClusterHome): string | undefined {
  if (process.platform === 'win32') return undefined
  const beside = join(home.base, 'socket')
  if (Buffer.byteLength(beside) <= SOCKET_FOLDER_BYTES) {
    makeBase(beside, home.user)
    return beside
  }
  for (const parent of ['/tmp', tmpdir()]) {
    try {
      const folder = mkdtempSync(join(parent, 'tongxin-'))
      giveTo(home.user, folder)
      if (Buffer.byteLength(folder) <= SOCKET_FOLDER_BYTES && canUse(home.user, folder)) return folder
      rmSync(folder, { recursive: true })
    } catch {
      // Not writable: try the next, at last a loopback port.
    }
  }
  return undefined
}
