import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { officersAt, person, send, type Told } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type TaskNoticePorts = {
  /** The parts of a task: of people by person, of units by place. */
  readonly partsOfTask: (
    db: Db,
    tenantId: string,
    taskId: string,
  ) => Promise<readonly { id: string; personId: string | null; orgPath: string }[]>
}

type About = Pick<Told, 'kind' | 'level' | 'facts' | 'path'> & { readonly of?: string }
async function tell(ctx: ReactionCtx, event: Delivered, about: About, people: readonly Receiver[]): Promise<void> {
  if (people.length === 0) return
  const orgId = (await orgAt(ctx.db, ctx.tenantId, event.orgPath))?.id ?? null
  await send(ctx, event, { ...about, orgId, orgPath: event.orgPath }, people)
}

/** The own page of a part on the phone; units act at the desk. */
const phonePath = (partId: string | null): string | null => (partId === null ? null : `/tasks/${partId}`)
/** Whoever a part concerns: its person, or the officers of its unit. */
const concerned = async (ctx: ReactionCtx, event: Delivered): Promise<readonly Receiver[]> =>
  event.personId ? [person(event.personId)] : officersAt(ctx, [event.orgPath])

/** What happens to the part of somebody else's task is told to the one who is asked; whoever asks has the workbench. */
const moved = async (
  ctx: ReactionCtx,
  event: Delivered<'tasks.returned' | 'tasks.accepted' | 'tasks.part_withdrawn' | 'tasks.extension_decided'>,
): Promise<void> => {
  const path = event.personId ? phonePath(event.subjectId) : null
  const about = { kind: 'task_moved', level: 'important', facts: { title: event.payload.title }, path } as const
  await tell(ctx, event, about, await concerned(ctx, event))
}

export function taskReactions({ partsOfTask }: TaskNoticePorts): Consumer['on'] {
  return {
    'tasks.issued': async (ctx, event) => {
      const { title, dueOn } = event.payload
      if (event.subjectId === null) return
      const parts = await partsOfTask(ctx.db, ctx.tenantId, event.subjectId)
      const about = { kind: 'task_given', level: 'important', facts: { title, dueOn } } as const
      const people = parts.flatMap(({ personId }) => (personId === null ? [] : [person(personId)]))
      await tell(ctx, event, { ...about, path: '/tasks', of: 'people' }, people)
      const units = parts.flatMap(({ personId, orgPath }) => (personId === null ? [orgPath] : []))
      if (units.length > 0) await tell(ctx, event, { ...about, path: null, of: 'units' }, await officersAt(ctx, units))
    },
    'tasks.withdrawn': async (ctx, event) => {
      if (event.subjectId === null) return
      const parts = await partsOfTask(ctx.db, ctx.tenantId, event.subjectId)
      const people = parts.flatMap(({ personId }) => (personId === null ? [] : [person(personId)]))
      const facts = { title: event.payload.title }
      const about = { kind: 'task_moved', level: 'important', facts } as const
      await tell(ctx, event, { ...about, path: '/tasks', of: 'people' }, people)
      const units = parts.flatMap(({ personId, orgPath }) => (personId === null ? [orgPath] : []))
      if (units.length > 0) await tell(ctx, event, { ...about, path: null, of: 'units' }, await officersAt(ctx, units))
    },
    'tasks.reminded': async (ctx, event) => {
      const { title, dueOn } = event.payload
      const path = event.personId ? phonePath(event.subjectId) : null
      const about = { kind: 'task_reminded', level: 'important', facts: { title, dueOn }, path } as const
      await tell(ctx, event, about, await concerned(ctx, event))
    },
    'tasks.returned': moved,
    'tasks.accepted': moved,
    'tasks.part_withdrawn': moved,
    'tasks.extension_decided': moved,
  }
}
