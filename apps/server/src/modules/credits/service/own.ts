import {
  type Input,
  type listMyCredits,
  type listMyHonours,
  type Reply,
  type readMyCredits,
  creditsRefusals as refusals,
} from '@tongxin/contract'
import { expectedBy, quarterEndOf, quarterOf, yearOf } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { parametersOf } from '../../settings/index.ts'
import { articlesOf, ratesOn } from '../credits.policy.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as q from '../queries/accounts.queries.ts'
import { listEntries, shownEntry } from '../queries/entries.queries.ts'
import { ownHonours } from '../queries/honours.queries.ts'
import * as persons from '../queries/people.queries.ts'
import { accountOf } from './accounts.ts'

/** The record of whoever asks. @throws `credits.not_a_member` */
export async function ownPerson(ctx: Pick<Ctx, 'db' | 'actor'>): Promise<persons.Person> {
  const person = await persons.ownRecord(ctx.db, ctx.actor.tenantId, ctx.actor.personId)
  if (!person) throw refusals.not_a_member()
  return person
}

/** @throws `credits.year_in_future` */
export function demandYear(ctx: Pick<Ctx, 'now'>, year: number, field: string): void {
  if (year > yearOf(todayOf(ctx.now))) throw refusals.year_in_future.at(field)
}

/** What should have been reached by the end of the quarter: of the running year by now, of one that is over all of it. */
export function expectedOf(account: q.Account, today: string): number | null {
  if (account.target === null || account.isExempt) return null
  return expectedBy(account.target, account.year < yearOf(today) ? 4 : quarterOf(today))
}

export const readOwn =
  (ports: CreditPorts) =>
  async (ctx: Ctx, { query }: Input<typeof readMyCredits>): Promise<Reply<typeof readMyCredits>> => {
    const today = todayOf(ctx.now)
    const year = query.year ?? yearOf(today)
    demandYear(ctx, year, '/query/year')
    const person = await ownPerson(ctx)
    const { tenantId } = ctx.actor
    const account = await accountOf({ db: ctx.db, tenantId, ports }, person, year)
    const known = await q.yearsOf(ctx.db, tenantId, person.memberId)
    const on = year < yearOf(today) ? `${year}-12-31` : today
    return {
      account: q.shownAccount(account),
      years: [...new Set([yearOf(today), ...known])].sort((a, b) => b - a),
      months: account.months,
      expected: expectedOf(account, today),
      quarterEndsOn: quarterEndOf(on),
      articles: articlesOf(account),
      rates: ratesOn(on, await parametersOf(ctx.db, tenantId, person.orgPath)),
    }
  }

export async function entries(ctx: Ctx, { query }: Input<typeof listMyCredits>): Promise<Reply<typeof listMyCredits>> {
  const person = await ownPerson(ctx)
  const keyset = keysetOf(query, { on: 'e.on_date' }, '-on')
  const found = await listEntries(ctx.db, ctx.actor.tenantId, { memberId: person.memberId, year: query.year }, keyset)
  const { rows, next } = pageOfRows(found, keyset, ({ on, id }) => ({ value: on, id }))
  return { rows: rows.map(shownEntry), next, total: null }
}

export async function honours(ctx: Ctx): Promise<Reply<typeof listMyHonours>> {
  const rows = await ownHonours(ctx.db, ctx.actor)
  return { rows: rows.map(({ id, year, title, state, certificateNo }) => ({ id, year, title, state, certificateNo })) }
}
