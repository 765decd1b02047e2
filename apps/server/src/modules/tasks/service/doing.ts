import {
  type askTaskExtension,
  type Input,
  type noteTaskPart,
  tasksRefusals as refusals,
  type TaskFile,
} from '@tongxin/contract'
import { evidenceMissing, isPartLate } from '@tongxin/domain/tasks/parts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { attachFile } from '../../files/index.ts'
import * as q from '../queries/parts.queries.ts'
import { stepsOf } from '../queries/steps.queries.ts'
import { taskOfPart } from '../queries/tasks.queries.ts'
import { PHOTOS } from '../tasks.policy.ts'
import { act, demandOwn, demandReceived } from './acts.ts'
import { endPartClocks } from './clocks.ts'
import { partSubject } from './shown.ts'

type Changed = { id: string; state: string }
type At = { readonly params: { readonly id: string } }
/** Units act at the desk, people on the phone: the same acts on a part found in another way. */
type Demand = (ctx: Ctx<Tx>, id: string) => Promise<q.Part>

/** Files of earlier steps stay with the part; new ones become its own. */
async function keepFiles(ctx: Ctx<Tx>, part: q.Part, ids: readonly string[], known: readonly TaskFile[]) {
  const { id, unitId: orgId, orgPath } = part
  const kept: TaskFile[] = []
  for (const fileId of ids) {
    const before = known.find((file) => file.id === fileId)
    if (before) {
      kept.push(before)
      continue
    }
    const subject = { kind: 'tasks_part', id, orgId, orgPath, readPermission: 'tasks.read' } as const
    const file = await attachFile(ctx, fileId, subject)
    kept.push({ id: file.id, name: file.name, isPhoto: PHOTOS.includes(file.kind) })
  }
  return kept
}

async function filesBefore(ctx: Ctx<Tx>, part: q.Part): Promise<TaskFile[]> {
  const files = (await stepsOf(ctx.db, ctx.actor.tenantId, part.id)).flatMap((step) => step.files)
  return [...new Map(files.map((file) => [file.id, file])).values()]
}

const signing =
  (demand: Demand) =>
  async (ctx: Ctx<Tx>, { params }: At): Promise<Changed> => {
    const part = await demand(ctx, params.id)
    const state = await act(ctx, part, 'sign', { kind: 'signed' })
    await publish(ctx, 'tasks.signed', partSubject(part), { title: part.title })
    return { id: part.id, state }
  }

type Note = Pick<Input<typeof noteTaskPart>, 'params' | 'body'>
const noting =
  (demand: Demand) =>
  async (ctx: Ctx<Tx>, { params, body }: Note): Promise<Changed> => {
    const part = await demand(ctx, params.id)
    const files = await keepFiles(ctx, part, body.fileIds, [])
    const state = await act(ctx, part, 'note', { kind: 'noted', words: body.words.trim(), files })
    await publish(ctx, 'tasks.noted', partSubject(part), { title: part.title, files: files.length })
    return { id: part.id, state }
  }

/** Photos and files of the notes count as evidence: nobody sends the same picture twice. */
const handingIn =
  (demand: Demand) =>
  async (ctx: Ctx<Tx>, { params, body }: Note): Promise<Changed> => {
    const part = await demand(ctx, params.id)
    const { tenantId, personId } = ctx.actor
    const task = await taskOfPart(ctx.db, tenantId, part.taskId)
    if (!task) throw refusals.not_found()
    const open = await q.countOpenBelow(ctx.db, tenantId, part.id)
    if (open > 0) throw refusals.parts_open({ count: open })
    const before = await filesBefore(ctx, part)
    const files = await keepFiles(ctx, part, body.fileIds, before)
    const all = [...new Map([...before, ...files].map((file) => [file.id, file])).values()]
    const photos = all.filter(({ isPhoto }) => isPhoto).length
    const given = { words: body.words, photos, files: all.length - photos }
    const missing = evidenceMissing(task.evidence, given)
    if (missing.length > 0) throw refusals.evidence_missing.at('/body/fileIds', { kinds: missing })
    const round = part.round + 1
    const told = { kind: 'handed_in', words: body.words.trim(), files } as const
    const change = { round, handed_in_by_id: personId, asked_due_on: null, asked_reason: null }
    const state = await act(ctx, part, 'hand_in', told, change)
    await endPartClocks(ctx, [part.id], 'done')
    const isLate = isPartLate(part.state, part.dueOn, todayOf(ctx.now))
    const payload = { title: part.title, round, isLate, files: files.length }
    await publish(ctx, 'tasks.handed_in', partSubject(part), payload)
    return { id: part.id, state }
  }

type Ask = Pick<Input<typeof askTaskExtension>, 'params' | 'body'>
const asking =
  (demand: Demand) =>
  async (ctx: Ctx<Tx>, { params, body }: Ask): Promise<Changed> => {
    const part = await demand(ctx, params.id)
    const { dueOn } = body
    if (dueOn <= part.dueOn || dueOn < todayOf(ctx.now)) throw refusals.dates_wrong.at('/body/dueOn')
    if (part.askedDueOn !== null) throw refusals.already_asked({ dueOn: part.askedDueOn })
    const reason = body.reason.trim()
    const told = { kind: 'extension_asked', words: reason, dueOn } as const
    const state = await act(ctx, part, 'ask_extension', told, {
      asked_due_on: dueOn,
      asked_reason: reason,
      asked_by_id: ctx.actor.personId,
    })
    await publish(ctx, 'tasks.extension_asked', partSubject(part), { title: part.title, dueOn })
    return { id: part.id, state }
  }

export const desk = {
  sign: signing(demandReceived),
  note: noting(demandReceived),
  handIn: handingIn(demandReceived),
  ask: asking(demandReceived),
}
export const phone = {
  sign: signing(demandOwn),
  note: noting(demandOwn),
  handIn: handingIn(demandOwn),
  ask: asking(demandOwn),
}
