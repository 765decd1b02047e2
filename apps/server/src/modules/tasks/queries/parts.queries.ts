import type { TaskPartFilter, TaskRole } from '@tongxin/contract'
import type { PartState } from '@tongxin/domain/tasks/parts'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { inPlace, OPEN_STATES, type PlaceFilter, paged } from './paged.ts'

export type Part = {
  id: string
  taskId: string
  unitId: string
  orgPath: string
  unitName: string
  issuerId: string
  issuerPath: string
  personId: string | null
  memberId: string | null
  personName: string | null
  role: TaskRole
  state: PartState
  dueOn: string
  round: number
  since: Date
  handedInById: string | null
  askedDueOn: string | null
  askedReason: string | null
  askedById: string | null
  remindedOn: string | null
  title: string
  basis: string
  documentNumber: string | null
  issuerName: string
  passedOn: number
}

const parts = (db: Db, tenantId: string) =>
  db
    .selectFrom('tasks_part as p')
    .innerJoin('tasks_task as t', (join) => join.on('t.tenant_id', '=', tenantId).onRef('t.id', '=', 'p.task_id'))
    .select([
      'p.id',
      'p.task_id as taskId',
      'p.unit_id as unitId',
      'p.org_path as orgPath',
      'p.unit_name as unitName',
      'p.issuer_id as issuerId',
      'p.issuer_path as issuerPath',
      'p.person_id as personId',
      'p.member_id as memberId',
      'p.person_name as personName',
      'p.role',
      'p.state',
      'p.due_on as dueOn',
      'p.round',
      'p.since',
      'p.handed_in_by_id as handedInById',
      'p.asked_due_on as askedDueOn',
      'p.asked_reason as askedReason',
      'p.asked_by_id as askedById',
      'p.reminded_on as remindedOn',
      't.title',
      't.basis',
      't.document_number as documentNumber',
      't.unit_name as issuerName',
      sql<number>`(select count(*)::int from tasks_task c join tasks_part cp on cp.tenant_id = ${tenantId}
        and cp.task_id = c.id where c.tenant_id = ${tenantId} and c.parent_part_id = p.id)`.as('passedOn'),
    ])
    .where('p.tenant_id', '=', tenantId)
    .where('t.tenant_id', '=', tenantId)

export type PartFilter = PlaceFilter &
  Omit<TaskPartFilter, 'orgId' | 'below'> & { readonly today: string; readonly soon: string }

type Select = ReturnType<typeof parts>
/** The side of the post: what its own unit is asked, or what waits for it as the unit that asks. */
function ofSide(select: Select, actor: Actor, side: PartFilter['side']): Select {
  if (side === 'own')
    return select
      .where('p.org_path', '=', actor.scope)
      .where('p.person_id', 'is', null)
      .where(sql<boolean>`p.issuer_path <> p.org_path`)
  if (side === 'check')
    return select
      .where('p.issuer_path', '=', actor.scope)
      .where(sql<boolean>`(p.state = 'handed_in' or p.asked_due_on is not null)`)
  return select
}
function ofStanding(select: Select, { standing, today, soon }: PartFilter): Select {
  const isOpen = sql<boolean>`p.state in ${OPEN_STATES}`
  if (standing === 'late') return select.where(isOpen).where(sql<boolean>`p.due_on < ${today}::date`)
  if (standing === 'soon')
    return select.where(isOpen).where(sql<boolean>`p.due_on between ${today}::date and ${soon}::date`)
  if (standing === 'supervised')
    return select.where(isOpen).where(sql<boolean>`(p.state = 'returned' or p.due_on < ${today}::date)`)
  return select
}
function filtered(db: Db, actor: Actor, filter: PartFilter): Select {
  let select = ofStanding(ofSide(parts(db, actor.tenantId), actor, filter.side), filter)
  select = select.where(inReach('p.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('p.org_path', filter.path, filter.isBelow))
  if (filter.state) select = select.where('p.state', '=', filter.state)
  if (filter.taskId) select = select.where('p.task_id', '=', filter.taskId)
  if (filter.parentPartId) select = select.where('t.parent_part_id', '=', filter.parentPartId)
  if (filter.dueFrom) select = select.where('p.due_on', '>=', filter.dueFrom)
  if (filter.dueTo) select = select.where('p.due_on', '<=', filter.dueTo)
  if (filter.text) select = select.where('t.title', 'like', containing(filter.text))
  if (filter.basis) {
    const text = containing(filter.basis)
    select = select.where((eb) => eb.or([eb('t.basis', 'like', text), eb('t.document_number', 'like', text)]))
  }
  return select
}

export const listParts = (db: Db, actor: Actor, filter: PartFilter, keyset: Keyset): Promise<Part[]> =>
  paged<Part>(filtered(db, actor, filter), keyset, 'p.id')
export async function allParts(db: Db, actor: Actor, filter: PartFilter, most: number): Promise<Part[]> {
  return (await filtered(db, actor, filter).orderBy('p.due_on').orderBy('p.id').limit(most).execute()) as Part[]
}
export async function findPart(db: Db, actor: Actor, id: string): Promise<Part | undefined> {
  const select = parts(db, actor.tenantId).where('p.id', '=', id).where(inReach('p.org_path', actor))
  return (await select.executeTakeFirst()) as Part | undefined
}
export async function lockPart(tx: Tx, actor: Actor, id: string): Promise<Part | undefined> {
  const select = parts(tx, actor.tenantId).where('p.id', '=', id).where(inReach('p.org_path', actor))
  return (await select.forUpdate('p').executeTakeFirst()) as Part | undefined
}
/** Parts of the reach by id, locked in the order of their ids. */
export async function lockParts(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Part[]> {
  const select = parts(tx, actor.tenantId)
    .where(sql<boolean>`p.id = any(${[...ids]}::uuid[])`)
    .where(inReach('p.org_path', actor))
  return (await select.orderBy('p.id').forUpdate('p').execute()) as Part[]
}

type Own = Pick<Actor, 'tenantId' | 'personId'>
const ownParts = (db: Db, { tenantId, personId }: Own): Select =>
  parts(db, tenantId).where('p.person_id', '=', personId)
export async function listOwnParts(db: Db, own: Own, isDone: boolean, keyset: Keyset): Promise<Part[]> {
  const isOpen = sql<boolean>`p.state in ${OPEN_STATES}`
  return paged<Part>(ownParts(db, own).where(isDone ? sql<boolean>`not ${isOpen}` : isOpen), keyset, 'p.id')
}
export async function findOwnPart(db: Db, own: Own, id: string): Promise<Part | undefined> {
  return (await ownParts(db, own).where('p.id', '=', id).executeTakeFirst()) as Part | undefined
}
export async function lockOwnPart(tx: Tx, own: Own, id: string): Promise<Part | undefined> {
  return (await ownParts(tx, own).where('p.id', '=', id).forUpdate('p').executeTakeFirst()) as Part | undefined
}

export type NewPart = Pick<
  Part,
  | 'id'
  | 'taskId'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'issuerId'
  | 'issuerPath'
  | 'personId'
  | 'memberId'
  | 'personName'
  | 'role'
  | 'dueOn'
>
/** One statement for a batch. */
export async function insertParts(tx: Tx, tenantId: string, batch: readonly NewPart[], at: Date): Promise<void> {
  await tx
    .insertInto('tasks_part')
    .values(
      batch.map((part) => ({
        tenant_id: tenantId,
        id: part.id,
        task_id: part.taskId,
        unit_id: part.unitId,
        org_path: part.orgPath,
        unit_name: part.unitName,
        issuer_id: part.issuerId,
        issuer_path: part.issuerPath,
        person_id: part.personId,
        member_id: part.memberId,
        person_name: part.personName,
        role: part.role,
        due_on: part.dueOn,
        since: at,
        created_at: at,
        updated_at: at,
      })),
    )
    .execute()
}

export type PartChange = {
  state?: PartState
  due_on?: string
  round?: number
  since?: Date
  handed_in_by_id?: string
  asked_due_on?: string | null
  asked_reason?: string | null
  asked_by_id?: string
}
export async function setPart(tx: Tx, tenantId: string, id: string, change: PartChange, at: Date): Promise<void> {
  await tx
    .updateTable('tasks_part')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
export async function setReminded(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
  on: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('tasks_part')
    .set({ reminded_on: on, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
}

export type Ended = {
  readonly id: string
  readonly taskId: string
  readonly orgPath: string
  readonly personId: string | null
}
/** Ends the open parts of tasks, or one part, in one statement. */
export async function withdrawParts(
  tx: Tx,
  tenantId: string,
  which: { readonly taskIds: readonly string[] } | { readonly id: string },
  at: Date,
): Promise<Ended[]> {
  return tx
    .updateTable('tasks_part')
    .set({ state: 'withdrawn', since: at, asked_due_on: null, asked_reason: null, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id' in which ? sql<boolean>`id = ${which.id}` : sql<boolean>`task_id = any(${[...which.taskIds]}::uuid[])`)
    .where(sql<boolean>`state in ${OPEN_STATES}`)
    .returning(['id', 'task_id as taskId', 'org_path as orgPath', 'person_id as personId'])
    .execute()
}

/** How many parts that were passed on from this one are still open. */
export async function countOpenBelow(db: Db, tenantId: string, partId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from tasks_task t join tasks_part p on p.tenant_id = ${tenantId}::uuid and p.task_id = t.id
    where t.tenant_id = ${tenantId}::uuid and t.parent_part_id = ${partId} and p.state in ${OPEN_STATES}`.execute(db)
  return rows[0]?.count ?? 0
}

/** The day of the part from which a task was passed on; null where it was not. */
export async function dayAbove(db: Db, tenantId: string, taskId: string): Promise<string | null> {
  const row = await db
    .selectFrom('tasks_task as t')
    .innerJoin('tasks_part as p', (join) =>
      join.on('p.tenant_id', '=', tenantId).onRef('p.id', '=', 't.parent_part_id'),
    )
    .select('p.due_on as dueOn')
    .where('t.tenant_id', '=', tenantId)
    .where('p.tenant_id', '=', tenantId)
    .where('t.id', '=', taskId)
    .executeTakeFirst()
  return row?.dueOn ?? null
}

/** People and places of the parts of a task, for reactions. */
export async function receiversOf(
  db: Db,
  tenantId: string,
  taskId: string,
): Promise<{ id: string; personId: string | null; orgPath: string }[]> {
  return db
    .selectFrom('tasks_part')
    .select(['id', 'person_id as personId', 'org_path as orgPath'])
    .where('tenant_id', '=', tenantId)
    .where('task_id', '=', taskId)
    .execute()
}
