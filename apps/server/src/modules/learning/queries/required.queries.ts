import { sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import { inScope } from '../../../platform/scope.ts'
import { type Audience, type AudienceRule, categoriesOf } from '../../members/index.ts'

export type AskingPlan = AudienceRule & { readonly courseIds: readonly string[] }

/** Published plans of a year with the courses that they require. */
export async function requiringPlans(db: Db, tenantId: string, year: number): Promise<AskingPlan[]> {
  const rows = await db
    .selectFrom('learning_plan as p')
    .select([
      'p.audience_path as audiencePath',
      'p.audience_kinds as audienceKinds',
      'p.audience_posts as audiencePosts',
      'p.audience_levels as audienceLevels',
      sql<string[]>`array(select k.course_id from learning_plan_course k
        where k.tenant_id = ${tenantId} and k.plan_id = p.id and k.is_required)`.as('courseIds'),
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('p.year', '=', year)
    .where('p.state', '=', 'published')
    .execute()
  return rows as unknown as AskingPlan[]
}

/** Which of these members a plan is for. */
export async function askedAmong(
  db: Db,
  tenantId: string,
  audience: Audience,
  memberIds: readonly string[],
): Promise<string[]> {
  let select = db
    .selectFrom('member_card as m')
    .select('m.id')
    .where('m.tenant_id', '=', tenantId)
    .where(sql<boolean>`m.id = any(${[...memberIds]}::uuid[])`)
    .where(inScope('m.org_path', audience.audiencePath))
    .where(sql<boolean>`m.category = any(${[...categoriesOf(audience.audienceKinds)]}::text[])`)
  if (audience.holders !== null) select = select.where(sql<boolean>`m.id = any(${[...audience.holders]}::uuid[])`)
  return (await select.execute()).map(({ id }) => id as string)
}

/** Which of these courses these members have finished. */
export async function finishedAmong(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  courseIds: readonly string[],
): Promise<{ memberId: string; courseId: string }[]> {
  return db
    .selectFrom('learning_progress')
    .select(['member_id as memberId', 'course_id as courseId'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
    .where(sql<boolean>`course_id = any(${[...courseIds]}::uuid[])`)
    .where('completed_at', 'is not', null)
    .execute()
}
