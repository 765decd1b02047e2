import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What the process is told on its command line, as JSON: one request for each line of a file, each sent once. */
export type Burst = { readonly url: string; readonly path: string; readonly connections: number } & (
  | { readonly cookiesFile: string; readonly body: object }
  | { readonly bodiesFile: string; readonly headers: Readonly<Record<string, string>> }
)
export type BurstResult = { readonly milliseconds: number; readonly acknowledged: number; readonly repeated: number }

// Ten thousand people at once, each a request of his own. Who is told to wait asks again, as a telephone would. The
// bytes of all requests are made before the clock starts and answers are only counted: telephones bring their own
// processors, so what this process takes from the two cores is taken from what is measured.
const burst = JSON.parse(process.argv[2] ?? '') as Burst
const { hostname, port, host } = new URL(burst.url)
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n')
const requestOf = (headers: Readonly<Record<string, string>>, body: string) => {
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`POST ${burst.path} HTTP/1.1\r\ncontent-type: application/json\r\n${head}\r\n${body}`)
}
const requests =
  'cookiesFile' in burst
    ? linesOf(burst.cookiesFile).map((cookie) => requestOf({ cookie }, JSON.stringify(burst.body)))
    : linesOf(burst.bodiesFile).map((body) => requestOf(burst.headers, body))
const waiting = requests.values()
let acknowledged = 0
let repeated = 0

/** The status of a whole answer; null while a part of it is missing. */
function statusOf(answer: string): number | null {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  if (length === undefined) throw new Error(`an answer without its length: ${answer}`)
  return answer.length < end + 4 + Number(length) ? null : Number(answer.slice(9, 12))
}

/** A connection that stands before the clock starts, as those of pgbench do. */
function connected(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket))
  })
}

/** A request, its answer, the next request, until nobody is waiting. */
function served(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let current: Buffer | undefined
    let answer = ''
    const next = () => {
      current = waiting.next().value
      if (current) socket.write(current)
      else resolve()
    }
    socket.once('error', reject)
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1')
      const status = statusOf(answer)
      if (status === null || !current) return
      if (status !== 200 && status !== 503) return void socket.destroy(new Error(answer))
      answer = ''
      if (status === 200) acknowledged += 1
      else repeated += 1
      if (status === 200) next()
      else socket.write(current)
    })
    next()
  })
}

const sockets = await Promise.all(Array.from({ length: burst.connections }, connected))
const began = performance.now()
await Promise.all(sockets.map(served))
const result: BurstResult = { milliseconds: performance.now() - began, acknowledged, repeated }
for (const socket of sockets) socket.destroy()
process.stdout.write(JSON.stringify(result))
