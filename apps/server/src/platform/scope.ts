import { sql } from 'kysely'

/** The subtree range of a column with paths of organisations: the only form of the test that uses the path index. */
export function inScope(column: string, scope: string) {
  const path = sql.ref(column)
  return sql<boolean>`(${path} = ${scope} or (${path} >= ${`${scope}.`} and ${path} < ${`${scope}/`}))`
}
