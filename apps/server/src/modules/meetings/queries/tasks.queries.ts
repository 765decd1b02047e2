import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../org/index.ts'

export type ListedTask = {
  id: string
  meetingId: string
  orgId: string
  orgPath: string
  meetingTitle: string
  heldOn: string
  orgName: string
  what: string
  who: string
  whoPersonId: string | null
  dueOn: string | null
  doneOn: string | null
  doneNote: string | null
}

/** Tasks with their meeting. Only those of filed records: before, the record may still change. */
function tasks(db: Db, tenantId: string) {
  return db
    .selectFrom('meetings_task as t')
    .innerJoin('meetings_meeting as m', (join) =>
      join.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 't.meeting_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'm.org_id'))
    .select([
      't.id',
      't.meeting_id as meetingId',
      'm.org_id as orgId',
      't.org_path as orgPath',
      'm.title as meetingTitle',
      'm.held_on as heldOn',
      sql<string>`coalesce(o.name, '')`.as('orgName'),
      't.what',
      't.who',
      't.who_person_id as whoPersonId',
      't.due_on as dueOn',
      't.done_on as doneOn',
      't.done_note as doneNote',
    ])
    .where('t.tenant_id', '=', tenantId)
    .where('m.tenant_id', '=', tenantId)
    .where('m.state', '=', 'archived')
}

export async function listTasks(
  db: Db,
  actor: Actor,
  filter: { mark: 'open' | 'overdue' | 'done' | null; orgPath: string | null; today: string },
  keyset: Keyset,
): Promise<ListedTask[]> {
  let select = tasks(db, actor.tenantId).where(inReach('t.org_path', actor))
  if (filter.orgPath !== null) select = select.where(inScope('t.org_path', filter.orgPath))
  if (filter.mark === 'done') select = select.where('t.done_on', 'is not', null)
  if (filter.mark === 'open' || filter.mark === 'overdue') select = select.where('t.done_on', 'is', null)
  if (filter.mark === 'overdue') select = select.where('t.due_on', '<', filter.today)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'meetings_task', ListedTask>,
    keyset,
    't.id',
  ).execute()) as ListedTask[]
}

/** What meetings gave the person to do: open ones first by their day, at most 100. */
export async function ownTasks(db: Db, tenantId: string, personId: string): Promise<ListedTask[]> {
  return (await tasks(db, tenantId)
    .where('t.who_person_id', '=', personId)
    .orderBy(sql`t.done_on is not null`)
    .orderBy(sql`t.due_on nulls last`)
    .orderBy('t.id')
    .limit(100)
    .execute()) as ListedTask[]
}

/** Of earlier meetings of the organisation: open tasks, and those done within the year before; at most 50. */
export async function earlierTasks(
  db: Db,
  tenantId: string,
  orgId: string,
  before: { id: string; heldOn: string; doneSince: string },
): Promise<ListedTask[]> {
  return (await tasks(db, tenantId)
    .where('m.org_id', '=', orgId)
    .where('m.id', '<>', before.id)
    .where('m.held_on', '<=', before.heldOn)
    .where((eb) => eb.or([eb('t.done_on', 'is', null), eb('t.done_on', '>=', before.doneSince)]))
    .orderBy(sql`t.done_on is not null`)
    .orderBy('m.held_on', 'desc')
    .orderBy('t.place_no')
    .limit(50)
    .execute()) as ListedTask[]
}

/** The last meeting of the organisation before this one that is filed: its day, or null. */
export async function lastHeldBefore(
  db: Db,
  tenantId: string,
  orgId: string,
  before: { id: string; heldOn: string },
): Promise<string | null> {
  const row = await db
    .selectFrom('meetings_meeting')
    .select('held_on as heldOn')
    .where('tenant_id', '=', tenantId)
    .where('org_id', '=', orgId)
    .where('id', '<>', before.id)
    .where('held_on', '<', before.heldOn)
    .where('state', '=', 'archived')
    .orderBy('held_on', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.heldOn ?? null
}

/** The task of the reach, or an own one. */
export async function findTask(
  tx: Tx,
  actor: Actor,
  id: string,
  whose: 'reach' | 'own',
): Promise<ListedTask | undefined> {
  return (await tasks(tx, actor.tenantId)
    .where('t.id', '=', id)
    .where(whose === 'own' ? sql<boolean>`t.who_person_id = ${actor.personId}` : inReach('t.org_path', actor))
    .executeTakeFirst()) as ListedTask | undefined
}

/** False when it was done already. */
export async function setDone(
  tx: Tx,
  tenantId: string,
  id: string,
  done: { on: string; note: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('meetings_task')
    .set({ done_on: done.on, done_note: done.note })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('done_on', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Tasks of a meeting that someone has to do until a day: what becomes a deadline when the record is filed. */
export async function datedTasks(
  tx: Tx,
  tenantId: string,
  meetingId: string,
): Promise<{ id: string; what: string; dueOn: string; personId: string | null }[]> {
  return (await tx
    .selectFrom('meetings_task')
    .select(['id', 'what', 'due_on as dueOn', 'who_person_id as personId'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .where('due_on', 'is not', null)
    .where('done_on', 'is', null)
    .execute()) as { id: string; what: string; dueOn: string; personId: string | null }[]
}
