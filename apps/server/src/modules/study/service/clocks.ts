import { addDays, type IsoDate } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import { type Deadline, type DeadlineCtx, endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import type { Campaign } from '../queries/campaigns.queries.ts'
import type { Group } from '../queries/groups.queries.ts'
import type { Session } from '../queries/sessions.queries.ts'
import { countPeople, owingOf, type Task } from '../queries/tasks.queries.ts'
import { AGAIN_DAYS, MOST_CLOCKED, OVERDUE_DAYS } from '../study.policy.ts'
import { peopleOf } from './audience.ts'

/** Last days of assignments, campaigns and minutes, among the deadlines of those who act. */

const taskKey = (taskId: string): string => `study.task/${taskId}`
const worksUnder = (taskId: string): string => `study.work/${taskId}/`
const workKey = (taskId: string, memberId: string): string => `${worksUnder(taskId)}${memberId}`
const campaignKey = (campaignId: string): string => `study.campaign/${campaignId}`
const minutesKey = (sessionId: string): string => `study.minutes/${sessionId}`

type Due = Pick<Deadline, 'key' | 'kind' | 'params' | 'unit' | 'permission' | 'personId' | 'deskPath' | 'phonePath'>
/** Yellow some days before, or at once where fewer are left. */
function clock(today: IsoDate, dueOn: IsoDate, daysBefore: readonly number[], due: Due): Deadline {
  const yellowOn = addDays(dueOn, -(daysBefore[0] ?? 0))
  return { ...due, startsOn: today, yellowOn: yellowOn < today ? today : yellowOn, dueOn, remind: daysBefore }
}

type Asking = Pick<Task, 'id' | 'title' | 'unitId' | 'orgPath' | 'dueOn'>
type Owing = { readonly memberId: string; readonly personId: string }
const ofTask = (task: Asking) => ({ params: { title: task.title }, unit: { id: task.unitId, path: task.orgPath } })
const workClock = (today: IsoDate, task: Asking, { memberId, personId }: Owing, dueOn: IsoDate): Deadline =>
  clock(today, dueOn, [3, 1, 0], {
    ...ofTask(task),
    key: workKey(task.id, memberId),
    kind: 'study.work',
    permission: null,
    personId,
    deskPath: null,
    phonePath: `/learning/study/tasks/${task.id}`,
  })

/** Whoever set it marks what came in, and closes it. */
export const setTaskClock = (ctx: DeadlineCtx, task: Asking): Promise<void> =>
  setDeadlines(ctx, [
    clock(todayOf(ctx.now), task.dueOn, [3, 0], {
      ...ofTask(task),
      key: taskKey(task.id),
      kind: 'study.task',
      permission: 'learning.write',
      personId: null,
      deskPath: '/study/tasks?state=open',
      phonePath: null,
    }),
  ])

export async function endTaskClocks(ctx: DeadlineCtx, taskId: string): Promise<void> {
  await endDeadlines(ctx, [taskKey(taskId)], 'done')
  await endDeadlines(ctx, { under: worksUnder(taskId), but: [] }, 'void')
}

/**
 * Brings the own deadlines of the people of an open assignment to who is asked and owes it today: newcomers get one,
 * those who left lose it, and a week after the last day it rests. A second run changes nothing.
 */
export async function keepWorkClocks(ctx: DeadlineCtx, task: Task): Promise<void> {
  const { db, now } = ctx
  const { tenantId } = ctx.actor
  const today = todayOf(now)
  const people = await peopleOf(db, tenantId, task)
  if ((await countPeople(db, tenantId, people)) > MOST_CLOCKED) return
  const owing = await owingOf(db, tenantId, task.id, people, MOST_CLOCKED)
  // What came back has a day of its own.
  const [again, first] = [owing.filter(({ isReturned }) => isReturned), owing.filter(({ isReturned }) => !isReturned)]
  const isResting = today > addDays(task.dueOn, OVERDUE_DAYS)
  const kept = isResting ? again : owing
  const but = kept.map(({ memberId }) => workKey(task.id, memberId))
  await endDeadlines(ctx, { under: worksUnder(task.id), but }, 'void')
  if (isResting) return
  await setDeadlines(
    ctx,
    first.map((one) => workClock(today, task, one, task.dueOn)),
  )
}

export const endWorkClock = (ctx: DeadlineCtx, taskId: string, memberId: string): Promise<void> =>
  endDeadlines(ctx, [workKey(taskId, memberId)], 'done')

/** What came back is due again in a week, or on the last day where that is later. */
export function setWorkClockAgain(ctx: DeadlineCtx, task: Task, who: Owing): Promise<void> {
  const today = todayOf(ctx.now)
  const again = addDays(today, AGAIN_DAYS)
  return setDeadlines(ctx, [workClock(today, task, who, again > task.dueOn ? again : task.dueOn)])
}

/** A campaign is summed up and closed with its outcome. */
export const setCampaignClock = (
  ctx: DeadlineCtx,
  campaign: Pick<Campaign, 'id' | 'title' | 'unitId' | 'orgPath'>,
  untilOn: IsoDate,
): Promise<void> =>
  setDeadlines(ctx, [
    clock(todayOf(ctx.now), untilOn, [7, 1, 0], {
      key: campaignKey(campaign.id),
      kind: 'study.campaign',
      params: { title: campaign.title },
      unit: { id: campaign.unitId, path: campaign.orgPath },
      permission: 'learning.write',
      personId: null,
      deskPath: '/study/campaigns?state=open',
      phonePath: null,
    }),
  ])
export const endCampaignClock = (ctx: DeadlineCtx, campaignId: string): Promise<void> =>
  endDeadlines(ctx, [campaignKey(campaignId)], 'done')

/** The leader of a group holds the meeting and writes its minutes. */
export const setMinutesClocks = (
  ctx: DeadlineCtx,
  group: Pick<Group, 'id' | 'name' | 'unitId' | 'orgPath' | 'leaderPersonId'>,
  sessions: readonly Pick<Session, 'id' | 'topic' | 'onDate'>[],
): Promise<void> =>
  setDeadlines(
    ctx,
    sessions.map(({ id, topic, onDate }) =>
      clock(todayOf(ctx.now), onDate, [1, 0], {
        key: minutesKey(id),
        kind: 'study.minutes',
        params: { group: group.name, topic },
        unit: { id: group.unitId, path: group.orgPath },
        permission: null,
        personId: group.leaderPersonId,
        deskPath: null,
        phonePath: `/learning/study/groups/${group.id}`,
      }),
    ),
  )
export const endMinutesClocks = (
  ctx: DeadlineCtx,
  sessionIds: readonly string[],
  end: 'done' | 'void',
): Promise<void> => endDeadlines(ctx, sessionIds.map(minutesKey), end)
