import {
  type changeNote,
  type Input,
  type listMyNotes,
  type listSharedNotes,
  type Reply,
  studyRefusals as refusals,
  type removeNote,
  type shareNote,
  type writeNote,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as q from '../queries/notes.queries.ts'
import { BIN_DAYS } from '../study.policy.ts'
import type { StudyPorts } from '../study.ports.ts'
import { demandLearner } from './learner.ts'

const DAY_MS = 86_400_000
const NOWHERE: q.Place = { courseId: null, courseTitle: null, blockId: null, second: null, quote: null }

export async function list(ctx: Ctx, { query }: Input<typeof listMyNotes>): Promise<Reply<typeof listMyNotes>> {
  const keyset = keysetOf(query, { updatedAt: 'n.updated_at' }, '-updatedAt')
  const filter = { text: query.text ?? null, courseId: query.courseId ?? null, isRemoved: query.removed ?? false }
  const found = await q.listNotes(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.updatedAt.toISOString(), id: row.id }))
  return {
    rows: rows.map(({ removedAt, createdAt, updatedAt, ...note }) => ({
      ...note,
      isRemoved: removedAt !== null,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    })),
    next,
    total: null,
  }
}

export const write =
  ({ courseFacts }: StudyPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof writeNote>): Promise<Reply<typeof writeNote>> => {
    const { place } = body
    const course = place ? await courseFacts(ctx, place.courseId) : undefined
    if (place && !course) throw refusals.no_such_course.at('/body/place/courseId')
    const at: q.Place =
      place && course
        ? {
            courseId: place.courseId,
            courseTitle: course.title,
            blockId: place.blockId ?? null,
            second: place.second ?? null,
            quote: place.quote?.trim() ?? null,
          }
        : NOWHERE
    const id = newId(ctx)
    await q.insertNote(ctx.db, ctx.actor, { id, body: body.body.trim(), ...at }, ctx.now)
    await q.emptyBin(ctx.db, ctx.actor, new Date(ctx.now.getTime() - BIN_DAYS * DAY_MS))
    return { id }
  }

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Note> {
  const note = await q.lockNote(ctx.db, ctx.actor, id)
  if (!note) throw refusals.not_found()
  return note
}

export async function change(ctx: Ctx<Tx>, { params, body }: Input<typeof changeNote>): Promise<{ id: string }> {
  const note = await locked(ctx, params.id)
  if (note.removedAt !== null) throw refusals.removed()
  await q.setNote(ctx.db, ctx.actor, note.id, { body: body.body.trim() }, ctx.now)
  return { id: note.id }
}

/** What goes into the bin is no longer shared either. */
export async function remove(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof removeNote>,
): Promise<Reply<typeof removeNote>> {
  const note = await locked(ctx, params.id)
  if (body.isRemoved) await q.removeShare(ctx.db, ctx.actor, note.id)
  const gone = body.isRemoved ? { removed_at: ctx.now, is_shared: false } : { removed_at: null }
  await q.setNote(ctx.db, ctx.actor, note.id, gone, ctx.now)
  await q.emptyBin(ctx.db, ctx.actor, new Date(ctx.now.getTime() - BIN_DAYS * DAY_MS))
  return { id: note.id, ...body }
}

export async function share(ctx: Ctx<Tx>, { params, body }: Input<typeof shareNote>): Promise<Reply<typeof shareNote>> {
  const learner = await demandLearner(ctx)
  const note = await locked(ctx, params.id)
  const { isShared } = body
  if (note.removedAt !== null) throw refusals.removed()
  // Sharing again shows the note as it stands now.
  await q.removeShare(ctx.db, learner, note.id)
  if (isShared) await q.insertShare(ctx.db, { ...learner, writer: learner.name }, note, ctx.now)
  await q.setNote(ctx.db, learner, note.id, { is_shared: isShared }, note.updatedAt)
  const subject = { kind: 'study_share', id: note.id, orgPath: learner.orgPath, personId: learner.personId }
  await publish(ctx, 'study.note_shared', subject, { isShared })
  return { id: note.id, isShared }
}

export async function listShared(
  ctx: Ctx,
  { query }: Input<typeof listSharedNotes>,
): Promise<Reply<typeof listSharedNotes>> {
  const { tenantId, orgPath, personId } = await demandLearner(ctx)
  const keyset = keysetOf(query, { sharedAt: 's.shared_at' }, '-sharedAt')
  const found = await q.listShares(ctx.db, tenantId, orgPath, query.courseId ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.sharedAt.toISOString(), id: row.id }))
  return {
    rows: rows.map(({ personId: writerId, sharedAt, ...share }) => ({
      ...share,
      isMine: writerId === personId,
      sharedAt: sharedAt.toISOString(),
    })),
    next,
    total: null,
  }
}
