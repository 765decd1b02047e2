import { addDays } from '@tongxin/domain'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../deadlines/index.ts'

type Clocked = { readonly id: string; readonly unitId: string; readonly orgPath: string; readonly unitName: string }
type Clock = 'hold' | 'publicity' | 'report'
const keyOf = (id: string, clock: Clock) => `elections.${clock}/${id}`

/** House practice: the regulations say that results are reported, not within how many days. */
const REPORT_DAYS = 7
const YELLOW_DAYS: Readonly<Record<Clock, number>> = { hold: 30, publicity: 0, report: 3 }
const REMIND: Readonly<Record<Clock, readonly number[]>> = { hold: [30, 7, 1, 0], publicity: [0], report: [3, 0] }

/** One thing that an open election asks of the organisation. */
export async function setClock(
  ctx: DeadlineCtx,
  one: Clocked,
  clock: Clock,
  { from, dueOn }: { from: string; dueOn: string },
): Promise<void> {
  const yellow = addDays(dueOn, -YELLOW_DAYS[clock])
  const deadline: Deadline = {
    key: keyOf(one.id, clock),
    kind: `elections.${clock}`,
    params: { org: one.unitName, on: dueOn },
    unit: { id: one.unitId, path: one.orgPath },
    permission: 'elections.write',
    personId: null,
    startsOn: from > dueOn ? dueOn : from,
    yellowOn: yellow < from ? (from > dueOn ? dueOn : from) : yellow,
    dueOn,
    remind: REMIND[clock],
    deskPath: `/elections/${one.id}`,
    phonePath: null,
  }
  await setDeadlines(ctx, [deadline])
}

export const reportDueOn = (heldOn: string): string => addDays(heldOn, REPORT_DAYS)

export const clockDone = (ctx: DeadlineCtx, id: string, clock: Clock): Promise<void> =>
  endDeadlines(ctx, [keyOf(id, clock)], 'done')

export const clocksVoid = (ctx: DeadlineCtx, id: string): Promise<void> =>
  endDeadlines(ctx, [keyOf(id, 'hold'), keyOf(id, 'publicity'), keyOf(id, 'report')], 'void')
