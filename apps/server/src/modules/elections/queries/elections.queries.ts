import type { CredentialState, ElectionKind, ElectionState } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

/** A letter as it is kept in the steps: who entered it is a person. */
export type KeptLetter = {
  readonly documentNumber: string
  readonly on: string
  readonly by: string
  readonly at: string
}

/** Facts of each step; one that was not reached is absent. */
export type Steps = {
  readonly reason?: string
  /** A by-election of leaders alone where a committee is in office: its plenum elects, not the meeting (ELEC-7). */
  readonly plenum?: boolean
  /** Sites are scattered, so that a congress may elect with fewer members (ELEC-2). */
  readonly scattered?: boolean
  /** Seats of the congress by unit, as the committee decided on them. */
  readonly allotment?: readonly Allotted[]
  /** Credentials of delegates that were examined, by member. */
  readonly credentials?: Readonly<Record<string, Credential>>
  readonly leadingGroup?: { leader: Person; members: Person[] }
  readonly request?: KeptLetter
  readonly approval?: KeptLetter
  readonly candidatesRequest?: KeptLetter
  readonly candidatesApproval?: KeptLetter
  readonly returnedReason?: string | null
  readonly publicity?: Publicity
  readonly method?: { on: string; present: number; inFavour: number }
  readonly tellers?: { supervisors: Person[]; counters: Person[] }
  readonly rollDrawnAt?: string | undefined
  readonly roll?: { formal: number; noRights: number }
  readonly consent?: { documentNumber: string | null; meetingApproved: boolean }
  readonly reduced?: { seats: number; consenting: number; voters: number }
  readonly division?: { memberId: string; post: string }[]
  readonly report?: KeptLetter
  readonly reply?: KeptLetter
  readonly cancelledReason?: string
}
export type Allotted = { readonly unitId: string; readonly unitName: string; readonly seats: number }
export type Credential = {
  readonly state: Exclude<CredentialState, 'elected'>
  readonly reason: string | null
  readonly by: string
  readonly at: string
}
/** `lateReason` is absent in what was entered before it was asked for. */
type Publicity = { from: string; until: string; place: string; outcome: string | null; lateReason?: string | null }
type Person = { memberId: string; name: string }

export type Election = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  kind: ElectionKind
  state: ElectionState
  ordinal: number | null
  seats: number
  deputies: number
  electsSecretary: boolean
  /** Members of the standing committee. */
  standing: number
  /** Delegates of the congress that elects; null: the members' meeting. */
  delegates: number | null
  /** Of an election of delegates: the file of the congress. */
  congressId: string | null
  plannedOn: string
  heldOn: string | null
  steps: Steps
  createdBy: string
  requestedBy: string | null
  candidatesBy: string | null
  reportedBy: string | null
  version: number
  updatedAt: Date
}

const columns = [
  'e.id',
  'e.unit_id as unitId',
  'e.org_path as orgPath',
  'e.unit_name as unitName',
  'e.kind',
  'e.state',
  'e.ordinal',
  'e.seats',
  'e.deputies',
  'e.elects_secretary as electsSecretary',
  'e.standing',
  'e.delegates',
  'e.congress_id as congressId',
  'e.planned_on as plannedOn',
  'e.held_on as heldOn',
  'e.steps',
  'e.created_by as createdBy',
  'e.requested_by as requestedBy',
  'e.candidates_by as candidatesBy',
  'e.reported_by as reportedBy',
  'e.version',
  'e.updated_at as updatedAt',
] as const

export const OVER = ['done', 'cancelled'] as const

export type ElectionFilter = {
  place: string
  below: boolean
  kind: ElectionKind | null
  state: ElectionState | null
  openOnly: boolean
  text: string | null
}

export async function listElections(db: Db, actor: Actor, filter: ElectionFilter, keyset: Keyset): Promise<Election[]> {
  let select = db
    .selectFrom('elections_election as e')
    .select(columns)
    .where('e.tenant_id', '=', actor.tenantId)
    .where(inReach('e.org_path', actor))
    .where(filter.below ? inScope('e.org_path', filter.place) : sql<boolean>`e.org_path = ${filter.place}`)
  if (filter.kind) select = select.where('e.kind', '=', filter.kind)
  if (filter.state) select = select.where('e.state', '=', filter.state)
  if (filter.openOnly) select = select.where('e.state', 'not in', [...OVER])
  if (filter.text) select = select.where('e.unit_name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'elections_election', Election>,
    keyset,
    'e.id',
  ).execute()) as Election[]
}

const one = (db: Db, actor: Actor, id: string) =>
  db
    .selectFrom('elections_election as e')
    .select(columns)
    .where('e.tenant_id', '=', actor.tenantId)
    .where('e.id', '=', id)

export async function findElection(db: Db, actor: Actor, id: string): Promise<Election | undefined> {
  return (await one(db, actor, id).where(inReach('e.org_path', actor)).executeTakeFirst()) as Election | undefined
}

export async function lockElection(tx: Tx, actor: Actor, id: string): Promise<Election | undefined> {
  const row = await one(tx, actor, id).where(inReach('e.org_path', actor)).forUpdate().executeTakeFirst()
  return row as Election | undefined
}

/** What a reaction needs to know of a file; it acts for nobody. */
export async function fileOf(
  db: Db,
  tenantId: string,
  id: string,
): Promise<Pick<Election, 'unitId' | 'orgPath' | 'steps'> | undefined> {
  const row = await db
    .selectFrom('elections_election as e')
    .select(['e.unit_id as unitId', 'e.org_path as orgPath', 'e.steps'])
    .where('e.tenant_id', '=', tenantId)
    .where('e.id', '=', id)
    .executeTakeFirst()
  return row as Pick<Election, 'unitId' | 'orgPath' | 'steps'> | undefined
}

/** An election of an organisation that the caller belongs to: the own branch or one above it. */
export async function findOwn(db: Db, actor: Actor, id: string): Promise<Election | undefined> {
  const row = await one(db, actor, id).where('e.org_path', 'in', pathsAlong(actor.scope)).executeTakeFirst()
  return row as Election | undefined
}

export async function listOwn(db: Db, actor: Actor, since: string): Promise<Election[]> {
  const rows = await db
    .selectFrom('elections_election as e')
    .select(columns)
    .where('e.tenant_id', '=', actor.tenantId)
    .where('e.org_path', 'in', pathsAlong(actor.scope))
    .where('e.state', 'not in', ['draft', 'requested', 'cancelled'])
    .where(sql<boolean>`(e.state <> 'done' or e.held_on >= ${since})`)
    .orderBy('e.planned_on', 'desc')
    .orderBy('e.id')
    .limit(50)
    .execute()
  return rows as Election[]
}

export type NewElection = Pick<
  Election,
  | 'id'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'kind'
  | 'ordinal'
  | 'seats'
  | 'deputies'
  | 'electsSecretary'
  | 'standing'
  | 'delegates'
  | 'congressId'
  | 'plannedOn'
> & { readonly reason: string; readonly plenum: boolean; readonly scattered: boolean }

export async function insertElection(tx: Tx, actor: Actor, made: NewElection, at: Date): Promise<void> {
  await tx
    .insertInto('elections_election')
    .values({
      tenant_id: actor.tenantId,
      id: made.id,
      unit_id: made.unitId,
      org_path: made.orgPath,
      unit_name: made.unitName,
      kind: made.kind,
      ordinal: made.ordinal,
      seats: made.seats,
      deputies: made.deputies,
      elects_secretary: made.electsSecretary,
      standing: made.standing,
      delegates: made.delegates,
      congress_id: made.congressId,
      planned_on: made.plannedOn,
      steps: JSON.stringify({ reason: made.reason, plenum: made.plenum, scattered: made.scattered }),
      created_by: actor.personId,
      created_at: at,
      updated_at: at,
    })
    .execute()
}

/** Columns that acts set; `steps` are laid over those that are there. */
export type ElectionChange = {
  state?: ElectionState
  kind?: ElectionKind
  ordinal?: number | null
  seats?: number
  deputies?: number
  elects_secretary?: boolean
  standing?: number
  delegates?: number | null
  congress_id?: string | null
  planned_on?: string
  held_on?: string
  requested_by?: string
  approved_by?: string | null
  candidates_by?: string
  candidates_approved_by?: string | null
  reported_by?: string
  replied_by?: string
}

export async function setElection(
  tx: Tx,
  tenantId: string,
  election: Pick<Election, 'id' | 'steps' | 'version'>,
  change: ElectionChange,
  steps: Steps,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('elections_election')
    .set({
      ...change,
      steps: JSON.stringify({ ...election.steps, ...steps }),
      version: election.version + 1,
      updated_at: at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', election.id)
    .execute()
}

/** Open elections of the reach by state, for the workbench. */
export async function countStates(db: Db, actor: Actor): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('elections_election as e')
    .select(['e.state', sql<number>`count(*)::int`.as('n')])
    .where('e.tenant_id', '=', actor.tenantId)
    .where(inReach('e.org_path', actor))
    .where('e.state', 'not in', [...OVER])
    .groupBy('e.state')
    .execute()
  return new Map(rows.map(({ state, n }) => [state, n]))
}
