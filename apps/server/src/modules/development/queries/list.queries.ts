import type { CaseState, DevelopmentStage } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { inReach, inScope } from '../../org/index.ts'

export type ListedCase = {
  id: string
  memberId: string
  name: string
  memberNo: string
  category: string
  orgId: string
  orgName: string
  stage: DevelopmentStage
  step: number
  waitsAbove: boolean
  state: CaseState
  stateReason: string | null
  dueOn: string | null
  yellowOn: string | null
  planYear: number | null
  appliedOn: string
  activistOn: string | null
  objectOn: string | null
  admittedOn: string | null
  probationEnd: string | null
  contacts: string[]
  updatedAt: Date
  version: number
}

export type CaseFilter = {
  readonly orgPath: string | null
  /** Only the unit itself, without those below it. */
  readonly orgId: string | null
  readonly list: 'applicants' | 'activists' | 'objects' | 'probationary' | 'ended' | null
  readonly stage: string | null
  readonly step: number | null
  readonly state: string | null
  readonly lamp: 'green' | 'yellow' | 'red' | null
  readonly waitsAbove: boolean | null
  readonly contactId: string | null
  readonly contact: string | null
  readonly planYear: number | null
  readonly search: string | null
  readonly today: string
}

/** Words of the list's sorts to columns. */
export const SORT_COLUMNS = { due: 'c.due_on', name: 'm.name', updated: 'c.updated_at' } as const

const contactsOf = (tenantId: string) => sql<string[]>`coalesce((select array_agg(p.name order by p.name)
  from development_person p where p.tenant_id = ${tenantId} and p.case_id = c.id and p.part = 'contact' and p.until_on is null), '{}')`

function cases(db: Db, actor: Actor) {
  return db
    .selectFrom('development_case as c')
    .innerJoin('member_card as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'c.member_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'c.org_id'))
    .select([
      'c.id',
      'c.member_id as memberId',
      'm.name',
      'm.member_no as memberNo',
      'm.category',
      'c.org_id as orgId',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      'c.stage',
      'c.step',
      'c.waits_above as waitsAbove',
      'c.state',
      'c.state_reason as stateReason',
      'c.due_on as dueOn',
      'c.yellow_on as yellowOn',
      'c.plan_year as planYear',
      'c.applied_on as appliedOn',
      'c.activist_on as activistOn',
      'c.object_on as objectOn',
      'c.admitted_on as admittedOn',
      'c.probation_end as probationEnd',
      contactsOf(actor.tenantId).as('contacts'),
      'c.updated_at as updatedAt',
      'c.version',
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
}

const OPEN = sql<boolean>`c.state in ('running', 'paused', 'returned')`
const LISTS = {
  applicants: sql<boolean>`(${OPEN} and c.activist_on is null)`,
  activists: sql<boolean>`(${OPEN} and c.activist_on is not null and c.object_on is null)`,
  objects: sql<boolean>`(${OPEN} and c.object_on is not null and c.admitted_on is null)`,
  probationary: sql<boolean>`(${OPEN} and c.admitted_on is not null)`,
  ended: sql<boolean>`(c.state in ('stopped', 'finished'))`,
} as const

/** Red after the day it was due, yellow from the day on which it turned yellow; cases without a clock are green. */
const lampIs = (lamp: 'green' | 'yellow' | 'red', today: string) =>
  ({
    red: sql<boolean>`c.due_on < ${today}::date`,
    yellow: sql<boolean>`(c.yellow_on <= ${today}::date and c.due_on >= ${today}::date)`,
    green: sql<boolean>`(c.due_on is null or c.yellow_on > ${today}::date)`,
  })[lamp]

export async function listCases(db: Db, actor: Actor, filter: CaseFilter, keyset: Keyset): Promise<ListedCase[]> {
  let select = cases(db, actor)
  if (filter.orgPath !== null) select = select.where(inScope('c.org_path', filter.orgPath))
  if (filter.orgId !== null) select = select.where('c.org_id', '=', filter.orgId)
  if (filter.list !== null) select = select.where(LISTS[filter.list])
  if (filter.stage !== null) select = select.where('c.stage', '=', filter.stage)
  if (filter.step !== null) select = select.where('c.step', '=', filter.step)
  if (filter.state !== null) select = select.where('c.state', '=', filter.state)
  if (filter.lamp !== null) select = select.where(lampIs(filter.lamp, filter.today))
  if (filter.waitsAbove !== null) select = select.where('c.waits_above', '=', filter.waitsAbove)
  if (filter.planYear !== null) select = select.where('c.plan_year', '=', filter.planYear)
  if (filter.contactId !== null)
    select = select.where(
      sql<boolean>`exists (select from development_person p where p.tenant_id = ${actor.tenantId} and p.case_id = c.id
        and p.part = 'contact' and p.member_id = ${filter.contactId} and p.until_on is null)`,
    )
  if (filter.contact !== null)
    select = select.where(
      sql<boolean>`exists (select from development_person p where p.tenant_id = ${actor.tenantId} and p.case_id = c.id
        and p.part = 'contact' and p.name like ${containing(filter.contact)} and p.until_on is null)`,
    )
  if (filter.search !== null) {
    const like = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`
    select = select.where((eb) => eb.or([eb('m.name', 'ilike', like), eb('m.member_no', 'ilike', like)]))
  }
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'development_case', ListedCase>,
    keyset,
    'c.id',
  ).execute()) as ListedCase[]
}

/** One case as lists show it. */
export async function caseRow(db: Db, actor: Actor, id: string): Promise<ListedCase | undefined> {
  return (await cases(db, actor).where('c.id', '=', id).executeTakeFirst()) as ListedCase | undefined
}

export type Figure = { readonly stage: string; readonly lamp: string; readonly cases: number }
/** Open cases of a subtree by stage and lamp. */
export async function figuresOf(db: Db, actor: Actor, path: string | null, today: string): Promise<Figure[]> {
  const lamp = sql<string>`case when c.due_on < ${today}::date then 'red'
    when c.yellow_on <= ${today}::date then 'yellow' else 'green' end`
  let select = db
    .selectFrom('development_case as c')
    .select(['c.stage', lamp.as('lamp'), sql<number>`count(*)::int`.as('cases')])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where(OPEN)
  if (path !== null) select = select.where(inScope('c.org_path', path))
  return select.groupBy(['c.stage', sql`2`]).execute()
}

/** Recorded steps of the reach that a decision above is awaited on; `below` counts only units below the post. */
export async function countWaiting(db: Db, actor: Actor, below: boolean): Promise<number> {
  let select = db
    .selectFrom('development_case as c')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.waits_above', '=', true)
    .where('c.state', 'in', ['running', 'returned'])
  if (below && actor.scope.includes('.')) select = select.where('c.org_path', '<>', actor.scope)
  return (await select.executeTakeFirst())?.n ?? 0
}

/** Cases of the reach that were sent back and are to be taken up again, and overdue ones. */
export async function countToDo(db: Db, actor: Actor, today: string): Promise<{ returned: number; overdue: number }> {
  const row = await db
    .selectFrom('development_case as c')
    .select([
      sql<number>`count(*) filter (where c.state = 'returned')::int`.as('returned'),
      sql<number>`count(*) filter (where c.due_on < ${today}::date)::int`.as('overdue'),
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.state', 'in', ['running', 'returned'])
    .executeTakeFirst()
  return { returned: row?.returned ?? 0, overdue: row?.overdue ?? 0 }
}
