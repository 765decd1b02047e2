import type { SelectQueryBuilder } from 'kysely'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'

/** A page of rows and one more. `select` reads rows of the shape `T`; `id` is the qualified id that breaks ties. */
export const paged = async <T>(select: unknown, keyset: Keyset, id: string): Promise<T[]> =>
  (await byKeyset(select as SelectQueryBuilder<DB, keyof DB, T>, keyset, id).execute()) as T[]
