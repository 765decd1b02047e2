import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { chooseDefaultFilter, dropFilter, listFilters, restoreFilter, saveFilter } from '@tongxin/contract/settings'
import type { SavedFilters } from './types.ts'

const savedFiltersQuery = (list: string) =>
  queryOptions({
    queryKey: ['saved-filters', list],
    queryFn: ({ signal }) => call(listFilters, { params: { list }, signal }),
  })

/** The named filters of one list, kept by the server: the own ones, and those that others share with this post. */
export function useSavedFilters(list: string): SavedFilters {
  const client = useQueryClient()
  const { queryKey } = savedFiltersQuery(list)
  const { data } = useQuery(savedFiltersQuery(list))
  const reload = () => client.invalidateQueries({ queryKey })
  return {
    list: data ? data.rows.map(({ filter, ...view }) => ({ ...view, search: textsOf(filter) })) : null,
    save: async (name, search, seenBy) => {
      const filter = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))
      await call(saveFilter, { params: { list }, body: { name, filter, seenBy } })
      await reload()
    },
    choose: async (id) => {
      await call(chooseDefaultFilter, { params: { list }, body: { id } })
      await reload()
    },
    remove: async (id) => {
      await call(dropFilter, { params: { list, id } })
      await reload()
    },
    restore: async (id) => {
      await call(restoreFilter, { params: { list, id }, body: {} })
      await reload()
    },
  }
}

const textsOf = (filter: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]))
