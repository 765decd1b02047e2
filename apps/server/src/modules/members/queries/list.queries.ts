import { CompiledQuery } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import { DEFAULT_LIMIT, type Keyset } from '../../../platform/page.ts'
import { peopleBelowText, withinText } from '../../org/index.ts'

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
  total: number | null
}

export type ListFilter = {
  /** Path below which (or at which) the list looks; always within the caller's scope. */
  path: string
  below: boolean
  isWholeTenant: boolean
  search: { prefix: string } | { idTail: number; phoneTail: number; prefix: string } | null
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
  /** Whether the count of the rollup is wanted: only where it equals what the list shows. */
  counted: boolean
}

const COLUMNS = `m.id, m.member_no as "memberNo", m.name, m.sex, m.ethnic, m.born_on as "bornOn", m.education, m.category, m.status,
  m.org_id as "orgId", m.org_path as "orgPath", o.name as "orgName", m.id_number as "idNumber", m.phone, m.joined_on as "joinedOn",
  m.converted_on as "convertedOn", m.completeness, m.record_state as "recordState", m.updated_at as "updatedAt", m.version, m.pinyin`

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
 * One page of the list in one statement. The text depends on sort, place, search and scope only (rare filters are
 * parameters that may be null), so the server keeps few prepared statements and plans them once.
 */
export async function listMembers(db: Db, actor: Actor, filter: ListFilter, keyset: Keyset): Promise<ListedMember[]> {
  const values: unknown[] = [actor.tenantId]
  const bind = (value: unknown, cast: string): string => `$${values.push(value)}::${cast}`
  const place = placeOf(filter, bind)
  const hits = filter.search === null ? null : hitsOf(filter.search, bind)
  const where = [
    'm.tenant_id = $1',
    'o.tenant_id = $1',
    'm.deleted_at is null',
    ...(hits === null ? [] : place),
    ...rare(filter, bind),
    ...beyond(keyset, bind),
  ]
  const total = filter.counted ? totalOf(filter, bind) : 'null::int'
  const direction = keyset.descending ? 'desc' : 'asc'
  const nulls = keyset.column === 'm.pinyin' || keyset.column === 'm.completeness' ? '' : ' nulls last'
  const text = `${hits === null ? '' : `with hit as materialized (${hits})`} select ${COLUMNS}, ${total} as total
    from ${sourceOf(hits, place)} join org_path o on o.tenant_id = m.tenant_id and o.id = m.org_id
    where ${where.join(' and ')} order by ${keyset.column} ${direction}${nulls}, m.id limit ${rowsOf(keyset.limit, bind)}`
  const { rows } = await db.executeQuery<ListedMember>(CompiledQuery.raw(text, values))
  return rows
}

/**
 * A page of the usual size is written into the text: with an unknown limit PostgreSQL plans for a tenth of the table
 * and so plans anew for every request. Other sizes stay parameters, which keeps the number of texts small.
 */
const rowsOf = (limit: number, bind: Bind): string =>
  limit === DEFAULT_LIMIT ? String(DEFAULT_LIMIT + 1) : bind(limit + 1, 'int')

type Bind = (value: unknown, cast: string) => string

/** The whole tenant is not narrowed: row security does it, and the sort index is walked from its end. */
function placeOf(filter: ListFilter, bind: Bind): string[] {
  if (!filter.below) return [`m.org_path = ${bind(filter.path, 'text')}`]
  if (filter.isWholeTenant) return []
  const path = bind(filter.path, 'text')
  return [withinText('m.org_path', path)]
}

/**
 * Where the rows come from. People found by a search are few and come first; the people of a place are read through
 * its range and then sorted (`offset 0` keeps the planner from walking the whole sort index instead); the whole tenant
 * is walked in the order of the sort index from its end.
 */
function sourceOf(hits: string | null, place: readonly string[]): string {
  if (hits !== null) return 'hit join members_member m on m.tenant_id = $1 and m.id = hit.id'
  if (place.length === 0) return 'members_member m'
  return `(select m.* from members_member m where m.tenant_id = $1 and ${place.join(' and ')} offset 0) m`
}

/** Prefixes of name, given name, pinyin, initials, number; tails of ID number and telephone. All by index ranges. */
function hitsOf(search: NonNullable<ListFilter['search']>, bind: Bind): string {
  const from = bind(search.prefix, 'text')
  const lower = bind(search.prefix.toLowerCase(), 'text')
  const range = (column: string, prefix: string) =>
    `(s.${column} >= ${prefix} and s.${column} < ${prefix} || U&'\\+10FFFF')`
  const found = [
    range('name', from),
    range('given_name', from),
    range('pinyin', lower),
    range('initials', lower),
    range('member_no', from),
  ]
  if ('idTail' in search) {
    found.push(`s.id_tail = ${bind(search.idTail, 'int')}`, `s.phone_tail = ${bind(search.phoneTail, 'int')}`)
  }
  return `select s.id from members_member s where s.tenant_id = $1 and (${found.join(' or ')})`
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
  ].every((value) => value === null)
}

function beyond({ after, column, descending }: Keyset, bind: Bind): string[] {
  if (after === null) return []
  const id = bind(after.id, 'uuid')
  if (after.value === null) return [`${column} is null and m.id > ${id}`]
  const value = bind(after.value, CASTS[column] ?? 'text')
  const isNullable = column === 'm.joined_on'
  return [
    `(${column} ${descending ? '<' : '>'} ${value} or (${column} = ${value} and m.id > ${id})${isNullable ? ` or ${column} is null` : ''})`,
  ]
}

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
