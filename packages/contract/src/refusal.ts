/** Expected refusals: one class, one table from kind to HTTP status. Everything else that is thrown is a bug. */
export type Kind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'precondition'
  | 'limited'
  | 'busy'
  | 'large'
  | 'unsupported'

export const HTTP_STATUS = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  precondition: 412,
  limited: 429,
  busy: 503,
  large: 413,
  unsupported: 415,
} as const satisfies Record<Kind, number>

/** Facts that the text of a refusal may name: shown to a person, so never an ID number or a secret. */
export type Detail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** One wrong place in the input: `field` is a JSON pointer into body, query or params; `code` selects the text. */
export type FieldError = { readonly field: string; readonly code: string; readonly detail?: Detail }

/**
 * An expected refusal. `code` is `module.reason`; the browser translates it (reason and remedy), so no server
 * sentence reaches a person. `fields` points at the wrong places.
 */
export class Refusal extends Error {
  readonly code: string
  readonly kind: Kind
  readonly detail: Detail
  readonly fields: readonly FieldError[]
  constructor(code: string, kind: Kind, detail: Detail = {}, fields: readonly FieldError[] = []) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.kind = kind
    this.detail = detail
    this.fields = fields
  }
}

/** Makes one refusal; `at` makes it about one field: a JSON pointer into body, query or params. */
type Make = {
  (detail?: Detail, fields?: readonly FieldError[]): Refusal
  at(field: string, detail?: Detail): Refusal
}
const registry = new Map<string, Kind>()

/** Declares the refusals of a module: `defineRefusals('org', { not_found: 'missing' }).not_found()` makes `org.not_found`. */
export function defineRefusals<R extends Record<string, Kind>>(
  module: string,
  reasons: R,
): { readonly [K in keyof R]: Make } {
  const made: Record<string, Make> = {}
  for (const [reason, kind] of Object.entries(reasons)) {
    const code = `${module}.${reason}`
    if (registry.has(code)) throw new Error(`refusal ${code} is declared twice`)
    registry.set(code, kind)
    const make = (detail?: Detail, fields?: readonly FieldError[]) => new Refusal(code, kind, detail, fields)
    const at = (field: string, detail?: Detail) => make(detail, [{ field, code, ...(detail ? { detail } : {}) }])
    made[reason] = Object.assign(make, { at })
  }
  return made as { readonly [K in keyof R]: Make }
}

/** Every declared refusal code with its kind: the registry test and docs/errors.md are made from it. */
export function declaredRefusals(): ReadonlyMap<string, Kind> {
  return registry
}

/** Refusals of the platform itself, given before any module is reached. */
export const requestRefusals = defineRefusals('request', {
  malformed: 'malformed',
  signed_out: 'unauthenticated',
  not_permitted: 'forbidden',
  step_up_needed: 'forbidden',
  cross_site: 'forbidden',
  not_found: 'missing',
  idempotency_key_missing: 'malformed',
  idempotency_key_reused: 'invalid',
  idempotency_in_flight: 'conflict',
  version_missing: 'precondition',
  version_stale: 'precondition',
  too_many: 'limited',
  too_large: 'large',
  unsupported_type: 'unsupported',
  overloaded: 'busy',
  database_away: 'busy',
})
