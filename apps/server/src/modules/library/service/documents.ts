import {
  type addLibraryDocument,
  type addLibraryVersion,
  type changeLibraryDocument,
  type DocumentFacts,
  type Input,
  libraryRefusals as refusals,
  type TextState,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish, type Subject } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { isRead } from '../../../platform/reading/limits.ts'
import { readWords } from '../../../platform/reading/read-words.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { attachFile, type KeptFile, keptFile, keptPath } from '../../files/index.ts'
import { findUnit } from '../../org/index.ts'
import { settingOf } from '../../settings/index.ts'
import { KINDS, secretMarkIn } from '../library.policy.ts'
import { findClass } from '../queries/classes.queries.ts'
import * as q from '../queries/documents.queries.ts'
import * as v from '../queries/versions.queries.ts'
import * as words from '../queries/words.queries.ts'
import { marksOf, wordedAs } from './marks.ts'

const MB = 1024 * 1024
type Changed = { id: string }
type Unit = { readonly id: string; readonly path: string; readonly name: string }
/** An upload of the caller with what it says, read before the transaction begins. */
export type ReadFile = {
  readonly file: KeptFile
  readonly text: string
  readonly words: readonly string[]
  readonly textState: TextState
}

export const subjectOf = ({ id, orgPath }: Pick<q.Document, 'id' | 'orgPath'>): Subject => ({
  kind: 'library_document',
  id,
  orgPath,
})

/** Reads the words of an own upload. Refuses other files, and any that carries the mark of a state secret. */
export async function read(ctx: Ctx, fileId: string, platform: Platform): Promise<ReadFile> {
  const { tenantId, personId } = ctx.actor
  const file = await keptFile(ctx.db, tenantId, fileId)
  if (!file || file.ownerId !== personId || !KINDS.includes(file.kind)) throw refusals.file_unusable.at('/body/fileId')
  const { kind, bytes, sha256 } = file
  if (!isRead(kind)) return { file, text: '', words: [], textState: 'none' }
  const found = await readWords({ path: keptPath(platform.dataDir, tenantId, sha256), kind, bytes })
  return { file, text: found.text, words: found.words, textState: found.state }
}

/** The law on state secrets keeps them off systems like this one: what carries their mark is not taken. */
function demandNoSecret({ file, text }: ReadFile, names: readonly string[]): void {
  const mark = secretMarkIn([file.name, ...names], text)
  if (mark !== null) throw refusals.state_secret.at('/body/fileId', { mark })
}

async function unitOf(ctx: Ctx<Tx>, id: string, at: string): Promise<Unit> {
  const unit = await findUnit(ctx.db, ctx.actor, id)
  if (!unit || unit.dissolvedOn !== null) throw refusals.no_such_org.at(at)
  return unit
}

/** What is kept of a document, with class and audience looked up; both must be within what the post may act for. */
async function columnsOf(ctx: Ctx<Tx>, kind: q.Document['kind'], body: DocumentFacts): Promise<q.DocumentColumns> {
  const found = await findClass(ctx.db, ctx.actor, body.classId)
  if (!found) throw refusals.class_not_found.at('/body/classId')
  const audience = await unitOf(ctx, body.audienceId, '/body/audienceId')
  const { statute, validFrom, validTo } = body
  if ((kind === 'statute') !== (statute !== null)) throw refusals.statute_facts.at('/body/statute')
  if (validFrom !== null && validTo !== null && validTo < validFrom) throw refusals.dates_wrong.at('/body/validTo')
  return {
    classId: found.id,
    classPath: found.path,
    title: body.title.trim(),
    summary: body.summary.trim(),
    tags: body.tags.map((tag) => tag.trim()),
    secrecy: body.secrecy,
    audienceId: audience.id,
    audiencePath: audience.path,
    audienceName: audience.name,
    validFrom,
    validTo,
    downloads: body.downloads,
    // A copy of a work secret always says who took it.
    isMarked: body.isMarked || body.secrecy === 'work_secret',
    retention: body.retention,
    documentNumber: statute?.documentNumber?.trim() ?? null,
    issuer: statute?.issuer.trim() ?? null,
    rank: statute?.rank ?? null,
    effectiveOn: statute?.effectiveOn ?? null,
  }
}

async function demandSpace(ctx: Ctx<Tx>, orgPath: string, more: number): Promise<void> {
  const { tenantId } = ctx.actor
  const most = await settingOf(ctx.db, tenantId, orgPath, 'library.most_megabytes', todayOf(ctx.now))
  const { bytes } = await v.usageOf(ctx.db, tenantId, orgPath)
  if (bytes + more > most * MB) throw refusals.quota.at('/body/fileId', { limit: most })
}

/** Words and marks of the document as it is now. */
export async function reword(ctx: Ctx<Tx>, document: Parameters<typeof marksOf>[1]): Promise<void> {
  const marks = marksOf(ctx.actor.tenantId, document)
  const { id, seq } = document
  await words.setWords(ctx.db, ctx.actor.tenantId, { id, seq, marks, wordedAs: wordedAs(document) })
}

export async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Document> {
  const document = await q.lockDocument(ctx.db, ctx.actor, id)
  if (!document) throw refusals.not_found()
  return document
}

async function keepVersion(
  ctx: Ctx<Tx>,
  at: { readonly documentId: string; readonly unit: { readonly id: string; readonly path: string } },
  read: ReadFile,
  version: { readonly number: number; readonly note: string },
): Promise<q.KeptAs> {
  const { file, textState } = read
  const subject = { kind: 'library_document', id: at.documentId, orgId: at.unit.id, orgPath: at.unit.path }
  // The file itself, without a mark of who took it, is for those who keep the library.
  await attachFile(ctx, file.id, { ...subject, readPermission: 'library.write' })
  const { name: fileName, kind: fileKind, bytes } = file
  const row = { ...version, id: newId(ctx), fileId: file.id, fileName, fileKind, bytes, textState }
  await v.insertVersion(ctx.db, ctx.actor, { ...row, documentId: at.documentId }, ctx.now)
  await words.setText(ctx.db, ctx.actor.tenantId, at.documentId, { body: read.text, words: read.words })
  return { name: fileName, kind: fileKind, bytes }
}

export async function add(ctx: Ctx<Tx>, { body }: Input<typeof addLibraryDocument>, read: ReadFile): Promise<Changed> {
  const unit = await unitOf(ctx, body.orgId, '/body/orgId')
  const facts = await columnsOf(ctx, body.kind, body)
  demandNoSecret(read, [facts.title, facts.documentNumber ?? ''])
  const id = newId(ctx)
  // Taking the number also makes those who publish at the same moment wait for each other: the space is counted once.
  const seq = await words.nextSeq(ctx.db, ctx.actor.tenantId)
  await demandSpace(ctx, unit.path, read.file.bytes)
  const { name, kind, bytes } = read.file
  await q.insertDocument(
    ctx.db,
    ctx.actor,
    { id, kind: body.kind, unit, facts, file: { name, kind, bytes }, seq },
    ctx.now,
  )
  await keepVersion(ctx, { documentId: id, unit }, read, { number: 1, note: '' })
  await reword(ctx, { ...facts, id, seq, kind: body.kind, orgPath: unit.path })
  const payload = { title: facts.title, kind: body.kind, secrecy: facts.secrecy }
  await publish(ctx, 'library.published', subjectOf({ id, orgPath: unit.path }), payload)
  return { id }
}

export async function addVersion(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof addLibraryVersion>,
  read: ReadFile,
): Promise<Changed> {
  const document = await locked(ctx, params.id)
  if (document.state !== 'published') throw refusals.not_possible({ state: document.state })
  demandNoSecret(read, [])
  await words.nextSeq(ctx.db, ctx.actor.tenantId)
  await demandSpace(ctx, document.orgPath, read.file.bytes)
  const number = document.versionNumber + 1
  const at = { documentId: document.id, unit: { id: document.unitId, path: document.orgPath } }
  const file = await keepVersion(ctx, at, read, { number, note: body.note.trim() })
  await q.setFile(ctx.db, ctx.actor.tenantId, document.id, number, file, ctx.now)
  await reword(ctx, document)
  await publish(ctx, 'library.version_added', subjectOf(document), { title: document.title, number })
  return { id: document.id }
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeLibraryDocument>): Promise<Changed> {
  const document = await locked(ctx, params.id)
  demandVersion(ctx, document.version)
  if (document.state !== 'published') throw refusals.not_possible({ state: document.state })
  const facts = await columnsOf(ctx, document.kind, body)
  const mark = secretMarkIn([facts.title, facts.documentNumber ?? ''], '')
  if (mark !== null) throw refusals.state_secret.at('/body/title', { mark })
  await q.setFacts(ctx.db, ctx.actor.tenantId, document.id, facts, ctx.now)
  await reword(ctx, { ...document, ...facts })
  const fields = Object.keys(facts).filter(
    (key) => String(facts[key as keyof typeof facts]) !== String(document[key as keyof typeof facts]),
  )
  await publish(ctx, 'library.changed', subjectOf(document), { title: facts.title, fields })
  return { id: document.id }
}
