import type { Input, Reply, readMyHabit, setMyHabit } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as q from '../queries/habits.queries.ts'
import { demandLearner } from './audience.ts'

const OFF = { isOn: false, hour: 8, isWeekly: false, weekday: 1 } as const

export async function read(ctx: Ctx): Promise<Reply<typeof readMyHabit>> {
  return (await q.habitOf(ctx.db, ctx.actor.tenantId, ctx.actor.personId)) ?? OFF
}

export async function set(ctx: Ctx<Tx>, { body }: Input<typeof setMyHabit>): Promise<Reply<typeof setMyHabit>> {
  const learner = await demandLearner(ctx)
  await q.setHabit(ctx.db, learner, body, ctx.now)
  const subject = { kind: 'person', id: learner.personId, orgPath: learner.orgPath, personId: learner.personId }
  await publish(ctx, 'learning.habit_set', subject, { isOn: body.isOn, isWeekly: body.isWeekly })
  return body
}
