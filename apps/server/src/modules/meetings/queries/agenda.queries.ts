import type { AgendaItem as AgendaSchema, VoteResult } from '@tongxin/contract'
import type { Static } from 'typebox'
import type { Db, Tx } from '../../../platform/ctx.ts'

export type AgendaInput = Static<typeof AgendaSchema>
export type AgendaRow = {
  id: string
  title: string
  presenter: string | null
  votes: 'none' | 'ordinary' | 'admission' | 'committee'
  resolution: string | null
  vote: VoteResult | null
  ballotId: string | null
}

export async function agendaOf(db: Db, tenantId: string, meetingId: string): Promise<AgendaRow[]> {
  const rows = await db
    .selectFrom('meetings_agenda')
    .select(['id', 'title', 'presenter', 'votes', 'resolution', 'vote', 'ballot_id as ballotId'])
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meetingId)
    .orderBy('place_no')
    .execute()
  return rows as unknown as AgendaRow[]
}

/** Replaces the agenda; an item that keeps its id keeps resolution and vote. */
export async function setAgenda(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  items: readonly (AgendaInput & { id: string })[],
): Promise<void> {
  await tx
    .deleteFrom('meetings_agenda')
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meeting.id)
    .where((eb) =>
      items.length === 0
        ? eb.val(true)
        : eb(
            'id',
            'not in',
            items.map(({ id }) => id),
          ),
    )
    .execute()
  if (items.length === 0) return
  await tx
    .insertInto('meetings_agenda')
    .values(
      items.map((item, at) => ({
        tenant_id: tenantId,
        id: item.id,
        meeting_id: meeting.id,
        org_path: meeting.orgPath,
        place_no: at + 1,
        title: item.title.trim(),
        presenter: item.presenter?.trim() || null,
        votes: item.votes,
      })),
    )
    .onConflict((c) =>
      c.columns(['tenant_id', 'id']).doUpdateSet((eb) => ({
        place_no: eb.ref('excluded.place_no'),
        title: eb.ref('excluded.title'),
        presenter: eb.ref('excluded.presenter'),
        votes: eb.ref('excluded.votes'),
      })),
    )
    .execute()
}

/** Adds an item at the end of the agenda; the meeting gets a new version, so that nobody saves over it. */
export async function appendItem(
  tx: Tx,
  tenantId: string,
  meeting: { id: string; orgPath: string },
  item: AgendaInput & { id: string },
  at: Date,
): Promise<void> {
  const last = await tx
    .selectFrom('meetings_agenda')
    .select((eb) => eb.fn.max('place_no').as('last'))
    .where('tenant_id', '=', tenantId)
    .where('meeting_id', '=', meeting.id)
    .executeTakeFirst()
  await tx
    .insertInto('meetings_agenda')
    .values({
      tenant_id: tenantId,
      id: item.id,
      meeting_id: meeting.id,
      org_path: meeting.orgPath,
      place_no: (last?.last ?? 0) + 1,
      title: item.title,
      presenter: item.presenter ?? null,
      votes: item.votes,
    })
    .execute()
  await tx
    .updateTable('meetings_meeting')
    .set((eb) => ({ updated_at: at, version: eb('version', '+', 1) }))
    .where('tenant_id', '=', tenantId)
    .where('id', '=', meeting.id)
    .execute()
}

export async function setBallot(tx: Tx, tenantId: string, agendaId: string, ballotId: string): Promise<void> {
  await tx
    .updateTable('meetings_agenda')
    .set({ ballot_id: ballotId })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', agendaId)
    .execute()
}
