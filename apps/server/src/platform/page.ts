import { requestRefusals } from '@tongxin/contract'
import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely'

export const DEFAULT_LIMIT = 20

/** A place in a sorted list: the value of the sort column and the id that breaks ties. */
export type Keyset = {
  /** The name of the sort, which the cursor repeats: one of another sort is refused. Absent where nobody goes on reading. */
  readonly sort?: string
  readonly column: string
  readonly descending: boolean
  readonly after: { value: string | number | null; id: string } | null
  readonly limit: number
}

/**
 * Reads `sort`, `cursor` and `limit` of a list query. `columns` maps the endpoint's sort names to SQL columns, so a
 * request value never becomes SQL. Throws `request.malformed` for a cursor that is not ours or of another sort.
 */
export function keysetOf(
  query: { cursor?: string; limit?: number; sort?: string },
  columns: Readonly<Record<string, string>>,
  fallback: string,
): Keyset {
  const sort = query.sort ?? fallback
  const descending = sort.startsWith('-')
  const name = descending ? sort.slice(1) : sort
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined
  if (!column) throw badCursor('/query/sort')
  return {
    sort,
    column,
    descending,
    after: query.cursor ? decode(query.cursor, sort) : null,
    limit: query.limit ?? DEFAULT_LIMIT,
  }
}

function decode(cursor: string, sort: string): { value: string | number | null; id: string } {
  try {
    const parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
    if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === sort && typeof parsed[2] === 'string') {
      const value = parsed[1] as unknown
      if (value === null || typeof value === 'string' || typeof value === 'number') return { value, id: parsed[2] }
    }
  } catch {
    // Falls through to the refusal: a broken cursor and a foreign one are the same mistake.
  }
  throw badCursor('/query/cursor')
}

const badCursor = (field: string) => requestRefusals.malformed({}, [{ field, code: 'field.wrong_format' }])

/**
 * Restricts and orders a select by the keyset on `(column, id)` and takes one row more than a page, so that the next
 * page is known to exist. Null values sort last in both directions. `idColumn` is the qualified id.
 */
export function byKeyset<DB, TB extends keyof DB, O>(
  select: SelectQueryBuilder<DB, TB, O>,
  keyset: Keyset,
  idColumn: string,
): SelectQueryBuilder<DB, TB, O> {
  const column = sql.ref(keyset.column)
  const id = sql.ref(idColumn)
  const direction = keyset.descending ? sql`desc` : sql`asc`
  const { after } = keyset
  let narrowed = select
  if (after) {
    const beyond = keyset.descending ? sql`<` : sql`>`
    narrowed = select.where((_: ExpressionBuilder<DB, TB>) =>
      after.value === null
        ? sql<boolean>`(${column} is null and ${id} > ${after.id})`
        : sql<boolean>`(${column} ${beyond} ${after.value} or (${column} = ${after.value} and ${id} > ${after.id}) or ${column} is null)`,
    )
  }
  return narrowed
    .orderBy(sql`${column} ${direction} nulls last`)
    .orderBy(sql`${id} asc`)
    .limit(keyset.limit === DEFAULT_LIMIT ? sql.lit(DEFAULT_LIMIT + 1) : keyset.limit + 1)
}

/** Cuts the extra row off and makes the cursor of the next page from the last row kept. */
export function pageOfRows<R>(
  rows: R[],
  keyset: Keyset,
  place: (row: R) => { value: string | number | null; id: string },
): { rows: R[]; next: string | null } {
  if (rows.length <= keyset.limit) return { rows, next: null }
  const kept = rows.slice(0, keyset.limit)
  const { value, id } = place(kept[kept.length - 1] as R)
  return { rows: kept, next: Buffer.from(JSON.stringify([keyset.sort, value, id])).toString('base64url') }
}
