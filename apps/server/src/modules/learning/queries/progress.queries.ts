import type { CourseContent, CourseKind, CourseState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

/** How far somebody is in a course, with what the course is. */
export type Progress = {
  courseId: string
  memberId: string
  personId: string
  orgPath: string
  number: number
  completedAt: Date | null
  title: string
  kind: CourseKind
  minutes: number
  state: CourseState
  content: CourseContent
}

const progressed = (tenantId: string, which: ReturnType<typeof sql>) => sql<Progress>`
  select g.course_id as "courseId", g.member_id as "memberId", g.person_id as "personId", g.org_path as "orgPath",
    g.number, g.completed_at as "completedAt", c.title, c.kind, c.minutes, c.state, v.content
  from learning_progress g
  join learning_course c on c.tenant_id = ${tenantId} and c.id = g.course_id
  join learning_version v on v.tenant_id = ${tenantId} and v.course_id = g.course_id and v.number = g.number
  where g.tenant_id = ${tenantId} and c.tenant_id = ${tenantId} and v.tenant_id = ${tenantId} and ${which}
  order by g.course_id, g.member_id
  for update of g`

/**
 * The progress of people in courses, locked in one order for all writers: whoever writes marks holds these rows.
 * `pairs` names each person with the courses of the ask.
 */
export async function lockProgress(
  tx: Tx,
  tenantId: string,
  pairs: readonly { readonly personId: string; readonly courseId: string }[],
): Promise<Progress[]> {
  const { rows } = await progressed(
    tenantId,
    sql`(g.person_id, g.course_id) in (select * from unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ courseId }) => courseId)}::uuid[]))`,
  ).execute(tx)
  return rows
}

/** The unfinished courses of a member, locked: what a finished quiz or package may move on. */
export async function lockUnfinished(tx: Tx, tenantId: string, memberId: string): Promise<Progress[]> {
  const { rows } = await progressed(tenantId, sql`g.member_id = ${memberId} and g.completed_at is null`).execute(tx)
  return rows
}

export type MarkRow = {
  courseId: string
  memberId: string
  blockId: string
  place: number
  placeAt: Date
  doneAt: Date | null
  choice: number | null
  choiceAt: Date | null
}
/**
 * All marks of those courses of those members. Pair by pair through the key, whatever the statistics say: as a plain
 * join it was planned for a table of one row, and read all marks of the tenant for every pair.
 */
export async function marksOf(
  db: Db,
  tenantId: string,
  pairs: readonly { readonly memberId: string; readonly courseId: string }[],
): Promise<MarkRow[]> {
  if (pairs.length === 0) return []
  const { rows } = await sql<MarkRow>`
    select m.course_id as "courseId", m.member_id as "memberId", m.block_id as "blockId", m.place,
      m.place_at as "placeAt", m.done_at as "doneAt", m.choice, m.choice_at as "choiceAt"
    from unnest(${pairs.map(({ courseId }) => courseId)}::uuid[], ${pairs.map(({ memberId }) => memberId)}::uuid[])
      as w (course_id, member_id)
    cross join lateral (
      select * from learning_mark m
      where m.tenant_id = ${tenantId} and m.course_id = w.course_id and m.member_id = w.member_id offset 0
    ) m`.execute(db)
  return rows
}

export type NewMark = MarkRow & { personId: string; orgPath: string }

/** Writes marks that were merged under the lock of their progress: what is given replaces what was there. */
export async function writeMarks(tx: Tx, tenantId: string, marks: readonly NewMark[]): Promise<void> {
  if (marks.length === 0) return
  await tx
    .insertInto('learning_mark')
    .values(
      marks.map((mark) => ({
        tenant_id: tenantId,
        course_id: mark.courseId,
        member_id: mark.memberId,
        block_id: mark.blockId,
        person_id: mark.personId,
        org_path: mark.orgPath,
        place: mark.place,
        place_at: mark.placeAt,
        done_at: mark.doneAt,
        choice: mark.choice,
        choice_at: mark.choiceAt,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'course_id', 'member_id', 'block_id']).doUpdateSet((eb) => ({
        place: eb.ref('excluded.place'),
        place_at: eb.ref('excluded.place_at'),
        done_at: eb.ref('excluded.done_at'),
        choice: eb.ref('excluded.choice'),
        choice_at: eb.ref('excluded.choice_at'),
      })),
    )
    .execute()
}

export type Moved = {
  courseId: string
  memberId: string
  done: number
  lastBlockId: string | null
  isComplete: boolean
}
/** Sums of locked progress rows; a completion is written once and never taken back. */
export async function setProgress(tx: Tx, tenantId: string, moved: readonly Moved[], at: Date): Promise<void> {
  if (moved.length === 0) return
  await sql`
    update learning_progress g set done = w.done, last_block_id = coalesce(w.last_block, g.last_block_id), last_at = ${at},
      completed_at = coalesce(g.completed_at, case when w.complete then ${at}::timestamptz end)
    from unnest(${moved.map(({ courseId }) => courseId)}::uuid[], ${moved.map(({ memberId }) => memberId)}::uuid[],
      ${moved.map(({ done }) => done)}::int[], ${moved.map(({ lastBlockId }) => lastBlockId)}::uuid[],
      ${moved.map(({ isComplete }) => isComplete)}::boolean[]) as w (course_id, member_id, done, last_block, complete)
    where g.tenant_id = ${tenantId} and g.course_id = w.course_id and g.member_id = w.member_id`.execute(tx)
}

export type LearnerRow = {
  memberId: string
  name: string
  orgId: string
  orgName: string | null
  number: number
  done: number
  total: number
  startedAt: Date
  lastAt: Date
  completedAt: Date | null
}
export type LearnerFilter = { place: string; completed: boolean | null; text: string | null }

/** Who of the reach has begun a course. */
export async function listLearners(
  db: Db,
  actor: Actor,
  courseId: string,
  filter: LearnerFilter,
  keyset: Keyset,
): Promise<LearnerRow[]> {
  let select = db
    .selectFrom('learning_progress as g')
    .innerJoin('member_card as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'g.member_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      'g.member_id as memberId',
      'm.name',
      'm.org_id as orgId',
      'o.name as orgName',
      'g.number',
      'g.done',
      'g.total',
      'g.started_at as startedAt',
      'g.last_at as lastAt',
      'g.completed_at as completedAt',
    ])
    .where('g.tenant_id', '=', actor.tenantId)
    .where('m.tenant_id', '=', actor.tenantId)
    .where('g.course_id', '=', courseId)
    .where(inReach('g.org_path', actor))
    .where(inScope('g.org_path', filter.place))
  if (filter.completed !== null) select = select.where('g.completed_at', filter.completed ? 'is not' : 'is', null)
  if (filter.text) select = select.where('m.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'learning_progress', LearnerRow>,
    keyset,
    'g.member_id',
  ).execute()) as LearnerRow[]
}

/** Who begun, finished and rated each live course: counted anew, so that a figure cannot drift. */
export async function foldFigures(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    update learning_course c set enrolled = n.enrolled, completed = n.completed, rating_sum = n.rating_sum, rating_count = n.rating_count
    from (select course_id, count(*)::int as enrolled, count(completed_at)::int as completed,
        coalesce(sum(rating), 0)::int as rating_sum, count(rating)::int as rating_count
      from learning_progress where tenant_id = ${tenantId} group by course_id) n
    where c.tenant_id = ${tenantId} and c.id = n.course_id
      and (c.enrolled, c.completed, c.rating_sum, c.rating_count) is distinct from (n.enrolled, n.completed, n.rating_sum, n.rating_count)`.execute(
    tx,
  )
}

/** The marks of a member follow the record to its new organisation. */
export async function setPlace(tx: Tx, tenantId: string, memberId: string, orgPath: string): Promise<void> {
  for (const table of ['learning_progress', 'learning_mark', 'learning_habit'] as const)
    await tx
      .updateTable(table)
      .set({ org_path: orgPath })
      .where('tenant_id', '=', tenantId)
      .where('member_id', '=', memberId)
      .execute()
}
