import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { readFile as bytesIn, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  type Input,
  type importQuestions,
  MOST_QUESTION_BYTES,
  MOST_QUESTIONS_IN_FILE,
  type Reply,
  examsRefusals as refusals,
  requestRefusals,
} from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { Unreadable } from '../../../platform/spreadsheet/unreadable.ts'
import { Faulty } from '../../../platform/upload/policy.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import { contentHash } from '../exams.policy.ts'
import { readGift } from '../files/gift.ts'
import type { Defaults, Parsed } from '../files/parsed.ts'
import { readQti, readQtiPackage } from '../files/qti.ts'
import { readWorkbook } from '../files/workbook.ts'
import { insertQuestions, knownHashes, type NewQuestion } from '../queries/bank.queries.ts'

type In = Input<typeof importQuestions>
type Out = Reply<typeof importQuestions>
type ReadFile = { readonly unit: OrgUnit; readonly format: Out['format']; readonly found: readonly Parsed[] }

/** Takes the file and reads it outside of any transaction; it is gone afterwards, whatever happens. */
export async function readFile(
  ctx: Ctx,
  { query }: In,
  request: FastifyRequest,
  platform: Platform,
): Promise<ReadFile> {
  if (!(request.body instanceof Readable)) throw requestRefusals.unsupported_type()
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  const folder = join(platform.dataDir, 'tmp', `questions-${randomUUID()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    const path = join(folder, 'file')
    await receive(request.body, path)
    const defaults = { topic: query.topic?.trim() || null, difficulty: query.difficulty ?? 'medium' } as const
    return { unit, ...(await readKnown(path, query.fileName, defaults)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function receive(body: Readable, path: string): Promise<void> {
  let size = 0
  const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > MOST_QUESTION_BYTES) throw refusals.file_too_large({ limit: MOST_QUESTION_BYTES / 1024 / 1024 })
      yield chunk
    }
  }
  await pipeline(body, measured, createWriteStream(path, { mode: 0o600 }))
  if (size === 0) throw refusals.file_empty()
}

/** Which of the formats a file is, by what it begins with; the name decides only between two kinds of zip and of text. */
async function readKnown(path: string, name: string, defaults: Defaults): Promise<Omit<ReadFile, 'unit'>> {
  const file = await open(path)
  const { buffer } = await file.read(Buffer.alloc(512), 0, 512, 0).finally(() => file.close())
  const beginning = buffer.toString('latin1').replaceAll('\0', '')
  try {
    if (beginning.startsWith('PK'))
      return /\.xls[xm]$/i.test(name)
        ? { format: 'xlsx', found: await readWorkbook(path, defaults) }
        : { format: 'qti', found: await readQtiPackage(await bytesIn(path), defaults) }
    if (/^(ï»¿)?\s*</.test(beginning)) return { format: 'qti', found: readQti(await bytesIn(path), defaults) }
    if (/\.csv$/i.test(name)) return { format: 'xlsx', found: await readWorkbook(path, defaults) }
    if (!/\.(txt|gift)$/i.test(name)) throw refusals.file_unknown()
    return { format: 'gift', found: readGift(decoded(await bytesIn(path)), defaults) }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Faulty) throw refusals.file_broken()
    throw error
  }
}

/** UTF-8, else GB18030, in which older question banks are kept. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const MOST_FAULTS = 500
const SHOWN = 20

/** Says what was found; with `write`, those without a fault that the unit does not have yet become drafts. */
export async function write(ctx: Ctx<Tx>, { query }: In, { unit, format, found }: ReadFile): Promise<Out> {
  if (found.length === 0) throw refusals.file_broken()
  if (found.length > MOST_QUESTIONS_IN_FILE) throw refusals.too_many_rows({ most: MOST_QUESTIONS_IN_FILE })
  const good = new Map<string, NewQuestion>()
  const drafts = found.flatMap((one) => ('draft' in one ? [one.draft] : []))
  for (const draft of drafts) {
    const hash = contentHash(draft)
    const row = { id: newId(ctx), versionId: randomUUID(), unitId: unit.id, orgPath: unit.path, no: 1, draft, hash }
    good.set(hash.toString('hex'), row)
  }
  const known = await knownHashes(
    ctx.db,
    ctx.actor.tenantId,
    unit.id,
    [...good.values()].map(({ hash }) => hash),
  )
  for (const hash of known) good.delete(hash)
  const rows = [...good.values()]
  const faults = found.flatMap((one) =>
    'fault' in one ? [{ place: one.place, column: one.column, code: one.fault, excerpt: one.excerpt }] : [],
  )
  const written = query.mode === 'write' ? rows.length : 0
  if (written > 0) {
    await insertQuestions(ctx.db, ctx.actor, rows, ctx.now)
    const subject = { kind: 'org', id: unit.id, orgPath: unit.path }
    await publish(ctx, 'exams.questions_imported', subject, { format, rows: written, faults: faults.length })
  }
  return {
    format,
    good: rows.length,
    repeated: drafts.length - rows.length,
    written,
    faults: faults.slice(0, MOST_FAULTS),
    shown: rows.slice(0, SHOWN).map(({ draft }) => draft),
  }
}
