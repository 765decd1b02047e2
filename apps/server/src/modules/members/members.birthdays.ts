import { addDays, yearOf } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Tx } from '../../platform/ctx.ts'
import { inEachTenant } from '../../platform/each-tenant.ts'
import { publishAll } from '../../platform/events.ts'
import type { Job, JobCtx } from '../../platform/module.ts'
import * as q from './queries/birthdays.queries.ts'

/** A branch prepares the day of its members so many days ahead. */
const DAYS_BEFORE = 7
const KEPT_DAYS = 30
const PEOPLE_A_FACT = 500

/**
 * 政治生日, the day on which somebody joined: branches are told seven days before how many of their members have it, also
 * of days that were missed while the machine was off; a member is told on the day itself or not at all.
 */
export async function remindOfBirthdays({ platform, now, signal }: Pick<JobCtx, 'platform' | 'now' | 'signal'>) {
  const today = todayOf(now)
  await inEachTenant({ platform, signal }, async (tx, tenant) => {
    const of = { tenantId: tenant.id, now }
    await q.forgetDays(tx, tenant.id, addDays(today, -KEPT_DAYS))
    await tellBranches(tx, of, today)
    await tellPeople(tx, of, today, tenant.path)
  }).finally(platform.wake)
}

type Of = { readonly tenantId: string; readonly now: Date }

async function tellBranches(tx: Tx, of: Of, today: string): Promise<void> {
  const near = Array.from({ length: DAYS_BEFORE }, (_, at) => addDays(today, at + 1))
  const days = await q.claimDays(tx, of.tenantId, 'branch', near)
  const people = await peopleOn(tx, of.tenantId, days)
  const facts = [...Map.groupBy(people, ({ orgId }) => orgId)].map(([orgId, own]) => ({
    subject: { kind: 'org', id: orgId, orgPath: own[0]?.orgPath ?? '' },
    payload: { orgId, people: own.length, until: days.at(-1) ?? today },
  }))
  await publishAll(tx, of, 'members.birthdays_near', facts)
}

async function tellPeople(tx: Tx, of: Of, today: string, orgPath: string): Promise<void> {
  const days = await q.claimDays(tx, of.tenantId, 'person', [today])
  const people = await peopleOn(tx, of.tenantId, days)
  const facts = [...Map.groupBy(people, ({ joinedOn }) => yearOf(today) - yearOf(joinedOn))].flatMap(([years, own]) =>
    Array.from({ length: Math.ceil(own.length / PEOPLE_A_FACT) }, (_, part) => ({
      subject: { kind: 'tenant', id: of.tenantId, orgPath },
      payload: {
        years,
        personIds: own.slice(part * PEOPLE_A_FACT, (part + 1) * PEOPLE_A_FACT).map(({ personId }) => personId),
      },
    })),
  )
  await publishAll(tx, of, 'members.birthday', facts)
}

async function peopleOn(tx: Tx, tenantId: string, days: readonly string[]): Promise<q.Anniversary[]> {
  const last = days.at(-1)
  return last ? q.joinedOnDays(tx, tenantId, days.flatMap(daysOfYear), yearOf(last)) : []
}

/** Who joined on 29 February has the day on the 28th of a common year. */
function daysOfYear(day: string): string[] {
  const own = day.slice(5)
  return own === '02-28' && addDays(day, 1).endsWith('-03-01') ? [own, '02-29'] : [own]
}

export const birthdayJobs: readonly Job[] = [{ name: 'members_birthdays', cron: '5 8 * * *', run: remindOfBirthdays }]
