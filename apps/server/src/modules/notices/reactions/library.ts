import type { Db } from '../../../platform/ctx.ts'
import type { Consumer } from '../../../platform/outbox.ts'
import { orgAt } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type LibraryNoticePorts = {
  /** People who want to be told of new documents in its class, as far as it applies to them. */
  readonly subscribersOf: (db: Db, tenantId: string, documentId: string) => Promise<readonly { personId: string }[]>
}

export const libraryReactions = ({ subscribersOf }: LibraryNoticePorts): Consumer['on'] => ({
  'library.published': async (ctx, event) => {
    if (event.subjectId === null) return
    const people = await subscribersOf(ctx.db, ctx.tenantId, event.subjectId)
    if (people.length === 0) return
    const orgId = (await orgAt(ctx.db, ctx.tenantId, event.orgPath))?.id ?? null
    const facts = { title: event.payload.title }
    const about = { kind: 'library_new', level: 'normal', facts, path: `/library/${event.subjectId}` } as const
    await send(
      ctx,
      event,
      { ...about, orgId, orgPath: event.orgPath },
      people.map(({ personId }) => person(personId)),
    )
  },
})
