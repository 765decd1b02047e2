import type { Bind } from './search.queries.ts'

type Ages = { readonly bornAfter: string | null; readonly bornUntil: string | null }
type Walk = {
  readonly where: readonly string[]
  readonly place: string
  readonly order: string
  readonly limit: string
  readonly bind: Bind
}

/**
 * The ids of a page of people of an age, by date of joining: the first of each year of birth in the order of the list, and
 * of these the first. Reads a page a year, however many people are of that age; an age with an open end begins or ends
 * with the oldest or the youngest.
 */
export function yearsText({ bornAfter, bornUntil }: Ages, { where, place, order, limit, bind }: Walk): string {
  const living = 'b.tenant_id = $1 and b.deleted_at is null and b.born_year is not null'
  const end = (direction: 'asc' | 'desc') =>
    `(select b.born_year from members_member b where ${living} order by b.born_year ${direction} limit 1)`
  const yearOf = (day: string) => `extract(year from ${day})::int`
  const after = bornAfter === null ? null : bind(bornAfter, 'date')
  const until = bornUntil === null ? null : bind(bornUntil, 'date')
  const from = after === null ? end('asc') : yearOf(after)
  const to = until === null ? end('desc') : yearOf(until)
  const within = ['m.tenant_id = $1', 'm.born_year is not null', 'm.born_year = lived.year', ...where].join(' and ')
  return `select born.id from generate_series(${from}, ${to}) as lived(year) cross join lateral (
      select m.id, ${place} from members_member m where ${within} order by ${order} limit ${limit}
    ) born order by ${order.replaceAll('m.', 'born.')} limit ${limit}`
}
