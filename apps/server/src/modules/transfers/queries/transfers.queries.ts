import type { IncomingLetter, TransferContact, TransferDirection, TransferKind, TransferState } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type Transfer = {
  id: string
  direction: TransferDirection
  kind: TransferKind
  state: TransferState
  memberId: string | null
  personId: string | null
  name: string
  memberNo: string | null
  category: string
  orgId: string
  orgPath: string
  toOrgId: string | null
  toPath: string | null
  committeeId: string
  committeePath: string
  committeeName: string
  fromName: string
  toName: string
  needsDepartment: boolean
  reason: string
  contact: TransferContact
  duesPaidUntil: string | null
  number: string | null
  issuedOn: string | null
  firstIssuedOn: string | null
  validDays: number | null
  validUntil: string | null
  departmentDocument: string | null
  reportedOn: string | null
  receivedOn: string | null
  receiptBy: string | null
  returnedReason: string | null
  strandedOn: string | null
  settledOn: string | null
  settlement: 'stays' | 'landed_elsewhere' | 'procedure_opened' | null
  renewsId: string | null
  renewedById: string | null
  batchId: string | null
  letter: IncomingLetter | null
  sealed: Buffer | null
  lettersPrinted: number
  receiptsPrinted: number
  madeBy: string
  agreedBy: string | null
  approvedBy: string | null
  departmentBy: string | null
  version: number
  createdAt: Date
}

export const COLUMNS = [
  't.id',
  't.direction',
  't.kind',
  't.state',
  't.member_id as memberId',
  't.person_id as personId',
  't.name',
  't.member_no as memberNo',
  't.category',
  't.org_id as orgId',
  't.org_path as orgPath',
  't.to_org_id as toOrgId',
  't.to_path as toPath',
  't.committee_id as committeeId',
  't.committee_path as committeePath',
  't.committee_name as committeeName',
  't.from_name as fromName',
  't.to_name as toName',
  't.needs_department as needsDepartment',
  't.reason',
  't.contact',
  't.dues_paid_until as duesPaidUntil',
  't.number',
  't.issued_on as issuedOn',
  't.first_issued_on as firstIssuedOn',
  't.valid_days as validDays',
  't.valid_until as validUntil',
  't.department_document as departmentDocument',
  't.reported_on as reportedOn',
  't.received_on as receivedOn',
  't.receipt_by as receiptBy',
  't.returned_reason as returnedReason',
  't.stranded_on as strandedOn',
  't.settled_on as settledOn',
  't.settlement',
  't.renews_id as renewsId',
  't.renewed_by_id as renewedById',
  't.batch_id as batchId',
  't.letter',
  't.sealed',
  't.letters_printed as lettersPrinted',
  't.receipts_printed as receiptsPrinted',
  't.made_by as madeBy',
  't.agreed_by as agreedBy',
  't.approved_by as approvedBy',
  't.department_by as departmentBy',
  't.version',
  't.created_at as createdAt',
] as const

/** Of the own side: the sending one always, the receiving one from the day of the letter on. */
export const visible = (actor: Pick<Actor, 'scope' | 'reach'>) =>
  sql<boolean>`(${inReach('t.org_path', actor)} or (t.issued_on is not null and ${inReach('t.to_path', actor)}))`

export async function findTransfer(db: Db, actor: Actor, id: string): Promise<Transfer | undefined> {
  const row = await db
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', actor.tenantId)
    .where('t.id', '=', id)
    .where(visible(actor))
    .executeTakeFirst()
  return row as Transfer | undefined
}

/** Locked in the order of ids, so that two people who act on the same ones wait for each other. */
export async function lockTransfers(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Transfer[]> {
  const rows = await tx
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', actor.tenantId)
    .where(sql<boolean>`t.id = any(${[...ids]}::uuid[])`)
    .where(visible(actor))
    .orderBy('t.id')
    .forUpdate()
    .execute()
  return rows as Transfer[]
}

/** The own transfer of a person, locked. */
export async function lockOwnTransfer(tx: Tx, actor: Actor, id: string): Promise<Transfer | undefined> {
  const row = await tx
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', actor.tenantId)
    .where('t.id', '=', id)
    .where('t.person_id', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  return row as Transfer | undefined
}

export async function ownTransfers(db: Db, actor: Actor, most: number): Promise<Transfer[]> {
  const rows = await db
    .selectFrom('transfers_transfer as t')
    .select(COLUMNS)
    .where('t.tenant_id', '=', actor.tenantId)
    .where('t.person_id', '=', actor.personId)
    .orderBy('t.created_at', 'desc')
    .limit(most)
    .execute()
  return rows as Transfer[]
}

export type NewTransfer = Pick<
  Transfer,
  | 'id'
  | 'direction'
  | 'kind'
  | 'memberId'
  | 'personId'
  | 'name'
  | 'memberNo'
  | 'category'
  | 'orgId'
  | 'orgPath'
  | 'toOrgId'
  | 'toPath'
  | 'committeeId'
  | 'committeePath'
  | 'committeeName'
  | 'fromName'
  | 'toName'
  | 'needsDepartment'
  | 'reason'
  | 'contact'
  | 'duesPaidUntil'
  | 'batchId'
  | 'letter'
  | 'sealed'
>

/** Transfers of these members that are open, or expired and neither renewed nor settled. */
export async function standingInTheWay(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
): Promise<Map<string, 'open' | 'unsettled'>> {
  if (memberIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('transfers_transfer as t')
    .select(['t.member_id as memberId', 't.state'])
    .where('t.tenant_id', '=', tenantId)
    .where(sql<boolean>`t.member_id = any(${[...memberIds]}::uuid[])`)
    .where(
      sql<boolean>`(t.state in ('draft', 'branch_agreed', 'committee_approved', 'department_approved', 'awaiting')
        or (t.state = 'expired' and t.settled_on is null and t.renewed_by_id is null))`,
    )
    .execute()
  return new Map(rows.map((row) => [row.memberId as string, row.state === 'expired' ? 'unsettled' : 'open']))
}
