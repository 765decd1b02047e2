import { type Input, type openLibraryText, libraryRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'
import { findDocument, type Sight } from '../queries/documents.queries.ts'
import * as shares from '../queries/shares.queries.ts'
import { textOf } from '../queries/words.queries.ts'
import { sightOf } from './shown.ts'

/** Letters that are shown; the whole is in the file. */
const SHOWN = 60_000

/** The words of a document on the screen. What was opened through a share stands in the list of the document. */
const opening =
  (as: Sight['as']) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof openLibraryText>): Promise<{ text: string; isCut: boolean }> => {
    const document = await findDocument(ctx.db, ctx.actor, sightOf(ctx, as), params.id)
    if (!document) throw refusals.not_found()
    const { tenantId } = ctx.actor
    const share = await shares.ownShare(ctx.db, ctx.actor, document.id, todayOf(ctx.now))
    if (share) {
      const { id, versionNumber } = document
      const reading = { id: newId(ctx), documentId: id, act: 'opened_share', versionNumber } as const
      await shares.insertReading(ctx.db, ctx.actor, reading, ctx.now)
      await shares.noteOpening(ctx.db, tenantId, share.id, ctx.now)
    }
    const text = await textOf(ctx.db, tenantId, document.id)
    return { text: text.slice(0, SHOWN), isCut: text.length > SHOWN }
  }
export const open = opening('desk')
export const openOwn = opening('own')
