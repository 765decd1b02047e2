import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, ROOT } from './installation.ts'

/** Prism as a proxy before a program: an answer off the contract becomes a 500 that lists what is wrong. */
export type ContractJudge = { readonly port: number; close(): void }

/** What the program promises. */
export const CONTRACT = join(ROOT, 'openapi.json')
/** The header that says whose answer is judged, where one judge serves several programs. */
export const PROGRAM_PORT = 'x-program-port'

const START_LIMIT_MS = 120_000

/** The judge of a whole contract reads it for seconds: it answers once `judgeListens`. `upstream`: whom it asks. */
export async function openContractJudge(specification: string, upstream: string): Promise<ContractJudge> {
  const contract = withoutSecurity(specification)
  const port = await freePort()
  const words = ['proxy', contract, upstream, '--errors', '--host', '127.0.0.1', '--port', String(port)]
  // What it says of each request, in colours, costs it as much as judging; what was wrong stands in its answers.
  const quiet = ['--verboseLevel', 'error']
  const program = join(ROOT, 'node_modules/@stoplight/prism-cli/dist/index.js')
  const child = spawn(process.execPath, [program, ...words, ...quiet], {
    // As the program itself starts: what was compiled for the first run is there for the others.
    env: { NODE_COMPILE_CACHE: join(ROOT, '.cache/node'), ...process.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    port,
    close() {
      child.kill('SIGTERM')
      rmSync(dirname(contract), { recursive: true, force: true })
    },
  }
}

/** Fulfilled once somebody listens on the port of a judge that was opened. */
export async function judgeListens(port: number): Promise<void> {
  const end = Date.now() + START_LIMIT_MS
  while (!(await isListening(port))) {
    if (Date.now() > end) throw new Error('prism did not begin in time')
    await wait(100)
  }
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    const say = (isThere: boolean) => {
      socket.destroy()
      done(isThere)
    }
    socket.once('connect', () => say(true))
    socket.once('error', () => say(false))
  })

/** Whether somebody is signed in is for the program to say: the judge is given the contract without it. */
function withoutSecurity(specification: string): string {
  const contract = JSON.parse(readFileSync(specification, 'utf8')) as {
    security?: unknown
    paths: Record<string, Record<string, { security?: unknown }>>
  }
  delete contract.security
  for (const operations of Object.values(contract.paths))
    for (const operation of Object.values(operations)) delete operation.security
  const file = join(mkdtempSync(join(tmpdir(), 'tongxin-judge-')), 'openapi.json')
  writeFileSync(file, JSON.stringify(contract))
  return file
}
