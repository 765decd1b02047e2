import type { UnitMode } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { inReach } from '../../platform/scope.ts'
import { type Attempt, attemptColumns } from './courseware.attempt.queries.ts'
import type { Success } from './courseware.runtime.ts'

type At = { readonly tenantId: string; readonly now: Date }

export type Session = {
  id: string
  attemptId: string
  item: string
  mode: UnitMode
  launchedAt: Date
  lastAt: Date
  preferencesAt: Date | null
  said: string[]
  terminatedAt: Date | null
  abandonedAt: Date | null
}

const sessions = (db: Db, tenantId: string) =>
  db
    .selectFrom('courseware_session as s')
    .select([
      's.id',
      's.attempt_id as attemptId',
      's.item',
      's.mode',
      's.launched_at as launchedAt',
      's.last_at as lastAt',
      's.preferences_at as preferencesAt',
      's.said',
      's.terminated_at as terminatedAt',
      's.abandoned_at as abandonedAt',
    ])
    .where('s.tenant_id', '=', tenantId)

export async function findSession(db: Db, tenantId: string, id: string): Promise<Session | undefined> {
  return (await sessions(db, tenantId).where('s.id', '=', id).executeTakeFirst()) as Session | undefined
}

/** Newest first. */
export async function sessionsOf(db: Db, tenantId: string, attemptId: string): Promise<Session[]> {
  const rows = await sessions(db, tenantId)
    .where('s.attempt_id', '=', attemptId)
    .orderBy('s.launched_at', 'desc')
    .orderBy('s.id', 'desc')
    .execute()
  return rows as Session[]
}

/** Sessions that were never ended although their key has. */
export async function openSince(db: Db, tenantId: string, before: Date, most: number): Promise<Session[]> {
  const rows = await sessions(db, tenantId)
    .where('s.terminated_at', 'is', null)
    .where('s.abandoned_at', 'is', null)
    .where('s.launched_at', '<', before)
    .orderBy('s.launched_at')
    .limit(most)
    .execute()
  return rows as Session[]
}

export async function insertSession(
  tx: Tx,
  at: At,
  attempt: Attempt,
  one: { readonly id: string; readonly item: string; readonly mode: UnitMode },
): Promise<void> {
  await tx
    .insertInto('courseware_session')
    .values({
      tenant_id: at.tenantId,
      attempt_id: attempt.id,
      person_id: attempt.personId,
      org_path: attempt.orgPath,
      launched_at: at.now,
      last_at: at.now,
      ...one,
    })
    .execute()
}

export type SessionChange = Partial<{
  said: string[]
  last_at: Date
  preferences_at: Date
  terminated_at: Date
  abandoned_at: Date
}>

export async function setSession(tx: Tx, tenantId: string, id: string, change: SessionChange): Promise<void> {
  await tx
    .updateTable('courseware_session')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The registration of a session, locked: its statements are judged one after the other. */
export async function lockRegistration(tx: Tx, tenantId: string, id: string): Promise<Attempt | undefined> {
  const row = await tx
    .selectFrom('courseware_attempt as a')
    .select(attemptColumns)
    .where('a.tenant_id', '=', tenantId)
    .where('a.id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row as Attempt | undefined
}

export type Registration = Attempt & { memberName: string | null; orgName: string | null }

/** A registration of somebody of the units that the post acts for. */
export async function findRegistration(db: Db, actor: Actor, id: string): Promise<Registration | undefined> {
  const row = await db
    .selectFrom('courseware_attempt as a')
    .leftJoin('member_card as m', (join) =>
      join.on('m.tenant_id', '=', actor.tenantId).onRef('m.id', '=', 'a.member_id'),
    )
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.path', '=', 'a.org_path'))
    .select([...attemptColumns, 'm.name as memberName', 'o.name as orgName'])
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where(inReach('a.org_path', actor))
    .executeTakeFirst()
  return row as Registration | undefined
}

/** Where somebody stands in one unit. */
export type UnitRow = {
  readonly item: string
  readonly completion: boolean
  readonly success: Success
  readonly scaled: number | null
  readonly seconds: number
  readonly satisfied: boolean
  readonly waivedFor: string | null
}

export async function unitRowsOf(db: Db, tenantId: string, attemptId: string): Promise<UnitRow[]> {
  const rows = await db
    .selectFrom('courseware_item')
    .select(['item', 'completion', 'success', 'scaled', 'seconds', 'satisfied', 'waived_for as waivedFor'])
    .where('tenant_id', '=', tenantId)
    .where('attempt_id', '=', attemptId)
    .execute()
  return rows.map((row) => ({ ...row, success: row.success as Success }))
}

export async function putUnit(tx: Tx, at: At, attempt: Attempt, { item, waivedFor, ...one }: UnitRow): Promise<void> {
  const said = { ...one, waived_for: waivedFor, updated_at: at.now }
  await tx
    .insertInto('courseware_item')
    .values({
      tenant_id: at.tenantId,
      attempt_id: attempt.id,
      item,
      person_id: attempt.personId,
      org_path: attempt.orgPath,
      // The data model of SCORM: cmi5 keeps its own documents in the record store.
      sequence: 1,
      runtime: '{}',
      ...said,
    })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'attempt_id', 'item'])
        .doUpdateSet({ ...said, sequence: sql<number>`courseware_item.sequence + 1` }),
    )
    .execute()
}
