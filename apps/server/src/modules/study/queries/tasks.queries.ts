import type { StudyAudience, StudyTaskKind, StudyTaskState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { type Audience, type AudienceMember, belongsTo, meantFor } from '../../members/index.ts'
import { inPlace, type PlaceFilter, paged } from './paged.ts'

export type Task = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  kind: StudyTaskKind
  title: string
  brief: string
  courseId: string | null
  courseTitle: string | null
  minWords: number
  maxWords: number
  needsFile: boolean
  audience: StudyAudience
  dueOn: string
  state: StudyTaskState
  madeBy: string
  remindedOn: string | null
  createdAt: Date
}

const tasks = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_task as t')
    .select([
      't.id',
      't.unit_id as unitId',
      't.org_path as orgPath',
      't.unit_name as unitName',
      't.kind',
      't.title',
      't.brief',
      't.course_id as courseId',
      't.course_title as courseTitle',
      't.min_words as minWords',
      't.max_words as maxWords',
      't.needs_file as needsFile',
      sql<StudyAudience>`jsonb_build_object('kinds', t.audience_kinds, 'posts', t.audience_posts,
        'levels', t.audience_levels)`.as('audience'),
      't.due_on as dueOn',
      't.state',
      't.made_by as madeBy',
      't.reminded_on as remindedOn',
      't.created_at as createdAt',
    ])
    .where('t.tenant_id', '=', tenantId)

export type Counted = Task & { handedIn: number; waiting: number }
export type TaskFilter = PlaceFilter & {
  readonly kind: StudyTaskKind | null
  readonly state: StudyTaskState | null
  readonly text: string | null
}

const counted = (db: Db, tenantId: string) =>
  tasks(db, tenantId).select([
    sql<number>`(select count(*)::int from study_work w where w.tenant_id = ${tenantId} and w.task_id = t.id)`.as(
      'handedIn',
    ),
    sql<number>`(select count(*)::int from study_work w where w.tenant_id = ${tenantId} and w.task_id = t.id
      and w.state = 'handed_in')`.as('waiting'),
  ])

export async function listTasks(db: Db, actor: Actor, filter: TaskFilter, keyset: Keyset): Promise<Counted[]> {
  let select = counted(db, actor.tenantId).where(inReach('t.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('t.org_path', filter.path, filter.isBelow))
  if (filter.kind) select = select.where('t.kind', '=', filter.kind)
  if (filter.state) select = select.where('t.state', '=', filter.state)
  if (filter.text) select = select.where('t.title', 'like', containing(filter.text))
  return paged<Counted>(select, keyset, 't.id')
}

export async function findTask(db: Db, actor: Actor, id: string): Promise<Counted | undefined> {
  const row = await counted(db, actor.tenantId)
    .where('t.id', '=', id)
    .where(inReach('t.org_path', actor))
    .executeTakeFirst()
  return row as Counted | undefined
}

export async function lockTask(tx: Tx, actor: Actor, id: string): Promise<Counted | undefined> {
  const row = await counted(tx, actor.tenantId)
    .where('t.id', '=', id)
    .where(inReach('t.org_path', actor))
    .forUpdate('t')
    .executeTakeFirst()
  return row as Counted | undefined
}

/** For reactions, which act for the tenant, and for the brief beside a work. */
export async function taskOfTenant(db: Db, tenantId: string, id: string): Promise<Task | undefined> {
  return (await tasks(db, tenantId).where('t.id', '=', id).executeTakeFirst()) as Task | undefined
}

type Asked = AudienceMember & { readonly tenantId: string; readonly personId: string }
const askedOf = (db: Db, learner: Asked) => tasks(db, learner.tenantId).where(meantFor('t', learner, 'org_path'))

export async function findAsked(db: Db, learner: Asked, id: string): Promise<Task | undefined> {
  return (await askedOf(db, learner).where('t.id', '=', id).executeTakeFirst()) as Task | undefined
}

/** What the learner still has to hand in (also what came back), or what is with those who mark it. */
export async function listAsked(db: Db, learner: Asked, isDone: boolean, keyset: Keyset): Promise<Task[]> {
  const { tenantId, personId } = learner
  const withMarkers = sql<boolean>`exists (select from study_work w where w.tenant_id = ${tenantId}
    and w.task_id = t.id and w.person_id = ${personId} and w.state <> 'returned')`
  const select = isDone
    ? askedOf(db, learner).where(withMarkers)
    : askedOf(db, learner).where('t.state', '=', 'open').where(sql<boolean>`not ${withMarkers}`)
  return paged<Task>(select, keyset, 't.id')
}

export type NewTask = Omit<Task, 'state' | 'remindedOn' | 'createdAt'>
export async function insertTask(tx: Tx, actor: Actor, task: NewTask, at: Date): Promise<void> {
  await tx
    .insertInto('study_task')
    .values({
      tenant_id: actor.tenantId,
      id: task.id,
      unit_id: task.unitId,
      org_path: task.orgPath,
      unit_name: task.unitName,
      kind: task.kind,
      title: task.title,
      brief: task.brief,
      course_id: task.courseId,
      course_title: task.courseTitle,
      min_words: task.minWords,
      max_words: task.maxWords,
      needs_file: task.needsFile,
      audience_kinds: task.audience.kinds,
      audience_posts: task.audience.posts,
      audience_levels: task.audience.levels,
      due_on: task.dueOn,
      made_by: task.madeBy,
      made_by_id: actor.personId,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export type TaskChange = {
  title?: string
  brief?: string
  min_words?: number
  max_words?: number
  due_on?: string
  state?: StudyTaskState
  reminded_on?: string
}
export async function setTask(tx: Tx, tenantId: string, id: string, change: TaskChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_task')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

const asked = (db: Db, tenantId: string, people: Audience) =>
  db.selectFrom('member_card as m').where('m.tenant_id', '=', tenantId).where(belongsTo(people))

export async function countPeople(db: Db, tenantId: string, people: Audience): Promise<number> {
  const row = await asked(db, tenantId, people).select(sql<number>`count(*)::int`.as('people')).executeTakeFirst()
  return row?.people ?? 0
}

/** The people themselves. */
export const peopleIn = (db: Db, tenantId: string, people: Audience, most: number) =>
  asked(db, tenantId, people)
    .select(['m.person_id as personId', 'm.name'])
    .orderBy('m.id')
    .limit(most)
    .execute() as Promise<{ personId: string; name: string }[]>

export type Missing = { memberId: string; personId: string; name: string; orgName: string | null }
/** Who has handed in nothing yet. */
export async function missingOf(
  db: Db,
  tenantId: string,
  taskId: string,
  people: Audience,
  most: number,
): Promise<Missing[]> {
  return asked(db, tenantId, people)
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'm.org_id'))
    .select(['m.id as memberId', 'm.person_id as personId', 'm.name', 'o.name as orgName'])
    .where(
      sql<boolean>`not exists (select from study_work w where w.tenant_id = ${tenantId} and w.task_id = ${taskId}
        and w.person_id = m.person_id)`,
    )
    .orderBy('m.org_path')
    .orderBy('m.name')
    .limit(most)
    .execute() as Promise<Missing[]>
}

/** Open assignments of a tenant whose last day is not long over. */
export async function tasksDueFrom(db: Db, tenantId: string, from: string): Promise<Task[]> {
  return (await tasks(db, tenantId).where('t.state', '=', 'open').where('t.due_on', '>=', from).execute()) as Task[]
}

export type Owing = { memberId: string; personId: string; isReturned: boolean }
/** Who has handed in nothing yet, or has to do so again. */
export async function owingOf(
  db: Db,
  tenantId: string,
  taskId: string,
  people: Audience,
  most: number,
): Promise<Owing[]> {
  return asked(db, tenantId, people)
    .leftJoin('study_work as w', (join) =>
      join.on('w.tenant_id', '=', tenantId).on('w.task_id', '=', taskId).onRef('w.person_id', '=', 'm.person_id'),
    )
    .select(['m.id as memberId', 'm.person_id as personId', sql<boolean>`w.id is not null`.as('isReturned')])
    .where((eb) => eb.or([eb('w.id', 'is', null), eb('w.state', '=', 'returned')]))
    .orderBy('m.id')
    .limit(most)
    .execute() as Promise<Owing[]>
}
