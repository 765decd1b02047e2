import type { MovementCause } from '@tongxin/contract'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'

export type Movement = {
  id: string
  eventId: string
  unitId: string
  orgPath: string
  month: string
  on: string
  cause: MovementCause
  /** Signed: decreases below zero. */
  people: number
  memberId: string | null
  batchId: string | null
}

/** Writes movements and moves the rollup; a month that has been opened later on is carried along. */
export async function insertMovements(tx: Tx, tenantId: string, movements: readonly Movement[]): Promise<void> {
  if (movements.length === 0) return
  await tx
    .insertInto('membership_movement')
    .values(
      movements.map((one) => ({
        tenant_id: tenantId,
        id: one.id,
        event_id: one.eventId,
        unit_id: one.unitId,
        org_path: one.orgPath,
        month: one.month,
        on_date: one.on,
        cause: one.cause,
        people: one.people,
        member_id: one.memberId,
        batch_id: one.batchId,
      })),
    )
    .execute()
  await addFlows(tx, tenantId, movements)
  const [first] = movements
  if (first) await carryOn(tx, tenantId, first.month, movements)
}

type Flow = { unitId: string; orgPath: string; month: string; cause: string; people: number }

async function addFlows(tx: Tx, tenantId: string, flows: readonly Flow[]): Promise<void> {
  const sums = new Map<string, Flow>()
  for (const flow of flows) {
    const key = `${flow.unitId}/${flow.month}/${flow.cause}`
    sums.set(key, { ...flow, people: (sums.get(key)?.people ?? 0) + flow.people })
  }
  const rows = [...sums.values()].sort((a, b) => (a.unitId + a.cause < b.unitId + b.cause ? -1 : 1))
  await tx
    .insertInto('membership_flow')
    .values(
      rows.map(({ unitId, orgPath, month, cause, people }) => ({
        tenant_id: tenantId,
        unit_id: unitId,
        org_path: orgPath,
        month,
        cause,
        people,
      })),
    )
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'unit_id', 'month', 'cause'])
        .doUpdateSet((eb) => ({ people: eb('membership_flow.people', '+', eb.ref('excluded.people')) })),
    )
    .execute()
}

/** Facts that are told after the next month was opened move its opening too. */
async function carryOn(tx: Tx, tenantId: string, month: string, movements: readonly Movement[]): Promise<void> {
  const later = await tx
    .selectFrom('membership_flow as f')
    .select('f.month')
    .distinct()
    .where('f.tenant_id', '=', tenantId)
    .where('f.month', '>', month)
    .where('f.cause', '=', 'opening')
    .execute()
  for (const row of later)
    await addFlows(
      tx,
      tenantId,
      movements.map(({ unitId, orgPath, people }) => ({ unitId, orgPath, people, month: row.month, cause: 'opening' })),
    )
}

export type ListedMovement = {
  id: string
  on: string
  cause: MovementCause
  people: number
  memberId: string | null
  name: string | null
  batchId: string | null
  unitId: string
  unitName: string | null
}

export async function listMovements(
  db: Db,
  actor: Actor,
  filter: { place: string; month: string; cause: MovementCause | null },
  keyset: Keyset,
): Promise<ListedMovement[]> {
  const { tenantId } = actor
  let select = db
    .selectFrom('membership_movement as v')
    .leftJoin('member_card as m', (join) => join.on('m.tenant_id', '=', tenantId).onRef('m.id', '=', 'v.member_id'))
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', tenantId).onRef('o.id', '=', 'v.unit_id'))
    .select([
      'v.id',
      'v.on_date as on',
      'v.cause',
      'v.people',
      'v.member_id as memberId',
      'm.name',
      'v.batch_id as batchId',
      'v.unit_id as unitId',
      'o.name as unitName',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.month', '=', filter.month)
    .where(inReach('v.org_path', actor))
    .where(inScope('v.org_path', filter.place))
  if (filter.cause) select = select.where('v.cause', '=', filter.cause)
  return (await byKeyset(select as never, keyset, 'v.id').execute()) as ListedMovement[]
}
