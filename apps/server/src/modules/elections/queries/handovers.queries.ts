import type { HandoverItem, HandoverSide, HandoverState } from '@tongxin/contract'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type Handover = {
  id: string
  electionId: string
  orgPath: string
  state: HandoverState
  handedOn: string
  place: string
  giverId: string
  giverPerson: string
  giverName: string
  receiverId: string
  receiverPerson: string
  receiverName: string
  witness: string | null
  items: HandoverItem[]
  givenAt: Date | null
  receivedAt: Date | null
  enteredBy: string
  enteredByName: string
  enteredAt: Date
  withdrawnByName: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

const columns = [
  'h.id',
  'h.election_id as electionId',
  'h.org_path as orgPath',
  'h.state',
  'h.handed_on as handedOn',
  'h.place',
  'h.giver_id as giverId',
  'h.giver_person as giverPerson',
  'h.giver_name as giverName',
  'h.receiver_id as receiverId',
  'h.receiver_person as receiverPerson',
  'h.receiver_name as receiverName',
  'h.witness',
  'h.items',
  'h.given_at as givenAt',
  'h.received_at as receivedAt',
  'h.entered_by as enteredBy',
  'h.entered_by_name as enteredByName',
  'h.entered_at as enteredAt',
  'h.withdrawn_by_name as withdrawnByName',
  'h.withdrawn_at as withdrawnAt',
  'h.withdrawn_reason as withdrawnReason',
] as const

const ofElection = (db: Db, tenantId: string, electionId: string) =>
  db
    .selectFrom('elections_handover as h')
    .select(columns)
    .where('h.tenant_id', '=', tenantId)
    .where('h.election_id', '=', electionId)

/** Handovers of one election, the newest first; the caller has proved the right to the election. */
export async function handoversOf(db: Db, tenantId: string, electionId: string): Promise<Handover[]> {
  return (await ofElection(db, tenantId, electionId).orderBy('h.id', 'desc').execute()) as unknown as Handover[]
}

export async function lockHandover(
  tx: Tx,
  tenantId: string,
  electionId: string,
  id: string,
): Promise<Handover | undefined> {
  const row = await ofElection(tx, tenantId, electionId).where('h.id', '=', id).forUpdate().executeTakeFirst()
  return row as unknown as Handover | undefined
}

export type NewHandover = Pick<
  Handover,
  | 'id'
  | 'electionId'
  | 'orgPath'
  | 'handedOn'
  | 'place'
  | 'giverId'
  | 'giverPerson'
  | 'giverName'
  | 'receiverId'
  | 'receiverPerson'
  | 'receiverName'
  | 'witness'
  | 'items'
  | 'enteredBy'
  | 'enteredByName'
  | 'enteredAt'
>

export async function insertHandover(tx: Tx, tenantId: string, made: NewHandover): Promise<void> {
  await tx
    .insertInto('elections_handover')
    .values({
      tenant_id: tenantId,
      id: made.id,
      election_id: made.electionId,
      org_path: made.orgPath,
      handed_on: made.handedOn,
      place: made.place,
      giver_id: made.giverId,
      giver_person: made.giverPerson,
      giver_name: made.giverName,
      receiver_id: made.receiverId,
      receiver_person: made.receiverPerson,
      receiver_name: made.receiverName,
      witness: made.witness,
      items: JSON.stringify(made.items),
      entered_by: made.enteredBy,
      entered_by_name: made.enteredByName,
      entered_at: made.enteredAt,
    })
    .execute()
}

/** One side confirms; the second closes it. */
export async function setConfirmed(
  tx: Tx,
  tenantId: string,
  id: string,
  confirmed: { readonly as: HandoverSide; readonly isLast: boolean; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('elections_handover')
    .set({
      ...(confirmed.as === 'giver' ? { given_at: confirmed.at } : { received_at: confirmed.at }),
      ...(confirmed.isLast ? { state: 'done' } : {}),
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setHandoverWithdrawn(
  tx: Tx,
  tenantId: string,
  id: string,
  withdrawal: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('elections_handover')
    .set({
      state: 'withdrawn',
      withdrawn_by_name: withdrawal.by,
      withdrawn_at: withdrawal.at,
      withdrawn_reason: withdrawal.reason,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
