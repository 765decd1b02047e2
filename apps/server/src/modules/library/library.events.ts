import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import { misplaced, setWords } from './queries/words.queries.ts'
import { marksOf, wordedAs } from './service/marks.ts'

const BATCH = 200

/** Organisations that move take their documents along; the marks of place in the index are written anew. */
async function place(ctx: ReactionCtx): Promise<void> {
  for (;;) {
    const documents = await misplaced(ctx.db, ctx.tenantId, BATCH)
    for (const document of documents) {
      const { id, seq } = document
      const marks = marksOf(ctx.tenantId, document as Parameters<typeof marksOf>[1])
      await setWords(ctx.db, ctx.tenantId, { id, seq, marks, wordedAs: wordedAs(document) })
    }
    if (documents.length < BATCH) return
  }
}

export const libraryConsumer: Consumer = {
  name: 'library',
  on: { 'org.moved': place, 'org.merged': place },
}
