import {
  type addPaper,
  type Input,
  type PaperRow,
  type Reply,
  meetingsRefusals as refusals,
  type removePaper,
} from '@tongxin/contract'
import type { Actor, Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { attachFile, filesOfSubject } from '../../files/index.ts'
import { agendaOf } from '../queries/agenda.queries.ts'
import type { Meeting } from '../queries/meetings.queries.ts'
import * as q from '../queries/papers.queries.ts'
import { locked, subjectOf } from './locked.ts'

const MOST_PAPERS = 30
/** Until the record is handed over for signature: what is signed does not change afterwards. */
const OPEN: readonly Meeting['state'][] = ['planned', 'noticed', 'in_progress', 'record_pending']

async function lockedOpen(ctx: Ctx<Tx>, id: string): Promise<Meeting> {
  const meeting = await locked(ctx, id)
  if (!OPEN.includes(meeting.state)) throw refusals.wrong_state({ state: meeting.state })
  return meeting
}

const byOf = (actor: Actor) => ({ id: actor.personId, name: actor.personName })

/** Gives the caller's own checked upload to the meeting. @throws `files.…` for what is not his, not checked or in use. */
export async function add(ctx: Ctx<Tx>, { params, body }: Input<typeof addPaper>): Promise<Reply<typeof addPaper>> {
  const meeting = await lockedOpen(ctx, params.id)
  const { tenantId } = ctx.actor
  const agendaId = body.agendaId ?? null
  if (agendaId !== null && !(await agendaOf(ctx.db, tenantId, meeting.id)).some(({ id }) => id === agendaId))
    throw refusals.no_such_item.at('/body/agendaId')
  const there = (await q.papersOf(ctx.db, tenantId, meeting.id)).filter(({ removedAt }) => removedAt === null)
  if (there.length >= MOST_PAPERS) throw refusals.too_many_papers({ most: MOST_PAPERS })
  const file = await attachFile(ctx, body.fileId, {
    kind: 'meeting',
    id: meeting.id,
    orgId: meeting.orgId,
    orgPath: meeting.orgPath,
    readPermission: 'meetings.read',
  })
  const id = newId(ctx)
  const paper = { id, agendaId, fileId: file.id, name: file.name, by: byOf(ctx.actor), at: ctx.now }
  await q.insertPaper(ctx.db, tenantId, meeting, paper)
  await publish(ctx, 'meetings.paper_added', subjectOf(meeting), { paperId: id, agendaId, name: file.name })
  return { id }
}

/** Takes a paper back. It stays with its reason; those who are called no longer see or open it. */
export async function remove(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof removePaper>,
): Promise<Reply<typeof removePaper>> {
  const meeting = await lockedOpen(ctx, params.id)
  const { tenantId } = ctx.actor
  const paper = (await q.papersOf(ctx.db, tenantId, meeting.id)).find(({ id }) => id === params.paperId)
  if (!paper) throw refusals.no_such_paper()
  if (paper.removedAt !== null) throw refusals.paper_removed()
  const reason = body.reason.trim()
  await q.setRemoved(ctx.db, tenantId, paper.id, { by: byOf(ctx.actor), at: ctx.now, reason })
  const told = { paperId: paper.id, name: paper.name }
  await publish(ctx, 'meetings.paper_removed', subjectOf(meeting), told, { reason })
  return { id: paper.id }
}

/** The papers as they are shown, with the state of their check; what was taken back only for the desk. */
export async function shownPapers(
  ctx: Ctx,
  meetingId: string,
  agenda: readonly { id: string }[],
  { isDesk, opensUnscanned }: { isDesk: boolean; opensUnscanned: boolean },
): Promise<PaperRow[]> {
  const papers = (await q.papersOf(ctx.db, ctx.actor.tenantId, meetingId)).filter(
    ({ removedAt }) => isDesk || removedAt === null,
  )
  if (papers.length === 0) return []
  const files = new Map(
    (await filesOfSubject(ctx, 'meeting', meetingId, opensUnscanned)).map((file) => [file.id, file]),
  )
  const items = new Set(agenda.map(({ id }) => id))
  return papers.map((paper) => {
    const file = files.get(paper.fileId)
    const removed =
      paper.removedAt === null
        ? null
        : { by: paper.removedBy ?? '', at: paper.removedAt.toISOString(), reason: paper.removedReason ?? '' }
    return {
      id: paper.id,
      agendaId: paper.agendaId !== null && items.has(paper.agendaId) ? paper.agendaId : null,
      fileId: paper.fileId,
      name: paper.name,
      bytes: file?.bytes ?? 0,
      state: file?.state ?? 'pending',
      mayOpen: removed === null && (file?.mayOpen ?? false),
      addedBy: paper.addedBy,
      addedAt: paper.addedAt.toISOString(),
      removed,
    }
  })
}

/** For the module of files: whoever is called opens the papers of the meeting. */
export const mayReadPaper = (ctx: Ctx, fileId: string): Promise<boolean> =>
  q.isPaperForPerson(ctx.db, ctx.actor.tenantId, fileId, ctx.actor.personId)
