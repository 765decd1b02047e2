import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import { isOwnTurn } from './assignments.queries.ts'
export type StoredChange = {
  id: string
  memberId: string | null
  personId: string | null
  orgId: string
  orgPath: string
  kind: string
  entryId: string | null
  entryKind: string | null
  name: string
  fields: string[]
  payload: Buffer
  payloadHash: Buffer
  baseVersion: number
  reason: string | null
  state: string
  madeBy: string
  madeAt: Date
  firstBy: string | null
  firstAt: Date | null
  firstOpinion: string | null
  secondBy: string | null
  secondAt: Date | null
  secondOpinion: string | null
  returnedReason: string | null
  version: number
}

const columns = [
  'c.id',
  'c.member_id as memberId',
  'c.person_id as personId',
  'c.org_id as orgId',
  'c.org_path as orgPath',
  'c.kind',
  'c.entry_id as entryId',
  'c.entry_kind as entryKind',
  'c.name',
  'c.fields',
  'c.payload',
  'c.payload_hash as payloadHash',
  'c.base_version as baseVersion',
  'c.reason',
  'c.state',
  'c.made_by as madeBy',
  'c.made_at as madeAt',
  'c.first_by as firstBy',
  'c.first_at as firstAt',
  'c.first_opinion as firstOpinion',
  'c.second_by as secondBy',
  'c.second_at as secondAt',
  'c.second_opinion as secondOpinion',
  'c.returned_reason as returnedReason',
  'c.version',
] as const

/** A proposal of the scope, or one's own; what concerns only another's scope looks the same as none. */
export async function findChange(db: Db, actor: Actor, id: string): Promise<StoredChange | undefined> {
  return visible(db, actor, id).executeTakeFirst()
}

export async function lockChange(tx: Tx, actor: Actor, id: string): Promise<StoredChange | undefined> {
  return visible(tx, actor, id).forUpdate().executeTakeFirst()
}

function visible(db: Db, actor: Actor, id: string) {
  const select = db
    .selectFrom('members_change as c')
    .select(columns)
    .where('c.tenant_id', '=', actor.tenantId)
    .where('c.id', '=', id)
  // A person acting for herself sees what she proposed, not what others proposed in her branch.
  if (actor.reach === 'self') return select.where('c.made_by', '=', actor.personId)
  return select.where((eb) => eb.or([inReach('c.org_path', actor), eb('c.made_by', '=', actor.personId)]))
}

export type NewChange = {
  id: string
  memberId: string | null
  personId: string | null
  orgId: string
  orgPath: string
  kind: string
  entryId: string | null
  entryKind: string | null
  name: string
  fields: readonly string[]
  payload: Buffer
  payloadHash: Buffer
  baseVersion: number
  reason: string | null
  state: string
  madeBy: string
  at: Date
}

export async function insertChange(tx: Tx, tenantId: string, change: NewChange): Promise<void> {
  await tx
    .insertInto('members_change')
    .values({
      tenant_id: tenantId,
      id: change.id,
      member_id: change.memberId,
      person_id: change.personId,
      org_id: change.orgId,
      org_path: change.orgPath,
      kind: change.kind,
      entry_id: change.entryId,
      entry_kind: change.entryKind,
      name: change.name,
      fields: [...change.fields],
      payload: change.payload,
      payload_hash: change.payloadHash,
      base_version: change.baseVersion,
      reason: change.reason,
      state: change.state,
      made_by: change.madeBy,
      made_at: change.at,
      updated_at: change.at,
    })
    .execute()
}

/** A new text of the proposal: earlier opinions were about another one and are taken away. */
export async function setPayload(
  tx: Tx,
  tenantId: string,
  id: string,
  change: {
    name: string
    fields: readonly string[]
    payload: Buffer
    payloadHash: Buffer
    baseVersion: number
    reason: string | null
    state: string
    at: Date
  },
): Promise<void> {
  await tx
    .updateTable('members_change')
    .set((eb) => ({
      name: change.name,
      fields: [...change.fields],
      payload: change.payload,
      payload_hash: change.payloadHash,
      base_version: change.baseVersion,
      reason: change.reason,
      state: change.state,
      first_by: null,
      first_at: null,
      first_opinion: null,
      returned_reason: null,
      updated_at: change.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setFirst(
  tx: Tx,
  tenantId: string,
  id: string,
  step: { by: string; at: Date; opinion: string | null; state: string; returnedReason: string | null },
): Promise<void> {
  await tx
    .updateTable('members_change')
    .set((eb) => ({
      first_by: step.by,
      first_at: step.at,
      first_opinion: step.opinion,
      state: step.state,
      returned_reason: step.returnedReason,
      updated_at: step.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setSecond(
  tx: Tx,
  tenantId: string,
  id: string,
  step: {
    by: string
    at: Date
    opinion: string | null
    state: string
    returnedReason: string | null
    decisions: string
    memberId: string | null
    personId: string | null
  },
): Promise<void> {
  await tx
    .updateTable('members_change')
    .set((eb) => ({
      second_by: step.by,
      second_at: step.at,
      second_opinion: step.opinion,
      state: step.state,
      returned_reason: step.returnedReason,
      decisions: step.decisions,
      member_id: step.memberId,
      person_id: step.personId,
      updated_at: step.at,
      version: eb('version', '+', 1),
    }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setWithdrawn(tx: Tx, tenantId: string, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('members_change')
    .set((eb) => ({ state: 'withdrawn', updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type ChangeFilter = { waiting: 'first' | 'second' | null; mine: boolean; state: string | null }

export async function listChanges(db: Db, actor: Actor, filter: ChangeFilter, keyset: Keyset) {
  let select = db
    .selectFrom('members_change as c')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.org_id'))
    .select([
      'c.id',
      'c.member_id as memberId',
      'c.kind',
      'c.name',
      'c.org_id as orgId',
      'o.name as orgName',
      'c.fields',
      'c.state',
      'c.made_by as madeById',
      'c.made_at as madeAt',
      'c.returned_reason as returnedReason',
      'c.version',
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
  if (filter.mine) select = select.where('c.made_by', '=', actor.personId)
  else select = select.where(inReach('c.org_path', actor)).where('c.state', '<>', 'draft')
  if (filter.waiting === 'first')
    select = select
      .where('c.state', '=', 'first_review')
      .where('c.made_by', '<>', actor.personId)
      .where(isOwnTurn(actor.tenantId, actor.personId, 'first'))
  if (filter.waiting === 'second') {
    select = select
      .where('c.state', '=', 'second_review')
      .where('c.made_by', '<>', actor.personId)
      .where((eb) => eb.or([eb('c.first_by', 'is', null), eb('c.first_by', '<>', actor.personId)]))
      .where(isOwnTurn(actor.tenantId, actor.personId, 'second'))
  }
  if (filter.state !== null) select = select.where('c.state', '=', filter.state)
  return byKeyset(select, keyset, 'c.id').execute()
}

const OPEN = ['draft', 'first_review', 'second_review', 'returned']

export async function openChangesOf(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<{ id: string; kind: string; state: string; entryId: string | null }[]> {
  return db
    .selectFrom('members_change as c')
    .select(['c.id', 'c.kind', 'c.state', 'c.entry_id as entryId'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.member_id', '=', memberId)
    .where('c.state', 'in', OPEN)
    .orderBy('c.id')
    .limit(50)
    .execute()
}
