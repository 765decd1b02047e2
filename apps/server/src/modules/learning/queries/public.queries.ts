import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { containing } from '../../../platform/sql.ts'
import { type Course, courses } from './courses.queries.ts'
import { openOn } from './own.queries.ts'

const MOST = 200

/** Whose a public course is, or a medium that one shows, by its id alone; whether it is public now is asked there. */
export async function tenantOfPublic(db: Db, thingId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('learning_public')
    .select('tenant_id')
    .where('thing_id', '=', thingId)
    .executeTakeFirst()
  return row?.tenant_id
}

export async function insertPublic(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
  await tx
    .insertInto('learning_public')
    .values(ids.map((id) => ({ thing_id: id, tenant_id: tenantId })))
    .onConflict((c) => c.doNothing())
    .execute()
}

export type OpenCourse = Pick<
  Course,
  'id' | 'title' | 'summary' | 'column' | 'kind' | 'lecturer' | 'minutes' | 'coverId'
>

/** Open courses of all tenants that everybody may read, the newest first. */
export async function openCourses(
  db: Db,
  today: string,
  filter: { readonly column?: string; readonly text?: string },
): Promise<OpenCourse[]> {
  let select = db
    .selectFrom('learning_open as c')
    .select([
      'c.course_id as id',
      'c.title',
      'c.summary',
      'c.column_code as column',
      'c.kind',
      'c.lecturer',
      'c.minutes',
      'c.cover_id as coverId',
    ])
    .where(sql<boolean>`(c.valid_from is null or c.valid_from <= ${today}::date)
      and (c.valid_until is null or c.valid_until >= ${today}::date)`)
  if (filter.column) select = select.where('c.column_code', '=', filter.column)
  if (filter.text) select = select.where('c.title', 'like', containing(filter.text))
  return (await select.orderBy('c.released_at', 'desc').orderBy('c.course_id').limit(MOST).execute()) as OpenCourse[]
}

/** Writes what everybody is told of a course: nothing once it is withdrawn, or released for fewer people. */
export async function setOpen(tx: Tx, tenantId: string, courseId: string): Promise<void> {
  await tx.deleteFrom('learning_open').where('tenant_id', '=', tenantId).where('course_id', '=', courseId).execute()
  await sql`insert into learning_open (course_id, tenant_id, title, summary, column_code, kind, lecturer, minutes,
      cover_id, valid_from, valid_until, released_at)
    select c.id, c.tenant_id, c.title, c.summary, c.column_code, c.kind, c.lecturer, c.minutes,
      c.cover_id, c.valid_from, c.valid_until, c.released_at
    from learning_course c
    where c.tenant_id = ${tenantId} and c.id = ${courseId} and c.is_public and c.state = 'live'`.execute(tx)
}

/** A course that is open and that everybody may read. */
export async function publicCourse(db: Db, tenantId: string, today: string, id: string): Promise<Course | undefined> {
  return (await courses(db, tenantId)
    .where('c.is_public', '=', true)
    .where(openOn(today))
    .where('c.id', '=', id)
    .executeTakeFirst()) as Course | undefined
}

/** Whether a course that everybody may read (`isKept`: and download) shows a medium, in the version that is read now. */
export async function isMediaOpen(
  db: Db,
  { tenantId, today, isKept }: { readonly tenantId: string; readonly today: string; readonly isKept: boolean },
  mediaId: string,
): Promise<boolean> {
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
    .where(isKept ? sql<boolean>`c.is_downloadable` : sql<boolean>`true`)
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

export type MediaPlace = { readonly courseId: string; readonly state: string; readonly isLive: boolean }

/** The versions that name a medium, of any state and age, as far as the row policies show them. */
export async function mediaPlaces(db: Db, tenantId: string, mediaId: string): Promise<MediaPlace[]> {
  const { rows } = await sql<MediaPlace>`
    select v.course_id as "courseId", v.state, v.number = c.live_version as "isLive"
    from learning_version v join learning_course c on c.tenant_id = ${tenantId} and c.id = v.course_id
    where v.tenant_id = ${tenantId} and c.tenant_id = ${tenantId}
      and v.content @? format('$.chapters[*].blocks[*] ? (@.mediaId == "%s")', ${mediaId}::uuid)::jsonpath
    order by v.course_id, v.number`.execute(db)
  return rows.map((row) => ({ ...row, isLive: row.isLive ?? false }))
}
