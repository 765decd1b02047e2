import type { Actor, Db, Tx } from '../../platform/ctx.ts'
import { pathsAlong } from '../../platform/scope.ts'
import { violated } from '../../platform/sql.ts'
import { inReach } from '../org/index.ts'

export type StoredValue = number | boolean | string
export type ValueRow = {
  id: string
  orgId: string
  orgPath: string
  orgName: string
  code: string
  value: StoredValue
  effectiveFrom: string
  state: 'proposed' | 'in_force' | 'refused' | 'withdrawn'
  reason: string
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decisionReason: string | null
}

function values(db: Db, tenantId: string) {
  return db
    .selectFrom('settings_value as v')
    .innerJoin('org_path as u', (j) => j.onRef('u.tenant_id', '=', 'v.tenant_id').onRef('u.id', '=', 'v.org_id'))
    .select([
      'v.id',
      'v.org_id as orgId',
      'v.org_path as orgPath',
      'u.name as orgName',
      'v.code',
      'v.value',
      'v.effective_from as effectiveFrom',
      'v.state',
      'v.reason',
      'v.proposed_by as proposedBy',
      'v.proposed_at as proposedAt',
      'v.decided_by as decidedBy',
      'v.decided_at as decidedAt',
      'v.decision_reason as decisionReason',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('u.tenant_id', '=', tenantId)
}

/** Values in force, and proposals, of an organisation and of all above it: the nearest and newest wins. */
export async function valuesAlong(db: Db, tenantId: string, path: string, code?: string): Promise<ValueRow[]> {
  let select = values(db, tenantId)
    .where('v.org_path', 'in', pathsAlong(path))
    .where('v.state', 'in', ['in_force', 'proposed'])
  if (code !== undefined) select = select.where('v.code', '=', code)
  return (await select.orderBy('v.effective_from').orderBy('v.id').execute()) as ValueRow[]
}

/** Values in force of some codes, of all organisations of the tenant. */
export async function valuesOfCodes(db: Db, tenantId: string, codes: readonly string[]): Promise<ValueRow[]> {
  const rows = await values(db, tenantId)
    .where('v.code', 'in', [...codes])
    .where('v.state', '=', 'in_force')
    .orderBy('v.effective_from')
    .orderBy('v.id')
    .execute()
  return rows as ValueRow[]
}

export async function historyOf(db: Db, actor: Actor, code: string): Promise<ValueRow[]> {
  const rows = await values(db, actor.tenantId)
    .where('v.code', '=', code)
    .where(inReach('v.org_path', actor))
    .orderBy('v.proposed_at', 'desc')
    .limit(200)
    .execute()
  return rows as ValueRow[]
}

export async function lockValue(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<Pick<ValueRow, 'id' | 'orgPath' | 'code' | 'effectiveFrom' | 'state' | 'proposedBy'> | undefined> {
  const row = await tx
    .selectFrom('settings_value as v')
    .select([
      'v.id',
      'v.org_path as orgPath',
      'v.code',
      'v.effective_from as effectiveFrom',
      'v.state',
      'v.proposed_by as proposedBy',
    ])
    .where('v.tenant_id', '=', actor.tenantId)
    .where('v.id', '=', id)
    .where(inReach('v.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Pick<ValueRow, 'id' | 'orgPath' | 'code' | 'effectiveFrom' | 'state' | 'proposedBy'> | undefined
}

export async function insertValue(
  tx: Tx,
  tenantId: string,
  row: {
    id: string
    orgId: string
    orgPath: string
    code: string
    value: StoredValue
    effectiveFrom: string
    state: string
    reason: string
    by: string
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('settings_value')
    .values({
      tenant_id: tenantId,
      id: row.id,
      org_id: row.orgId,
      org_path: row.orgPath,
      code: row.code,
      value: JSON.stringify(row.value),
      effective_from: row.effectiveFrom,
      state: row.state,
      reason: row.reason,
      proposed_by: row.by,
      proposed_at: row.at,
    })
    .execute()
}

/** Whether the insert failed because a proposal of the same code is waiting. */
export function isProposalWaiting(error: unknown): boolean {
  return violated(error) === 'settings_value_proposal_key'
}

export async function setDecision(
  tx: Tx,
  tenantId: string,
  id: string,
  decision: { state: string; by: string; at: Date; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('settings_value')
    .set((eb) => ({
      state: decision.state,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: decision.reason,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function entriesOf(db: Db, tenantId: string, dictionary: string) {
  return db
    .selectFrom('settings_entry')
    .select(['id', 'code', 'zh', 'en', 'sort_order as sortOrder', 'active', 'version'])
    .where('tenant_id', '=', tenantId)
    .where('dictionary', '=', dictionary)
    .orderBy('sort_order')
    .orderBy('code')
    .limit(500)
    .execute()
}

export async function insertEntry(
  tx: Tx,
  tenantId: string,
  entry: { id: string; dictionary: string; code: string; zh: string; en: string; sortOrder: number; active: boolean },
): Promise<string> {
  const changed = { zh: entry.zh, en: entry.en, sort_order: entry.sortOrder, active: entry.active }
  const { id } = await tx
    .insertInto('settings_entry')
    .values({ tenant_id: tenantId, id: entry.id, dictionary: entry.dictionary, code: entry.code, ...changed })
    .onConflict((c) =>
      c
        .columns(['tenant_id', 'dictionary', 'code'])
        .doUpdateSet((eb) => ({ ...changed, version: eb('settings_entry.version', '+', 1) })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export type Day = { day: string; kind: 'holiday' | 'workday'; name: string }

export async function daysOf(db: Db, tenantId: string, year: number): Promise<Day[]> {
  const rows = await db
    .selectFrom('settings_day')
    .select(['day', 'kind', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .orderBy('day')
    .execute()
  return rows as Day[]
}

export async function setDays(
  tx: Tx,
  tenantId: string,
  year: number,
  days: readonly (Day & { id: string })[],
): Promise<void> {
  await tx
    .deleteFrom('settings_day')
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', `${year}-01-01`)
    .where('day', '<=', `${year}-12-31`)
    .execute()
  if (days.length > 0)
    await tx
      .insertInto('settings_day')
      .values(days.map((day) => ({ tenant_id: tenantId, ...day })))
      .execute()
}
