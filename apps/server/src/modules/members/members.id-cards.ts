import { addDays } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant, sum } from '../../platform/each-tenant.ts'
import type { Job } from '../../platform/module.ts'
import type { Platform } from '../../platform/platform.ts'
import { type Deadline, endDeadlines, setDeadlines } from '../deadlines/index.ts'
import * as q from './queries/id-cards.queries.ts'

export const idCardKey = (memberId: string): string => `members.id_card/${memberId}`

/** From so many days before the last day of an ID card on, its holder and the branch have it before them. */
const DAYS_BEFORE = 90
const YELLOW_DAYS = 30

type Of = { readonly db: Tx; readonly now: Date; readonly tenantId: string }

/** A new card takes some weeks, and there may be none for a while where it is needed: told early, and until it is entered. */
function deadlineOf({ memberId, personId, name, orgId, orgPath, validUntil }: q.CardHolder): Deadline {
  return {
    key: idCardKey(memberId),
    kind: 'members.id_card',
    params: { name },
    unit: { id: orgId, path: orgPath },
    permission: 'members.write',
    personId,
    startsOn: addDays(validUntil, -DAYS_BEFORE),
    yellowOn: addDays(validUntil, -YELLOW_DAYS),
    dueOn: validUntil,
    remind: [DAYS_BEFORE, YELLOW_DAYS, 7, 0],
    deskPath: `/members/${memberId}`,
    phonePath: '/me/record',
  }
}

/** Sets or ends the reminder of these people by what their records say now. */
export async function remindOfCards({ db, now, tenantId }: Of, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return
  const ctx = { db, now, actor: { tenantId } }
  const near = await q.cardsRunningOut(db, tenantId, addDays(todayOf(now), DAYS_BEFORE), memberIds)
  const isNear = new Set(near.map(({ memberId }) => memberId))
  await setDeadlines(ctx, near.map(deadlineOf))
  const others = memberIds.filter((id) => !isNear.has(id))
  await endDeadlines(ctx, others.map(idCardKey), 'done')
}

/** Everybody whose card runs out soon or has run out; what was set before stays as it is. Returns how many they are. */
export async function remindOfAllCards(platform: Pick<Platform, 'db' | 'log'>, now: Date): Promise<number> {
  const until = addDays(todayOf(now), DAYS_BEFORE)
  const told = await inEachTenant({ platform }, async (db, { id: tenantId }) => {
    const near = await q.cardsRunningOut(db, tenantId, until, null)
    await setDeadlines({ db, now, actor: { tenantId } }, near.map(deadlineOf))
    return near.length
  })
  return sum(told)
}

export const idCardJobs: readonly Job[] = [
  {
    name: 'members_id_cards',
    cron: '20 7 * * *',
    run: async ({ platform, now }) => void (await remindOfAllCards(platform, now)),
  },
]
