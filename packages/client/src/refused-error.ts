/** Facts a refusal text may name; the server sends only what a person may see. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>
export type RefusedField = { readonly field: string; readonly code: string; readonly detail?: RefusalFacts }

/** The members of an RFC 9457 problem document that our server sends. */
export type Problem = {
  readonly status: number
  readonly code: string
  readonly detail?: RefusalFacts
  readonly fields?: readonly RefusedField[]
  readonly rule?: unknown
  readonly requestId?: string
}

/** The server refused, expectedly: `code` selects the text, `fields` the places in the form. */
export class RefusedError extends Error {
  readonly code: string
  readonly status: number
  readonly detail: RefusalFacts
  readonly fields: readonly RefusedField[]
  readonly rule: unknown
  readonly requestId: string | null
  constructor(problem: Problem) {
    super(problem.code)
    this.name = 'RefusedError'
    this.code = problem.code
    this.status = problem.status
    this.detail = problem.detail ?? {}
    this.fields = problem.fields ?? []
    this.rule = problem.rule ?? null
    this.requestId = problem.requestId ?? null
  }
}

/**
 * No answer arrived: offline, or the connection broke. Whether the write happened is unknown, so only a repetition
 * with the same idempotency key is safe.
 */
export class UnreachedError extends Error {
  readonly code: 'client.offline' | 'client.unreached'
  constructor(isOffline: boolean, cause: unknown) {
    super('the server did not answer', { cause })
    this.name = 'UnreachedError'
    this.code = isOffline ? 'client.offline' : 'client.unreached'
  }
}
