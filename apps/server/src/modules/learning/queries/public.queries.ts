import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { containing } from '../../../platform/sql.ts'
import { type Course, courses } from './courses.queries.ts'
import { openOn } from './own.queries.ts'

const MOST = 200

/** Open courses that everybody may read, the newest first. */
export async function publicCourses(
  db: Db,
  tenantId: string,
  today: string,
  filter: { id?: string; column?: string; text?: string },
): Promise<Course[]> {
  let select = courses(db, tenantId).where('c.is_public', '=', true).where(openOn(today))
  if (filter.id) select = select.where('c.id', '=', filter.id)
  if (filter.column) select = select.where('c.column_code', '=', filter.column)
  if (filter.text) select = select.where('c.title', 'like', containing(filter.text))
  const ordered = (select as unknown as SelectQueryBuilder<DB, 'learning_course', Course>)
    .orderBy(sql`c.released_at desc`)
    .orderBy(sql`c.id`)
    .limit(MOST)
  return (await ordered.execute()) as Course[]
}

/** Whether a course that everybody may read shows a medium, in the version that is read now. */
export async function isMediaOpen(db: Db, tenantId: string, today: string, mediaId: string): Promise<boolean> {
  const row = await db
    .selectFrom('learning_course as c')
    .innerJoin('learning_version as v', (join) =>
      join
        .onRef('v.tenant_id', '=', 'c.tenant_id')
        .onRef('v.course_id', '=', 'c.id')
        .onRef('v.number', '=', 'c.live_version'),
    )
    .select('c.id')
    .where('c.tenant_id', '=', tenantId)
    .where('v.tenant_id', '=', tenantId)
    .where('c.is_public', '=', true)
    .where(openOn(today))
    .where(
      sql<boolean>`v.content @? format('$.chapters[*].blocks[*] ? (@.mediaId == "%s")', ${mediaId}::uuid)::jsonpath`,
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a file belongs to a course. */
export async function isFileOf(db: Db, tenantId: string, courseId: string, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('learning_file')
    .select('file_id')
    .where('tenant_id', '=', tenantId)
    .where('course_id', '=', courseId)
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  return row !== undefined
}

/** The courses whose open or released versions name these things of another module. */
export async function coursesNaming(
  db: Db,
  tenantId: string,
  key: 'mediaId' | 'packageId',
  ids: readonly string[],
): Promise<{ thingId: string; id: string; title: string }[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ thingId: string; id: string; title: string }>`
    select distinct w.thing_id as "thingId", c.id, c.title
    from unnest(${[...ids]}::uuid[]) as w (thing_id)
    join learning_version v on v.tenant_id = ${tenantId}
      and v.content @? format('$.chapters[*].blocks[*] ? (@.%s == "%s")', ${key}::text, w.thing_id)::jsonpath
    join learning_course c on c.tenant_id = ${tenantId} and c.id = v.course_id
      and (v.number = c.live_version or v.state <> 'released')
    where v.tenant_id = ${tenantId} and c.tenant_id = ${tenantId} and c.state <> 'withdrawn'
    order by c.title`.execute(db)
  return rows
}
