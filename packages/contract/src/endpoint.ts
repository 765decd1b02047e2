import type { Static, TSchema } from 'typebox'
import type { Permission } from './permissions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One HTTP endpoint, shared by server and browser. `path` is below `/api/v1`, with `:name` parameters.
 * `permission` is enforced by `mount`; `'public'` needs no session, `'signed-in'` any session (own data only).
 * `idempotent: 'required'` refuses a write without `Idempotency-Key`; every other write accepts one.
 * `ifMatch` demands `If-Match` with the record's version. `stepUp` demands a second factor at most 5 minutes old.
 * `download` is the content type of a reply that is a file (`FileReply`) instead of JSON.
 * `unkept` replies are not kept for a repetition under the same `Idempotency-Key`: they hold what must not be stored.
 * `reply` is the body of 200.
 */
export type Endpoint = {
  readonly method: Method
  readonly path: string
  readonly permission: Permission | 'public' | 'signed-in'
  readonly summary: string
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply: TSchema
  readonly idempotent?: 'required'
  readonly ifMatch?: true
  readonly stepUp?: true
  readonly download?: string
  readonly unkept?: true
  /** Of a public endpoint: requests a minute from one address, where the usual bound is not the right one. */
  readonly perMinute?: number
}

type Of<S> = S extends TSchema ? Static<S> : Record<string, never>

/** What a use case receives: validated params, query and body. */
export type Input<E extends Endpoint> = {
  readonly params: Of<E['params']>
  readonly query: Of<E['query']>
  readonly body: Of<E['body']>
}
/** What a use case returns. */
export type Reply<E extends Endpoint> = Static<E['reply']>
