import type { CertificateState, TrainingUnit } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import type { Person } from './people.queries.ts'
import { atPlace, type Place } from './place.ts'

export type Certificate = {
  id: string
  memberId: string
  personId: string
  name: string
  unitId: string
  orgPath: string
  unitName: string
  title: string
  issuer: string
  heldOn: string
  unit: TrainingUnit
  amount: number
  claimed: number
  accepted: number | null
  state: CertificateState
  fileId: string
  fileName: string
  checkedBy: string | null
  checkedName: string | null
  acceptedBy: string | null
  acceptedName: string | null
  reason: string | null
  submittedAt: Date
}

const certificates = (db: Db, tenantId: string) =>
  db
    .selectFrom('credits_certificate as c')
    .select([
      'c.id',
      'c.member_id as memberId',
      'c.person_id as personId',
      'c.name',
      'c.unit_id as unitId',
      'c.org_path as orgPath',
      'c.unit_name as unitName',
      'c.title',
      'c.issuer',
      'c.held_on as heldOn',
      'c.unit',
      sql<number>`c.amount::float8`.as('amount'),
      'c.claimed',
      'c.accepted',
      'c.state',
      'c.file_id as fileId',
      'c.file_name as fileName',
      'c.checked_by as checkedBy',
      'c.checked_name as checkedName',
      'c.accepted_by as acceptedBy',
      'c.accepted_name as acceptedName',
      'c.reason',
      'c.submitted_at as submittedAt',
    ])
    .where('c.tenant_id', '=', tenantId)

export const OPEN_STATES = ['submitted', 'checked'] as const

export type CertificateFilter = {
  place: Place
  state: CertificateState | null
  isWaiting: boolean
  text: string | null
}

export async function listCertificates(
  db: Db,
  actor: Actor,
  filter: CertificateFilter,
  keyset: Keyset,
): Promise<Certificate[]> {
  let select = certificates(db, actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where(atPlace('c.org_path', filter.place))
  if (filter.state) select = select.where('c.state', '=', filter.state)
  if (filter.isWaiting) select = select.where('c.state', 'in', OPEN_STATES)
  if (filter.text)
    select = select.where((eb) =>
      eb.or([
        eb('c.name', 'like', containing(filter.text ?? '')),
        eb('c.title', 'like', containing(filter.text ?? '')),
      ]),
    )
  return (await byKeyset(
    select as unknown as SelectQueryBuilder<DB, 'credits_certificate', Certificate>,
    keyset,
    'c.id',
  ).execute()) as Certificate[]
}

export async function ownCertificates(db: Db, actor: Actor): Promise<Certificate[]> {
  const rows = await certificates(db, actor.tenantId)
    .where('c.person_id', '=', actor.personId)
    .orderBy('c.submitted_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(200)
    .execute()
  return rows as Certificate[]
}

export async function certificateIdsOf(db: Db, tenantId: string, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('credits_certificate')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('member_id', '=', memberId)
    .execute()
  return rows.map(({ id }) => id)
}

export async function lockCertificate(tx: Tx, actor: Actor, id: string): Promise<Certificate | undefined> {
  const row = await certificates(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate()
    .executeTakeFirst()
  return row as Certificate | undefined
}

export async function lockOwnCertificate(tx: Tx, actor: Actor, id: string): Promise<Certificate | undefined> {
  const row = await certificates(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where('c.person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  return row as Certificate | undefined
}

/** Whether the file belongs to a certificate of the person. */
export async function isOwnFile(db: Db, tenantId: string, personId: string, fileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('credits_certificate')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('file_id', '=', fileId)
    .executeTakeFirst()
  return row !== undefined
}

export type NewCertificate = Pick<
  Certificate,
  'id' | 'title' | 'issuer' | 'heldOn' | 'unit' | 'amount' | 'claimed' | 'fileId' | 'fileName'
>
export async function insertCertificate(
  tx: Tx,
  tenantId: string,
  person: Person,
  one: NewCertificate,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('credits_certificate')
    .values({
      tenant_id: tenantId,
      id: one.id,
      member_id: person.memberId,
      person_id: person.personId,
      name: person.name,
      unit_id: person.unitId,
      org_path: person.orgPath,
      unit_name: person.unitName,
      title: one.title,
      issuer: one.issuer,
      held_on: one.heldOn,
      unit: one.unit,
      amount: String(one.amount),
      claimed: one.claimed,
      file_id: one.fileId,
      file_name: one.fileName,
      submitted_at: at,
      updated_at: at,
    })
    .execute()
}

export type CertificateChange = {
  state: CertificateState
  accepted?: number
  checked_by?: string
  checked_name?: string
  accepted_by?: string
  accepted_name?: string
  reason?: string | null
}
export async function setCertificate(
  tx: Tx,
  tenantId: string,
  id: string,
  change: CertificateChange,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('credits_certificate')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** How many wait for the first and for the second hand in the reach. */
export async function waitingCertificates(db: Db, actor: Actor): Promise<{ first: number; second: number }> {
  const row = await db
    .selectFrom('credits_certificate as c')
    .select([
      sql<number>`count(*) filter (where c.state = 'submitted')::int`.as('first'),
      sql<number>`count(*) filter (where c.state = 'checked')::int`.as('second'),
    ])
    .where('c.tenant_id', '=', actor.tenantId)
    .where(inReach('c.org_path', actor))
    .where('c.state', 'in', OPEN_STATES)
    .executeTakeFirst()
  return row ?? { first: 0, second: 0 }
}
