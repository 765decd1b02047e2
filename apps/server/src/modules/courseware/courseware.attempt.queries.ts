import type { AttemptState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import type { DB } from '../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../platform/page.ts'
import { inReach } from '../../platform/scope.ts'
import { containing } from '../../platform/sql.ts'
import type { ItemStanding, Rolled, Success } from './courseware.runtime.ts'

export type Attempt = {
  id: string
  packageId: string
  versionNumber: number
  memberId: string
  personId: string
  orgPath: string
  number: number
  launchId: string
  state: AttemptState
  scaled: number | null
  seconds: number
  items: number
  itemsDone: number
  begunAt: Date
  lastAt: Date
  finishedAt: Date | null
}

export const attemptColumns = [
  'a.id',
  'a.package_id as packageId',
  'a.version_number as versionNumber',
  'a.member_id as memberId',
  'a.person_id as personId',
  'a.org_path as orgPath',
  'a.number',
  'a.launch_id as launchId',
  'a.state',
  'a.scaled',
  'a.seconds',
  'a.items',
  'a.items_done as itemsDone',
  'a.begun_at as begunAt',
  'a.last_at as lastAt',
  'a.finished_at as finishedAt',
] as const

/** Own attempts, newest first. */
export async function attemptsOf(db: Db, actor: Actor, packageId: string): Promise<Attempt[]> {
  const rows = await db
    .selectFrom('courseware_attempt as a')
    .select(attemptColumns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.package_id', '=', packageId)
    .where('a.person_id', '=', actor.personId)
    .orderBy('a.number', 'desc')
    .execute()
  return rows as Attempt[]
}

/** An own attempt, locked. */
export async function lockAttempt(tx: Tx, actor: Actor, id: string): Promise<Attempt | undefined> {
  const row = await tx
    .selectFrom('courseware_attempt as a')
    .select(attemptColumns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where('a.person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  return row as Attempt | undefined
}

export async function insertAttempt(tx: Tx, tenantId: string, one: Attempt): Promise<void> {
  await tx
    .insertInto('courseware_attempt')
    .values({
      tenant_id: tenantId,
      id: one.id,
      package_id: one.packageId,
      version_number: one.versionNumber,
      member_id: one.memberId,
      person_id: one.personId,
      org_path: one.orgPath,
      number: one.number,
      launch_id: one.launchId,
      state: one.state,
      items: one.items,
      begun_at: one.begunAt,
      last_at: one.lastAt,
    })
    .execute()
}

type At = { readonly tenantId: string; readonly now: Date }

/** A new opening: commits of the one before are refused from now on. */
export async function setLaunch(tx: Tx, at: At, id: string, launchId: string): Promise<void> {
  await tx
    .updateTable('courseware_attempt')
    .set({ launch_id: launchId, last_at: at.now })
    .where('tenant_id', '=', at.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setRolled(tx: Tx, at: At, attempt: Attempt, rolled: Rolled): Promise<Attempt> {
  const finishedAt = attempt.finishedAt ?? (rolled.state === 'begun' ? null : at.now)
  await tx
    .updateTable('courseware_attempt')
    .set({
      state: rolled.state,
      scaled: rolled.scaled,
      seconds: rolled.seconds,
      items_done: rolled.itemsDone,
      last_at: at.now,
      finished_at: finishedAt,
    })
    .where('tenant_id', '=', at.tenantId)
    .where('id', '=', attempt.id)
    .execute()
  return { ...attempt, ...rolled, lastAt: at.now, finishedAt }
}

export type StoredItem = ItemStanding & { readonly item: string; readonly sequence: number; readonly runtime: string }

export async function itemsOf(db: Db, tenantId: string, attemptId: string): Promise<StoredItem[]> {
  const rows = await db
    .selectFrom('courseware_item')
    .select(['item', 'sequence', 'runtime', 'completion', 'success', 'scaled', 'seconds'])
    .where('tenant_id', '=', tenantId)
    .where('attempt_id', '=', attemptId)
    .execute()
  return rows.map((row) => ({ ...row, success: row.success as Success }))
}

export async function putItem(tx: Tx, at: At, attempt: Attempt, one: StoredItem): Promise<void> {
  const said = {
    sequence: one.sequence,
    runtime: one.runtime,
    completion: one.completion,
    success: one.success,
    scaled: one.scaled,
    seconds: one.seconds,
    updated_at: at.now,
  }
  await tx
    .insertInto('courseware_item')
    .values({
      tenant_id: at.tenantId,
      attempt_id: attempt.id,
      item: one.item,
      person_id: attempt.personId,
      org_path: attempt.orgPath,
      ...said,
    })
    .onConflict((c) => c.columns(['tenant_id', 'attempt_id', 'item']).doUpdateSet(said))
    .execute()
}

export type Result = Attempt & { memberName: string | null; orgName: string | null }
export type ResultFilter = { readonly state: AttemptState | null; readonly text: string | null }

/** Attempts of people of the units that the post acts for. */
export async function listResults(
  db: Db,
  actor: Actor,
  packageId: string,
  { state, text }: ResultFilter,
  keyset: Keyset,
): Promise<Result[]> {
  let select = db
    .selectFrom('courseware_attempt as a')
    .leftJoin('member_card as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.member_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.path', '=', 'a.org_path'))
    .select([...attemptColumns, 'm.name as memberName', 'o.name as orgName'])
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.package_id', '=', packageId)
    .where(inReach('a.org_path', actor))
  if (state) select = select.where('a.state', '=', state)
  if (text) select = select.where('m.name', 'ilike', containing(text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'courseware_attempt', Result>,
    keyset,
    'a.id',
  ).execute()) as Result[]
}

/** Somebody's results follow to the new branch. */
export async function setPlace(tx: Tx, tenantId: string, memberId: string, orgPath: string): Promise<void> {
  const moved = await tx
    .updateTable('courseware_attempt')
    .set({ org_path: orgPath })
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .returning('id')
    .execute()
  await tx
    .updateTable('courseware_item')
    .set({ org_path: orgPath })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`attempt_id = any(${moved.map(({ id }) => id)}::uuid[])`)
    .execute()
  await tx
    .updateTable('courseware_session')
    .set({ org_path: orgPath })
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`attempt_id = any(${moved.map(({ id }) => id)}::uuid[])`)
    .execute()
}
