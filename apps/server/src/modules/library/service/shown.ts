import type { LibraryRow, Validity } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Document, Sight } from '../queries/documents.queries.ts'

export const sightOf = (ctx: Pick<Ctx, 'now'>, as: Sight['as']): Sight => ({ as, today: todayOf(ctx.now) })

export function validityOf(
  { validFrom, validTo, effectiveOn }: Pick<Document, 'validFrom' | 'validTo' | 'effectiveOn'>,
  today: string,
): Validity {
  if ((validFrom !== null && validFrom > today) || (effectiveOn !== null && effectiveOn > today)) return 'coming'
  return validTo !== null && validTo < today ? 'expired' : 'valid'
}

export const rowOf = (document: Document, today: string): LibraryRow => ({
  id: document.id,
  kind: document.kind,
  title: document.title,
  documentNumber: document.documentNumber,
  issuer: document.issuer,
  effectiveOn: document.effectiveOn,
  classId: document.classId,
  className: document.className,
  tags: document.tags,
  secrecy: document.secrecy,
  state: document.state,
  validity: validityOf(document, today),
  isReplaced: document.isReplaced,
  orgId: document.unitId,
  orgName: document.unitName,
  audienceName: document.audienceName,
  fileName: document.fileName,
  fileKind: document.fileKind,
  bytes: document.bytes,
  versionNumber: document.versionNumber,
  publishedAt: document.publishedAt.toISOString(),
})
