import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import type { NewPart } from '../queries/parts.queries.ts'
import { SOON_DAYS } from '../tasks.policy.ts'

/** The day of each part, among the deadlines of the unit or the person that is asked. */

const partKey = (id: string): string => `tasks.part/${id}`

type Clocked = Pick<NewPart, 'id' | 'unitId' | 'orgPath' | 'personId' | 'dueOn'> & { readonly title: string }
function clockOf(today: string, part: Clocked): Deadline {
  const yellowOn = addDays(part.dueOn, -SOON_DAYS)
  return {
    key: partKey(part.id),
    kind: 'tasks.part',
    params: { title: part.title },
    unit: { id: part.unitId, path: part.orgPath },
    permission: part.personId === null ? 'tasks.do' : null,
    personId: part.personId,
    startsOn: today,
    yellowOn: yellowOn < today ? today : yellowOn,
    dueOn: part.dueOn,
    remind: [SOON_DAYS, 1, 0],
    deskPath: part.personId === null ? `/tasks/parts/${part.id}` : null,
    phonePath: part.personId === null ? null : `/tasks/${part.id}`,
  }
}

export const setPartClocks = (ctx: DeadlineCtx, parts: readonly Clocked[]): Promise<void> =>
  setDeadlines(
    ctx,
    parts.map((part) => clockOf(todayOf(ctx.now), part)),
  )
export const endPartClocks = (ctx: DeadlineCtx, ids: readonly string[], end: 'done' | 'void'): Promise<void> =>
  endDeadlines(ctx, ids.map(partKey), end)
