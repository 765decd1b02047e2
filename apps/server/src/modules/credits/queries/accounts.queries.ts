import type { CreditAccount, CreditPost, CreditStanding } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { atPlace, type Place } from './place.ts'

export type Account = {
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  unitName: string
  year: number
  post: CreditPost
  standing: CreditStanding
  target: number | null
  electiveLeast: number
  earned: number
  elective: number
  requiredLeft: number
  months: number[]
  isExempt: boolean
}

const columns = [
  'a.member_id as memberId',
  'a.person_id as personId',
  'a.name',
  'a.unit_id as unitId',
  'a.org_path as orgPath',
  'a.unit_name as unitName',
  'a.year',
  'a.post',
  'a.standing',
  'a.target',
  'a.elective_least as electiveLeast',
  'a.earned',
  'a.elective',
  'a.required_left as requiredLeft',
  'a.months',
  'a.is_exempt as isExempt',
] as const

/** An account as it is shown. */
export function shownAccount(account: Account): CreditAccount {
  const { memberId, name, year, post, standing, target, earned, elective, requiredLeft } = account
  const isAsked = target !== null && !account.isExempt
  return {
    memberId,
    name,
    orgId: account.unitId,
    orgName: account.unitName,
    year,
    post,
    standing,
    target,
    earned,
    required: earned - elective,
    elective,
    missing: isAsked ? Math.max(0, target - earned) : 0,
    missingElective: isAsked ? Math.max(0, account.electiveLeast - elective) : 0,
    requiredLeft: isAsked ? requiredLeft : 0,
  }
}

export type AccountFilter = {
  year: number
  place: Place
  standing: CreditStanding | null
  post: CreditPost | null
  requiredLeft: boolean
  text: string | null
}

export async function listAccounts(db: Db, actor: Actor, filter: AccountFilter, keyset: Keyset): Promise<Account[]> {
  let select = db
    .selectFrom('credits_account as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.year', '=', filter.year)
    .where('a.merged_into', 'is', null)
    .where(inReach('a.org_path', actor))
    .where(atPlace('a.org_path', filter.place))
  if (filter.standing) select = select.where('a.standing', '=', filter.standing)
  if (filter.post) select = select.where('a.post', '=', filter.post)
  if (filter.requiredLeft) select = select.where('a.required_left', '>', 0).where('a.target', 'is not', null)
  if (filter.text) select = select.where('a.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'credits_account', Account>,
    keyset,
    'a.member_id',
  ).execute()) as Account[]
}

export async function findAccount(
  db: Db,
  tenantId: string,
  memberId: string,
  year: number,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('credits_account as a')
    .select(columns)
    .where('a.tenant_id', '=', tenantId)
    .where('a.member_id', '=', memberId)
    .where('a.year', '=', year)
    .executeTakeFirst()
  return row as Account | undefined
}

const someAccounts = (db: Db, tenantId: string, memberIds: readonly string[], year: number) =>
  db
    .selectFrom('credits_account as a')
    .select(columns)
    .where('a.tenant_id', '=', tenantId)
    .where(sql<boolean>`a.member_id = any(${[...memberIds]}::uuid[])`)
    .where('a.year', '=', year)
    .orderBy('a.member_id')

/** Accounts of several people, whom the caller may see. */
export async function accountsOf(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
): Promise<Account[]> {
  return (await someAccounts(db, tenantId, memberIds, year).execute()) as Account[]
}

/** Accounts of several people, locked in one order. */
export async function lockAccounts(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
): Promise<Account[]> {
  return (await someAccounts(tx, tenantId, memberIds, year).forUpdate().execute()) as Account[]
}

export async function yearsOf(db: Db, tenantId: string, memberId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('credits_account')
    .select('year')
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .orderBy('year', 'desc')
    .execute()
  return rows.map(({ year }) => year)
}

export type OpenedAccount = Pick<
  Account,
  | 'memberId'
  | 'personId'
  | 'name'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'post'
  | 'target'
  | 'electiveLeast'
  | 'requiredLeft'
  | 'isExempt'
>

/** Opens accounts, or brings those that are open to what the record, the posts and the rules say now. Sums stay. */
export async function setAccounts(
  tx: Tx,
  tenantId: string,
  year: number,
  rows: readonly OpenedAccount[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('credits_account')
    .values(
      rows.map((row) => ({
        tenant_id: tenantId,
        member_id: row.memberId,
        year,
        person_id: row.personId,
        name: row.name,
        unit_id: row.unitId,
        org_path: row.orgPath,
        unit_name: row.unitName,
        post: row.post,
        target: row.target,
        elective_least: row.electiveLeast,
        required_left: row.requiredLeft,
        is_exempt: row.isExempt,
        updated_at: at,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'member_id', 'year']).doUpdateSet((eb) => ({
        person_id: eb.ref('excluded.person_id'),
        name: eb.ref('excluded.name'),
        unit_id: eb.ref('excluded.unit_id'),
        org_path: eb.ref('excluded.org_path'),
        unit_name: eb.ref('excluded.unit_name'),
        post: eb.ref('excluded.post'),
        target: eb.ref('excluded.target'),
        elective_least: eb.ref('excluded.elective_least'),
        required_left: eb.ref('excluded.required_left'),
        is_exempt: eb.ref('excluded.is_exempt'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute()
}

/** Takes the target from an account; undefined where there is none. */
export async function closeAccount(
  tx: Tx,
  tenantId: string,
  memberId: string,
  year: number,
  at: Date,
): Promise<{ unitId: string; orgPath: string } | undefined> {
  return tx
    .updateTable('credits_account')
    .set({ target: null, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .where('year', '=', year)
    .returning(['unit_id as unitId', 'org_path as orgPath'])
    .executeTakeFirst()
}

/** Notes which record an account's record was found to be, or that it was not. @returns the units that count anew */
export async function setMergedInto(
  tx: Tx,
  tenantId: string,
  memberId: string,
  into: string | null,
): Promise<{ unitId: string; orgPath: string; year: number }[]> {
  return tx
    .updateTable('credits_account')
    .set({ merged_into: into })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .returning(['unit_id as unitId', 'org_path as orgPath', 'year'])
    .execute()
}

/** Sums of accounts again from their entries: what the rebuild finds must be what the steps made. */
export async function resumAccounts(
  tx: Tx,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
  at: Date,
): Promise<void> {
  await sql`update credits_account a set earned = s.earned, elective = s.elective, months = s.months, updated_at = ${at}
    from (select m.id, coalesce(sum(e.hundredths), 0)::int as earned,
        coalesce(sum(e.hundredths) filter (where e.part = 'elective'), 0)::int as elective,
        (select array_agg(coalesce((select sum(x.hundredths)::int from credits_entry x where x.tenant_id = ${tenantId}
          and x.member_id = m.id and x.year = ${year} and extract(month from x.on_date) = n), 0) order by n)
          from generate_series(1, 12) n) as months
      from unnest(${[...memberIds]}::uuid[]) as m(id)
      left join credits_entry e on e.tenant_id = ${tenantId} and e.member_id = m.id and e.year = ${year}
      group by m.id) s
    where a.tenant_id = ${tenantId} and a.year = ${year} and a.member_id = s.id
      and (a.earned, a.elective, a.months) is distinct from (s.earned, s.elective, s.months)`.execute(tx)
}

/** The units in which the member has accounts, with their years. */
export async function placesOf(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<{ unitId: string; orgPath: string; year: number }[]> {
  return db
    .selectFrom('credits_account')
    .select(['unit_id as unitId', 'org_path as orgPath', 'year'])
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .execute()
}
