import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { dropFilter, listFilters, saveFilter } from '@tongxin/contract/settings'
import type { SavedFilters } from './types.ts'

const savedFiltersQuery = (list: string) =>
  queryOptions({
    queryKey: ['saved-filters', list],
    queryFn: ({ signal }) => call(listFilters, { params: { list }, signal }),
  })

/** The person's own named filters of one list, kept by the server. */
export function useSavedFilters(list: string): SavedFilters {
  const client = useQueryClient()
  const { queryKey } = savedFiltersQuery(list)
  const { data } = useQuery(savedFiltersQuery(list))
  const reload = () => client.invalidateQueries({ queryKey })
  return {
    list: (data?.rows ?? []).map(({ id, name, filter }) => ({ id, name, search: textsOf(filter) })),
    save: async (name, search) => {
      const filter = Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ''))
      await call(saveFilter, { params: { list }, body: { name, filter } })
      await reload()
    },
    remove: async (id) => {
      await call(dropFilter, { params: { list, id } })
      await reload()
    },
  }
}

const textsOf = (filter: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)]))
