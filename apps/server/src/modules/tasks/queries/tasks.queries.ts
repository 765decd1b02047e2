import type { TaskAddition, TaskCounts, TaskState } from '@tongxin/contract'
import type { EvidenceKind, PartState } from '@tongxin/domain/tasks/parts'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { inPlace, OPEN_STATES, type PlaceFilter, paged } from './paged.ts'

export type Task = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  rootId: string
  parentPartId: string | null
  title: string
  basis: string
  documentNumber: string | null
  body: string
  standard: string
  evidence: EvidenceKind[]
  additions: TaskAddition[]
  dueOn: string
  state: 'open' | 'withdrawn'
  reason: string | null
  madeBy: string
  createdAt: Date
}

const tasks = (db: Db, tenantId: string) =>
  db
    .selectFrom('tasks_task as t')
    .select([
      't.id',
      't.unit_id as unitId',
      't.org_path as orgPath',
      't.unit_name as unitName',
      't.root_id as rootId',
      't.parent_part_id as parentPartId',
      't.title',
      't.basis',
      't.document_number as documentNumber',
      't.body',
      't.standard',
      't.evidence',
      't.additions',
      't.due_on as dueOn',
      't.state',
      't.reason',
      't.made_by as madeBy',
      't.created_at as createdAt',
    ])
    .where('t.tenant_id', '=', tenantId)

export type TaskFilter = PlaceFilter & {
  readonly state: TaskState | null
  readonly isLate: boolean
  readonly basis: string | null
  readonly text: string | null
  readonly today: string
}

export async function listTasks(db: Db, actor: Actor, filter: TaskFilter, keyset: Keyset): Promise<Task[]> {
  const { tenantId } = actor
  const hasOpen = sql<boolean>`exists (select from tasks_part p where p.tenant_id = ${tenantId} and p.task_id = t.id
    and p.state in ${OPEN_STATES})`
  let select = tasks(db, tenantId).where(inReach('t.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('t.org_path', filter.path, filter.isBelow))
  if (filter.state === 'withdrawn') select = select.where('t.state', '=', 'withdrawn')
  if (filter.state === 'open') select = select.where('t.state', '=', 'open').where(hasOpen)
  if (filter.state === 'finished') select = select.where('t.state', '=', 'open').where(sql<boolean>`not ${hasOpen}`)
  if (filter.isLate)
    select = select.where(sql<boolean>`exists (select from tasks_part p where p.tenant_id = ${tenantId}
      and p.task_id = t.id and p.state in ${OPEN_STATES} and p.due_on < ${filter.today}::date)`)
  if (filter.text) select = select.where('t.title', 'like', containing(filter.text))
  if (filter.basis) {
    const text = containing(filter.basis)
    select = select.where((eb) => eb.or([eb('t.basis', 'like', text), eb('t.document_number', 'like', text)]))
  }
  return paged<Task>(select, keyset, 't.id')
}

export async function findTask(db: Db, actor: Actor, id: string): Promise<Task | undefined> {
  const select = tasks(db, actor.tenantId).where('t.id', '=', id).where(inReach('t.org_path', actor))
  return (await select.executeTakeFirst()) as Task | undefined
}
export async function lockTask(tx: Tx, actor: Actor, id: string): Promise<Task | undefined> {
  const select = tasks(tx, actor.tenantId).where('t.id', '=', id).where(inReach('t.org_path', actor))
  return (await select.forUpdate('t').executeTakeFirst()) as Task | undefined
}
/** The text from above as row security shows it to whoever has a part; also for reactions, which act for the tenant. */
export async function taskOfPart(db: Db, tenantId: string, id: string): Promise<Task | undefined> {
  return (await tasks(db, tenantId).where('t.id', '=', id).executeTakeFirst()) as Task | undefined
}
/** Tasks into which a part was passed on, the oldest first. */
export async function passedOnFrom(db: Db, tenantId: string, partId: string): Promise<Task[]> {
  return (await tasks(db, tenantId).where('t.parent_part_id', '=', partId).orderBy('t.id').execute()) as Task[]
}

type CountedRow = { taskId: string; state: PartState; count: number; late: number }
const NONE: TaskCounts = { parts: 0, unsigned: 0, doing: 0, handedIn: 0, returned: 0, done: 0, withdrawn: 0, late: 0 }
const FIELD_OF = {
  unsigned: 'unsigned',
  doing: 'doing',
  handed_in: 'handedIn',
  returned: 'returned',
  done: 'done',
  withdrawn: 'withdrawn',
} as const satisfies Record<PartState, keyof TaskCounts>

/** How many parts of these tasks stand where: one statement for a page. */
export async function countsOf(
  db: Db,
  tenantId: string,
  taskIds: readonly string[],
  today: string,
): Promise<(taskId: string) => TaskCounts> {
  const { rows } = await sql<CountedRow>`select p.task_id as "taskId", p.state, count(*)::int as count,
      (count(*) filter (where p.due_on < ${today}::date and p.state in ${OPEN_STATES}))::int as late
    from tasks_part p where p.tenant_id = ${tenantId}::uuid and p.task_id = any(${[...taskIds]}::uuid[])
    group by p.task_id, p.state`.execute(db)
  const counts = new Map<string, TaskCounts>()
  for (const { taskId, state, count, late } of rows) {
    const sum = counts.get(taskId) ?? NONE
    counts.set(taskId, { ...sum, parts: sum.parts + count, late: sum.late + late, [FIELD_OF[state]]: count })
  }
  return (taskId) => counts.get(taskId) ?? NONE
}

export type NewTask = Omit<Task, 'state' | 'reason' | 'createdAt'>
export async function insertTask(tx: Tx, tenantId: string, task: NewTask, at: Date): Promise<void> {
  await tx
    .insertInto('tasks_task')
    .values({
      tenant_id: tenantId,
      id: task.id,
      unit_id: task.unitId,
      org_path: task.orgPath,
      unit_name: task.unitName,
      root_id: task.rootId,
      parent_part_id: task.parentPartId,
      title: task.title,
      basis: task.basis,
      document_number: task.documentNumber,
      body: task.body,
      standard: task.standard,
      evidence: task.evidence,
      additions: JSON.stringify(task.additions),
      due_on: task.dueOn,
      made_by: task.madeBy,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** Ends tasks for good, in the order of their ids. */
export async function setWithdrawn(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
  reason: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('tasks_task')
    .set({ state: 'withdrawn', reason, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('state', '=', 'open')
    .execute()
}

/** Open tasks into which these parts were passed on. */
export async function openBelow(
  tx: Tx,
  tenantId: string,
  partIds: readonly string[],
): Promise<Pick<Task, 'id' | 'orgPath' | 'title'>[]> {
  return tx
    .selectFrom('tasks_task')
    .select(['id', 'org_path as orgPath', 'title'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`parent_part_id = any(${[...partIds]}::uuid[])`)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute()
}
