import { type FieldError, HTTP_STATUS, Refusal, requestRefusals } from '@tongxin/contract'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** RFC 9457 body. `code` selects the words in the browser; `title` is for people who read raw answers. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: Readonly<Record<string, unknown>>
  fields: readonly FieldError[]
  requestId: string
}

// The database is away, starting, stopping or out of time: the caller may try again, the process goes on.
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
  '08P01',
  '55P03',
  '57014',
  '25P03',
])
const AWAY_WORDS =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client has encountered a connection error/

/** Whether an error means "the database is away", in any of the ways node-postgres says it. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return AWAY.has(code ?? '') || AWAY_WORDS.test(message ?? '')
}

// What one statement brings upon itself by waiting too long: the database is there.
const TOO_SLOW = new Set(['57014', '55P03', '25P03'])

/** Whether the connection or the whole database went away, through no fault of what was asked. */
export function isConnectionLost(error: unknown): boolean {
  return isDatabaseAway(error) && !TOO_SLOW.has((error as { code?: string }).code ?? '')
}

/** One translator from anything thrown to problem+json. Expected refusals by their table; the rest is a bug: 500, logged. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error) ?? unstorable(error, request) ?? foreignCursor(error, request)
    if (refusal) return sendRefusal(refusal, request, reply)
    app.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'unexpected error')
    return send(reply, {
      type: 'about:blank',
      title: 'Internal error',
      status: 500,
      code: 'request.failed',
      detail: {},
      fields: [],
      requestId: request.id,
    })
  })
  app.setNotFoundHandler((request, reply) => sendRefusal(requestRefusals.not_found(), request, reply))
}

export function sendRefusal(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, kind, detail, fields } = refusal
  if (kind === 'busy' || kind === 'limited') reply.header('retry-after', String(detail.retryAfter ?? 1))
  return send(reply, {
    type: `urn:tongxin:refusal:${code}`,
    title: code,
    status: HTTP_STATUS[kind],
    code,
    detail,
    fields,
    requestId: request.id,
  })
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  // Serialised here: the problem must not pass through the reply schema of the endpoint.
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((p: unknown) => JSON.stringify(p))
    .send(problem)
}

function refusalOf(error: FastifyError): Refusal | null {
  if (error instanceof Refusal) return error
  if (error.validation)
    return requestRefusals.malformed(
      {},
      error.validation.map((v) => fieldError(error.validationContext ?? 'body', v)),
    )
  if (isDatabaseAway(error)) return requestRefusals.database_away({ retryAfter: 1 })
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return requestRefusals.too_large()
  if (error.statusCode === 415) return requestRefusals.unsupported_type()
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) return requestRefusals.malformed()
  return null
}

// character_not_in_repertoire, untranslatable_character, and what jsonb says of half a surrogate pair
// (invalid_text_representation): PostgreSQL stores neither that nor U+0000.
const UNSTORABLE = new Set(['22021', '22P05', '22P02'])

/** Text that no database column takes: the fields are looked for only now, so that good requests pay nothing. */
function unstorable(error: FastifyError, request: FastifyRequest): Refusal | null {
  if (!UNSTORABLE.has(error.code)) return null
  const fields: FieldError[] = []
  const look = (value: unknown, field: string): void => {
    // The bytes of a program's request: taken apart into members, twenty megabytes of them fill the memory.
    if (ArrayBuffer.isView(value)) return
    if (typeof value === 'string') {
      if (value.includes('\0') || !value.isWellFormed()) fields.push({ field, code: 'field.wrong_format' })
    } else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) look(inner, `${field}/${key}`)
  }
  look(request.body, '/body')
  look(request.params, '/params')
  look(request.query, '/query')
  if (error.code === '22P02' && fields.length === 0) return null
  return requestRefusals.malformed({}, fields)
}

// invalid_text_representation, invalid_datetime_format, datetime_field_overflow: a value of the cursor is no value of
// the column that the list is sorted by. Bodies and filters are checked by their schema before.
const NO_VALUE_OF_THE_COLUMN = new Set(['22P02', '22007', '22008'])

/** A cursor that somebody wrote himself: its form is right and its contents are not. */
function foreignCursor(error: FastifyError, request: FastifyRequest): Refusal | null {
  const { cursor } = (request.query ?? {}) as { cursor?: unknown }
  if (cursor === undefined || !NO_VALUE_OF_THE_COLUMN.has(error.code)) return null
  return requestRefusals.malformed({}, [{ field: '/query/cursor', code: 'field.wrong_format' }])
}

type Finding = { keyword: string; instancePath: string; params: Record<string, unknown> }

const KEYWORDS: Record<string, string> = {
  required: 'field.missing',
  additionalProperties: 'field.unknown',
  type: 'field.wrong_type',
  enum: 'field.not_in_list',
  const: 'field.not_in_list',
  anyOf: 'field.not_in_list',
  minLength: 'field.too_short',
  maxLength: 'field.too_long',
  minItems: 'field.too_few',
  maxItems: 'field.too_many',
  uniqueItems: 'field.repeated',
  minimum: 'field.too_small',
  maximum: 'field.too_large',
  exclusiveMinimum: 'field.too_small',
  exclusiveMaximum: 'field.too_large',
  pattern: 'field.wrong_format',
  format: 'field.wrong_format',
}

function fieldError(where: string, finding: Finding): FieldError {
  const { keyword, params } = finding
  const own = params.missingProperty ?? params.additionalProperty
  const field = `/${where}${finding.instancePath}${own === undefined ? '' : `/${String(own)}`}`
  const limit = params.limit
  return {
    field,
    code: KEYWORDS[keyword] ?? 'field.wrong_format',
    ...(typeof limit === 'number' ? { detail: { limit } } : {}),
  }
}
