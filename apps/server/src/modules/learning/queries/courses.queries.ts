import type {
  Audience,
  AudienceKind,
  CourseColumn,
  CourseContent,
  CourseKind,
  CourseState,
  VersionState,
} from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Course = {
  id: string
  orgId: string
  orgPath: string
  orgName: string | null
  title: string
  summary: string
  column: CourseColumn
  kind: CourseKind
  lecturer: string
  isRequired: boolean
  quarters: number
  minutes: number
  audienceId: string
  audienceName: string | null
  audiencePath: string
  audienceKinds: AudienceKind[]
  audiencePosts: Audience['posts']
  audienceLevels: Audience['levels']
  isPublic: boolean
  isDownloadable: boolean
  validFrom: string | null
  validUntil: string | null
  coverId: string | null
  blocks: number
  state: CourseState
  liveVersion: number | null
  openState: VersionState | null
  withdrawnReason: string | null
  enrolled: number
  completed: number
  ratingSum: number
  ratingCount: number
  changedAt: Date
  releasedAt: Date | null
  version: number
}

export const columns = [
  'c.id',
  'c.org_id as orgId',
  'c.org_path as orgPath',
  'o.name as orgName',
  'c.title',
  'c.summary',
  'c.column_code as column',
  'c.kind',
  'c.lecturer',
  'c.is_required as isRequired',
  'c.quarters',
  'c.minutes',
  'c.audience_id as audienceId',
  'a.name as audienceName',
  'c.audience_path as audiencePath',
  'c.audience_kinds as audienceKinds',
  'c.audience_posts as audiencePosts',
  'c.audience_levels as audienceLevels',
  'c.is_public as isPublic',
  'c.is_downloadable as isDownloadable',
  'c.valid_from as validFrom',
  'c.valid_until as validUntil',
  'c.cover_id as coverId',
  'c.blocks',
  'c.state',
  'c.live_version as liveVersion',
  'c.open_state as openState',
  'c.withdrawn_reason as withdrawnReason',
  'c.enrolled',
  'c.completed',
  'c.rating_sum as ratingSum',
  'c.rating_count as ratingCount',
  'c.changed_at as changedAt',
  'c.released_at as releasedAt',
  'c.version',
] as const

export const courses = (db: Db, tenantId: string) =>
  db
    .selectFrom('learning_course as c')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'c.org_id'))
    .leftJoin('org_path as a', (join) => join.on('a.tenant_id', '=', tenantId).onRef('a.id', '=', 'c.audience_id'))
    .select(columns)
    .where('c.tenant_id', '=', tenantId)

/** Courses of the reach, and released ones from above whose audience touches it. */
const readable = (actor: Actor) => {
  if (actor.reach === 'self') return sql<boolean>`false`
  const above = sql<boolean>`(c.state <> 'draft' and (c.audience_path = any(${pathsAlong(actor.scope)}::text[]) or ${inReach('c.audience_path', actor)}))`
  return sql<boolean>`(${inReach('c.org_path', actor)} or ${above})`
}

export type CourseFilter = {
  place: string | null
  column: string | null
  kind: string | null
  state: string | null
  openState: string | null
  required: boolean | null
  audience: string | null
  completedBelow: number | null
  text: string | null
}

export async function listCourses(db: Db, actor: Actor, filter: CourseFilter, keyset: Keyset): Promise<Course[]> {
  let select = courses(db, actor.tenantId).where(readable(actor))
  if (filter.place) select = select.where(inScope('c.org_path', filter.place))
  if (filter.column) select = select.where('c.column_code', '=', filter.column)
  if (filter.kind) select = select.where('c.kind', '=', filter.kind)
  if (filter.state) select = select.where('c.state', '=', filter.state)
  // What is being written is its owner's business.
  if (filter.openState) select = select.where('c.open_state', '=', filter.openState).where(inReach('c.org_path', actor))
  if (filter.required !== null) select = select.where('c.is_required', '=', filter.required)
  if (filter.audience === 'public') select = select.where('c.is_public', '=', true)
  else if (filter.audience) select = select.where(sql<boolean>`${filter.audience} = any(c.audience_kinds)`)
  if (filter.completedBelow !== null)
    select = select
      .where('c.enrolled', '>', 0)
      .where(sql<boolean>`c.completed * 100 < c.enrolled * ${filter.completedBelow}`)
  if (filter.text) select = select.where('c.title', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'learning_course', Course>,
    keyset,
    'c.id',
  ).execute()) as Course[]
}

export async function findCourse(db: Db, actor: Actor, id: string): Promise<Course | undefined> {
  const row = await courses(db, actor.tenantId).where('c.id', '=', id).where(readable(actor)).executeTakeFirst()
  return row as Course | undefined
}

/** A course by its id, for callers who have proved that they may know it (their own progress, a plan, a reaction). */
export async function coursesById(db: Db, tenantId: string, ids: readonly string[]): Promise<Course[]> {
  if (ids.length === 0) return []
  return (await courses(db, tenantId)
    .where(sql<boolean>`c.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()) as Course[]
}

/** A course of the reach, locked. */
export async function lockCourse(tx: Tx, actor: Actor, id: string): Promise<Course | undefined> {
  const row = await courses(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate('c')
    .executeTakeFirst()
  return row as Course | undefined
}

type Owner = {
  readonly id: string
  readonly orgId: string
  readonly orgPath: string
  readonly by: string
  readonly at: Date
}

export async function insertCourse(tx: Tx, tenantId: string, owner: Owner, content: CourseContent): Promise<void> {
  await tx
    .insertInto('learning_course')
    .values({
      tenant_id: tenantId,
      id: owner.id,
      org_id: owner.orgId,
      org_path: owner.orgPath,
      ...factsOf(content, owner.orgPath),
      open_state: 'draft',
      created_by: owner.by,
      changed_at: owner.at,
    })
    .execute()
}

/** The columns that a content fills. `audiencePath`: where its audience stands. */
export const factsOf = (content: CourseContent, audiencePath: string) => ({
  title: content.title,
  summary: content.summary,
  column_code: content.column,
  kind: content.kind,
  theme: content.theme,
  lecturer: content.lecturer,
  is_required: content.isRequired,
  quarters: content.quarters,
  minutes: content.minutes,
  audience_id: content.audience.orgId,
  audience_path: audiencePath,
  audience_kinds: [...content.audience.kinds],
  audience_posts: [...content.audience.posts],
  audience_levels: [...content.audience.levels],
  is_public: content.isPublic,
  is_downloadable: content.isDownloadable,
  valid_from: content.validFrom,
  valid_until: content.validUntil,
  cover_id: content.coverId,
  blocks: content.chapters.reduce((sum, { blocks }) => sum + blocks.length, 0),
})

export type CourseChange = Partial<ReturnType<typeof factsOf>> & {
  state?: CourseState
  live_version?: number
  open_state?: VersionState | null
  withdrawn_reason?: string | null
  released_at?: Date
}
/** Writes a change of a locked course and raises its version. */
export async function setCourse(
  tx: Tx,
  tenantId: string,
  course: Pick<Course, 'id' | 'version'>,
  change: CourseChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('learning_course')
    .set({ ...change, version: course.version + 1, changed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', course.id)
    .execute()
}

export async function attachedFiles(
  db: Db,
  tenantId: string,
  fileIds: readonly string[],
): Promise<Map<string, string>> {
  if (fileIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('learning_file')
    .select(['file_id as fileId', 'course_id as courseId'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`file_id = any(${[...fileIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ fileId, courseId }) => [fileId, courseId]))
}

export async function insertFile(
  tx: Tx,
  tenantId: string,
  course: Pick<Course, 'id' | 'orgPath'>,
  fileId: string,
): Promise<void> {
  await tx
    .insertInto('learning_file')
    .values({ tenant_id: tenantId, file_id: fileId, course_id: course.id, org_path: course.orgPath })
    .execute()
}

/** Ids of the courses that have to be finished before each of these, as their live versions say. */
export async function prerequisitesOf(
  db: Db,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('learning_version as v')
    .innerJoin('learning_course as c', (join) =>
      join.on('c.tenant_id', '=', tenantId).onRef('c.id', '=', 'v.course_id').onRef('c.live_version', '=', 'v.number'),
    )
    .select(['v.course_id as id', sql<string[]>`v.content -> 'prerequisites'`.as('before')])
    .where('v.tenant_id', '=', tenantId)
    .where('c.tenant_id', '=', tenantId)
    .where(sql<boolean>`v.course_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, before }) => [id, before]))
}

/** What waits for a post of the workbench, by step. */
export async function waitingCounts(
  db: Db,
  actor: Actor,
): Promise<{ review: number; release: number; returned: number }> {
  const { rows } = await sql<{ review: number; release: number; returned: number }>`
    select (count(*) filter (where v.state = 'submitted' and not ${actor.personId} = any(v.writer_ids)
        and v.submitted_by is distinct from ${actor.personId}))::int as review,
      (count(*) filter (where v.state = 'reviewed' and not ${actor.personId} = any(v.writer_ids)
        and v.submitted_by is distinct from ${actor.personId} and v.reviewed_by is distinct from ${actor.personId}))::int as release,
      (count(*) filter (where v.state = 'draft' and v.returned_reason is not null and ${actor.personId} = any(v.writer_ids)))::int as returned
    from learning_version v
    where v.tenant_id = ${actor.tenantId} and v.state <> 'released' and ${inReach('v.org_path', actor)}`.execute(db)
  return rows[0] ?? { review: 0, release: 0, returned: 0 }
}
