import type { TopicLesson, TopicState } from '@tongxin/contract'
import type { DayPart, LessonFormat, LessonLevel, LessonPlace } from '@tongxin/domain/topics/lesson'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Wish = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  level: LessonLevel
  personId: string
  memberId: string
  madeBy: string
  title: string
  why: string
  tags: string[]
  format: LessonFormat
  place: LessonPlace
  parts: DayPart[]
  fromOn: string
  untilOn: string
  threshold: number
  closesOn: string
  state: TopicState
  stateBefore: TopicState | null
  reason: string | null
  supporters: number
  enrolled: number
  completed: number
  ratings: number
  ratingSum: number
  mergedInto: string | null
  meetingId: string | null
  courseId: string | null
  lesson: TopicLesson | null
  taughtAt: Date | null
  createdAt: Date
}

export const wishes = (db: Db, tenantId: string) =>
  db
    .selectFrom('topics_wish as w')
    .select([
      'w.id',
      'w.unit_id as unitId',
      'w.org_path as orgPath',
      'w.unit_name as unitName',
      'w.level',
      'w.person_id as personId',
      'w.member_id as memberId',
      'w.made_by as madeBy',
      'w.title',
      'w.why',
      'w.tags',
      'w.format',
      'w.place',
      'w.parts',
      'w.from_on as fromOn',
      'w.until_on as untilOn',
      'w.threshold',
      'w.closes_on as closesOn',
      'w.state',
      'w.state_before as stateBefore',
      'w.reason',
      'w.supporters',
      'w.enrolled',
      'w.completed',
      'w.ratings',
      'w.rating_sum as ratingSum',
      'w.merged_into as mergedInto',
      'w.meeting_id as meetingId',
      'w.course_id as courseId',
      'w.lesson',
      'w.taught_at as taughtAt',
      'w.created_at as createdAt',
    ])
    .where('w.tenant_id', '=', tenantId)

type Select = SelectQueryBuilder<DB, 'topics_wish', Wish>
export const paged = async (select: unknown, keyset: Keyset): Promise<Wish[]> =>
  (await byKeyset(select as Select, keyset, 'w.id').execute()) as Wish[]

export const OPEN: readonly TopicState[] = ['gathering', 'reached', 'recruiting']

/** The newest open wishes along a path or below it, whose titles are compared. */
export async function openTitles(db: Db, tenantId: string, path: string, most = 500): Promise<Wish[]> {
  const rows = await wishes(db, tenantId)
    .where((eb) => eb.or([eb('w.org_path', 'in', pathsAlong(path)), inScope('w.org_path', path)]))
    .where('w.state', 'in', [...OPEN, 'scheduled'])
    .orderBy('w.created_at', 'desc')
    .limit(most)
    .execute()
  return rows as Wish[]
}

/** Tags of wishes and lecturers that the caller sees, the most used first. */
export async function tagsInUse(db: Db, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    select t.tag from (
      select unnest(w.tags) as tag from topics_wish w where w.tenant_id = ${tenantId} and w.state not in ('hidden', 'withdrawn')
      union all
      select unnest(l.tags) from topics_lecturer l where l.tenant_id = ${tenantId} and l.state = 'approved'
    ) t group by t.tag order by count(*) desc, t.tag limit 30`.execute(db)
  return rows.map(({ tag }) => tag)
}

export type WishFilter = {
  readonly state: string | null
  readonly level: string | null
  readonly path: string | null
  readonly isBelow: boolean
  readonly tag: string | null
  readonly text: string | null
}
export async function listWishes(db: Db, actor: Actor, filter: WishFilter, keyset: Keyset): Promise<Wish[]> {
  let select = wishes(db, actor.tenantId).where(inReach('w.org_path', actor))
  const { path } = filter
  if (path !== null)
    select = select.where(filter.isBelow ? inScope('w.org_path', path) : sql<boolean>`w.org_path = ${path}`)
  if (filter.state) select = select.where('w.state', '=', filter.state as TopicState)
  if (filter.level) select = select.where('w.level', '=', filter.level as LessonLevel)
  if (filter.tag) select = select.where(sql<boolean>`${filter.tag} = any(w.tags)`)
  if (filter.text) select = select.where('w.title', 'like', containing(filter.text))
  return paged(select, keyset)
}

export async function findWish(db: Db, actor: Actor, id: string): Promise<Wish | undefined> {
  const row = await wishes(db, actor.tenantId)
    .where('w.id', '=', id)
    .where(inReach('w.org_path', actor))
    .executeTakeFirst()
  return row as Wish | undefined
}

export async function lockWish(tx: Tx, actor: Actor, id: string): Promise<Wish | undefined> {
  const row = await wishes(tx, actor.tenantId)
    .where('w.id', '=', id)
    .where(inReach('w.org_path', actor))
    .forUpdate('w')
    .executeTakeFirst()
  return row as Wish | undefined
}

/** For reactions and jobs, which act for the tenant. */
export async function lockWishOfTenant(tx: Tx, tenantId: string, id: string): Promise<Wish | undefined> {
  return (await wishes(tx, tenantId).where('w.id', '=', id).forUpdate('w').executeTakeFirst()) as Wish | undefined
}
export async function wishOfMeeting(tx: Tx, tenantId: string, meetingId: string): Promise<Wish | undefined> {
  return (await wishes(tx, tenantId).where('w.meeting_id', '=', meetingId).forUpdate('w').executeTakeFirst()) as
    | Wish
    | undefined
}
export async function closingBefore(tx: Tx, tenantId: string, today: string, most: number): Promise<Wish[]> {
  return (await wishes(tx, tenantId)
    .where('w.state', '=', 'gathering')
    .where('w.closes_on', '<', today)
    .orderBy('w.id')
    .limit(most)
    .forUpdate('w')
    .execute()) as Wish[]
}

/** Supported wishes of the reach without a lesson or an open proposal. */
export async function matchableWishes(db: Db, actor: Actor, today: string, most: number): Promise<Wish[]> {
  const rows = await wishes(db, actor.tenantId)
    .where(inReach('w.org_path', actor))
    .where('w.state', 'in', ['reached', 'recruiting'])
    .where('w.until_on', '>', today)
    .where(
      sql<boolean>`not exists (select from topics_proposal p where p.tenant_id = ${actor.tenantId} and p.wish_id = w.id
        and p.state in ('proposed', 'agreed', 'scheduled'))`,
    )
    .orderBy('w.supporters', 'desc')
    .orderBy('w.id')
    .limit(most)
    .execute()
  return rows as Wish[]
}

/** Wishes of a time below a path, for the list of the most wanted. */
export async function wishesBetween(
  db: Db,
  actor: Actor,
  asked: { from: string; until: string; path: string; level: string | null },
): Promise<Wish[]> {
  let select = wishes(db, actor.tenantId)
    .where(inReach('w.org_path', actor))
    .where(inScope('w.org_path', asked.path))
    .where(
      sql<boolean>`(w.created_at at time zone 'Asia/Shanghai')::date between ${asked.from}::date and ${asked.until}::date`,
    )
    .where('w.state', 'not in', ['hidden', 'withdrawn', 'merged'])
  if (asked.level) select = select.where('w.level', '=', asked.level as LessonLevel)
  return (await select.orderBy('w.id').limit(20_000).execute()) as Wish[]
}

export type NewWish = Pick<
  Wish,
  | 'id'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'level'
  | 'personId'
  | 'memberId'
  | 'madeBy'
  | 'title'
  | 'why'
  | 'tags'
  | 'format'
  | 'place'
  | 'parts'
  | 'fromOn'
  | 'untilOn'
  | 'threshold'
  | 'closesOn'
>
export async function insertWish(tx: Tx, tenantId: string, wish: NewWish, at: Date): Promise<void> {
  await tx
    .insertInto('topics_wish')
    .values({
      tenant_id: tenantId,
      id: wish.id,
      unit_id: wish.unitId,
      org_path: wish.orgPath,
      unit_name: wish.unitName,
      level: wish.level,
      person_id: wish.personId,
      member_id: wish.memberId,
      made_by: wish.madeBy,
      title: wish.title,
      why: wish.why,
      tags: wish.tags,
      format: wish.format,
      place: wish.place,
      parts: wish.parts,
      from_on: wish.fromOn,
      until_on: wish.untilOn,
      threshold: wish.threshold,
      closes_on: wish.closesOn,
      supporters: 0,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export type WishChange = {
  state?: TopicState
  state_before?: TopicState | null
  reason?: string | null
  supporters?: number
  enrolled?: number
  completed?: number
  ratings?: number
  rating_sum?: number
  merged_into?: string | null
  meeting_id?: string | null
  course_id?: string
  lesson?: string | null
  taught_at?: Date
}
export async function setWish(tx: Tx, tenantId: string, id: string, change: WishChange, at: Date): Promise<void> {
  await tx
    .updateTable('topics_wish')
    .set({ ...change, updated_at: at } as never)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
