import type { BoxCount, ElectedBody, NamedMember, RoundKind, RoundResult } from '@tongxin/contract'
import type { Db, Tx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/events.ts'

export type Present = { readonly memberId: string; readonly personId: string; readonly name: string }
export type Round = {
  id: string
  number: number
  body: ElectedBody
  kind: RoundKind
  state: 'open' | 'counted' | 'void'
  channel: 'paper' | 'electronic' | 'mixed'
  seats: number
  writeIn: boolean
  candidates: NamedMember[]
  voters: Present[]
  shouldAttend: number
  present: number
  voteId: string | null
  firstCount: BoxCount | null
  firstBy: string | null
  count: BoxCount | null
  result: RoundResult | null
  openedAt: Date
  closedAt: Date | null
}

export async function roundsOf(db: Db, tenantId: string, electionId: string): Promise<Round[]> {
  const rows = await db
    .selectFrom('elections_round as r')
    .select([
      'r.id',
      'r.number',
      'r.body',
      'r.kind',
      'r.state',
      'r.channel',
      'r.seats',
      'r.write_in as writeIn',
      'r.candidates',
      'r.voters',
      'r.should_attend as shouldAttend',
      'r.present',
      'r.vote_id as voteId',
      'r.first_count as firstCount',
      'r.first_by as firstBy',
      'r.count',
      'r.result',
      'r.opened_at as openedAt',
      'r.closed_at as closedAt',
    ])
    .where('r.tenant_id', '=', tenantId)
    .where('r.election_id', '=', electionId)
    .orderBy('r.number')
    .execute()
  return rows as unknown as Round[]
}

type File = { readonly id: string; readonly orgPath: string }
export type NewRound = Omit<
  Round,
  'id' | 'state' | 'firstCount' | 'firstBy' | 'count' | 'result' | 'closedAt' | 'voteId'
>

export async function insertRound(tx: Tx, tenantId: string, file: File, made: NewRound): Promise<string> {
  const id = newId({ now: made.openedAt })
  await tx
    .insertInto('elections_round')
    .values({
      tenant_id: tenantId,
      id,
      election_id: file.id,
      org_path: file.orgPath,
      number: made.number,
      body: made.body,
      kind: made.kind,
      channel: made.channel,
      seats: made.seats,
      write_in: made.writeIn,
      candidates: JSON.stringify(made.candidates),
      voters: JSON.stringify(made.voters),
      should_attend: made.shouldAttend,
      present: made.present,
      opened_at: made.openedAt,
    })
    .execute()
  return id
}

export async function setRoundVote(tx: Tx, tenantId: string, id: string, voteId: string): Promise<void> {
  await tx
    .updateTable('elections_round')
    .set({ vote_id: voteId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setFirstCount(tx: Tx, tenantId: string, id: string, count: BoxCount, by: string): Promise<void> {
  await tx
    .updateTable('elections_round')
    .set({ first_count: JSON.stringify(count), first_by: by })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function closeRound(
  tx: Tx,
  tenantId: string,
  id: string,
  closed: { count: BoxCount; result: RoundResult; by: string | null; at: Date },
): Promise<void> {
  await tx
    .updateTable('elections_round')
    .set({
      state: closed.result.valid ? 'counted' : 'void',
      count: JSON.stringify(closed.count),
      result: JSON.stringify(closed.result),
      second_by: closed.by,
      closed_at: closed.at,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
