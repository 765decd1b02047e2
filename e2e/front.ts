import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort, ROOT } from './installation.ts'

/** What browsers talk to: pages and streams go straight to the program, its JSON goes through the contract's judge. */
export type Front = {
  readonly origin: string
  /** Answers that broke the contract, with what was wrong. Empty is right. */
  readonly offContract: readonly string[]
  /** How many answers the judge has looked at. */
  readonly judged: number
  /** The program whose answers are judged; set once it runs. */
  serve(port: number): Promise<void>
  close(): Promise<void>
}

type Operation = { readonly pattern: RegExp; readonly method: string; readonly isJson: boolean }

/** The operations of a contract: which of their answers are JSON, and so for the judge. */
function operationsOf(specification: string): Operation[] {
  const { paths } = JSON.parse(readFileSync(specification, 'utf8')) as {
    paths: Record<string, Record<string, { responses?: Record<string, { content?: Record<string, unknown> }> }>>
  }
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
      method: method.toUpperCase(),
      isJson: 'application/json' in (operation.responses?.['200']?.content ?? {}),
    })),
  )
}

export async function openFront(specification = join(ROOT, 'openapi.json')): Promise<Front> {
  const operations = operationsOf(specification)
  const offContract: string[] = []
  const seen = { judged: 0 }
  let programPort = 0
  let judgePort = 0
  const contract = withoutSecurity(specification)
  let judge: ChildProcess | undefined
  const isForJudge = (incoming: IncomingMessage) => {
    const path = new URL(incoming.url ?? '/', 'http://front').pathname
    const type = incoming.headers['content-type'] ?? 'application/json'
    return (
      type.startsWith('application/json') &&
      operations.some(({ pattern, method, isJson }) => isJson && method === incoming.method && pattern.test(path))
    )
  }
  const server = createServer((incoming, outgoing) => {
    const toJudge = isForJudge(incoming)
    pass(incoming, outgoing, toJudge ? judgePort : programPort, (answer, body) => {
      if (!toJudge) return
      seen.judged += 1
      if (/stoplight\.io\/prism/.test(body))
        offContract.push(`${incoming.method} ${incoming.url} ${answer.statusCode}: ${body}`)
    })
  })
  const port = await new Promise<number>((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port)),
  )
  return {
    origin: `http://127.0.0.1:${port}`,
    offContract,
    get judged() {
      return seen.judged
    },
    async serve(at) {
      programPort = at
      judgePort = await freePort()
      judge = await startJudge(contract, at, judgePort)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      judge?.kill('SIGTERM')
      rmSync(dirname(contract), { recursive: true, force: true })
    },
  }
}

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

/** Prism as a proxy: an answer off the contract becomes a 500 that lists what is wrong. */
async function startJudge(specification: string, programPort: number, port: number): Promise<ChildProcess> {
  const words = [
    'proxy',
    specification,
    `http://127.0.0.1:${programPort}`,
    '--errors',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ]
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/@stoplight/prism-cli/dist/index.js'), ...words], {
    // As the program itself starts: what was compiled for the first journey is there for the others.
    env: { NODE_COMPILE_CACHE: join(ROOT, '.cache/node'), ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  await new Promise<void>((done, refuse) => {
    child.once('exit', (code) => refuse(new Error(`prism ended with ${code}: ${said.join('')}`)))
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        if (said.length < 50) said.push(bytes.toString())
        if (/Prism is listening/.test(bytes.toString())) done()
      })
  })
  child.removeAllListeners('exit')
  return child
}

/** Hands a request on and its answer back; `look` is given JSON answers whole. */
function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  look: (answer: IncomingMessage, body: string) => void,
): void {
  const onward = request(
    { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      const parts: Buffer[] = []
      const isJson = /json/.test(answer.headers['content-type'] ?? '')
      answer.on('data', (part: Buffer) => {
        if (isJson) parts.push(part)
        outgoing.write(part)
      })
      answer.on('end', () => {
        look(answer, Buffer.concat(parts).toString())
        outgoing.end()
      })
      answer.on('error', () => outgoing.destroy())
    },
  )
  onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
  outgoing.on('close', () => onward.destroy())
  incoming.pipe(onward)
}
