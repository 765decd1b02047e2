import type { Search } from '@tongxin/client/screen'
import type { MemberFilter } from '@tongxin/contract/members'
import { choicesOf, listQuery } from '../../shared/list/list-search.ts'

/** Age bands of the list: years completed, both ends included. */
export const AGE_BANDS: Readonly<Record<string, { readonly ageFrom?: number; readonly ageTo?: number }>> = {
  under36: { ageTo: 35 },
  '36-45': { ageFrom: 36, ageTo: 45 },
  '46-54': { ageFrom: 46, ageTo: 54 },
  '55-59': { ageFrom: 55, ageTo: 59 },
  over59: { ageFrom: 60 },
}
/** Shares of the record filled in below which somebody should ask. */
export const COMPLETENESS_STEPS = ['60', '80', '100'] as const
/** Months of the 政治生日. */
export const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1))
/** Meetings missed in a row from which somebody should ask. */
export const MISSED_STEPS = ['1', '2', '3', '6', '12'] as const
const LISTS = ['category', 'status', 'recordState', 'education', 'ethnic'] as const
const TEXTS = ['orgId', 'search', 'sex', 'joinedFrom', 'joinedTo'] as const

/** The filters of the URL as the list, the export and the printed roster take them. */
export function memberFilterOf(search: Search): MemberFilter {
  const kept: Record<string, unknown> = { ...AGE_BANDS[search.age ?? ''] }
  for (const name of TEXTS) if (search[name]) kept[name] = search[name]
  for (const name of LISTS) if (search[name]) kept[name] = choicesOf(search[name])
  if (search.orgId) kept.below = search.below === 'true'
  if (search.joinedMonth) kept.joinedMonth = Number(search.joinedMonth)
  if (search.completenessBelow) kept.completenessBelow = Number(search.completenessBelow)
  if (search.missedAtLeast) kept.missedAtLeast = Number(search.missedAtLeast)
  return kept as MemberFilter
}

/** The query of the list: its filters with page, order and size. */
export function memberQueryOf(search: Search): MemberFilter & { cursor?: string; limit?: number; sort?: never } {
  const { cursor = '', limit = '', sort = '' } = search
  return { ...listQuery<object>({ cursor, limit: limit || '20', sort }), ...memberFilterOf(search) }
}
