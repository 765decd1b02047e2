import type { CourseContent, VersionState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Version = {
  courseId: string
  number: number
  state: VersionState
  content: CourseContent
  writerIds: string[]
  submittedBy: string | null
  submittedAt: Date | null
  reviewedBy: string | null
  reviewedAt: Date | null
  releasedBy: string | null
  releasedAt: Date | null
  returnedReason: string | null
}
const facts = [
  'v.course_id as courseId',
  'v.number',
  'v.state',
  'v.writer_ids as writerIds',
  'v.submitted_by as submittedBy',
  'v.submitted_at as submittedAt',
  'v.reviewed_by as reviewedBy',
  'v.reviewed_at as reviewedAt',
  'v.released_by as releasedBy',
  'v.released_at as releasedAt',
  'v.returned_reason as returnedReason',
] as const

/** One version of a course that the caller may read. */
export async function findVersion(
  db: Db,
  tenantId: string,
  courseId: string,
  number: number,
): Promise<Version | undefined> {
  const row = await db
    .selectFrom('learning_version as v')
    .select([...facts, 'v.content'])
    .where('v.tenant_id', '=', tenantId)
    .where('v.course_id', '=', courseId)
    .where('v.number', '=', number)
    .executeTakeFirst()
  return row as Version | undefined
}

export async function openVersion(db: Db, tenantId: string, courseId: string): Promise<Version | undefined> {
  const row = await db
    .selectFrom('learning_version as v')
    .select([...facts, 'v.content'])
    .where('v.tenant_id', '=', tenantId)
    .where('v.course_id', '=', courseId)
    .where('v.state', '<>', 'released')
    .executeTakeFirst()
  return row as Version | undefined
}

/** The history of a course, newest first, with how many learners are in each version. */
export async function versionsOf(
  db: Db,
  tenantId: string,
  courseId: string,
): Promise<(Omit<Version, 'content'> & { learners: number })[]> {
  const rows = await db
    .selectFrom('learning_version as v')
    .select([
      ...facts,
      sql<number>`(select count(*)::int from learning_progress p where p.tenant_id = ${tenantId}
        and p.course_id = ${courseId}::uuid and p.number = v.number)`.as('learners'),
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.course_id', '=', courseId)
    .orderBy('v.number', 'desc')
    .limit(50)
    .execute()
  return rows as (Omit<Version, 'content'> & { learners: number })[]
}

export async function insertVersion(
  tx: Tx,
  tenantId: string,
  version: { courseId: string; orgPath: string; number: number; content: CourseContent; writerIds: readonly string[] },
): Promise<void> {
  await tx
    .insertInto('learning_version')
    .values({
      tenant_id: tenantId,
      course_id: version.courseId,
      org_path: version.orgPath,
      number: version.number,
      content: JSON.stringify(version.content),
      writer_ids: [...version.writerIds],
    })
    .execute()
}

export type VersionChange = {
  state?: VersionState
  content?: string
  writer_ids?: string[]
  submitted_by?: string | null
  submitted_at?: Date | null
  reviewed_by?: string | null
  reviewed_at?: Date | null
  released_by?: string
  released_at?: Date
  returned_reason?: string | null
}
/** Changes a version that is not released: a frozen one stays as it is. */
export async function setVersion(
  tx: Tx,
  tenantId: string,
  version: Pick<Version, 'courseId' | 'number'>,
  change: VersionChange,
): Promise<void> {
  await tx
    .updateTable('learning_version')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('course_id', '=', version.courseId)
    .where('number', '=', version.number)
    .where('state', '<>', 'released')
    .execute()
}

export async function removeVersion(
  tx: Tx,
  tenantId: string,
  version: Pick<Version, 'courseId' | 'number'>,
): Promise<void> {
  await tx
    .deleteFrom('learning_version')
    .where('tenant_id', '=', tenantId)
    .where('course_id', '=', version.courseId)
    .where('number', '=', version.number)
    .where('state', '<>', 'released')
    .execute()
}
