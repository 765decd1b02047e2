import { createHash } from 'node:crypto'
import { xapiRefusals as refusals, requestRefusals } from '@tongxin/contract'
import type { Platform } from '../../../platform/platform.ts'
import type { AttachmentRow } from '../queries/writing.queries.ts'
import { type AttachmentFacts, attachmentsOf } from '../statement/attachments.ts'
import { boundaryOf, type Part, partsOf } from '../statement/multipart.ts'
import { type Prepared, prepared } from '../statement/prepared.ts'
import type { Members } from '../statement/shape.ts'
import { headerTypeAt, uuidAt, wrong } from '../statement/shape.ts'
import { SIGNATURE, signatureAt } from '../statement/signature.ts'
import { type Answer, type Call, isJson, jsonIn, neededParam, onlyKnown } from '../xapi.call.ts'
import { type Caller, demand } from './caller.ts'
import type { Ask, Kept } from './write.ts'

/** Statements of one request. */
const MOST_STATEMENTS = 1000

type Keep = (ask: Ask) => Promise<Kept>

/** `PUT /xapi/statements?statementId=`: one statement under an id that the program has chosen. */
export async function put(platform: Platform, caller: Caller, call: Call, keep: Keep): Promise<Answer> {
  demand(caller, 'statements/write')
  onlyKnown(call, ['statementId'])
  const id = uuidAt(neededParam(call, 'statementId'), '/query/statementId').toLowerCase()
  const { value, attachments } = sentIn(call)
  if (Array.isArray(value)) wrong('/body', 'wrong_type')
  const told = (value as Members | null)?.id
  if (told !== undefined && String(told).toLowerCase() !== id) wrong('/body/id', 'not_in_list')
  const statement = prepared({ ...(value as Members), id }, '/body', call.edition, platform.publicOrigin)
  const { stored } = await keep(askOf(caller, [statement], { attachments, sent: call.body.length }))
  return { status: 204, headers: { 'last-modified': stored.toUTCString() } }
}

/** `POST /xapi/statements`: one or many. */
export async function post(platform: Platform, caller: Caller, call: Call, keep: Keep): Promise<Answer> {
  demand(caller, 'statements/write')
  onlyKnown(call, [])
  const { value, attachments } = sentIn(call)
  const list = Array.isArray(value) ? (value as unknown[]) : [value]
  if (list.length > MOST_STATEMENTS) throw requestRefusals.too_large()
  const at = (index: number) => (Array.isArray(value) ? `/body/${index}` : '/body')
  const statements = list.map((one, index) => prepared(one, at(index), call.edition, platform.publicOrigin))
  const ids = statements.flatMap(({ id }) => id ?? [])
  if (new Set(ids).size < ids.length) wrong('/body', 'repeated')
  if (statements.length === 0) return json(200, [])
  const kept = await keep(askOf(caller, statements, { attachments, sent: call.body.length }))
  return json(200, kept.ids, { 'last-modified': kept.stored.toUTCString() })
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
  headers,
})

/** Launched content speaks of one person and one registration. */
function askOf(
  caller: Caller,
  statements: readonly Prepared[],
  { attachments, sent }: { readonly attachments: ReadonlyMap<string, Part>; readonly sent: number },
): Ask {
  const { launch } = caller
  for (const { actorKey, registration } of statements)
    if (launch && (actorKey !== launch.memberKey || registration !== launch.registration))
      throw refusals.not_your_registration()
  return { caller, statements, attachments: attachedTo(statements, attachments), sent }
}

function sentIn(call: Call): { value: unknown; attachments: Map<string, Part> } {
  if (isJson(call.contentType)) return { value: jsonIn(call.body, '/body'), attachments: new Map() }
  if (!/^multipart\/mixed\s*;/i.test(call.contentType)) throw requestRefusals.malformed({}, [TYPE])
  const boundary = boundaryOf(call.contentType)
  if (boundary === null) throw requestRefusals.malformed({}, [TYPE])
  const [first, ...rest] = partsOf(call.body, boundary)
  if (!first || !isJson(first.headers.get('content-type') ?? '')) throw requestRefusals.malformed({}, [TYPE])
  const attachments = new Map<string, Part>()
  for (const [index, part] of rest.entries()) attachments.set(hashIn(part, `/body/parts/${index + 1}`), part)
  return { value: jsonIn(first.bytes, '/body'), attachments }
}
const TYPE = { field: '/headers/content-type', code: 'field.not_in_list' }

/** The hash that a part names must be the hash of its bytes: whoever reads them later relies on it. */
function hashIn(part: Part, at: string): string {
  if (part.headers.get('content-transfer-encoding')?.toLowerCase() !== 'binary') wrong(at, 'wrong_format')
  const hash = part.headers.get('x-experience-api-hash')?.toLowerCase()
  if (hash === undefined) wrong(at, 'missing')
  if (hash !== sha2Of(part.bytes, (hash as string).length)) wrong(at, 'wrong_format')
  return hash as string
}

const ALGORITHMS: Readonly<Record<number, string>> = { 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' }
const sha2Of = (bytes: Buffer, digits: number): string =>
  createHash(ALGORITHMS[digits] ?? 'sha256')
    .update(bytes)
    .digest('hex')

/** What is announced must be there or have an address; what is there must be announced (4.1.3). */
function attachedTo(statements: readonly Prepared[], parts: ReadonlyMap<string, Part>): AttachmentRow[] {
  const announced = new Map<string, AttachmentFacts>()
  for (const { body } of statements) {
    for (const facts of attachmentsOf(body)) {
      const hash = facts.sha2.toLowerCase()
      const part = parts.get(hash)
      if (!part && facts.fileUrl === undefined) throw refusals.attachment_missing({ sha2: facts.sha2 })
      if (part && facts.usageType === SIGNATURE) {
        if (!/^application\/octet-stream/i.test(facts.contentType)) wrong('/body/attachments', 'not_in_list')
        signatureAt(part.bytes, body, '/body/attachments')
      }
      announced.set(hash, facts)
    }
  }
  return [...parts].map(([hash, { bytes, headers }]) => {
    const facts = announced.get(hash)
    if (!facts) throw refusals.attachment_unknown({ sha2: hash })
    const contentType = headerTypeAt(headers.get('content-type') ?? facts.contentType, '/body/attachments')
    return { sha2: Buffer.from(hash, 'hex'), contentType, bytes }
  })
}
