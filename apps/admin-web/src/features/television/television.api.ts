import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { download } from '@tongxin/client/download'
import type { Search } from '@tongxin/client/screen'
import { listMedia } from '@tongxin/contract/media'
import { listChannels, listSlots, readChannel } from '@tongxin/contract/television'
import {
  exportAirings,
  exportCoverage,
  listAirings,
  listSets,
  readAiring,
  readCoverage,
} from '@tongxin/contract/television.sets'
import { listQuery } from '../../shared/list/list-search.ts'

export const ALL_TELEVISION = [['television']] as const
/** Sets report every half minute, which is no event. */
const LIVE_MS = 30_000

/** A unit means all below it: there is no place of its own for that in these lists. */
const asked = ({ below: _, ...search }: Search): never => listQuery<object>(search) as never

export const channelsQuery = ({ isEnded, ...search }: Search) =>
  queryOptions({
    queryKey: ['television', 'channels', search, isEnded],
    queryFn: ({ signal }) =>
      call(listChannels, { query: { ...(asked(search) as object), isEnded: isEnded === 'true' }, signal }),
    placeholderData: keepPreviousData,
  })
export const channelQuery = (id: string) =>
  queryOptions({
    queryKey: ['television', 'channel', id],
    queryFn: ({ signal }) => call(readChannel, { params: { id }, signal }),
  })
export const slotsQuery = (id: string, from: string, until: string) =>
  queryOptions({
    queryKey: ['television', 'slots', id, from, until],
    queryFn: ({ signal }) => call(listSlots, { params: { id }, query: { from, until }, signal }),
  })
export const setsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['television', 'sets', search],
    queryFn: ({ signal }) => call(listSets, { query: asked(search), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  })
const airingFilter = ({ onFrom, onTo, ...search }: Search): Search => ({
  ...search,
  ...(onFrom ? { from: onFrom } : {}),
  ...(onTo ? { until: onTo } : {}),
})
export const airingsQuery = (search: Search) =>
  queryOptions({
    queryKey: ['television', 'airings', search],
    queryFn: ({ signal }) => call(listAirings, { query: asked(airingFilter(search)), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  })
export const airingQuery = (id: string) =>
  queryOptions({
    queryKey: ['television', 'airing', id],
    queryFn: ({ signal }) => call(readAiring, { params: { id }, signal }),
  })
const windowOf = ({ orgId, from, until }: Search) => ({
  ...(orgId ? { orgId } : {}),
  ...(from ? { from } : {}),
  ...(until ? { until } : {}),
})
export const coverageQuery = (search: Search) =>
  queryOptions({
    queryKey: ['television', 'coverage', windowOf(search)],
    queryFn: ({ signal }) => call(readCoverage, { query: windowOf(search), signal }),
  })
/** What may be a programme: it plays now, and is of the scope or of a unit above. */
export const playableQuery = (text: string) =>
  queryOptions({
    queryKey: ['television', 'media', text],
    queryFn: async ({ signal }) => {
      const { rows } = await call(listMedia, { query: { limit: 20, ...(text ? { text } : {}) }, signal })
      return rows.filter(({ isPlayable, isGone }) => isPlayable && !isGone)
    },
  })

const spoken = (language: string) => (language.startsWith('zh') ? ('zh-CN' as const) : ('en' as const))
export const saveCoverage = (search: Search, language: string): Promise<void> =>
  download(exportCoverage, { body: { filter: windowOf(search), language: spoken(language) } })
export function saveLog(search: Search, language: string): Promise<void> {
  const {
    cursor: _,
    limit: __,
    sort: ___,
    row: ____,
    ...filter
  } = asked(airingFilter(search)) as Record<string, string>
  return download(exportAirings, { body: { filter: filter as never, language: spoken(language) } })
}
