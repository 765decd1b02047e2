import type { Search } from '@tongxin/client/screen'
import type { MemberFilter } from '@tongxin/contract/members'
import { AGE_BANDS, PARTY_AGE_BANDS, type YearsBand } from '@tongxin/domain/members/structure'
import { choicesOf, listQuery } from '../../shared/list/list-search.ts'

/** Shares of the record filled in below which somebody should ask. */
export const COMPLETENESS_STEPS = ['60', '80', '100'] as const
/** Months of the 政治生日. */
export const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1))
/** Meetings missed in a row from which somebody should ask. */
export const MISSED_STEPS = ['1', '2', '3', '6', '12'] as const
/** Months of dues in arrears: a reminder goes with the third and the fifth, and six are the limit of 党章 art. 9. */
export const DUES_STEPS = ['1', '3', '5', '6'] as const
/** Days within which an ID card runs out. */
export const CARD_STEPS = ['0', '30', '90', '180'] as const
const LISTS = ['category', 'status', 'recordState', 'education', 'ethnic', 'post', 'lacking'] as const
const TEXTS = ['orgId', 'search', 'sex', 'joinedFrom', 'joinedTo', 'asOf'] as const

const bandOf = (bands: Readonly<Record<string, YearsBand>>, name = ''): YearsBand => bands[name] ?? {}

/** The filters of the URL as the list, the export and the printed roster take them. */
export function memberFilterOf(search: Search): MemberFilter {
  const kept: Record<string, unknown> = {}
  const age = bandOf(AGE_BANDS, search.age)
  const partyAge = bandOf(PARTY_AGE_BANDS, search.partyAge)
  if (age.from !== undefined) kept.ageFrom = age.from
  if (age.to !== undefined) kept.ageTo = age.to
  if (partyAge.from !== undefined) kept.partyAgeFrom = partyAge.from
  if (partyAge.to !== undefined) kept.partyAgeTo = partyAge.to
  for (const name of TEXTS) if (search[name]) kept[name] = search[name]
  for (const name of LISTS) if (search[name]) kept[name] = choicesOf(search[name])
  if (search.orgId) kept.below = search.below === 'true'
  if (search.joinedMonth) kept.joinedMonth = Number(search.joinedMonth)
  if (search.completenessBelow) kept.completenessBelow = Number(search.completenessBelow)
  if (search.missedAtLeast) kept.missedAtLeast = Number(search.missedAtLeast)
  if (search.duesBehind) kept.duesBehind = Number(search.duesBehind)
  if (search.idExpiresWithin) kept.idExpiresWithin = Number(search.idExpiresWithin)
  return kept as MemberFilter
}

/** The query of the list: its filters with page, order and size. */
export function memberQueryOf(search: Search): MemberFilter & { cursor?: string; limit?: number; sort?: never } {
  const { cursor = '', limit = '', sort = '' } = search
  return { ...listQuery<object>({ cursor, limit: limit || '20', sort }), ...memberFilterOf(search) }
}
