import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { runtimeRefusals } from '@tongxin/contract/runtime'
import { ensureEmbeddedRoles, type RolePasswords } from './database-roles.ts'
import { type Binaries, binariesFor } from './embedded/binaries.ts'
import { type ClusterHome, homeOf, identityOf, prepareDataDir, socketFolderOf } from './embedded/cluster-home.ts'
import { lockInstance } from './embedded/instance-lock.ts'
import { clearLeftovers, type Launch, launch, PLAIN_ENV, supervise } from './embedded/postmaster.ts'
import { giveTo, idsOf } from './embedded/service-user.ts'
import type { RuntimeLog } from './runtime-log.ts'

export type EmbeddedOptions = {
  readonly dataDir: string
  readonly log: RuntimeLog
  /** Only tests whose data may be lost turn it off. */
  readonly fsync?: boolean
  /** More or other server settings, for tests and measurements. */
  readonly settings?: Readonly<Record<string, string>>
}

export type Embedded = {
  readonly ownerUrl: string
  readonly appUrl: string
  /** The superuser: for roles, never for the application. */
  readonly adminUrl: string
  readonly socketDir: string | undefined
  /** The postmaster now; it changes when the database was started again. */
  readonly pid: number
  stop(): Promise<void>
  /** Told whenever the database died by itself; it is started again without being asked. */
  onExit(listener: (how: string) => void): void
}

const PORT = 5432

/**
 * Starts the PostgreSQL of this installation below `dataDir`, creating it on the first call.
 * @throws Refusal `runtime.data_in_use`, those of `homeOf`, `runtime.platform_unsupported`, `runtime.database_failed`
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, log } = options
  const { runDir, logDir } = prepareDataDir(dataDir)
  const lock = lockInstance(dataDir, runDir)
  try {
    const home = homeOf(dataDir)
    const binaries = binariesFor(home.user, home.base)
    const passwords = passwordsOf(dataDir)
    const logFile = join(logDir, 'postgresql.log')
    if (!existsSync(home.cluster)) createCluster(home, binaries, passwords.admin, logFile, log)
    await clearLeftovers(home.cluster, log)
    const address = await addressOf(home, runDir)
    const settings = { ...settingsOf(address, options.fsync ?? true), ...options.settings }
    const plan: Launch = { program: binaries.postgres, cluster: home.cluster, user: home.user, settings, logFile, log }
    const child = await launch(plan)
    if (!child) throw runtimeRefusals.database_failed({ cause: lastLineOf(logFile), logFile })
    return await opened(
      plan,
      child,
      address,
      passwords,
      async () => {
        rmSync(join(runDir, 'database.json'), { force: true })
        if (address.socketDir) rmSync(address.socketDir, { recursive: true, force: true })
        lock.release()
      },
      join(runDir, 'database.json'),
    )
  } catch (error) {
    lock.release()
    throw error
  }
}

type Address = { readonly socketDir: string | undefined; readonly port: number }

async function opened(
  plan: Launch,
  child: NonNullable<Awaited<ReturnType<typeof launch>>>,
  address: Address,
  passwords: RolePasswords,
  leave: () => Promise<void>,
  attachFile: string,
): Promise<Embedded> {
  const listeners: ((how: string) => void)[] = []
  const server = supervise(plan, child, (how) => listeners.forEach((listener) => listener(how)))
  const stop = async () => {
    await server.stop()
    await leave()
  }
  const url = (user: string, password: string, database: string) => urlOf(address, user, password, database)
  const adminUrl = url('postgres', passwords.admin, 'tongxin')
  const urls = {
    ownerUrl: url('tongxin_owner', passwords.owner, 'tongxin'),
    appUrl: url('tongxin_app', passwords.app, 'tongxin'),
    adminUrl,
  }
  try {
    await ensureEmbeddedRoles(url('postgres', passwords.admin, 'postgres'), adminUrl, passwords)
    const folder = identityOf(dirname(attachFile))
    writeFileSync(attachFile, JSON.stringify({ pid: process.pid, folder, ...urls }), { mode: 0o600 })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...urls,
    socketDir: address.socketDir,
    get pid() {
      return server.pid()
    },
    stop,
    onExit: (listener) => void listeners.push(listener),
  }
}

/** Made once; anyone who can read the file owns the database, like anyone who can read its data folder. */
function passwordsOf(dataDir: string): RolePasswords {
  const path = join(dataDir, 'database-passwords.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as RolePasswords
  const made = () => randomBytes(24).toString('base64url')
  const passwords = { admin: made(), owner: made(), app: made() }
  writeFileSync(`${path}.new`, JSON.stringify(passwords), { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return passwords
}

/** initdb into a folder of its own, renamed when complete: a start that was killed begins anew. */
function createCluster(
  home: ClusterHome,
  binaries: Binaries,
  password: string,
  logFile: string,
  log: RuntimeLog,
): void {
  log.info({ folder: home.cluster }, 'creating the database')
  for (const name of readdirSync(home.base)) {
    if (/^(cluster\.new|password)-/.test(name)) rmSync(join(home.base, name), { recursive: true })
  }
  const unfinished = join(home.base, `cluster.new-${process.pid}`)
  const passwordFile = join(home.base, `password-${process.pid}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(home.user, passwordFile)
  // Byte order as collation: the same in every version of every operating system, so indexes survive a move.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const made = spawnSync(binaries.initdb, ['-D', unfinished, ...locale, ...access], {
    cwd: '/',
    env: PLAIN_ENV,
    encoding: 'utf8',
    ...idsOf(home.user),
  })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true })
    const cause = (made.error?.message ?? made.stderr).trim().split('\n').at(-1) ?? ''
    throw runtimeRefusals.database_failed({ cause, logFile })
  }
  renameSync(unfinished, home.cluster)
}

async function addressOf(home: ClusterHome, runDir: string): Promise<Address> {
  const record = join(runDir, 'socket-folder')
  // A server that was killed could not remove its folder in /tmp.
  if (existsSync(record)) rmSync(readFileSync(record, 'utf8'), { recursive: true, force: true })
  const socketDir = socketFolderOf(home)
  if (socketDir === undefined) return { socketDir, port: await freePort() }
  writeFileSync(record, socketDir, { mode: 0o600 })
  return { socketDir, port: PORT }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * What PostgreSQL keeps of tables and indexes in memory: a sixteenth of what the machine, or its container, has. A
 * branch's laptop keeps room for everything else, and a province's indexes need not be fetched again for each page.
 */
function sharedMegabytes(): number {
  const allowed = process.constrainedMemory()
  const bytes = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
  return Math.round(Math.min(2048, Math.max(128, bytes / 16 / 1024 ** 2)))
}

function settingsOf(address: Address, fsync: boolean): Record<string, string> {
  return {
    listen_addresses: address.socketDir ? '' : '127.0.0.1',
    // A list in PostgreSQL's own quoting: a folder may hold spaces and commas.
    unix_socket_directories: address.socketDir ? `"${address.socketDir.replaceAll('"', '""')}"` : '',
    unix_socket_permissions: '0700',
    port: String(address.port),
    fsync: fsync ? 'on' : 'off',
    // After a crash PostgreSQL first makes sure that all it finds is on the disk. File by file that takes seconds for
    // thousands of partitions and indexes; Linux can do a whole file system in one call.
    ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
    max_connections: '60',
    shared_buffers: `${sharedMegabytes()}MB`,
    // Short statements: compiling them costs more than it saves.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    // Statements and the DETAIL of errors quote personal data: the log has neither.
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
}

function urlOf(address: Address, user: string, password: string, database: string): string {
  const credentials = `${user}:${encodeURIComponent(password)}`
  if (address.socketDir === undefined) return `postgresql://${credentials}@127.0.0.1:${address.port}/${database}`
  return `postgresql://${credentials}@/${database}?host=${encodeURIComponent(address.socketDir)}&port=${address.port}`
}

function lastLineOf(logFile: string): string {
  if (!existsSync(logFile)) return ''
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? ''
}
