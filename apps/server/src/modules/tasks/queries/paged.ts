import { type SelectQueryBuilder, sql } from 'kysely'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inScope } from '../../../platform/scope.ts'

/** A page of rows and one more. `select` reads rows of the shape `T`; `id` is the qualified id that breaks ties. */
export const paged = async <T>(select: unknown, keyset: Keyset, id: string): Promise<T[]> =>
  (await byKeyset(select as SelectQueryBuilder<DB, keyof DB, T>, keyset, id).execute()) as T[]

/** A unit of the filter, with those below it unless that is not wanted. */
export type PlaceFilter = { readonly path: string | null; readonly isBelow: boolean }
export const inPlace = (column: string, path: string, isBelow: boolean) =>
  isBelow ? inScope(column, path) : sql<boolean>`${sql.ref(column)} = ${path}`

/** States in which somebody still has to act, as SQL. */
export const OPEN_STATES = sql.raw(`('unsigned', 'doing', 'handed_in', 'returned')`)
