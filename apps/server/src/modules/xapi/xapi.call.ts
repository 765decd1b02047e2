import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import { type Edition, instantAt, uuidAt, wrong } from './statement/shape.ts'

/** One request of a program, however it was written down. */
export type Call = {
  readonly edition: Edition
  readonly method: string
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly contentType: string
  readonly body: Buffer
}

export type Answer = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
  readonly body?: string | Buffer
}

const VERSION = 'x-experience-api-version'
const NEWEST: Readonly<Record<Edition, string>> = { '1.0': '1.0.3', '2.0': '2.0.0' }
export const versionOf = (edition: Edition): string => NEWEST[edition]

/** Parameters that 1.0.3 lets a form say instead of headers (1.3, alternate request syntax). */
const FORM_HEADERS = [
  'authorization',
  VERSION,
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
  'accept-language',
]

/** @throws Refusal `xapi.version_unknown`, `request.malformed` */
export function callOf(request: FastifyRequest, isVersionNeeded = true): Call {
  const told = toldIn(request)
  const call = {
    method: request.method,
    params: told,
    headers: request.headers as Call['headers'],
    contentType: request.headers['content-type'] ?? '',
    body: bodyOf(request),
  }
  const form = request.method === 'POST' && told.method !== undefined ? formOf(request, told) : call
  return { ...form, edition: editionOf(form.headers[VERSION], isVersionNeeded || form !== call) }
}

const bodyOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))

function editionOf(version: string | undefined, isNeeded: boolean): Edition {
  if (version === undefined && !isNeeded) return '2.0'
  if (version !== undefined && /^1\.0(\.\d+)?$/.test(version)) return '1.0'
  if (version !== undefined && /^2\.0(\.\d+)?$/.test(version)) return '2.0'
  throw refusals.version_unknown({ version: version ?? null })
}

/**
 * The version of an answer before it is known what was asked. Before 1.0 there was no such header: whoever sends none is
 * answered as one of that time, which tells apart "too old" from "not understood".
 */
export function answeringVersion(request: FastifyRequest): string {
  const version = request.headers[VERSION]
  if (typeof version !== 'string') return '0.95'
  return NEWEST[version.startsWith('1.') ? '1.0' : '2.0']
}

/** A parameter is said once. */
function toldIn(request: FastifyRequest): Record<string, string> {
  const told: Record<string, string> = {}
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) {
    if (typeof value !== 'string') wrong(`/query/${name}`, 'repeated')
    told[name] = value as string
  }
  return told
}

/** The alternate request syntax of 1.0.3, which 2.0 has not: a POST whose form holds what could not be said otherwise. */
function formOf(request: FastifyRequest, told: Record<string, string>): Omit<Call, 'edition'> {
  if (request.headers[VERSION]?.toString().startsWith('2.')) wrong('/query/method', 'unknown')
  if (Object.keys(told).length > 1) wrong('/query/method', 'too_many')
  if (!['GET', 'PUT', 'POST', 'DELETE', 'HEAD'].includes(told.method ?? '')) wrong('/query/method', 'not_in_list')
  if (!/^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? ''))
    throw requestRefusals.malformed({}, [{ field: '/body', code: 'field.wrong_format' }])
  const params: Record<string, string> = {}
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of new URLSearchParams(bodyOf(request).toString('utf8'))) {
    if (FORM_HEADERS.includes(name.toLowerCase())) headers[name.toLowerCase()] = value
    else params[name] = value
  }
  const { content = '', ...rest } = params
  const type = headers['content-type'] ?? 'application/json'
  return {
    method: told.method as string,
    params: rest,
    headers: {
      ...request.headers,
      ...headers,
      authorization: headers.authorization ?? request.headers.authorization,
    } as Call['headers'],
    contentType: type,
    body: Buffer.from(content),
  }
}

/** Refuses parameters that a resource does not know. */
export function onlyKnown(call: Call, known: readonly string[]): void {
  for (const name of Object.keys(call.params)) if (!known.includes(name)) wrong(`/query/${name}`, 'unknown')
}

export function neededParam(call: Call, name: string): string {
  return call.params[name] ?? wrong(`/query/${name}`, 'missing')
}

export const uuidParam = (call: Call, name: string): string | null => {
  const value = call.params[name]
  return value === undefined ? null : uuidAt(value, `/query/${name}`).toLowerCase()
}

export const instantParam = (call: Call, name: string): Date | null => {
  const value = call.params[name]
  return value === undefined ? null : instantAt(value, `/query/${name}`)
}

export function flagParam(call: Call, name: string): boolean {
  const value = call.params[name] ?? 'false'
  if (value !== 'true' && value !== 'false') wrong(`/query/${name}`, 'wrong_type')
  return value === 'true'
}

/** JSON as it was sent. @throws Refusal `request.malformed` */
export function jsonIn(text: string | Buffer, at: string): unknown {
  try {
    return JSON.parse(text.toString('utf8')) as unknown
  } catch {
    return wrong(at, 'wrong_format')
  }
}

export const isJson = (contentType: string): boolean => /^application\/json\s*(;|$)/i.test(contentType)
