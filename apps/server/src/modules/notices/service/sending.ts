import { addDays } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import { type Deadline, endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import type { Circular } from '../queries/circulars.queries.ts'
import { setTargetsSent, type Target } from '../queries/targets.queries.ts'

/** Jobs send what was scheduled, and requests what leaves at once. */
export type Sending = {
  readonly db: Tx
  readonly tenantId: string
  readonly now: Date
  readonly actorId: string | null
}
type Outgoing = Pick<Circular, 'id' | 'orgPath' | 'title' | 'level' | 'needsConfirm' | 'confirmBy'>

/**
 * Tells the browsers of those who are meant that there is something: one event for a unit and all below it, and one for
 * each person by name. Nobody else costs a row.
 */
export async function signal(sending: Sending, circular: Outgoing, targets: readonly Target[]): Promise<void> {
  const { id, level } = circular
  const meant = targets.filter(({ isExcept }) => !isExcept)
  const subject = (orgPath: string) => ({ kind: 'notice', id, orgPath })
  await publishAll(
    sending.db,
    sending,
    'notices.circulated',
    meant.flatMap(({ audiencePath }) =>
      audiencePath ? [{ subject: subject(audiencePath), payload: { noticeId: id, level } }] : [],
    ),
  )
  await publishAll(
    sending.db,
    sending,
    'notices.delivered',
    meant.flatMap(({ personId }) =>
      personId
        ? [{ subject: { ...subject(circular.orgPath), personId }, payload: { noticeId: id, kind: 'written', level } }]
        : [],
    ),
  )
}

const keyOf = (id: string, whom: string): string => `notices.confirm/${id}/${whom}`

/** The day for confirming, among the deadlines of the units and people that are named. */
function deadlinesOf(
  sending: Sending,
  circular: Outgoing & { confirmBy: Date },
  targets: readonly Target[],
): Deadline[] {
  const [today, dueOn] = [todayOf(sending.now), todayOf(circular.confirmBy)]
  const yellowOn = addDays(dueOn, -1)
  const common = {
    kind: 'notices.confirm',
    params: { title: circular.title },
    startsOn: today,
    yellowOn: yellowOn < today ? today : yellowOn,
    dueOn,
    remind: [1, 0],
  }
  return targets.flatMap((target): Deadline[] => {
    if (target.isExcept) return []
    if (target.unitId && target.audiencePath) {
      const unit = { id: target.unitId, path: target.audiencePath }
      const where = { deskPath: `/notices/${circular.id}`, phonePath: null }
      return [
        { ...common, ...where, key: keyOf(circular.id, unit.id), unit, permission: 'notices.send', personId: null },
      ]
    }
    return []
  })
}

/** Lets a circular out: it stands in the inboxes of those who are meant when the transaction ends. */
export async function letOut(sending: Sending, circular: Outgoing, targets: readonly Target[]): Promise<void> {
  await setTargetsSent(sending.db, sending.tenantId, circular.id, sending.now)
  await signal(sending, circular, targets)
  const { confirmBy } = circular
  if (!circular.needsConfirm || !confirmBy) return
  await setDeadlines(clocks(sending), deadlinesOf(sending, { ...circular, confirmBy }, targets))
}

const clocks = ({ db, now, tenantId }: Sending) => ({ db, now, actor: { tenantId } })
export async function endClocks(sending: Sending, ids: readonly string[], end: 'done' | 'void'): Promise<void> {
  for (const id of ids) await endDeadlines(clocks(sending), { under: keyOf(id, ''), but: [] }, end)
}
