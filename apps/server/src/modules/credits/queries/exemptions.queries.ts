import type { ExemptionGround, ExemptionState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import type { Person } from './people.queries.ts'
import { atPlace, type Place } from './place.ts'

export type Exemption = {
  id: string
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  unitName: string
  year: number
  ground: ExemptionGround
  reason: Buffer
  state: ExemptionState
  appliedBy: string
  appliedName: string
  decidedBy: string | null
  decidedName: string | null
  answer: string | null
  appliedAt: Date
}

const exemptions = (db: Db, tenantId: string) =>
  db
    .selectFrom('credits_exemption as x')
    .select([
      'x.id',
      'x.member_id as memberId',
      'x.person_id as personId',
      'x.name',
      'x.unit_id as unitId',
      'x.org_path as orgPath',
      'x.unit_name as unitName',
      'x.year',
      'x.ground',
      'x.reason',
      'x.state',
      'x.applied_by as appliedBy',
      'x.applied_name as appliedName',
      'x.decided_by as decidedBy',
      'x.decided_name as decidedName',
      'x.answer',
      'x.applied_at as appliedAt',
    ])
    .where('x.tenant_id', '=', tenantId)

export type ExemptionFilter = { place: Place; year: number | null; state: ExemptionState | null }

export async function listExemptions(
  db: Db,
  actor: Actor,
  filter: ExemptionFilter,
  keyset: Keyset,
): Promise<Exemption[]> {
  let select = exemptions(db, actor.tenantId)
    .where(inReach('x.org_path', actor))
    .where(atPlace('x.org_path', filter.place))
  if (filter.year) select = select.where('x.year', '=', filter.year)
  if (filter.state) select = select.where('x.state', '=', filter.state)
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'credits_exemption', Exemption>,
    keyset,
    'x.id',
  ).execute()) as Exemption[]
}

export async function ownExemptions(db: Db, actor: Actor): Promise<Exemption[]> {
  const rows = await exemptions(db, actor.tenantId)
    .where('x.person_id', '=', actor.personId)
    .orderBy('x.applied_at', 'desc')
    .limit(100)
    .execute()
  return rows as Exemption[]
}

export async function lockExemption(tx: Tx, actor: Actor, id: string): Promise<Exemption | undefined> {
  const row = await exemptions(tx, actor.tenantId)
    .where('x.id', '=', id)
    .where(inReach('x.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Exemption | undefined
}

export async function lockOwnExemption(tx: Tx, actor: Actor, id: string): Promise<Exemption | undefined> {
  const row = await exemptions(tx, actor.tenantId)
    .where('x.id', '=', id)
    .where('x.person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  return row as Exemption | undefined
}

/** Which of these members are freed from the hours of a year. */
export async function exemptAmong(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
  year: number,
): Promise<Set<string>> {
  if (memberIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('credits_exemption')
    .select('member_id as memberId')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`member_id = any(${[...memberIds]}::uuid[])`)
    .where('year', '=', year)
    .where('state', '=', 'approved')
    .execute()
  return new Set(rows.map(({ memberId }) => memberId))
}

/** False when one is open or approved already. */
export async function insertExemption(
  tx: Tx,
  actor: Actor,
  person: Person,
  one: { id: string; year: number; ground: ExemptionGround; reason: Buffer },
  at: Date,
): Promise<boolean> {
  const row = await tx
    .insertInto('credits_exemption')
    .values({
      tenant_id: actor.tenantId,
      id: one.id,
      member_id: person.memberId,
      person_id: person.personId,
      name: person.name,
      unit_id: person.unitId,
      org_path: person.orgPath,
      unit_name: person.unitName,
      year: one.year,
      ground: one.ground,
      reason: one.reason,
      applied_by: actor.personId,
      applied_name: actor.personName,
      applied_at: at,
      updated_at: at,
    })
    .onConflict((c) =>
      c.columns(['tenant_id', 'member_id', 'year']).where(sql<boolean>`state in ('applied', 'approved')`).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function setExemption(
  tx: Tx,
  tenantId: string,
  id: string,
  change: { state: ExemptionState; decided_by?: string; decided_name?: string; answer?: string },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('credits_exemption')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function waitingExemptions(db: Db, actor: Actor): Promise<number> {
  const row = await db
    .selectFrom('credits_exemption as x')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('x.tenant_id', '=', actor.tenantId)
    .where(inReach('x.org_path', actor))
    .where('x.state', '=', 'applied')
    .executeTakeFirst()
  return row?.n ?? 0
}
