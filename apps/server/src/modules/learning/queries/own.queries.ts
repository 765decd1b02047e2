import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { containing } from '../../../platform/sql.ts'
import { type AudienceMember, meantFor } from '../../members/index.ts'
import { type Course, courses } from './courses.queries.ts'

/** Who learns: a living member record and the posts that it holds. */
export type Learner = AudienceMember & {
  readonly tenantId: string
  readonly memberId: string
  readonly personId: string
}

export type Own = {
  readonly number: number | null
  readonly done: number
  readonly total: number | null
  readonly lastBlockId: string | null
  readonly lastAt: Date | null
  readonly completedAt: Date | null
  readonly rating: number | null
  readonly isFavourite: boolean
}
export type OwnCourse = Course & Own

export const ownCourses = (db: Db, learner: Pick<Learner, 'tenantId' | 'memberId' | 'personId'>) =>
  courses(db, learner.tenantId)
    .leftJoin('learning_progress as g', (join) =>
      join
        .on('g.tenant_id', '=', learner.tenantId)
        .onRef('g.course_id', '=', 'c.id')
        .on('g.member_id', '=', learner.memberId),
    )
    .leftJoin('learning_favourite as f', (join) =>
      join
        .on('f.tenant_id', '=', learner.tenantId)
        .onRef('f.course_id', '=', 'c.id')
        .on('f.person_id', '=', learner.personId),
    )
    .select([
      'g.number',
      sql<number>`coalesce(g.done, 0)`.as('done'),
      'g.total',
      'g.last_block_id as lastBlockId',
      'g.last_at as lastAt',
      'g.completed_at as completedAt',
      'g.rating',
      sql<boolean>`f.person_id is not null`.as('isFavourite'),
    ])

/** Open on the day: live, within its validity. */
export const openOn = (today: string) =>
  sql<boolean>`(c.state = 'live' and (c.valid_from is null or c.valid_from <= ${today}::date) and (c.valid_until is null or c.valid_until >= ${today}::date))`

export type OwnFilter = {
  readonly column: string | null
  readonly kind: string | null
  readonly state: 'new' | 'begun' | 'completed' | 'favourite' | null
  readonly text: string | null
}

export async function listOwn(
  db: Db,
  learner: Learner,
  today: string,
  filter: OwnFilter,
  keyset: Keyset,
): Promise<OwnCourse[]> {
  let select = ownCourses(db, learner).where((eb) =>
    eb.or([
      sql<boolean>`(${openOn(today)} and ${meantFor('c', learner)})`,
      // What was begun stays in the own list.
      sql<boolean>`(g.member_id is not null and c.state = 'live')`,
    ]),
  )
  if (filter.column) select = select.where('c.column_code', '=', filter.column)
  if (filter.kind) select = select.where('c.kind', '=', filter.kind)
  if (filter.state === 'new') select = select.where('g.member_id', 'is', null)
  if (filter.state === 'begun') select = select.where('g.member_id', 'is not', null).where('g.completed_at', 'is', null)
  if (filter.state === 'completed') select = select.where('g.completed_at', 'is not', null)
  if (filter.state === 'favourite') select = select.where('f.person_id', 'is not', null)
  if (filter.text) {
    const part = containing(filter.text)
    select = select.where(
      sql<boolean>`(c.title like ${part} or c.summary like ${part} or c.lecturer like ${part} or c.theme like ${part})`,
    )
  }
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'learning_course', OwnCourse>,
    keyset,
    'c.id',
  ).execute()) as OwnCourse[]
}

/** What was begun and is not finished, the last one first. */
export async function goingOn(db: Db, learner: Learner, most: number): Promise<OwnCourse[]> {
  return (await ownCourses(db, learner)
    .where('g.member_id', '=', learner.memberId)
    .where('g.completed_at', 'is', null)
    .where('c.state', '=', 'live')
    .orderBy('g.last_at', 'desc')
    .orderBy('c.id')
    .limit(most)
    .execute()) as unknown as OwnCourse[]
}

/** How many open courses each column has for the learner. */
export async function columnCounts(
  db: Db,
  learner: Learner,
  today: string,
): Promise<{ column: string; courses: number }[]> {
  return db
    .selectFrom('learning_course as c')
    .select(['c.column_code as column', sql<number>`count(*)::int`.as('courses')])
    .where('c.tenant_id', '=', learner.tenantId)
    .where(openOn(today))
    .where(meantFor('c', learner))
    .groupBy('c.column_code')
    .execute()
}

/** Courses by id with the own progress; those that are neither meant for the learner nor begun are absent. */
export async function ownById(db: Db, learner: Learner, ids: readonly string[]): Promise<OwnCourse[]> {
  if (ids.length === 0) return []
  return (await ownCourses(db, learner)
    .where(sql<boolean>`c.id = any(${[...ids]}::uuid[])`)
    .where(sql<boolean>`c.state <> 'draft' and (g.member_id is not null or ${meantFor('c', learner)})`)
    .execute()) as unknown as OwnCourse[]
}

export type OwnPlan = {
  id: string
  kind: 'annual' | 'assignment'
  year: number
  title: string
  note: string
  orgName: string | null
}
export async function ownPlans(db: Db, learner: Learner): Promise<OwnPlan[]> {
  return (await db
    .selectFrom('learning_plan as p')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', learner.tenantId).onRef('o.id', '=', 'p.org_id'))
    .select(['p.id', 'p.kind', 'p.year', 'p.title', 'p.note', 'o.name as orgName'])
    .where('p.tenant_id', '=', learner.tenantId)
    .where('p.state', '=', 'published')
    .where(meantFor('p', learner))
    .orderBy('p.year', 'desc')
    .orderBy('p.id')
    .limit(50)
    .execute()) as OwnPlan[]
}

export type PlannedCourse = { planId: string; courseId: string; isRequired: boolean; dueOn: string | null }
export async function plannedCourses(db: Db, tenantId: string, planIds: readonly string[]): Promise<PlannedCourse[]> {
  if (planIds.length === 0) return []
  return db
    .selectFrom('learning_plan_course as k')
    .select(['k.plan_id as planId', 'k.course_id as courseId', 'k.is_required as isRequired', 'k.due_on as dueOn'])
    .where('k.tenant_id', '=', tenantId)
    .where(sql<boolean>`k.plan_id = any(${[...planIds]}::uuid[])`)
    .orderBy(sql`k.due_on nulls last`)
    .orderBy('k.position')
    .execute()
}

/** Which of these courses the learner has finished. */
export async function finishedAmong(db: Db, learner: Learner, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('learning_progress')
    .select('course_id as id')
    .where('tenant_id', '=', learner.tenantId)
    .where('member_id', '=', learner.memberId)
    .where('completed_at', 'is not', null)
    .where(sql<boolean>`course_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** False when the learner has begun already. */
export async function insertProgress(
  tx: Tx,
  learner: Learner,
  course: { id: string; number: number; total: number },
  at: Date,
): Promise<boolean> {
  const row = await tx
    .insertInto('learning_progress')
    .values({
      tenant_id: learner.tenantId,
      course_id: course.id,
      member_id: learner.memberId,
      person_id: learner.personId,
      org_path: learner.orgPath,
      number: course.number,
      total: course.total,
      started_at: at,
      last_at: at,
    })
    .onConflict((c) => c.doNothing())
    .returning('course_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setRating(tx: Tx, learner: Learner, courseId: string, stars: number): Promise<boolean> {
  const result = await tx
    .updateTable('learning_progress')
    .set({ rating: stars })
    .where('tenant_id', '=', learner.tenantId)
    .where('course_id', '=', courseId)
    .where('member_id', '=', learner.memberId)
    .where('completed_at', 'is not', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function setFavourite(
  tx: Tx,
  learner: Learner,
  courseId: string,
  isFavourite: boolean,
  at: Date,
): Promise<void> {
  if (!isFavourite) {
    await tx
      .deleteFrom('learning_favourite')
      .where('tenant_id', '=', learner.tenantId)
      .where('person_id', '=', learner.personId)
      .where('course_id', '=', courseId)
      .execute()
    return
  }
  await tx
    .insertInto('learning_favourite')
    .values({
      tenant_id: learner.tenantId,
      person_id: learner.personId,
      course_id: courseId,
      org_path: learner.orgPath,
      at,
    })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Every course that has to come before (`v`) is finished; one that was taken back stands in nobody's way. */
const isFree = ({ tenantId, memberId }: Learner) => sql<boolean>`not exists (
  select from learning_course b
  where b.tenant_id = ${tenantId} and b.state = 'live' and v.content -> 'prerequisites' ? b.id::text
    and not exists (select from learning_progress d where d.tenant_id = ${tenantId} and d.course_id = b.id
      and d.member_id = ${memberId} and d.completed_at is not null))`

type Thing = {
  readonly key: 'mediaId' | 'packageId'
  readonly id: string
  /** Only in courses that may be downloaded. */
  readonly isKept?: boolean
}

/**
 * Whether a course that is open to the learner, in the version that the learner has, names a medium or package. Few
 * courses are begun and many are open: players ask again and again, and the begun ones nearly always answer.
 */
export const namesThing = async (db: Db, learner: Learner, today: string, thing: Thing): Promise<boolean> =>
  (await isNamed(db, learner, thing, sql<boolean>`g.member_id is not null`)) ||
  isNamed(
    db,
    learner,
    thing,
    sql<boolean>`(g.member_id is null and ${openOn(today)} and ${meantFor('c', learner)} and ${isFree(learner)})`,
  )

async function isNamed(
  db: Db,
  learner: Learner,
  { key, id, isKept }: Thing,
  among: ReturnType<typeof sql<boolean>>,
): Promise<boolean> {
  const row = await db
    .selectFrom('learning_course as c')
    .leftJoin('learning_progress as g', (join) =>
      join
        .on('g.tenant_id', '=', learner.tenantId)
        .onRef('g.course_id', '=', 'c.id')
        .on('g.member_id', '=', learner.memberId),
    )
    .innerJoin('learning_version as v', (join) =>
      join
        .on('v.tenant_id', '=', learner.tenantId)
        .onRef('v.course_id', '=', 'c.id')
        .on(sql<boolean>`v.number = coalesce(g.number, c.live_version)`),
    )
    .select('c.id')
    .where('c.tenant_id', '=', learner.tenantId)
    .where('v.tenant_id', '=', learner.tenantId)
    .where('c.state', '=', 'live')
    .where(isKept ? sql<boolean>`c.is_downloadable` : sql<boolean>`true`)
    .where(among)
    .where(
      sql<boolean>`v.content @? format('$.chapters[*].blocks[*] ? (@.%s == "%s")', ${key}::text, ${id}::uuid)::jsonpath`,
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
