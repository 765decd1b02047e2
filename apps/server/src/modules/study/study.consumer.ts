import type { Consumer, ReactionCtx } from '../../platform/outbox.ts'
import type { DeadlineCtx } from '../deadlines/index.ts'
import { taskOfTenant } from './queries/tasks.queries.ts'
import { keepWorkClocks } from './service/clocks.ts'

const clocksOf = ({ db, now, tenantId }: ReactionCtx): DeadlineCtx => ({ db, now, actor: { tenantId } })

async function keep(ctx: ReactionCtx, taskId: string | null): Promise<void> {
  const task = taskId === null ? undefined : await taskOfTenant(ctx.db, ctx.tenantId, taskId)
  if (task?.state === 'open') await keepWorkClocks(clocksOf(ctx), task)
}

/** Many people may be asked: their own deadlines are written after whoever asked has an answer. */
export const studyConsumer: Consumer = {
  name: 'study',
  on: {
    'study.task_set': (ctx, event) => keep(ctx, event.subjectId),
    'study.task_changed': (ctx, event) => keep(ctx, event.subjectId),
    'study.task_moved': (ctx, event) => keep(ctx, event.subjectId),
  },
}
