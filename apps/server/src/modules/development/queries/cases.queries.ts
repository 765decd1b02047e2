import type { CaseState, DevelopmentStage } from '@tongxin/contract'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../org/index.ts'

/** One case as stored; dates ISO. */
export type Case = {
  readonly id: string
  readonly personId: string
  readonly memberId: string
  readonly orgId: string
  readonly orgPath: string
  readonly stage: DevelopmentStage
  readonly step: number
  readonly waitsAbove: boolean
  readonly state: CaseState
  readonly stateReason: string | null
  readonly round: number
  readonly planYear: number | null
  readonly appliedOn: string
  readonly activistOn: string | null
  readonly objectOn: string | null
  readonly admittedOn: string | null
  readonly probationEnd: string | null
  readonly extensionMonths: number
  readonly postponedUntil: string | null
  readonly leavesOn: string | null
  readonly movedOn: string | null
  readonly dueOn: string | null
  readonly yellowOn: string | null
  readonly version: number
}

const columns = [
  'c.id',
  'c.person_id as personId',
  'c.member_id as memberId',
  'c.org_id as orgId',
  'c.org_path as orgPath',
  'c.stage',
  'c.step',
  'c.waits_above as waitsAbove',
  'c.state',
  'c.state_reason as stateReason',
  'c.round',
  'c.plan_year as planYear',
  'c.applied_on as appliedOn',
  'c.activist_on as activistOn',
  'c.object_on as objectOn',
  'c.admitted_on as admittedOn',
  'c.probation_end as probationEnd',
  'c.extension_months as extensionMonths',
  'c.postponed_until as postponedUntil',
  'c.leaves_on as leavesOn',
  'c.moved_on as movedOn',
  'c.due_on as dueOn',
  'c.yellow_on as yellowOn',
  'c.version',
] as const

const OPEN: readonly string[] = ['running', 'paused', 'returned']

/** A case of the caller's scope; the reach of a member holds none but the own, which `findOwnCase` finds. */
export async function findCase(db: Db, actor: Actor, id: string): Promise<Case | undefined> {
  const row = await db
    .selectFrom('development_case as c')
    .select(columns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .executeTakeFirst()
  return row as Case | undefined
}

export async function lockCase(tx: Tx, actor: Actor, id: string): Promise<Case | undefined> {
  const row = await tx
    .selectFrom('development_case as c')
    .select(columns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Case | undefined
}

/** A case of the tenant by id, for going on inside a transaction that has locked it. */
export async function caseById(db: Db, tenantId: string, id: string): Promise<Case> {
  const row = await db
    .selectFrom('development_case as c')
    .select(columns)
    .where('c.tenant_id', '=', tenantId)
    .where('c.id', '=', id)
    .executeTakeFirstOrThrow()
  return row as Case
}

/** The newest case of the person, whatever its state. */
export async function findOwnCase(db: Db, tenantId: string, personId: string): Promise<Case | undefined> {
  const row = await db
    .selectFrom('development_case as c')
    .select(columns)
    .where('c.tenant_id', '=', tenantId)
    .where('c.person_id', '=', personId)
    .orderBy('c.created_at', 'desc')
    .executeTakeFirst()
  return row as Case | undefined
}

/** The open case of a person, locked: for acts of the person, and for a move by a transfer. */
export async function lockOpenCase(tx: Tx, tenantId: string, personId: string): Promise<Case | undefined> {
  const row = await tx
    .selectFrom('development_case as c')
    .select(columns)
    .where('c.tenant_id', '=', tenantId)
    .where('c.person_id', '=', personId)
    .where('c.state', 'in', OPEN)
    .forUpdate()
    .executeTakeFirst()
  return row as Case | undefined
}

export async function hasOpenCase(db: Db, tenantId: string, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('development_case as c')
    .select('c.id')
    .where('c.tenant_id', '=', tenantId)
    .where('c.member_id', '=', memberId)
    .where('c.state', 'in', OPEN)
    .executeTakeFirst()
  return row !== undefined
}

export type NewCase = Pick<Case, 'id' | 'personId' | 'memberId' | 'orgId' | 'orgPath' | 'appliedOn'> & {
  readonly by: string
  readonly at: Date
}
export async function insertCase(tx: Tx, tenantId: string, one: NewCase): Promise<void> {
  await tx
    .insertInto('development_case')
    .values({
      tenant_id: tenantId,
      id: one.id,
      person_id: one.personId,
      member_id: one.memberId,
      org_id: one.orgId,
      org_path: one.orgPath,
      stage: 'application',
      step: 1,
      applied_on: one.appliedOn,
      opened_by: one.by,
      created_at: one.at,
      updated_at: one.at,
    })
    .execute()
}

export type CaseChange = Partial<
  Pick<
    Case,
    | 'stage'
    | 'step'
    | 'waitsAbove'
    | 'state'
    | 'stateReason'
    | 'round'
    | 'planYear'
    | 'activistOn'
    | 'objectOn'
    | 'admittedOn'
    | 'probationEnd'
    | 'extensionMonths'
    | 'postponedUntil'
    | 'leavesOn'
    | 'dueOn'
    | 'yellowOn'
  >
>

const COLUMN_OF = {
  stage: 'stage',
  step: 'step',
  waitsAbove: 'waits_above',
  state: 'state',
  stateReason: 'state_reason',
  round: 'round',
  planYear: 'plan_year',
  activistOn: 'activist_on',
  objectOn: 'object_on',
  admittedOn: 'admitted_on',
  probationEnd: 'probation_end',
  extensionMonths: 'extension_months',
  postponedUntil: 'postponed_until',
  leavesOn: 'leaves_on',
  dueOn: 'due_on',
  yellowOn: 'yellow_on',
} as const satisfies Record<keyof CaseChange, string>

/** Writes what changed of a locked case and raises its version. */
export async function setCase(tx: Tx, tenantId: string, id: string, change: CaseChange, at: Date): Promise<void> {
  const values = Object.fromEntries(
    (Object.keys(change) as (keyof CaseChange)[]).map((key) => [COLUMN_OF[key], change[key]]),
  )
  await tx
    .updateTable('development_case')
    .set((eb) => ({ ...values, updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

const MOVED = [
  'development_step',
  'development_person',
  'development_review',
  'development_publicity',
  'development_vetting',
  'development_proof',
] as const

/** Hands the case with everything of it to another unit. */
export async function setPlace(
  tx: Tx,
  tenantId: string,
  id: string,
  to: { readonly id: string; readonly path: string; readonly on: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('development_case')
    .set((eb) => ({
      org_id: to.id,
      org_path: to.path,
      moved_on: to.on,
      updated_at: at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
  for (const table of MOVED) {
    await tx
      .updateTable(table)
      .set({ org_path: to.path })
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', id)
      .execute()
  }
}
