import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** What the process is told on its command line, as JSON; `cookiesFile` holds one cookie a line, each a person. */
export type ExamLoad = {
  readonly url: string
  readonly sessionId: string
  readonly cookiesFile: string
  /** All begin within so many seconds, at moments by chance; each then saves so many answers. */
  readonly seconds: number
  readonly saves: number
}
export type ExamLoadResult = {
  /** Milliseconds, in the order in which they were answered. */
  readonly starts: readonly number[]
  readonly saves: readonly number[]
  readonly saved: readonly string[]
}

// People do not wait for one another: everybody acts at a moment of his own, whatever the server is doing, and the
// time counts from that moment.
const load = JSON.parse(process.argv[2] ?? '') as ExamLoad
const cookies = readFileSync(load.cookiesFile, 'utf8').split('\n')
const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const { hostname, port } = new URL(load.url)

function send(method: string, path: string, cookie: string, body: object): Promise<{ status: number; text: string }> {
  const payload = JSON.stringify(body)
  const headers = { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
  return new Promise((resolve, reject) => {
    const asking = request({ agent, hostname, port, method, path: `/api/v1${path}`, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }))
    })
    asking.on('error', reject)
    asking.end(payload)
  })
}

const starts: number[] = []
const saves: number[] = []
const saved: string[] = []

/** Sent until it is taken; the time is that of the whole, from the moment the person acted. */
async function timed(times: number[], method: string, path: string, cookie: string, body: object): Promise<string> {
  const began = performance.now()
  for (;;) {
    const { status, text } = await send(method, path, cookie, body)
    if (status === 200) {
      times.push(performance.now() - began)
      return text
    }
    if (status !== 503) throw new Error(`${path}: ${status} ${text}`)
  }
}

async function sit(cookie: string): Promise<void> {
  await wait(Math.random() * load.seconds * 1000)
  const text = await timed(starts, 'POST', '/my/exam-sittings', cookie, { sessionId: load.sessionId })
  const { id } = JSON.parse(text) as { id: string }
  for (let seq = 1; seq <= load.saves; seq += 1) {
    await wait(Math.random() * 8000)
    const answers = [{ place: seq, seq, response: { choices: [seq % 4] } }]
    await timed(saves, 'PUT', `/my/exam-sittings/${id}/answers`, cookie, { answers })
    saved.push(`${id}/${seq}`)
  }
}

await Promise.all(cookies.map(sit))
agent.destroy()
const result: ExamLoadResult = { starts, saves, saved }
process.stdout.write(JSON.stringify(result))
