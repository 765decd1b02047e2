import type { RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'

export type RecoveryState = 'started' | 'confirmed' | 'used' | 'cancelled'
export type Recovery = {
  id: string
  personId: string
  name: string
  orgPath: string
  resetsFactor: boolean
  reason: string
  state: RecoveryState
  startedBy: string
  startedAt: Date
  confirmedBy: string | null
  confirmedAt: Date | null
  endsAt: Date
  version: number
}

const columns = [
  'r.id',
  'r.person_id as personId',
  'p.name',
  'r.org_path as orgPath',
  'r.resets_factor as resetsFactor',
  'r.reason',
  'r.state',
  'r.started_by as startedBy',
  'r.started_at as startedAt',
  'r.confirmed_by as confirmedBy',
  'r.confirmed_at as confirmedAt',
  'r.ends_at as endsAt',
  'r.version',
] as const

const inView = (db: Db, actor: Actor) =>
  db
    .selectFrom('access_recovery as r')
    .innerJoin('access_person as p', 'p.id', 'r.person_id')
    .where('r.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))

export async function findRecovery(db: Db, actor: Actor, id: string): Promise<Recovery | undefined> {
  return (await inView(db, actor).select(columns).where('r.id', '=', id).executeTakeFirst()) as Recovery | undefined
}

export async function lockRecovery(tx: Tx, actor: Actor, id: string): Promise<Recovery | undefined> {
  const row = await inView(tx, actor).select(columns).where('r.id', '=', id).forUpdate('r').executeTakeFirst()
  return row as Recovery | undefined
}

export async function listRecoveries(
  db: Db,
  actor: Actor,
  state: RecoveryState | null,
  keyset: Keyset,
): Promise<Recovery[]> {
  let select = inView(db, actor).select(columns)
  if (state) select = select.where('r.state', '=', state)
  return (await byKeyset(select, keyset, 'r.id').execute()) as Recovery[]
}

/** A recovery of the person that is still under way, in whatever part of the tenant it was started. */
export async function isRecoveryOpen(tx: Tx, tenantId: string, personId: string, now: Date): Promise<boolean> {
  const row = await tx
    .selectFrom('access_recovery')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('state', 'in', ['started', 'confirmed'])
    .where('ends_at', '>', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export type NewRecovery = {
  id: string
  personId: string
  orgPath: string
  resetsFactor: boolean
  reason: string
  by: string
  at: Date
  endsAt: Date
}

export async function insertRecovery(tx: Tx, tenantId: string, recovery: NewRecovery): Promise<void> {
  await tx
    .insertInto('access_recovery')
    .values({
      tenant_id: tenantId,
      id: recovery.id,
      person_id: recovery.personId,
      org_path: recovery.orgPath,
      resets_factor: recovery.resetsFactor,
      reason: recovery.reason,
      started_by: recovery.by,
      started_at: recovery.at,
      ends_at: recovery.endsAt,
    })
    .execute()
}

export type Step = { state: RecoveryState; confirmedBy?: string; confirmedAt?: Date; endsAt?: Date }

/** Moves on from one state; false when it is in another one. */
export async function setRecovery(
  tx: Tx,
  tenantId: string,
  id: string,
  from: readonly RecoveryState[],
  step: Step,
): Promise<boolean> {
  const row = await tx
    .updateTable('access_recovery')
    .set((eb) => ({
      state: step.state,
      version: eb('version', '+', 1),
      ...(step.confirmedBy ? { confirmed_by: step.confirmedBy } : {}),
      ...(step.confirmedAt ? { confirmed_at: step.confirmedAt } : {}),
      ...(step.endsAt ? { ends_at: step.endsAt } : {}),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type HeldRole = { role: RoleName; isInScope: boolean }

/** Every role that a person holds now in the tenant, and whether it lies in the officer's scope. */
export async function rolesHeld(tx: Tx, actor: Actor, personId: string, now: Date): Promise<HeldRole[]> {
  const rows = await tx
    .selectFrom('access_grant as g')
    .select(['g.role', inReach('g.org_path', actor).as('isInScope')])
    .where('g.tenant_id', '=', actor.tenantId)
    .where('g.person_id', '=', personId)
    .where(sql<boolean>`(g.until_on is null or g.until_on > ${now})`)
    .execute()
  return rows as HeldRole[]
}

/** For the person at the reset page, who has no post: whether the officers have also taken the second factor away. */
export async function resetsOf(tx: Tx, tenantId: string, id: string): Promise<{ resetsFactor: boolean }[]> {
  return tx
    .selectFrom('access_recovery')
    .select('resets_factor as resetsFactor')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('state', '=', 'confirmed')
    .execute()
}
