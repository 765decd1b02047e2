import type { Db } from '../../../platform/ctx.ts'
import type { Consumer, Delivered, ReactionCtx } from '../../../platform/outbox.ts'
import { orgAt, type Receiver } from '../queries/notices.queries.ts'
import { person, send } from './send.ts'

/** What reactions ask of peers; wired in modules.ts, because capabilities do not import each other. */
export type ExamNoticePorts = {
  /** The name of an exam and everybody on its list. */
  readonly examineesOf: (
    db: Db,
    tenantId: string,
    sessionId: string,
  ) => Promise<{ readonly name: string; readonly people: readonly Receiver[] } | undefined>
}

type Kind = 'exam_announced' | 'exam_cancelled' | 'exam_released'

/** What examinees hear: that there is an exam, that it was called off, that results are out; authors what came back. */
export function examReactions({ examineesOf }: ExamNoticePorts): Consumer['on'] {
  const tell = async (ctx: ReactionCtx, event: Delivered, kind: Kind, more: Record<string, string> = {}) => {
    const { orgPath, subjectId } = event
    const exam = subjectId === null ? undefined : await examineesOf(ctx.db, ctx.tenantId, subjectId)
    if (!exam || exam.people.length === 0) return
    const orgId = (await orgAt(ctx.db, ctx.tenantId, orgPath))?.id ?? null
    const facts = { title: exam.name, ...more }
    await send(ctx, event, { kind, level: 'important', facts, path: '/learning/exams', orgId, orgPath }, exam.people)
  }
  return {
    'exams.announced': async (ctx, event) => {
      const { opensAt: from, closesAt: until } = event.payload
      await tell(ctx, event as never, 'exam_announced', { from, until })
    },
    'exams.cancelled': (ctx, event) => tell(ctx, event as never, 'exam_cancelled'),
    'exams.released': (ctx, event) => tell(ctx, event as never, 'exam_released'),
    'exams.question_returned': async (ctx, event) => {
      const { makerId, no } = event.payload
      if (makerId === null) return
      const told = { kind: 'question_returned', level: 'normal', facts: { no }, path: null, orgId: null } as const
      await send(ctx, event as never, { ...told, orgPath: event.orgPath }, [person(makerId)])
    },
  }
}
