import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

/** What the process is told on its command line, as JSON: one request for each line of a file, each sent once. */
export type Burst = { readonly url: string; readonly path: string; readonly connections: number } & (
  | { readonly cookiesFile: string; readonly body: object }
  | { readonly cookiesFile: string; readonly bodiesFile: string }
  | { readonly bodiesFile: string; readonly headers: Readonly<Record<string, string>> }
)
export type BurstResult = {
  readonly milliseconds: number
  readonly acknowledged: number
  readonly repeated: number
  /** Milliseconds from the first sending of a request to the answer that took it: the 99th of a hundred. */
  readonly p99: number
}

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
function allRequests(): Buffer[] {
  if (!('cookiesFile' in burst)) return linesOf(burst.bodiesFile).map((body) => requestOf(burst.headers, body))
  const bodies = 'bodiesFile' in burst ? linesOf(burst.bodiesFile) : null
  return linesOf(burst.cookiesFile).map((cookie, at) =>
    requestOf({ cookie }, bodies?.[at] ?? ('body' in burst ? JSON.stringify(burst.body) : '')),
  )
}
const waiting = allRequests().values()
const times: number[] = []
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
    let sentAt = 0
    const next = () => {
      current = waiting.next().value
      sentAt = performance.now()
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
      if (status === 200) {
        acknowledged += 1
        times.push(performance.now() - sentAt)
        next()
      } else {
        repeated += 1
        socket.write(current)
      }
    })
    next()
  })
}

const sockets = await Promise.all(Array.from({ length: burst.connections }, connected))
const began = performance.now()
await Promise.all(sockets.map(served))
const milliseconds = performance.now() - began
const p99 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0
const result: BurstResult = { milliseconds, acknowledged, repeated, p99 }
for (const socket of sockets) socket.destroy()
process.stdout.write(JSON.stringify(result))
