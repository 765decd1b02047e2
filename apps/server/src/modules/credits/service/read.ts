import {
  type Input,
  type listCreditAccounts,
  type Reply,
  type readCreditAccount,
  type readCreditOverview,
  creditsRefusals as refusals,
  type reverseEntry,
  type UnitCredits,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit, type OrgUnit } from '../../org/index.ts'
import { articlesOf, LEAST_PEOPLE } from '../credits.policy.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as q from '../queries/accounts.queries.ts'
import { listEntries, lockEntry, shownEntry } from '../queries/entries.queries.ts'
import * as persons from '../queries/people.queries.ts'
import type { Place } from '../queries/place.ts'
import * as units from '../queries/units.queries.ts'
import { accountOf } from './accounts.ts'
import { reversalOf, write } from './enter.ts'
import { demandYear } from './own.ts'

/** The unit that a list is narrowed to, or the caller's own. @throws `credits.no_such_org` */
export async function placeOf(ctx: Ctx, orgId: string | undefined, field = '/query/orgId'): Promise<OrgUnit> {
  const unit = await findUnit(ctx.db, ctx.actor, orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at(field)
  return unit
}

/** A list without an organisation goes over the caller's whole reach. */
export async function narrowed(
  ctx: Ctx,
  { orgId, below }: { readonly orgId?: string; readonly below?: boolean },
  field?: string,
): Promise<Place> {
  const { path } = await placeOf(ctx, orgId, field)
  return { path, isBelow: orgId === undefined || below === true }
}

type Filter = Omit<Input<typeof listCreditAccounts>['query'], 'sort' | 'cursor' | 'limit'>
export async function filterOf(ctx: Ctx, filter: Filter, field?: string): Promise<q.AccountFilter> {
  return {
    year: filter.year,
    place: await narrowed(ctx, filter, field),
    standing: filter.standing ?? null,
    post: filter.post ?? null,
    requiredLeft: filter.requiredLeft ?? false,
    text: filter.text ?? null,
  }
}

const SORTS = { name: 'a.name', orgName: 'a.unit_name' } as const

export async function list(
  ctx: Ctx,
  { query }: Input<typeof listCreditAccounts>,
): Promise<Reply<typeof listCreditAccounts>> {
  demandYear(ctx, query.year, '/query/year')
  const keyset = keysetOf(query, SORTS, 'name')
  const found = await q.listAccounts(ctx.db, ctx.actor, await filterOf(ctx, query), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.name ? row.name : row.unitName,
    id: row.memberId,
  }))
  return { rows: rows.map(q.shownAccount), next, total: null }
}

/** At most so many lines of one year are shown together; nobody has more. */
const MOST_LINES = 1000

export const read =
  (ports: CreditPorts) =>
  async (ctx: Ctx, { params, query }: Input<typeof readCreditAccount>): Promise<Reply<typeof readCreditAccount>> => {
    demandYear(ctx, query.year, '/query/year')
    const person = await persons.personInReach(ctx.db, ctx.actor, params.memberId)
    if (!person) throw refusals.no_such_member()
    const { tenantId } = ctx.actor
    const account = await accountOf({ db: ctx.db, tenantId, ports }, person, query.year)
    const of = { memberId: person.memberId, year: query.year }
    const keyset = { column: 'e.on_date', descending: true, after: null, limit: MOST_LINES }
    const lines = await listEntries(ctx.db, tenantId, of, keyset)
    return {
      account: q.shownAccount(account),
      months: account.months,
      entries: lines.map(shownEntry),
      articles: articlesOf(account),
    }
  }

/** Takes a line back: it stays, with one of the opposite sign beside it. */
export async function reverse(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reverseEntry>,
): Promise<Reply<typeof reverseEntry>> {
  const entry = ctx.actor.reach === 'self' ? undefined : await lockEntry(ctx.db, ctx.actor, params.id)
  if (!entry) throw refusals.entry_not_found()
  if (entry.reverses !== null) throw refusals.entry_is_reversal()
  if (entry.personId === ctx.actor.personId) throw refusals.own_matter()
  const { tenantId, personId } = ctx.actor
  const line = reversalOf(entry, body.reason.trim())
  if (!(await write({ db: ctx.db, now: ctx.now, tenantId, actorId: personId }, line))) throw refusals.entry_reversed()
  return { id: entry.id }
}

export async function overview(
  ctx: Ctx,
  { query }: Input<typeof readCreditOverview>,
): Promise<Reply<typeof readCreditOverview>> {
  demandYear(ctx, query.year, '/query/year')
  const unit = await placeOf(ctx, query.orgId)
  const { db, actor } = ctx
  const { year } = query
  const children = await units.childrenOf(db, actor, unit.id)
  const whole = await units.sumsBelow(db, actor, year, unit.path)
  const below: UnitCredits[] = []
  for (const child of children)
    below.push(shownUnit(child, child.hasBelow, await units.sumsBelow(db, actor, year, child.path)))
  return {
    unit: shownUnit({ id: unit.id, name: unit.name }, children.length > 0, whole),
    below,
    months: whole.months,
    mastery: await units.masteryOf(db, actor, year, unit.path),
    liked: await units.likedOf(db, actor, year, unit.path),
    countedAt: whole.countedAt?.toISOString() ?? null,
  }
}

function shownUnit(unit: { id: string; name: string }, hasBelow: boolean, sums: units.Sums): UnitCredits {
  const { people, obliged, exempt, reached, short, requiredDone, hundredths } = sums
  return {
    orgId: unit.id,
    orgName: unit.name,
    hasBelow,
    people,
    obliged,
    exempt,
    reached,
    short,
    requiredDone,
    hundredths,
    average: people < LEAST_PEOPLE ? null : Math.round(hundredths / people),
  }
}
