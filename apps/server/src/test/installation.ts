import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { environment, PROJECT_ROOT } from '../platform/config.ts'

/** A whole installation in processes of its own: data folder, server, embedded database. May be killed and started again. */
export type Installation = {
  readonly url: string
  readonly dataDir: string
  /** From spawning the process to its last line, in milliseconds. */
  readonly startedIn: number
  readonly pid: number
  /** Past all row policies, for planting and for looking at what is really stored. */
  readonly adminUrl: string
  readonly isRunning: boolean
  /** Started again on the same data and port, after `kill` or `stop`. */
  start(): Promise<void>
  /** SIGKILL: nothing is tidied up. */
  kill(): Promise<void>
  /** SIGTERM, and waits for the orderly end. */
  stop(): Promise<void>
  /** Stops what runs and deletes the data folder. */
  remove(): Promise<void>
}

const SERVE = join(PROJECT_ROOT, 'apps/server/src/test/serve-app.ts')
/** As the launcher runs it. */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--expose-gc', '--max-semi-space-size=32']
const START_LIMIT_MS = 120_000

/** Makes an installation in a new temporary folder, or opens that of `dataDir`, and starts it. `command`: another server program. */
export async function openInstallation(
  given: { command?: readonly string[]; dataDir?: string } = {},
): Promise<Installation> {
  const command = given.command ?? [...FLAGS, SERVE]
  const dataDir = given.dataDir ?? mkdtempSync(join(tmpdir(), 'tongxin-whole-'))
  const port = await freePort()
  let child: ChildProcess | null = null
  let startedIn = 0
  const ended = (running: ChildProcess) =>
    running.exitCode !== null || running.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => running.once('exit', () => resolve()))
  const database = () =>
    JSON.parse(readFileSync(join(dataDir, 'run/database.json'), 'utf8')) as { adminUrl: string; appUrl: string }
  const end = async (signal: NodeJS.Signals) => {
    if (!child) return
    const running = child
    child = null
    running.kill(signal)
    await ended(running)
  }
  const installation: Installation = {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    get startedIn() {
      return startedIn
    },
    get pid() {
      return child?.pid ?? 0
    },
    get adminUrl() {
      return database().adminUrl
    },
    get isRunning() {
      return child !== null && child.exitCode === null && child.signalCode === null
    },
    async start() {
      const began = performance.now()
      const cache = { NODE_COMPILE_CACHE: join(PROJECT_ROOT, '.cache/node'), MALLOC_ARENA_MAX: '2', NODE_OPTIONS: '' }
      const env = { ...environment(), ...cache, DATABASE_URL: '', PORT: String(port), TONGXIN_DATA: dataDir }
      child = spawn(process.execPath, command, { cwd: PROJECT_ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
      await ready(child)
      startedIn = performance.now() - began
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async remove() {
      await end('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await installation.start()
  return installation
}

/** The folder in which all processes of this installation's database work. */
export function clusterOf(dataDir: string): string {
  const { base } = JSON.parse(readFileSync(join(dataDir, 'cluster.json'), 'utf8')) as { base: string }
  return join(base === 'postgres' ? join(dataDir, 'postgres') : base, 'cluster')
}

/** Waits for the last line of a start; refuses with what the process said when it ends before. */
function ready(child: ChildProcess): Promise<void> {
  const said: string[] = []
  child.stderr?.on('data', (bytes: Buffer) => {
    said.push(bytes.toString())
    if (said.length > 50) said.shift()
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('not ready in time'), START_LIMIT_MS)
    const fail = (why: string) => {
      clearTimeout(timer)
      reject(new Error(`${why}: ${said.join('')}`))
    }
    child.once('exit', (code, signal) => fail(`the server ended before it was ready (${code ?? signal})`))
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (!line.startsWith('Tongxin ready:')) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve()
    })
  })
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
