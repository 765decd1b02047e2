import type { Endpoint, Reply } from '@tongxin/contract/endpoint'
import type { Static, TSchema } from 'typebox'
import { type Problem, RefusedError, UnreachedError } from './refused-error.ts'
import { askStepUp } from './step-up.ts'

export const API_ROOT = '/api/v1'

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body'> = E[K] extends TSchema
  ? // An object whose members are all optional may be left out as a whole.
    Record<string, never> extends Static<E[K]>
    ? { readonly [P in K]?: Static<E[K]> }
    : { readonly [P in K]: Static<E[K]> }
  : { readonly [P in K]?: never }

/** What a call sends. `ifMatch` is the version the person saw; `idempotencyKey` is made when a write has none. */
export type CallInput<E extends Endpoint> = Part<E, 'params'> &
  Part<E, 'query'> &
  Part<E, 'body'> & {
    readonly ifMatch?: string | number
    readonly idempotencyKey?: string
    /** The bytes themselves, for an endpoint whose body is a file (`application/octet-stream`). */
    readonly file?: Blob
    readonly signal?: AbortSignal
  }
type Loose = {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
  readonly ifMatch?: string | number
  readonly idempotencyKey?: string
  readonly file?: Blob
  readonly signal?: AbortSignal
}

const isWrite = (endpoint: Endpoint) => endpoint.method !== 'GET'

/** The URL of an endpoint with its parameters filled in, for links that the browser itself follows (downloads). */
export function urlOf(endpoint: Endpoint, input: Pick<Loose, 'params' | 'query'> = {}): string {
  const path = endpoint.path.replace(/:([A-Za-z]\w*)/g, (_whole, name: string) => {
    const value = input.params?.[name]
    if (value === undefined) throw new Error(`${endpoint.method} ${endpoint.path} needs the parameter ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (Array.isArray(value)) for (const item of value) search.append(name, String(item))
    else if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const query = search.toString()
  return `${API_ROOT}${path}${query === '' ? '' : `?${query}`}`
}

function headersOf(endpoint: Endpoint, input: Loose): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' }
  if (input.file) headers['Content-Type'] = 'application/octet-stream'
  if (input.body !== undefined) headers['Content-Type'] = 'application/json'
  if (input.ifMatch !== undefined) headers['If-Match'] = `"${input.ifMatch}"`
  if (isWrite(endpoint)) headers['Idempotency-Key'] = input.idempotencyKey ?? crypto.randomUUID()
  return headers
}

/** The refusal that a response carries; one of a proxy in between has a code of its own. */
export async function refusalIn(response: Response): Promise<RefusedError> {
  const requestId = response.headers.get('x-request-id') ?? undefined
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const problem = (await response.json()) as Problem
    // A bug of the server has no code of a refusal: only the request id is worth telling.
    const code = response.status === 500 ? 'client.failed' : problem.code
    return new RefusedError({ ...(requestId ? { requestId } : {}), ...problem, code, status: response.status })
  }
  // A proxy in between answered, not our server.
  return new RefusedError({
    status: response.status,
    code: 'client.unexpected',
    detail: { status: response.status },
    ...(requestId ? { requestId } : {}),
  })
}

async function send(endpoint: Endpoint, input: Loose, headers: Record<string, string>): Promise<Response> {
  const body = input.file ?? (input.body === undefined ? undefined : JSON.stringify(input.body))
  try {
    return await fetch(urlOf(endpoint, input), {
      method: endpoint.method,
      credentials: 'same-origin',
      headers,
      ...(body === undefined ? {} : { body }),
      ...(input.signal ? { signal: input.signal } : {}),
    })
  } catch (cause) {
    if (input.signal?.aborted) throw cause
    throw new UnreachedError(globalThis.navigator?.onLine === false, cause)
  }
}

/** The answer of the server, after asking once for the second factor when it was wanting. Throws as `call` does. */
export async function answerOf(endpoint: Endpoint, input: Loose): Promise<Response> {
  const headers = headersOf(endpoint, input)
  let response = await send(endpoint, input, headers)
  if (!response.ok) {
    const refusal = await refusalIn(response)
    if (refusal.code !== 'request.step_up_needed' || !(await askStepUp())) throw refusal
    response = await send(endpoint, input, headers)
    if (!response.ok) throw await refusalIn(response)
  }
  return response
}

/**
 * Calls one endpoint of the contract. Throws `RefusedError` when the server refuses and `UnreachedError` when no
 * answer arrives. A refusal for want of a fresh second factor asks the person once and repeats with the same key.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  ...[input]: Record<string, never> extends CallInput<E> ? [CallInput<E>?] : [CallInput<E>]
): Promise<Reply<E>> {
  const response = await answerOf(endpoint, (input ?? {}) as Loose)
  if (response.status === 204) return {} as Reply<E>
  return (await response.json()) as Reply<E>
}
