import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { type Address, isOpenAddress, type Resolve, resolveHere } from './outgoing-addresses.ts'

/** Why nothing was sent, or nothing usable came back. */
export type OutgoingReason =
  | 'address_wrong'
  | 'not_allowed'
  | 'not_secure'
  | 'address_closed'
  | 'unresolved'
  | 'unreachable'
  | 'timed_out'
  | 'too_large'
  | 'redirected'

/** Names the host and the reason only: paths, queries and bodies hold secrets and stay out of logs. */
export class OutgoingError extends Error {
  readonly reason: OutgoingReason
  readonly host: string
  constructor(reason: OutgoingReason, host: string) {
    super(`outgoing request to ${host || 'nowhere'}: ${reason}`)
    this.name = 'OutgoingError'
    this.reason = reason
    this.host = host
  }
}

/** `allowed`: hosts that the settings of the caller name, `host`, `host:port` or `*.suffix`; nothing else is reached. */
export type OutgoingRequest = {
  readonly url: string
  readonly allowed: readonly string[]
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Public feeds may still lie at http; whatever carries a key may not. */
  readonly mayBePlain?: boolean
  /** For the whole exchange, in milliseconds; 10,000 when absent. */
  readonly timeoutMs?: number
  /** Of the answer's body; 1 MiB when absent. */
  readonly maxBytes?: number
}

export type OutgoingAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type OutgoingConnection = {
  readonly host: string
  readonly port: number
  readonly allowed: readonly string[]
  /** Whether TLS comes at once or before anything is said; without it only hosts of the house are reached. */
  readonly isSecured: boolean
  readonly timeoutMs?: number
}

/** The one door out of this server. */
export type Outgoing = {
  /** @throws OutgoingError; every status but a redirect is an answer. */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>
  /** A TCP connection for protocols that are not HTTP, held to the same rules. @throws OutgoingError */
  connect(target: OutgoingConnection): Promise<Socket>
}

const TIMEOUT_MS = 10_000
const MAX_BYTES = 1024 * 1024
const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' }

/**
 * Opens the door: `house` names hosts of the house's own network (`host` or `host:port`) that may be reached although
 * their addresses are private, and without TLS; only the installation's configuration can name them.
 */
export function openOutgoing({
  house = [],
  resolve = resolveHere,
}: {
  house?: readonly string[] | undefined
  resolve?: Resolve | undefined
}): Outgoing {
  /** Resolved once: the address that was judged is the address that is dialled, whatever the name answers next. */
  const addressOf = async (host: string, inHouse: boolean, signal: AbortSignal): Promise<Address> => {
    const family = isIP(host)
    const found =
      family > 0
        ? [{ address: host, family: family as 4 | 6 }]
        : await within(resolve(host), host, signal, 'unresolved')
    const [first] = found
    if (!first) throw new OutgoingError('unresolved', host)
    // One closed address among open ones is a trap or a mistake; neither is a reason to pick another.
    if (!inHouse && found.some(({ address }) => !isOpenAddress(address)))
      throw new OutgoingError('address_closed', host)
    return first
  }
  return {
    async send(request) {
      const url = URL.parse(request.url)
      if (!url || !DEFAULT_PORTS[url.protocol] || url.username || url.password)
        throw new OutgoingError('address_wrong', url?.hostname ?? '')
      const host = bare(url.hostname)
      const port = url.port || (DEFAULT_PORTS[url.protocol] ?? '')
      const plainly = port === DEFAULT_PORTS[url.protocol]
      if (!request.allowed.some((entry) => names(entry, host, port, plainly)))
        throw new OutgoingError('not_allowed', host)
      const inHouse = house.some((entry) => names(entry, host, port, true))
      if (url.protocol === 'http:' && !inHouse && !request.mayBePlain) throw new OutgoingError('not_secure', host)
      const signal = AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS)
      return exchange(url, await addressOf(host, inHouse, signal), request, signal)
    },
    async connect({ host: name, port, allowed, isSecured, timeoutMs }) {
      const host = bare(name.toLowerCase())
      if (!host || !/^[a-z0-9._:-]+$/.test(host)) throw new OutgoingError('address_wrong', host)
      if (!allowed.some((entry) => names(entry, host, String(port), true))) throw new OutgoingError('not_allowed', host)
      const inHouse = house.some((entry) => names(entry, host, String(port), true))
      if (!isSecured && !inHouse) throw new OutgoingError('not_secure', host)
      const signal = AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS)
      return dial(host, await addressOf(host, inHouse, signal), port, signal)
    },
  }
}

/** `[::1]` as addresses are written inside URLs, and a last dot, which names the same host. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Whether an entry of a list names this host; one without a port names it at `anyPort` or not at all. */
function names(entry: string, host: string, port: string, anyPort: boolean): boolean {
  const [, name = '', entryPort] =
    /^(\[[^\]]+\]|[^:]+|[^\]]*:[^\]]*:[^\]]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
  if (entryPort === undefined ? !anyPort : entryPort !== port) return false
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : bare(name) === host
}

function exchange(
  url: URL,
  { address, family }: Address,
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingAnswer> {
  const host = bare(url.hostname)
  const body = request.body === undefined ? undefined : Buffer.from(request.body)
  const headers = {
    'user-agent': 'Tongxin',
    accept: '*/*',
    ...request.headers,
    host: url.host,
    // Nothing is unpacked here, so a small answer cannot grow into a large one.
    'accept-encoding': 'identity',
    ...(body ? { 'content-length': String(body.length) } : {}),
  }
  const options = {
    host: address,
    family,
    port: url.port || DEFAULT_PORTS[url.protocol],
    path: `${url.pathname}${url.search}`,
    method: request.method ?? 'GET',
    headers,
    agent: false,
    signal,
    ...(url.protocol === 'https:' && isIP(host) === 0 ? { servername: host } : {}),
  } as const
  return new Promise((resolve, reject) => {
    const fail = (reason: OutgoingReason) => reject(new OutgoingError(signal.aborted ? 'timed_out' : reason, host))
    const sent = (url.protocol === 'https:' ? secureRequest : plainRequest)(options, (answer) => {
      const status = answer.statusCode ?? 0
      if (status >= 300 && status < 400 && status !== 304) {
        fail('redirected')
        return void sent.destroy()
      }
      const parts: Buffer[] = []
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
        parts.push(part)
        if (bytes <= (request.maxBytes ?? MAX_BYTES)) return
        fail('too_large')
        sent.destroy()
      })
      answer.on('end', () => resolve({ status, headers: flat(answer.headers), body: Buffer.concat(parts) }))
      answer.on('error', () => fail('unreachable'))
    })
    sent.on('error', () => fail('unreachable'))
    sent.end(body)
  })
}

const flat = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))

function dial(host: string, { address, family }: Address, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, family, port })
    const fail = () => {
      socket.destroy()
      reject(new OutgoingError(signal.aborted ? 'timed_out' : 'unreachable', host))
    }
    signal.addEventListener('abort', fail, { once: true })
    socket.once('error', fail)
    socket.once('connect', () => {
      signal.removeEventListener('abort', fail)
      socket.off('error', fail)
      resolve(socket)
    })
  })
}

async function within<T>(work: Promise<T>, host: string, signal: AbortSignal, reason: OutgoingReason): Promise<T> {
  const late = Promise.withResolvers<never>()
  const giveUp = () => late.reject(new OutgoingError('timed_out', host))
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([work, late.promise])
  } catch (error) {
    throw error instanceof OutgoingError ? error : new OutgoingError(reason, host)
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
