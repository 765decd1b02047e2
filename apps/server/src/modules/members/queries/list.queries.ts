import { CompiledQuery } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { PLANNED_FOR_VALUES } from '../../../platform/db.ts'
import { DEFAULT_LIMIT, type Keyset } from '../../../platform/page.ts'
import { withinText } from '../../../platform/scope.ts'
import { peopleBelowText } from '../../org/index.ts'
import { type MoreFilter, moreText } from './more.queries.ts'
import { type Bind, foundText, type Search, waysText } from './search.queries.ts'
import { yearsText } from './years.queries.ts'

/** A member as the list reads it; sealed columns are masked by the service. */
export type ListedMember = {
  id: string
  memberNo: string
  name: string
  sex: string | null
  ethnic: string | null
  bornOn: string | null
  education: string | null
  category: string
  status: string
  orgId: string
  orgPath: string
  orgName: string
  idNumber: Buffer | null
  phone: Buffer | null
  joinedOn: string | null
  convertedOn: string | null
  completeness: number
  recordState: string
  updatedAt: Date
  version: number
  pinyin: string
  topPost: string | null
  total: number | null
}

export type ListFilter = {
  /** Path below which (or at which) the list looks; always within the caller's scope. */
  path: string
  below: boolean
  /**
   * How many people live there, which decides the way they are read: few are all read and sorted, more are walked in the
   * order of the sort until a page is full. `people` is null for the whole tenant.
   */
  extent: 'few' | { readonly people: number | null }
  search: Search | null
  category: string[] | null
  status: string[] | null
  recordState: string[] | null
  sex: string | null
  education: string[] | null
  ethnic: string[] | null
  bornAfter: string | null
  bornUntil: string | null
  completenessBelow: number | null
  joinedFrom: string | null
  joinedTo: string | null
  joinedMonth: number | null
  missedAtLeast: number | null
  /** What is asked for more rarely still; null when nothing of it is. */
  more: MoreFilter | null
  /** Whether the count of the rollup is wanted: only where it equals what the list shows. */
  counted: boolean
}

const COLUMNS = `m.id, m.member_no as "memberNo", m.name, m.sex, m.ethnic, m.born_on as "bornOn", m.education, m.category, m.status,
  m.org_id as "orgId", m.org_path as "orgPath", o.name as "orgName", m.id_number as "idNumber", m.phone, m.joined_on as "joinedOn",
  m.converted_on as "convertedOn", m.completeness, m.record_state as "recordState", m.updated_at as "updatedAt", m.version, m.pinyin, m.top_post as "topPost"`

const FROM = `from members_member m join org_path o on o.tenant_id = m.tenant_id and o.id = m.org_id`

/** What the sorts of the endpoint mean; the place in the list is `(column, id)`. */
export const SORT_COLUMNS = {
  name: 'm.pinyin',
  joined: 'm.joined_on',
  updated: 'm.updated_at',
  completeness: 'm.completeness',
} as const
const CASTS: Readonly<Record<string, string>> = {
  'm.pinyin': 'text',
  'm.joined_on': 'date',
  'm.updated_at': 'timestamptz',
  'm.completeness': 'smallint',
}

/**
 * One page of the list in one statement. A plain list has one of few texts, which the server plans once; with filters
 * or a search the best way depends on their values, so the statement is planned for them.
 */
export async function listMembers(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset): Promise<ListedMember[]> {
  const values: unknown[] = [actor.tenantId]
  const bind = (value: unknown, cast: string): string => `$${values.push(value)}::${cast}`
  const order = orderOf(keyset, bind)
  const limit = rowsOf(keyset.limit, bind)
  const place = placeOf(actor, filter, bind)
  const kept = ['m.deleted_at is null', ...rare(filter, bind), ...order.beyond]
  const { source, where } = sourceOf(filter, keyset, { place, kept, order, limit, bind })
  const total = filter.counted ? totalOf(filter, bind) : 'null::int'
  const isPlanned = filter.search !== null || !isPlain(filter)
  const text = `${isPlanned ? PLANNED_FOR_VALUES : ''}select ${COLUMNS}, ${total} as total
    from ${source} join org_path o on o.tenant_id = m.tenant_id and o.id = m.org_id
    where ${['m.tenant_id = $1', 'o.tenant_id = $1', ...where].join(' and ')} order by ${order.text} limit ${limit}`
  const { rows } = await db.executeQuery<ListedMember>(CompiledQuery.raw(text, values))
  return rows
}

type Parts = {
  readonly place: Place
  /** Not deleted, the filters, and beyond the last page. */
  readonly kept: readonly string[]
  readonly order: Order
  readonly limit: string
  readonly bind: Bind
}

/**
 * Where the rows come from. Of few people all are read from the index of their place, which holds what lists ask, and
 * sorted; a list without conditions is walked in its order; a search by name takes the first of each way of finding; any
 * other condition walks a stretch first.
 */
function sourceOf(filter: ListFilter, keyset: Keyset, parts: Parts): { source: string; where: readonly string[] } {
  const { place, kept, bind, order, limit } = parts
  const { search, extent } = filter
  const found = () => (search === null ? [] : [foundText(search, bind)])
  const joined = (hits: string) => ({
    source: `(${hits}) hit join members_member m on m.tenant_id = $1 and m.id = hit.id`,
    where: [...place.shown, ...kept],
  })
  if (extent === 'few') {
    const all = ['m.tenant_id = $1', ...place.read, ...kept, ...found()].join(' and ')
    return joined(`select m.id from members_member m where ${all} order by ${order.sorted} limit ${limit}`)
  }
  const walked = [...place.walked, ...kept]
  const isWalk = search === null && isPlain(filter)
  if (isWalk && extent.people === null) return { source: 'members_member m', where: kept }
  const hits = isWalk
    ? `select m.id from members_member m where ${['m.tenant_id = $1', ...walked].join(' and ')} order by ${order.text} limit ${limit}`
    : search !== null && keyset.column === SORT_COLUMNS.name
      ? waysText(search, { where: walked, order: order.text, limit, bind })
      : search === null && keyset.column === SORT_COLUMNS.joined && isOfAge(filter)
        ? yearsText(filter, { where: walked, place: order.place, order: order.text, limit, bind })
        : stretchText([...kept, ...found()], parts, extent.people)
  return joined(hits)
}

/** So many rows of the whole are looked through in the order of the list, and of a part of it as many as lie on the way. */
const STRETCH = 5_000
const SHARE_OF_PART = 200
const LEAST_OF_PART = 40

/**
 * The ids of a page under conditions. A stretch of the list in its own order holds them when they are frequent; when it
 * does not, they are rare, or lie at the other end because sort and condition hang together (the young joined late): then
 * what the conditions find is read and sorted. Either way has an end, which no guess of the planner about both has.
 */
function stretchText(conditions: readonly string[], { place, order, limit }: Parts, people: number | null): string {
  const stretch =
    people === null ? STRETCH : Math.min(STRETCH, Math.max(LEAST_OF_PART, Math.round(people / SHARE_OF_PART)))
  const met = conditions.join(' and ')
  const first = ['m.tenant_id = $1', 'm.deleted_at is null', ...order.beyond].join(' and ')
  return `with walk as materialized (
      select m.id from (select m.* from members_member m where ${first} order by ${order.text} limit ${stretch}) m
      where ${[...place.walked, met].join(' and ')} order by ${order.text} limit ${limit}
    ), rest as materialized (
      select m.id from members_member m where (select count(*) from walk) < ${limit} and m.tenant_id = $1
        and ${[...place.read, met].join(' and ')}
      order by ${order.sorted} limit ${limit}
    )
    select walk.id from walk union select rest.id from rest`
}

/**
 * A page of the usual size is written into the text: with an unknown limit PostgreSQL plans for a tenth of the table
 * and so plans anew for every request. Other sizes stay parameters, which keeps the number of texts small.
 */
const rowsOf = (limit: number, bind: Bind): string =>
  limit === DEFAULT_LIMIT ? String(DEFAULT_LIMIT + 1) : bind(limit + 1, 'int')

/**
 * The whole tenant is not narrowed: row security does it. Many people are walked past: the range is written so that no
 * index of paths is taken for it, which would read and sort them all for one page. Where the place is all that the caller
 * sees, walking leaves it to row security too, since the planner would count the same condition twice; what was found is
 * held against it all the same.
 */
function placeOf(actor: Actor, { path, below, extent }: ListFilter, bind: Bind): Place {
  const same = (text: string) => ({ walked: [text], read: [text], shown: [text] })
  if (!below) return same(`m.org_path = ${bind(path, 'text')}`)
  if (extent === 'few') return same(withinText('m.org_path', bind(path, 'text')))
  if (extent.people === null) return { walked: [], read: [], shown: [] }
  const given = bind(path, 'text')
  const shown = [withinText(`(m.org_path || '')`, given)]
  const read = [withinText('m.org_path', given)]
  return path === actor.scope ? { walked: [], read, shown } : { walked: shown, read, shown }
}

/** The place as a condition for walking past others, for reading by an index, and on what was found. */
type Place = { readonly walked: readonly string[]; readonly read: readonly string[]; readonly shown: readonly string[] }

type Order = {
  /** The column that the sort goes by. */
  readonly place: string
  readonly text: string
  /** The same order as no index has it. */
  readonly sorted: string
  readonly beyond: readonly string[]
}
const NOTHING: Readonly<Record<string, string>> = {
  'm.pinyin': ` || ''`,
  'm.joined_on': ' + 0',
  'm.updated_at': ` + interval '0'`,
  'm.completeness': ' + 0',
}

/**
 * The sort as an index has it, forwards or backwards, so that any page begins where the last one ended: comparing the
 * pair at once is one range. Who has no date of joining comes last either way.
 */
function orderOf({ column, descending, after }: Keyset, bind: Bind): Order {
  const none = descending ? `'-infinity'::date` : `'infinity'::date`
  const joined = descending ? 'm.joined_down' : 'm.joined_up'
  const place = column === SORT_COLUMNS.joined ? joined : column
  const direction = descending ? 'desc' : 'asc'
  const text = `${place} ${direction}, m.id ${direction}`
  const sorted = `(${place}${NOTHING[column]}) ${direction}, m.id ${direction}`
  if (after === null) return { place, text, sorted, beyond: [] }
  const value = after.value === null ? none : bind(after.value, CASTS[column] ?? 'text')
  return {
    place,
    text,
    sorted,
    beyond: [`(${place}, m.id) ${descending ? '<' : '>'} (${value}, ${bind(after.id, 'uuid')})`],
  }
}

function rare(filter: ListFilter, bind: Bind): string[] {
  if (isPlain(filter)) return []
  const any = (column: string, words: string[] | null) => {
    const list = bind(words, 'text[]')
    return `(${list} is null or ${column} = any(${list}))`
  }
  const test = (column: string, operator: string, value: unknown, cast: string) => {
    const given = bind(value, cast)
    return `(${given} is null or ${column} ${operator} ${given})`
  }
  return [
    any('m.category', filter.category),
    any('m.status', filter.status),
    any('m.record_state', filter.recordState),
    any('m.education', filter.education),
    any('m.ethnic', filter.ethnic),
    test('m.sex', '=', filter.sex, 'text'),
    test('m.born_on', '>', filter.bornAfter, 'date'),
    test('m.born_on', '<=', filter.bornUntil, 'date'),
    test('m.completeness', '<', filter.completenessBelow, 'smallint'),
    test('m.joined_on', '>=', filter.joinedFrom, 'date'),
    test('m.joined_on', '<=', filter.joinedTo, 'date'),
    test('extract(month from m.joined_on)::int', '=', filter.joinedMonth, 'int'),
    test('m.missed_in_row', '>=', filter.missedAtLeast, 'smallint'),
    ...(filter.more ? moreText(filter.more, bind) : []),
  ]
}

/** Nothing but place, search and sort: the text without the rare conditions is the one that must be fastest. */
function isPlain(filter: ListFilter): boolean {
  const {
    category,
    status,
    recordState,
    education,
    ethnic,
    sex,
    bornAfter,
    bornUntil,
    completenessBelow,
    joinedFrom,
    joinedTo,
    joinedMonth,
    missedAtLeast,
    more,
  } = filter
  return [
    category,
    status,
    recordState,
    education,
    ethnic,
    sex,
    bornAfter,
    bornUntil,
    completenessBelow,
    joinedFrom,
    joinedTo,
    joinedMonth,
    missedAtLeast,
    more,
  ].every((value) => value === null)
}

/** Narrowed by age and by nothing else. */
const isOfAge = (filter: ListFilter): boolean =>
  !isPlain(filter) && isPlain({ ...filter, bornAfter: null, bornUntil: null })

/** People of the place, from the rollup. */
function totalOf(filter: ListFilter, bind: Bind): string {
  const path = bind(filter.path, 'text')
  if (filter.below) return peopleBelowText('$1', path)
  return `(select coalesce(sum(n.people), 0)::int from members_total n where n.tenant_id = $1 and n.org_path = ${path})`
}

/** One member as the list shows it, inside the caller's scope. */
export async function findCard(db: Db, actor: Actor, id: string): Promise<ListedMember | undefined> {
  const text = `select ${COLUMNS}, null::int as total ${FROM} where m.tenant_id = $1 and o.tenant_id = $1 and m.id = $2::uuid
    and (m.org_path = $3::text or ($4::boolean and ${withinText('m.org_path', '$3::text')})) and m.deleted_at is null`
  const { rows } = await db.executeQuery<ListedMember>(
    CompiledQuery.raw(text, [actor.tenantId, id, actor.scope, actor.reach === 'subtree']),
  )
  return rows[0]
}
