import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROJECT_ROOT } from '../platform/config.ts'
import { isAlive, until } from '../platform/embedded/processes.ts'
import { commands } from './commands.ts'

const launcher = join(PROJECT_ROOT, 'bin/tongxin.mjs')
const parent = mkdtempSync(join(tmpdir(), 'cli-'))
const dataDir = join(parent, '数据 data')
const environmentOf = (more: Record<string, string>) => ({
  PATH: '/usr/bin:/bin',
  LANG: 'en_US.UTF-8',
  TONGXIN_DATA: dataDir,
  ...more,
})

beforeAll(() => chmodSync(parent, 0o711))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

function call(args: string[], more: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    env: environmentOf(more),
    encoding: 'utf8',
    cwd: parent,
  })
  return { status, stdout, stderr }
}

async function takenPort(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as { port: number }).port }
}

/** Two cores that others use too: a start that takes a second alone has taken twenty beside a full run. */
const PATIENT = { timeout: 240_000 }

/** `start` as a person runs it, on any free port, which its last line names; resolves when it says that it is ready. */
async function start(
  more: Record<string, string> = {},
): Promise<{ child: ChildProcess; lines: string[]; port: number }> {
  const child = spawn(process.execPath, [launcher, 'start'], {
    env: environmentOf({ PORT: '0', ...more }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += chunk))
  const reader = createInterface({ input: child.stdout! })
  await new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line)
      if (line.startsWith('Tongxin ready: ')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${errors}`)))
  })
  const port = Number(/^Tongxin ready: https?:\/\/127\.0\.0\.1:([1-9]\d*)$/.exec(lines.at(-1) ?? '')?.[1])
  expect(port).toBeGreaterThan(0)
  return { child, lines, port }
}

async function stopped(child: ChildProcess, name: NodeJS.Signals): Promise<number | null> {
  child.kill(name)
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

/** The one-time codes among the lines of a start. */
const codesIn = (lines: readonly string[]) =>
  lines.flatMap((line) => /^ {2}((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}) /.exec(line)?.[1] ?? [])

const isReady = (port: number) =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    (reply) => reply.status === 200,
    () => false,
  )

describe('the command line', () => {
  it('shows its usage and exits 2 for a command it does not know', () => {
    for (const args of [[], ['polish'], ['constructor']]) expect(call(args)).toMatchObject({ status: 2, stdout: '' })
    expect(call(['backup'])).toMatchObject({ status: 2, stderr: expect.stringContaining('npx tongxin backup DIR') })
    expect(call(['doctor', '--fast'])).toMatchObject({ status: 2 })
  })

  it('answers help on standard output, with a summary of every command in both languages', () => {
    for (const LANG of ['en_US.UTF-8', 'zh_CN.UTF-8']) {
      const { status, stdout } = call(['--help'], { LANG })
      expect(status).toBe(0)
      for (const name of Object.keys(commands)) expect(stdout).toMatch(new RegExp(`^  ${name} .*\\S`, 'm'))
      expect(stdout).not.toContain('.summary')
    }
  })

  it('refuses a wrong configuration with field, reason and remedy in the language of the terminal', () => {
    const refused = call(['start'], { PORT: 'http', PUBLIC_ORIGIN: 'example', LANG: 'zh_CN.UTF-8' })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    const problem = JSON.parse(refused.stderr) as { code: string; fields: Record<string, string>[] }
    expect(problem).toMatchObject({ code: 'runtime.configuration_wrong', status: 422 })
    expect(problem.fields.map(({ field }) => field)).toEqual(['/PORT', '/PUBLIC_ORIGIN'])
    for (const { reason, remedy } of problem.fields) expect(`${reason}${remedy}`).toMatch(/[\u4e00-\u9fff]/)
    expect(existsSync(dataDir)).toBe(false)
  })

  it('refuses a busy port by its number before anything is created', async () => {
    const { server, port } = await takenPort()
    const child = spawn(process.execPath, [launcher, 'start'], {
      env: environmentOf({ PORT: String(port) }),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr?.on('data', (chunk) => (errors += chunk))
    const [code] = await once(child, 'exit')
    server.close()
    expect(code).toBe(1)
    expect(JSON.parse(errors)).toMatchObject({ code: 'runtime.port_busy', detail: { port } })
    expect(existsSync(dataDir)).toBe(false)
  })

  it('refuses to restore from a folder without a backup', () => {
    expect(JSON.parse(call(['restore', 'nothing']).stderr.split('\n').slice(1).join('\n'))).toMatchObject({
      code: 'runtime.backup_missing',
    })
  })
})

describe('start', () => {
  it(
    'shows set-up codes, serves, survives the death of its database, is attached to, and stops in order',
    PATIENT,
    async () => {
      const { child, lines, port } = await start()
      expect(lines.at(-1)).toBe(`Tongxin ready: http://127.0.0.1:${port}`)
      expect(await isReady(port)).toBe(true)
      expect(new Set(codesIn(lines)).size).toBe(3)

      expect(call(['doctor', '--json'], { PORT: String(port) })).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('"running": 1'),
      })
      expect(call(['backup', '备份'])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining(join(parent, '备份')),
      })
      const again = call(['start'], { PORT: '0' })
      expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('runtime.data_in_use') })

      const postmaster = Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0])
      process.kill(postmaster, 'SIGKILL')
      expect(await until(() => !isAlive(postmaster), 60_000)).toBe(true)
      while (!(await isReady(port))) {
        expect(child.exitCode).toBe(null)
        await new Promise((resolve) => setImmediate(resolve))
      }

      expect(await stopped(child, 'SIGTERM')).toBe(0)
      expect(existsSync(join(dataDir, 'run/lock.json'))).toBe(false)
    },
  )

  it('shows no set-up codes at the second start', PATIENT, async () => {
    const { child, lines } = await start()
    expect(codesIn(lines)).toEqual([])
    expect(await stopped(child, 'SIGINT')).toBe(0)
  })

  it('makes the set-up codes anew for whoever lost them, as long as none was used', PATIENT, () => {
    expect(call(['set-up-codes', 'all'])).toMatchObject({ status: 2 })
    const [first, second] = [call(['set-up-codes']), call(['set-up-codes'])]
    expect([first.status, second.status]).toEqual([0, 0])
    expect(new Set([first, second].flatMap(({ stdout }) => codesIn(stdout.split('\n')))).size).toBe(6)
  })

  it('stops in order when its launcher is killed', PATIENT, async () => {
    const { child, port } = await start()
    await stopped(child, 'SIGKILL')
    while (await isReady(port)) await new Promise((resolve) => setImmediate(resolve))
    expect(await until(() => !existsSync(join(dataDir, 'run/lock.json')), 60_000)).toBe(true)
  })

  it('speaks HTTPS itself with a certificate', PATIENT, async () => {
    const [key, cert] = [join(parent, 'key.pem'), join(parent, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    const made = spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ])
    expect(made.status).toBe(0)
    const { child, lines, port } = await start({ TLS_CERT: cert, TLS_KEY: key })
    expect(lines.at(-1)).toBe(`Tongxin ready: https://127.0.0.1:${port}`)
    const asked = spawnSync(
      process.execPath,
      ['-e', `fetch('https://127.0.0.1:${port}/healthz').then((r) => process.exit(r.ok ? 0 : 1))`],
      {
        env: { NODE_EXTRA_CA_CERTS: cert },
      },
    )
    expect(asked.status).toBe(0)
    expect(await stopped(child, 'SIGTERM')).toBe(0)
  })
})
