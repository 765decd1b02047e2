import { readFileSync } from 'node:fs'
import { Pool } from 'undici'

/** What the process is told on its command line, as JSON; `cookiesFile` holds one cookie a line, each used once. */
export type Burst = {
  readonly url: string
  readonly path: string
  readonly body: object
  readonly connections: number
  readonly cookiesFile: string
}
export type BurstResult = { readonly milliseconds: number; readonly acknowledged: number; readonly repeated: number }

// Ten thousand people at once, each a request of his own. Who is told to wait asks again, as a telephone would.
const burst = JSON.parse(process.argv[2] ?? '') as Burst
const cookies = readFileSync(burst.cookiesFile, 'utf8').split('\n')
const pool = new Pool(burst.url, { connections: burst.connections, pipelining: 1 })
const body = JSON.stringify(burst.body)
let acknowledged = 0
let repeated = 0

async function one(cookie: string): Promise<void> {
  for (;;) {
    const answer = await pool.request({
      method: 'POST',
      path: burst.path,
      headers: { cookie, 'content-type': 'application/json' },
      body,
    })
    const text = await answer.body.text()
    if (answer.statusCode === 200) {
      acknowledged += 1
      return
    }
    if (answer.statusCode !== 503) throw new Error(`${answer.statusCode} ${text}`)
    repeated += 1
  }
}

const waiting = cookies.values()
const began = performance.now()
await Promise.all(
  Array.from({ length: burst.connections }, async () => {
    for (const cookie of waiting) await one(cookie)
  }),
)
const result: BurstResult = { milliseconds: performance.now() - began, acknowledged, repeated }
await pool.close()
process.stdout.write(JSON.stringify(result))
