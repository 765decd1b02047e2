import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../org/index.ts'
import { atPlace, type Place } from './place.ts'

export type Hand = {
  readonly link: 'entry' | 'first' | 'second'
  readonly personId: string | null
  readonly at: string
}
export type ErrorStep = {
  readonly step: string
  readonly by: string
  readonly at: string
  readonly text: string | null
}
export type StoredError = {
  id: string
  memberId: string
  personId: string
  orgId: string
  orgPath: string
  field: string
  foundHow: string
  foundBy: string
  foundAt: Date
  note: string
  effect: string
  values: Buffer
  hands: Hand[]
  changeId: string | null
  state: string
  link: string | null
  responsibleId: string | null
  handling: string | null
  handledBy: string | null
  appealedAt: Date | null
  outcome: string | null
  steps: ErrorStep[]
  version: number
}

const columns = [
  'e.id',
  'e.member_id as memberId',
  'e.person_id as personId',
  'e.org_id as orgId',
  'e.org_path as orgPath',
  'e.field',
  'e.found_how as foundHow',
  'e.found_by as foundBy',
  'e.found_at as foundAt',
  'e.note',
  'e.effect',
  'e.values',
  'e.hands',
  'e.change_id as changeId',
  'e.state',
  'e.link',
  'e.responsible_id as responsibleId',
  'e.handling',
  'e.handled_by as handledBy',
  'e.appealed_at as appealedAt',
  'e.outcome',
  'e.steps',
  'e.version',
] as const

/** An error of the caller's reach, or one in which the caller is named. */
function visible(db: Db, actor: Actor, id: string) {
  const select = db
    .selectFrom('members_error as e')
    .select(columns)
    .where('e.tenant_id', '=', actor.tenantId)
    .where('e.id', '=', id)
  return actor.permissions.has('members.read')
    ? select.where((eb) => eb.or([inReach('e.org_path', actor), eb('e.responsible_id', '=', actor.personId)]))
    : select.where('e.responsible_id', '=', actor.personId)
}

export async function findError(db: Db, actor: Actor, id: string): Promise<StoredError | undefined> {
  return (await visible(db, actor, id).executeTakeFirst()) as StoredError | undefined
}

export async function lockError(tx: Tx, actor: Actor, id: string): Promise<StoredError | undefined> {
  return (await visible(tx, actor, id).forUpdate().executeTakeFirst()) as StoredError | undefined
}

/** Whether an error of this field of the record is not closed yet. */
export async function openErrorOf(
  db: Db,
  tenantId: string,
  memberId: string,
  field: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('members_error as e')
    .select('e.id')
    .where('e.tenant_id', '=', tenantId)
    .where('e.member_id', '=', memberId)
    .where('e.field', '=', field)
    .where('e.state', '<>', 'closed')
    .executeTakeFirst()
  return row?.id
}

/** The newest version that wrote the field, with the three of the proposal it came from. */
export async function lastHands(db: Db, tenantId: string, memberId: string, field: string) {
  return db
    .selectFrom('members_version as v')
    .leftJoin('members_change as c', (j) =>
      j.onRef('c.tenant_id', '=', 'v.tenant_id').onRef('c.id', '=', 'v.source_id').on('c.tenant_id', '=', tenantId),
    )
    .select([
      'v.made_by as madeBy',
      'v.at',
      'v.source',
      'c.id as changeId',
      'c.made_by as entryBy',
      'c.made_at as entryAt',
      'c.first_by as firstBy',
      'c.first_at as firstAt',
      'c.second_by as secondBy',
      'c.second_at as secondAt',
    ])
    .where('v.tenant_id', '=', tenantId)
    .where('v.member_id', '=', memberId)
    .where(sql<boolean>`${field} = any(v.fields)`)
    .orderBy('v.version', 'desc')
    .orderBy('v.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type NewError = Pick<
  StoredError,
  | 'id'
  | 'memberId'
  | 'personId'
  | 'orgId'
  | 'orgPath'
  | 'field'
  | 'foundHow'
  | 'note'
  | 'effect'
  | 'values'
  | 'changeId'
> & { readonly hands: readonly Hand[]; readonly steps: readonly ErrorStep[]; readonly by: string; readonly at: Date }

export async function insertError(tx: Tx, tenantId: string, row: NewError): Promise<void> {
  await tx
    .insertInto('members_error')
    .values({
      tenant_id: tenantId,
      id: row.id,
      member_id: row.memberId,
      person_id: row.personId,
      org_id: row.orgId,
      org_path: row.orgPath,
      field: row.field,
      found_how: row.foundHow,
      found_by: row.by,
      found_at: row.at,
      note: row.note,
      effect: row.effect,
      values: row.values,
      hands: JSON.stringify(row.hands),
      change_id: row.changeId,
      steps: JSON.stringify(row.steps),
      updated_at: row.at,
    })
    .execute()
}

/** What a step of the handling writes; the step itself is added to those before it. */
export type ErrorPatch = {
  readonly state: string
  readonly link?: string
  readonly responsible_id?: string | null
  readonly handling?: string
  readonly handled_by?: string
  readonly handled_at?: Date
  readonly appealed_at?: Date
  readonly closed_by?: string
  readonly closed_at?: Date
  readonly outcome?: string
}

export async function setError(
  tx: Tx,
  tenantId: string,
  error: Pick<StoredError, 'id' | 'steps' | 'version'>,
  patch: ErrorPatch,
  step: ErrorStep,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('members_error')
    .set({ ...patch, steps: JSON.stringify([...error.steps, step]), version: error.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', error.id)
    .execute()
}

export type ErrorFilter = {
  readonly place: Place | null
  readonly memberId: string | null
  readonly state: string | null
  /** Only those in which the caller is named. */
  readonly mine: boolean
}

export async function listErrors(db: Db, actor: Actor, filter: ErrorFilter, keyset: Keyset) {
  let select = db
    .selectFrom('members_error as e')
    .leftJoin('org_path as o', (j) =>
      j.onRef('o.tenant_id', '=', 'e.tenant_id').onRef('o.id', '=', 'e.org_id').on('o.tenant_id', '=', actor.tenantId),
    )
    .leftJoin('members_member as m', (j) =>
      j
        .onRef('m.tenant_id', '=', 'e.tenant_id')
        .onRef('m.id', '=', 'e.member_id')
        .on('m.tenant_id', '=', actor.tenantId),
    )
    .select([...columns, 'm.name', 'o.name as orgName'])
    .where('e.tenant_id', '=', actor.tenantId)
  if (filter.mine) select = select.where('e.responsible_id', '=', actor.personId)
  else select = select.where(inReach('e.org_path', actor))
  if (filter.place !== null) select = select.where(atPlace('e.org_path', filter.place))
  if (filter.memberId !== null) select = select.where('e.member_id', '=', filter.memberId)
  if (filter.state !== null) select = select.where('e.state', '=', filter.state)
  return byKeyset(select, keyset, 'e.id').execute()
}
