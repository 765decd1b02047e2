import autocannon from 'autocannon'

/** What a generator process is told on its command line, as JSON. */
export type Load = {
  readonly url: string
  readonly connections: number
  readonly seconds: number
  readonly paths: readonly string[]
  readonly cookies: readonly string[]
}
export type Loaded = {
  readonly perSecond: number
  readonly bytes: number
  readonly wrong: number
  readonly p99: number
}

// The load comes from a process of its own with one thread, so that it takes the same from ours and from the floor.
const load = JSON.parse(process.argv[2] ?? '') as Load
const result = await autocannon({
  url: load.url,
  connections: load.connections,
  duration: load.seconds,
  requests: load.paths.map((path, at) => ({
    method: 'GET' as const,
    path,
    headers: { cookie: load.cookies[at % load.cookies.length] ?? '' },
  })),
})
const loaded: Loaded = {
  perSecond: result.requests.total / result.duration,
  bytes: result.throughput.total,
  wrong: result.non2xx + result.errors + result.timeouts,
  p99: result.latency.p99,
}
process.stdout.write(JSON.stringify(loaded))
