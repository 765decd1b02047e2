import type { Db } from '../../../platform/ctx.ts'
import type { Consumer } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type TopicNoticePorts = {
  /** People who offer to teach one of the tags. */
  readonly peopleWithTags: (db: Db, tenantId: string, tags: readonly string[]) => Promise<Receiver[]>
  readonly supportersOf: (db: Db, tenantId: string, topicId: string) => Promise<string[]>
}

/** Lecturers hear of calls and of lessons proposed to them, supporters of the lesson, authors of what was hidden. */
export function topicReactions({ peopleWithTags, supportersOf }: TopicNoticePorts): Consumer['on'] {
  return {
    'topics.called': async (ctx, event) => {
      const { title, tags } = event.payload
      const { orgPath } = event
      const people = await peopleWithTags(ctx.db, ctx.tenantId, tags)
      const orgId = (await orgAt(ctx.db, ctx.tenantId, orgPath))?.id ?? null
      const facts = { title, tags: tags.join('、') }
      const told = { kind: 'topic_call', level: 'normal', facts, path: '/learning/lecturing' } as const
      await send(ctx, event, { ...told, orgId, orgPath }, people)
    },
    'topics.proposed': async (ctx, event) => {
      const { title, personId, onDate } = event.payload
      if (personId === null) return
      const told = { kind: 'topic_proposal', level: 'important', facts: { title, onDate } } as const
      const at = { path: '/learning/lecturing', orgId: null, orgPath: event.orgPath }
      await send(ctx, event, { ...told, ...at }, [person(personId)])
    },
    'topics.scheduled': async (ctx, event) => {
      const { title, topicId, startsAt } = event.payload
      const { orgPath } = event
      const people = (await supportersOf(ctx.db, ctx.tenantId, topicId)).map(person)
      const orgId = (await orgAt(ctx.db, ctx.tenantId, orgPath))?.id ?? null
      const told = { kind: 'topic_scheduled', level: 'normal', facts: { title, startsAt } } as const
      await send(ctx, event, { ...told, path: `/learning/topics/${topicId}`, orgId, orgPath }, people)
    },
    'topics.moderated': async (ctx, event) => {
      const { title, isHidden, personId } = event.payload
      if (!isHidden) return
      const path = event.subjectId === null ? null : `/learning/topics/${event.subjectId}`
      const told = { kind: 'topic_hidden', level: 'normal', facts: { title }, path } as const
      await send(ctx, event, { ...told, orgId: null, orgPath: event.orgPath }, [person(personId)])
    },
  }
}
