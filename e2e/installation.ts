import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

export const ROOT = resolve(import.meta.dirname, '..')

/** A fresh installation as `npm start` makes it, in a folder of its own. */
export type Installation = {
  /** Where the program listens. */
  readonly port: number
  /** The one-time codes of the first start, by the words beside them. */
  readonly codes: readonly string[]
  readonly dataDir: string
  /** Runs `npx tongxin ...` on this installation. @returns its standard output; throws when it is refused */
  command(...words: string[]): Promise<string>
  /** The time of the installation: that of this machine until it was started again at another. */
  now(): Date
  /** Ends the program and starts it again on the same data and port; its clock then stands `at`, if that is said. */
  restart(at?: Date): Promise<void>
  /** `andForget`: its folder goes too. */
  stop(andForget?: boolean): Promise<void>
}

const START_LIMIT_MS = 240_000

/** Reachable for the user of the database where we are root: what lies inside is then copied with the folder. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-journey-'))
  chmodSync(folder, 0o711)
  return folder
}

/** Settings of one installation alone, by the port on which the program will listen. */
export type OwnSettings = (port: number) => Readonly<Record<string, string>>

/** @param publicOrigin the address that browsers use: that of the front; `dataDir`: one that was prepared */
export async function startInstallation(
  publicOrigin: string,
  dataDir = emptyFolder(),
  own: OwnSettings = () => ({}),
): Promise<Installation> {
  const port = await freePort()
  const env = { ...envOf(dataDir), ...own(port), PORT: String(port), PUBLIC_ORIGIN: publicOrigin }
  let ahead = 0
  const run = (words: readonly string[]) => launched(words, { ...env, ...clockOf(ahead) })
  let child = run(['start'])
  const codes = await ready(child)
  const end = async () => {
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
  return {
    port,
    codes,
    dataDir,
    command: (...words) => answerOf(run(words)),
    now: () => new Date(Date.now() + ahead),
    async restart(at) {
      await end()
      if (at) ahead = at.getTime() - Date.now()
      child = run(['start'])
      await ready(child)
    },
    async stop(andForget = true) {
      await end()
      if (andForget) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs `npx tongxin ...` on a folder whose program does not run. @returns as `Installation.command` */
export const commandOn = (dataDir: string, ...words: string[]): Promise<string> =>
  answerOf(launched(words, envOf(dataDir)))

const envOf = (dataDir: string) => ({
  ...process.env,
  TONGXIN_DATA: dataDir,
  LANG: 'zh_CN.UTF-8',
  DATABASE_URL: '',
  npm_lifecycle_event: undefined,
  // Of the test runner: pages built with it would be those of developers.
  NODE_ENV: undefined,
})

const launched = (words: readonly string[], env: Readonly<Record<string, string | undefined>>) =>
  spawn(process.execPath, [join(ROOT, 'bin/tongxin.mjs'), ...words], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

/** A clock elsewhere is a matter of the journey alone: a line before the first of the program. */
const clockOf = (ahead: number) =>
  ahead === 0
    ? {}
    : { NODE_OPTIONS: `--import=${pathToFileURL(join(ROOT, 'e2e/later.ts')).href}`, CLOCK_AHEAD_MS: String(ahead) }

/** The set-up codes of the first start, once the last line of the start was said. */
function ready(child: ChildProcess): Promise<string[]> {
  const codes: string[] = []
  const said: string[] = []
  child.stderr?.on('data', (bytes: Buffer) => said.push(bytes.toString()))
  return new Promise((done, refuse) => {
    const timer = setTimeout(() => refuse(new Error(`not ready in time: ${said.join('')}`)), START_LIMIT_MS)
    child.once('exit', (code) => refuse(new Error(`ended with ${code}: ${said.join('')}`)))
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const code = /^ {2}(\S+) {2}\S/.exec(line)?.[1]
      if (code) codes.push(code)
      if (!line.startsWith('Tongxin ready:')) return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      done(codes)
    })
  })
}

function answerOf(child: ChildProcess): Promise<string> {
  const out: string[] = []
  const errors: string[] = []
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes.toString()))
  child.stderr?.on('data', (bytes: Buffer) => errors.push(bytes.toString()))
  return new Promise((done, refuse) => {
    child.once('close', (code) =>
      code === 0 ? done(out.join('')) : refuse(new Error(`exit ${code}: ${errors.join('')}`)),
    )
  })
}

export const freePort = (): Promise<number> =>
  new Promise((done, refuse) => {
    const probe = createServer()
    probe.once('error', refuse)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
