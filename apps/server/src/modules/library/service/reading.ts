import {
  type Input,
  type LibraryReading,
  type LibraryRecord,
  type LibraryRow,
  type listLibrary,
  type listLibraryReadings,
  type listMyLibrary,
  type Page,
  type readLibraryDocument,
  libraryRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Actor, Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { findUnit } from '../../org/index.ts'
import { settingOf } from '../../settings/index.ts'
import { findClass } from '../queries/classes.queries.ts'
import * as q from '../queries/documents.queries.ts'
import { type Link, linksOf } from '../queries/links.queries.ts'
import * as shares from '../queries/shares.queries.ts'
import * as v from '../queries/versions.queries.ts'
import { rowOf, sightOf } from './shown.ts'

const MB = 1024 * 1024
type Query = Input<typeof listLibrary>['query'] & Input<typeof listMyLibrary>['query']

const SORTS = { publishedAt: 'd.published_at', title: 'd.title', effectiveOn: 'd.effective_on' }
const valueOf = (row: q.Document, sort: string): string | null =>
  sort.endsWith('title') ? row.title : sort.endsWith('effectiveOn') ? row.effectiveOn : row.publishedAt.toISOString()

async function placeOf(ctx: Ctx, query: Query): Promise<q.DocumentFilter['place']> {
  if (!query.orgId) return null
  const unit = await findUnit(ctx.db, ctx.actor, query.orgId)
  if (!unit) throw refusals.no_such_org.at('/query/orgId')
  return { path: unit.path, isBelow: query.below ?? true }
}

async function classPathOf(ctx: Ctx, id: string | undefined): Promise<string | null> {
  if (id === undefined) return null
  const found = await findClass(ctx.db, ctx.actor, id)
  if (!found) throw refusals.class_not_found.at('/query/classId')
  return found.path
}

const listing =
  (as: q.Sight['as']) =>
  async (ctx: Ctx, { query }: { readonly query: Query }): Promise<Page<LibraryRow>> => {
    const keyset = keysetOf(query, SORTS, '-publishedAt')
    const sight = sightOf(ctx, as)
    const filter = {
      sight,
      classPath: await classPathOf(ctx, query.classId),
      kind: query.kind ?? null,
      state: query.state ?? null,
      secrecy: query.secrecy ?? null,
      validity: query.validity ?? null,
      place: await placeOf(ctx, query),
      from: query.publishedFrom ?? null,
      to: query.publishedTo ?? null,
      isShared: query.shared ?? false,
    }
    const found = await q.listDocuments(ctx.db, ctx.actor, filter, keyset)
    const sort = query.sort ?? '-publishedAt'
    const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: valueOf(row, sort), id: row.id }))
    return { rows: rows.map((row) => rowOf(row, sight.today)), next, total: null }
  }
export const list = listing('desk')
export const listOwn = listing('own')

/** Whether the caller may take a copy: whoever keeps it always, posts or readers as it says, others by their share. */
export function mayDownload(
  actor: Actor,
  as: q.Sight['as'],
  document: q.Document,
  share: { readonly mayDownload: boolean } | undefined,
): boolean {
  if (as === 'desk' && reaches(actor, document.orgPath) && actor.permissions.has('library.write')) return true
  if (document.downloads === 'nobody') return false
  if (document.downloads === 'readers' && (as === 'desk' || document.secrecy !== 'work_secret')) return true
  if (document.downloads === 'posts' && as === 'desk') return true
  return share?.mayDownload ?? false
}

const isLater = (day: string, today: string): boolean => day < today
const shareOf = (share: shares.Share, today: string) => ({
  ...share,
  sharedAt: share.sharedAt.toISOString(),
  revokedAt: share.revokedAt?.toISOString() ?? null,
  lastOpenedAt: share.openedAt?.toISOString() ?? null,
  isOver: share.revokedAt !== null || isLater(share.until, today),
})

async function record(ctx: Ctx, as: q.Sight['as'], document: q.Document): Promise<LibraryRecord> {
  const { tenantId } = ctx.actor
  const { today } = sightOf(ctx, as)
  const mayKeep = as === 'desk' && reaches(ctx.actor, document.orgPath) && ctx.actor.permissions.has('library.write')
  const links = await linksOf(ctx.db, tenantId, document.id)
  const linkOf = (link: Link) => ({
    id: link.id,
    documentId: link.newerId === document.id ? link.olderId : link.newerId,
    title: link.title,
    documentNumber: link.documentNumber,
    isWhole: link.isWhole,
    note: link.note,
  })
  const share = await shares.ownShare(ctx.db, ctx.actor, document.id, today)
  const kept = mayKeep ? await shares.sharesOf(ctx.db, tenantId, document.id) : []
  const versions = await v.versionsOf(ctx.db, tenantId, document.id)
  const { documentNumber, issuer, rank, effectiveOn } = document
  return {
    document: rowOf(document, today),
    summary: document.summary,
    audienceId: document.audienceId,
    validFrom: document.validFrom,
    validTo: document.validTo,
    downloads: document.downloads,
    isMarked: document.isMarked,
    retention: document.retention,
    keptUntil: document.keptUntil,
    statute:
      issuer === null || rank === null || effectiveOn === null ? null : { documentNumber, issuer, rank, effectiveOn },
    madeBy: document.madeBy,
    version: document.version,
    // Earlier files are for the desk: a reader is given what holds.
    versions: versions
      .filter(({ number }) => as === 'desk' || number === document.versionNumber)
      .map(({ fileId: _, madeAt, ...one }) => ({ ...one, madeAt: madeAt.toISOString() })),
    replaces: links.filter(({ newerId }) => newerId === document.id).map(linkOf),
    replacedBy: links.filter(({ olderId }) => olderId === document.id).map(linkOf),
    shares: kept.map((one) => shareOf(one, today)),
    mayKeep,
    mayDownload: document.state !== 'binned' && mayDownload(ctx.actor, as, document, share),
    reason: document.reason,
  }
}

const reading =
  (as: q.Sight['as']) =>
  async (ctx: Ctx, { params }: Input<typeof readLibraryDocument>): Promise<LibraryRecord> => {
    const document = await q.findDocument(ctx.db, ctx.actor, sightOf(ctx, as), params.id)
    if (!document) throw refusals.not_found()
    return record(ctx, as, document)
  }
export const read = reading('desk')
export const readOwn = reading('own')

export async function listReadings(
  ctx: Ctx,
  { params, query }: Input<typeof listLibraryReadings>,
): Promise<Page<LibraryReading>> {
  const document = await q.findDocument(ctx.db, ctx.actor, sightOf(ctx, 'desk'), params.id)
  // Who read is told to those who keep the document, not to everybody who reads it.
  if (!document || !reaches(ctx.actor, document.orgPath)) throw refusals.not_found()
  const keyset = keysetOf(query, { at: 'g.at' }, '-at')
  const found = await shares.readingsOf(ctx.db, ctx.actor.tenantId, document.id, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next, total: null }
}

export async function readUsage(ctx: Ctx): Promise<{ bytes: number; mostBytes: number; documents: number }> {
  const { tenantId, scope } = ctx.actor
  const most = await settingOf(ctx.db, tenantId, scope, 'library.most_megabytes', todayOf(ctx.now))
  return { ...(await v.usageOf(ctx.db, tenantId, scope)), mostBytes: most * MB }
}
