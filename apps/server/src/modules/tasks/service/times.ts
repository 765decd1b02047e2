import { type Input, type Reply, type readTaskTimes, tasksRefusals as refusals } from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import { PART_STAGES } from '@tongxin/domain/tasks/parts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type StageTime, stageTimes, unitTimes } from '../queries/steps.queries.ts'
import { LEAST_STAGES, LONGEST_DAYS, MOST_UNITS, USUAL_DAYS } from '../tasks.policy.ts'
import { placeOf } from './reading.ts'

const hours = (minutes: number): number => Math.round((minutes / 60) * 10) / 10
const shown = ({ stage, ended, median, ninety }: StageTime) => ({
  stage,
  ended,
  medianHours: hours(median),
  ninetyHours: hours(ninety),
})

/** How long units took: the stages in their order, then the units that keep others waiting longest. */
export async function read(ctx: Ctx, { query }: Input<typeof readTaskTimes>): Promise<Reply<typeof readTaskTimes>> {
  const until = query.until ?? todayOf(ctx.now)
  const from = query.from ?? addDays(until, -USUAL_DAYS)
  if (from > until || addDays(from, LONGEST_DAYS) < until) throw refusals.dates_wrong.at('/query/from')
  const { path } = await placeOf(ctx, query, '/query')
  const period = { from, until, path }
  const stages = await stageTimes(ctx.db, ctx.actor, period)
  const units = await unitTimes(ctx.db, ctx.actor, period, { least: LEAST_STAGES, most: MOST_UNITS })
  return {
    from,
    until,
    stages: PART_STAGES.flatMap((stage) => stages.filter((one) => one.stage === stage).map(shown)),
    least: LEAST_STAGES,
    units: units.map((unit) => ({ id: unit.id, orgName: unit.orgName, ...shown(unit) })),
  }
}
