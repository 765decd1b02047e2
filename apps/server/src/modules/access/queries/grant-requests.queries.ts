import type { RoleName } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'

export type RequestState = 'open' | 'confirmed' | 'returned' | 'withdrawn'
export type Proposal = {
  personId: string
  role: RoleName
  orgId: string
  orgPath: string
  reach: 'node' | 'subtree'
  from: Date
  until: Date | null
  reason: string
}
export type GrantRequest = Proposal & {
  id: string
  name: string
  orgName: string
  hash: Buffer
  state: RequestState
  madeBy: string
  madeAt: Date
  decidedBy: string | null
  decidedAt: Date | null
  decisionReason: string | null
  version: number
}

const columns = [
  'r.id',
  'r.person_id as personId',
  'p.name',
  'r.role',
  'r.org_id as orgId',
  'r.org_path as orgPath',
  'r.reach',
  'r.from_on as from',
  'r.until_on as until',
  'r.reason',
  'r.payload_hash as hash',
  'r.state',
  'r.made_by as madeBy',
  'r.made_at as madeAt',
  'r.decided_by as decidedBy',
  'r.decided_at as decidedAt',
  'r.decision_reason as decisionReason',
  'r.version',
] as const

const inView = (db: Db, actor: Actor) =>
  db
    .selectFrom('access_grant_request as r')
    .innerJoin('access_person as p', 'p.id', 'r.person_id')
    .innerJoin('org_path as o', (j) => j.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.org_id'))
    .where('r.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('r.org_path', actor))
    .select([...columns, sql<string>`o.name`.as('orgName')])

export async function insertRequest(
  tx: Tx,
  tenantId: string,
  request: Proposal & { id: string; hash: Buffer; by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('access_grant_request')
    .values({
      tenant_id: tenantId,
      id: request.id,
      person_id: request.personId,
      role: request.role,
      org_id: request.orgId,
      org_path: request.orgPath,
      reach: request.reach,
      from_on: request.from,
      until_on: request.until,
      reason: request.reason,
      payload_hash: request.hash,
      made_by: request.by,
      made_at: request.at,
    })
    .execute()
}

/** Locks a request of the scope; the joined organisation and person stay free. */
export async function lockRequest(tx: Tx, actor: Actor, id: string): Promise<GrantRequest | undefined> {
  const locked = await tx
    .selectFrom('access_grant_request as r')
    .select('r.id')
    .where('r.tenant_id', '=', actor.tenantId)
    .where('r.id', '=', id)
    .where(inReach('r.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return locked && ((await inView(tx, actor).where('r.id', '=', id).executeTakeFirst()) as GrantRequest | undefined)
}

export async function setDecision(
  tx: Tx,
  tenantId: string,
  id: string,
  decision: { state: RequestState; by: string | null; at: Date; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('access_grant_request')
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

export async function listRequests(
  db: Db,
  actor: Actor,
  state: RequestState | null,
  keyset: Keyset,
): Promise<GrantRequest[]> {
  let select = inView(db, actor)
  if (state) select = select.where('r.state', '=', state)
  return (await byKeyset(select, keyset, 'r.id').execute()) as GrantRequest[]
}
