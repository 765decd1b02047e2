import { type MemberFilter, memberRefusals } from '@tongxin/contract'
import { addDays, addMonths } from '@tongxin/domain'
import { lastDayBefore } from '@tongxin/domain/members/structure'
import { todayOf } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Vault } from '../../platform/vault.ts'
import { findUnit, peopleBelow } from '../org/index.ts'
import { openColumn, tailOf } from './members.record.ts'
import type { ListedMember, ListFilter } from './queries/list.queries.ts'
import type { MoreFilter } from './queries/more.queries.ts'

const LAST_FOUR = /^\d{3}[\dXx]$/

/**
 * What the caller asked for, held to the caller's scope: an organisation outside it is not found, and never reached by
 * its id alone.
 */
export async function listFilterOf(
  ctx: Pick<Ctx, 'db' | 'actor' | 'vault' | 'now'>,
  asked: MemberFilter,
): Promise<ListFilter> {
  const { actor } = ctx
  const isNode = actor.reach === 'node'
  let path = actor.scope
  if (asked.orgId !== undefined && asked.orgId !== actor.orgId) {
    const unit = isNode ? undefined : await findUnit(ctx.db, actor, asked.orgId)
    if (!unit) throw memberRefusals.org_not_found.at('/query/orgId')
    path = unit.path
  }
  const below = !isNode && (asked.below ?? true)
  const today = todayOf(ctx.now)
  const on = asked.asOf ?? today
  const rare = {
    category: asked.category ?? null,
    status: asked.status ?? null,
    recordState: asked.recordState ?? null,
    sex: asked.sex ?? null,
    education: asked.education ?? null,
    ethnic: asked.ethnic ?? null,
    // Aged at least n: born on or before this day n years ago; aged at most n: not yet n + 1.
    bornUntil: asked.ageFrom === undefined ? null : lastDayBefore(on, asked.ageFrom),
    bornAfter: asked.ageTo === undefined ? null : lastDayBefore(on, asked.ageTo + 1),
    completenessBelow: asked.completenessBelow ?? null,
    joinedFrom: asked.joinedFrom ?? null,
    joinedTo: asked.joinedTo ?? null,
    joinedMonth: asked.joinedMonth ?? null,
    missedAtLeast: asked.missedAtLeast ?? null,
    more: moreOf(asked, on, today),
  }
  const search = searchOf(ctx.vault, asked.search)
  return {
    path,
    below,
    extent: below ? await extentOf(ctx, path) : 'few',
    search,
    ...rare,
    counted: search === null && Object.values(rare).every((value) => value === null),
  }
}

function moreOf(asked: MemberFilter, on: string, today: string): MoreFilter | null {
  const { idExpiresWithin, duesBehind, asOf, partyAgeFrom, partyAgeTo, post, lacking } = asked
  const any = [idExpiresWithin, duesBehind, asOf, partyAgeFrom, partyAgeTo, post, lacking]
  if (any.every((one) => one === undefined)) return null
  const isFull = partyAgeFrom !== undefined || partyAgeTo !== undefined
  return {
    idValidUntil: idExpiresWithin === undefined ? null : addDays(today, idExpiresWithin),
    // The month that runs is not owed before it has ended.
    duesPaidBefore: duesBehind === undefined ? null : addMonths(`${today.slice(0, 7)}-01`, -duesBehind),
    joinedUntilOrUnknown: asOf ?? null,
    fullUntil: isFull ? lastDayBefore(on, partyAgeFrom ?? 0) : null,
    fullAfter: partyAgeTo === undefined ? null : lastDayBefore(on, partyAgeTo + 1),
    post: post ?? null,
    unknown: (lacking ?? []).filter((field) => field !== 'partyAge'),
    notFullOn: lacking?.includes('partyAge') ? on : null,
  }
}

/** So many people are read from an index and sorted in some ten milliseconds; more are walked in the order of the list. */
const MOST_SORTED = 40_000

async function extentOf({ db, actor }: Pick<Ctx, 'db' | 'actor'>, path: string): Promise<ListFilter['extent']> {
  if (!path.includes('.')) return { people: null }
  const people = await peopleBelow(db, actor.tenantId, path)
  return people > MOST_SORTED ? { people } : 'few'
}

function searchOf(vault: Vault, text: string | undefined): ListFilter['search'] {
  const prefix = (text ?? '').normalize('NFKC').trim()
  if (prefix === '') return null
  if (!LAST_FOUR.test(prefix)) return { prefix, tails: null }
  return { prefix, tails: { id: tailOf(vault, 'id_tail', prefix), phone: tailOf(vault, 'phone_tail', prefix) } }
}

/** Whether a row found by its 16-bit tails really ends so, or was found by its number. */
export function tailMatches(vault: Vault, row: ListedMember, search: string): boolean {
  const tail = search.normalize('NFKC').trim().toUpperCase()
  return (
    row.memberNo.startsWith(tail) ||
    (openColumn(vault, row.id, 'id_number', row.idNumber)?.endsWith(tail) ?? false) ||
    (openColumn(vault, row.id, 'phone', row.phone)?.endsWith(tail) ?? false)
  )
}
