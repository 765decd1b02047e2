import type { AbsenceEnd, AbsenceFacts, AbsenceKind, ContactWay } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, inScope } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Absence = {
  id: string
  kind: AbsenceKind
  state: 'open' | 'ended'
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  unitName: string
  hostId: string | null
  hostPath: string | null
  hostName: string | null
  confirmedAt: Date | null
  startedOn: string
  endedOn: string | null
  end: AbsenceEnd | null
  facts: AbsenceFacts
  lastContactOn: string | null
  contactDueOn: string | null
  version: number
}

const columns = [
  'a.id',
  'a.kind',
  'a.state',
  'a.member_id as memberId',
  'a.person_id as personId',
  'a.name',
  'a.unit_id as unitId',
  'a.org_path as orgPath',
  'a.unit_name as unitName',
  'a.host_id as hostId',
  'a.host_path as hostPath',
  'a.host_name as hostName',
  'a.confirmed_at as confirmedAt',
  'a.started_on as startedOn',
  'a.ended_on as endedOn',
  'a.end_kind as end',
  'a.facts',
  'a.last_contact_on as lastContactOn',
  'a.contact_due_on as contactDueOn',
  'a.version',
] as const

export type AbsenceFilter = {
  /** Below which path; within the caller's scope. */
  place: string
  kind: AbsenceKind | null
  state: 'open' | 'ended' | null
  memberId: string | null
  overdueOn: string | null
  text: string | null
}

/** Home and host side together: both ranges have their own index. */
const inReachOfEither = (actor: Actor) =>
  sql<boolean>`(${inReach('a.org_path', actor)} or ${inReach('a.host_path', actor)})`
const atPlace = (place: string) => sql<boolean>`(${inScope('a.org_path', place)} or ${inScope('a.host_path', place)})`

export async function listAbsences(db: Db, actor: Actor, filter: AbsenceFilter, keyset: Keyset): Promise<Absence[]> {
  let select = db
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where(inReachOfEither(actor))
    .where(atPlace(filter.place))
  if (filter.kind) select = select.where('a.kind', '=', filter.kind)
  if (filter.state) select = select.where('a.state', '=', filter.state)
  if (filter.memberId) select = select.where('a.member_id', '=', filter.memberId)
  if (filter.overdueOn) select = select.where('a.state', '=', 'open').where('a.contact_due_on', '<', filter.overdueOn)
  if (filter.text) select = select.where('a.name', 'like', containing(filter.text))
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'membership_absence', Absence>,
    keyset,
    'a.id',
  ).execute()) as Absence[]
}

export async function findAbsence(db: Db, actor: Actor, id: string): Promise<Absence | undefined> {
  const row = await db
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where(inReachOfEither(actor))
    .executeTakeFirst()
  return row as Absence | undefined
}

export async function lockAbsence(tx: Tx, actor: Actor, id: string): Promise<Absence | undefined> {
  const row = await tx
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where(inReachOfEither(actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Absence | undefined
}

export async function ownAbsences(db: Db, actor: Actor): Promise<Absence[]> {
  const rows = await db
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.person_id', '=', actor.personId)
    .orderBy('a.started_on', 'desc')
    .orderBy('a.id')
    .limit(100)
    .execute()
  return rows as Absence[]
}

export async function lockOwnAbsence(tx: Tx, actor: Actor, id: string): Promise<Absence | undefined> {
  const row = await tx
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', actor.tenantId)
    .where('a.id', '=', id)
    .where('a.person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  return row as Absence | undefined
}

type NewAbsence = Pick<
  Absence,
  | 'id'
  | 'kind'
  | 'memberId'
  | 'personId'
  | 'name'
  | 'unitId'
  | 'orgPath'
  | 'unitName'
  | 'hostId'
  | 'hostPath'
  | 'hostName'
  | 'startedOn'
  | 'facts'
  | 'contactDueOn'
>

/** False when the person has an open absence of the kind already. */
export async function insertAbsence(tx: Tx, actor: Actor, absence: NewAbsence, at: Date): Promise<boolean> {
  const row = await tx
    .insertInto('membership_absence')
    .values({
      tenant_id: actor.tenantId,
      id: absence.id,
      member_id: absence.memberId,
      person_id: absence.personId,
      name: absence.name,
      unit_id: absence.unitId,
      org_path: absence.orgPath,
      unit_name: absence.unitName,
      host_id: absence.hostId,
      host_path: absence.hostPath,
      host_name: absence.hostName,
      kind: absence.kind,
      started_on: absence.startedOn,
      facts: JSON.stringify(absence.facts),
      contact_due_on: absence.contactDueOn,
      created_by: actor.personId,
      created_at: at,
      updated_at: at,
    })
    .onConflict((c) => c.columns(['tenant_id', 'member_id', 'kind']).where(sql<boolean>`state = 'open'`).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type AbsenceChange = {
  started_on?: string
  facts?: string
  last_contact_on?: string | null
  contact_due_on?: string | null
  confirmed_at?: Date
  confirmed_by?: string
  state?: 'ended'
  ended_on?: string
  end_kind?: AbsenceEnd
  end_note?: string | null
}

/** Writes a change of a locked absence and raises its version. */
export async function setAbsence(
  tx: Tx,
  tenantId: string,
  absence: Pick<Absence, 'id' | 'version'>,
  change: AbsenceChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('membership_absence')
    .set({ ...change, version: absence.version + 1, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', absence.id)
    .execute()
}

/** Open absences of a person that do not lie with the unit (null: all), locked; for reactions, which see the whole tenant. */
export async function lockOpenOf(
  tx: Tx,
  tenantId: string,
  memberId: string,
  butUnit: string | null,
): Promise<Absence[]> {
  let select = tx
    .selectFrom('membership_absence as a')
    .select(columns)
    .where('a.tenant_id', '=', tenantId)
    .where('a.member_id', '=', memberId)
    .where('a.state', '=', 'open')
  if (butUnit !== null) select = select.where('a.unit_id', '<>', butUnit)
  return (await select.orderBy('a.id').forUpdate().execute()) as Absence[]
}

export type Contact = {
  id: string
  on: string
  way: ContactWay
  reached: boolean
  note: string | null
  byId: string
}

export async function contactsOf(db: Db, tenantId: string, absenceId: string): Promise<Contact[]> {
  const rows = await db
    .selectFrom('membership_contact as c')
    .select(['c.id', 'c.on_date as on', 'c.way', 'c.reached', 'c.note', 'c.by_person as byId'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.absence_id', '=', absenceId)
    .orderBy('c.on_date', 'desc')
    .orderBy('c.id', 'desc')
    .limit(200)
    .execute()
  return rows as Contact[]
}

export async function insertContact(
  tx: Tx,
  tenantId: string,
  absence: Pick<Absence, 'id' | 'personId' | 'orgPath'>,
  contact: Contact,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('membership_contact')
    .values({
      tenant_id: tenantId,
      id: contact.id,
      absence_id: absence.id,
      person_id: absence.personId,
      org_path: absence.orgPath,
      on_date: contact.on,
      way: contact.way,
      reached: contact.reached,
      note: contact.note,
      by_person: contact.byId,
      at,
    })
    .execute()
}
