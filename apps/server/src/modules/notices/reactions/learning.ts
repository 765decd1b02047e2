import type { Db } from '../../../platform/ctx.ts'
import type { Consumer } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type LearningNoticePorts = {
  readonly unfinishedPeople: (
    db: Db,
    tenantId: string,
    planId: string,
    asked: { courseId: string | null; path: string; memberIds: readonly string[] | null; now: Date },
  ) => Promise<Receiver[]>
}

/** What learners hear: a new plan, what is due soon, a reminder, the micro-lesson of the day, the week; authors what came back. */
export function learningReactions({ unfinishedPeople }: LearningNoticePorts): Consumer['on'] {
  return {
    'learning.plan_published': async (ctx, event) => {
      const { orgPath, subjectId } = event
      if (subjectId === null) return
      // Everybody whom it is for: nobody can have finished all of it already without having been told.
      const asked = { courseId: null, path: orgPath, memberIds: null, now: ctx.now }
      const people = await unfinishedPeople(ctx.db, ctx.tenantId, subjectId, asked)
      const facts = { title: event.payload.title }
      const orgId = (await orgAt(ctx.db, ctx.tenantId, orgPath))?.id ?? null
      const told = { kind: 'learning_plan', level: 'normal', facts, path: '/learning', orgId, orgPath } as const
      await send(ctx, event, told, people)
    },
    'learning.due_soon': async (ctx, event) => {
      const { planId, courseId, title, dueOn, days } = event.payload
      const { orgPath } = event
      const asked = { courseId, path: orgPath, memberIds: null, now: ctx.now }
      const people = await unfinishedPeople(ctx.db, ctx.tenantId, planId, asked)
      const level = days <= 1 ? ('important' as const) : ('normal' as const)
      const facts = { title, dueOn, days }
      const path = `/learning/courses/${courseId}`
      await send(ctx, event, { kind: 'learning_due', level, facts, path, orgId: null, orgPath }, people)
    },
    'learning.reminded': async (ctx, event) => {
      const { planId, title, memberIds } = event.payload
      const { orgPath } = event
      const asked = { courseId: null, path: orgPath, memberIds, now: ctx.now }
      const people = await unfinishedPeople(ctx.db, ctx.tenantId, planId, asked)
      const told = { kind: 'learning_reminder', level: 'important', facts: { title }, path: '/learning' } as const
      await send(ctx, event, { ...told, orgId: null, orgPath }, people)
    },
    'learning.micro_due': async (ctx, event) => {
      const { courseId, title, personIds } = event.payload
      const told = { kind: 'learning_micro', level: 'normal', facts: { title } } as const
      const path = `/learning/courses/${courseId}`
      await send(ctx, event, { ...told, path, orgId: null, orgPath: event.orgPath }, personIds.map(person))
    },
    'learning.week_due': async (ctx, event) => {
      const { due, fresh, personIds } = event.payload
      const told = { kind: 'learning_week', level: 'normal', facts: { due, fresh }, path: '/learning/week' } as const
      await send(ctx, event, { ...told, orgId: null, orgPath: event.orgPath }, personIds.map(person))
    },
    'learning.returned': async (ctx, event) => {
      const { title, writerIds } = event.payload
      const told = { kind: 'course_returned', level: 'important', facts: { title } } as const
      await send(ctx, event, { ...told, path: null, orgId: null, orgPath: event.orgPath }, writerIds.map(person))
    },
  }
}
