import { type QueryKey, useQueryClient } from '@tanstack/react-query'

/** Reloads what an act has changed, for acts that are not a mutation of their own. */
export function useRefresh(keys: readonly QueryKey[]): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
}
