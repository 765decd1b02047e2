import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach, inScope } from '../../org/index.ts'

export type Wishes = {
  readonly upTo35?: number | null
  readonly frontLine?: number | null
  readonly women?: number | null
  readonly college?: number | null
  readonly note?: string | null
}
export type Quota = {
  readonly orgId: string
  readonly orgName: string
  readonly number: number | null
  readonly wishes: Wishes
  readonly used: number
  readonly planned: number
  readonly version: number
}

/** Admissions of a unit in a year against its number; null where none was set. */
export async function quotaOf(
  db: Db,
  tenantId: string,
  orgId: string,
  year: number,
): Promise<{ number: number; used: number } | null> {
  const row = await db
    .selectFrom('development_quota as q')
    .select(['q.number'])
    .where('q.tenant_id', '=', tenantId)
    .where('q.org_id', '=', orgId)
    .where('q.year', '=', year)
    .executeTakeFirst()
  if (!row) return null
  const used = await db
    .selectFrom('development_case as c')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('c.tenant_id', '=', tenantId)
    .where('c.org_id', '=', orgId)
    .where('c.admitted_on', '>=', `${year}-01-01`)
    .where('c.admitted_on', '<=', `${year}-12-31`)
    .executeTakeFirstOrThrow()
  return { number: row.number, used: used.n }
}

/** Living units of the reach with number, use and plan of a year, at most 500, in the order of the tree. */
export async function listQuotas(db: Db, actor: Actor, path: string | null, year: number): Promise<Quota[]> {
  const casesOf = (condition: ReturnType<typeof sql<boolean>>) =>
    sql<number>`(select count(*)::int from development_case c where c.tenant_id = ${actor.tenantId} and c.org_id = u.id and ${condition})`
  let select = db
    .selectFrom('org_path as u')
    .leftJoin('development_quota as q', (join) =>
      join.on('q.tenant_id', '=', actor.tenantId).onRef('q.org_id', '=', 'u.id').on('q.year', '=', year),
    )
    .select([
      'u.id as orgId',
      'u.name as orgName',
      'q.number',
      sql<Wishes>`coalesce(q.wishes, '{}'::jsonb)`.as('wishes'),
      sql<number>`coalesce(q.version, 0)`.as('version'),
      casesOf(sql<boolean>`c.admitted_on >= ${`${year}-01-01`}::date and c.admitted_on <= ${`${year}-12-31`}::date`).as(
        'used',
      ),
      casesOf(
        sql<boolean>`c.plan_year = ${year} and c.admitted_on is null and c.state in ('running', 'returned', 'paused')`,
      ).as('planned'),
    ])
    .where('u.tenant_id', '=', actor.tenantId)
    .where('u.dissolved_on', 'is', null)
    .where('u.kind', 'in', ['branch', 'joint_branch', 'general_branch', 'committee', 'working_committee'])
    .where(inReach('u.path', actor))
  if (path !== null) select = select.where(inScope('u.path', path))
  return (await select.orderBy('u.path').limit(500).execute()) as unknown as Quota[]
}

/** Sets the number of a unit and year; returns the new version. */
export async function setQuota(
  tx: Tx,
  tenantId: string,
  quota: { orgId: string; orgPath: string; year: number; number: number; wishes: Wishes; by: string; at: Date },
): Promise<number> {
  const wishes = JSON.stringify(quota.wishes)
  const row = await tx
    .insertInto('development_quota')
    .values({
      tenant_id: tenantId,
      org_id: quota.orgId,
      org_path: quota.orgPath,
      year: quota.year,
      number: quota.number,
      wishes,
      set_by: quota.by,
      updated_at: quota.at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'org_id', 'year']).doUpdateSet((eb) => ({
        number: quota.number,
        wishes,
        set_by: quota.by,
        updated_at: quota.at,
        version: eb('development_quota.version', '+', 1),
      })),
    )
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}
