import type { AudienceKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { withinText } from '../../../platform/scope.ts'
import { categoriesOf, ENDED_STATUSES, LEARNING_STATUSES } from '../../members/index.ts'

/** Whom a circular means, as ranges of the tree and people by name: nobody has a row of it. */
export type Meant = {
  readonly tenantId: string
  /** Units, none of which lies below another one. */
  readonly paths: readonly string[]
  readonly kinds: readonly AudienceKind[]
  /** Members who hold one of the posts, by path; null when the audience is not narrowed by posts. */
  readonly holders: readonly { readonly path: string; readonly memberId: string }[] | null
  readonly memberIds: readonly string[]
  readonly exceptPaths: readonly string[]
  readonly exceptMemberIds: readonly string[]
}
type Part = ReturnType<typeof sql>
const NOTHING = sql``

/** `m` is a living record inside of `a.path`, of the kinds, and not taken out. */
const isMeant = ({ tenantId, kinds, exceptPaths, exceptMemberIds }: Meant) => sql`m.tenant_id = ${tenantId}
  and ${sql.raw(withinText('m.org_path', 'a.path collate "C"'))}
  and m.category = any(${categoriesOf(kinds)}::text[]) and m.status = any(${[...LEARNING_STATUSES]}::text[])
  ${exceptMemberIds.length === 0 ? NOTHING : sql`and m.id <> all(${[...exceptMemberIds]}::uuid[])`}
  ${
    exceptPaths.length === 0
      ? NOTHING
      : sql`and not exists (select from unnest(${[...exceptPaths]}::text[]) as e (path)
          where ${sql.raw(withinText('m.org_path', 'e.path collate "C"'))})`
  }`

const COLUMNS = sql.raw('m.id, m.person_id, m.name, m.org_id, m.org_path')
/** Everybody who is meant, each once; `more` narrows `m` and `end` orders and limits what is read of each unit. */
function people(meant: Meant, more: Part, end: Part): Part {
  const { tenantId, paths, holders, memberIds, exceptMemberIds } = meant
  const inUnits = holders
    ? sql`select ${COLUMNS} from unnest(${holders.map(({ path }) => path)}::text[], ${holders.map(({ memberId }) => memberId)}::uuid[])
        as a (path, member_id) join member_card m on m.tenant_id = ${tenantId} and m.id = a.member_id where ${isMeant(meant)} ${more}`
    : sql`select x.* from unnest(${[...paths]}::text[]) as a (path)
        cross join lateral (select ${COLUMNS} from member_card m where ${isMeant(meant)} ${more} ${end}) as x`
  if (memberIds.length === 0) return holders ? sql`select distinct h.* from (${inUnits}) as h` : inUnits
  return sql`${inUnits} union select ${COLUMNS} from member_card m where m.tenant_id = ${tenantId}
    and m.id = any(${[...memberIds]}::uuid[]) and m.status = any(${[...LEARNING_STATUSES]}::text[])
    ${exceptMemberIds.length === 0 ? NOTHING : sql`and m.id <> all(${[...exceptMemberIds]}::uuid[])`} ${more}`
}

/** Records of these subtrees that have ended, by path: the totals of units count them. */
export async function endedAt(db: Db, meant: Meant, paths: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ path: string; people: number }>`select a.path, e.people
    from unnest(${[...paths]}::text[]) as a (path)
    cross join lateral (select count(*)::int as people from member_card m where m.tenant_id = ${meant.tenantId}
      and m.status <> 'normal' and m.status = any(${[...ENDED_STATUSES]}::text[])
      and m.category = any(${categoriesOf(meant.kinds)}::text[])
      and ${sql.raw(withinText('m.org_path', 'a.path collate "C"'))}) as e`.execute(db)
  return new Map(rows.map((row) => [row.path, row.people]))
}

/** Where these people belong, of those who are meant; without `ids` all of them: for audiences narrowed by posts. */
export async function placesOf(db: Db, meant: Meant, ids: readonly string[] | null): Promise<string[]> {
  const more = ids === null ? NOTHING : sql`and m.id = any(${[...ids]}::uuid[])`
  const { rows } = await sql<{
    path: string
  }>`select p.org_path as path from (${people(meant, more, NOTHING)}) as p`.execute(db)
  return rows.map(({ path }) => path)
}

export type Missing = {
  readonly memberId: string
  readonly personId: string
  readonly name: string
  readonly orgId: string
  readonly orgPath: string
}
export type PeoplePage = {
  readonly after: { readonly path: string; readonly id: string } | null
  readonly limit: number
}

/** How a circular counts as received. `confirmVersion`: null when reading is enough. */
export type Owed = { readonly id: string; readonly version: number; readonly confirmVersion: number | null }
const isOwed = (
  tenantId: string,
  { id, version, confirmVersion }: Owed,
) => sql`and not exists (select from notices_receipt r
  where r.tenant_id = ${tenantId} and r.circular_id = ${id} and r.person_id = m.person_id
    and ${confirmVersion === null ? sql`r.read_version >= ${version}` : sql`r.confirmed_version >= ${confirmVersion}`})`

/** People who are meant, in the order of units; `owed`: only those from whom its receipt is missing. */
export async function listPeople(
  db: Db,
  meant: Meant,
  { after, limit }: PeoplePage,
  owed: Owed | null,
  below: string | null = null,
): Promise<Missing[]> {
  const from = after === null ? NOTHING : sql`and (m.org_path, m.id) > (${after.path} collate "C", ${after.id}::uuid)`
  const inUnit = below === null ? NOTHING : sql`and m.org_path >= ${below} and m.org_path < ${`${below}/`}`
  const more = sql`${from} ${inUnit} ${owed === null ? NOTHING : isOwed(meant.tenantId, owed)}`
  const end = sql`order by m.org_path, m.id limit ${limit}`
  const { rows } = await sql<Missing>`select p.id as "memberId", p.person_id as "personId", p.name, p.org_id as "orgId",
      p.org_path as "orgPath" from (${people(meant, more, end)}) as p order by p.org_path, p.id limit ${limit}`.execute(
    db,
  )
  return rows
}
