import {
  type consentToShow,
  type handInWork,
  type Input,
  type listMyTasks,
  type listMyWorks,
  type Reply,
  type readMyDraft,
  type readMyTask,
  type readMyWork,
  studyRefusals as refusals,
  type StudyDraft,
  type StudyFile,
  type StudyWorkRecord,
  type saveMyDraft,
} from '@tongxin/contract'
import { bandsOf, sketchOf } from '@tongxin/domain/learning/resemblance'
import { wordsIn } from '@tongxin/domain/learning/words-in'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { attachFile } from '../../files/index.ts'
import { unitNameOf } from '../../org/index.ts'
import * as drafts from '../queries/drafts.queries.ts'
import { remarksOn } from '../queries/remarks.queries.ts'
import * as tasks from '../queries/tasks.queries.ts'
import * as q from '../queries/works.queries.ts'
import { endWorkClock } from './clocks.ts'
import { demandAsked, type Learner } from './learner.ts'
import { remarkShown, roundShown, taskCard, workCard, workSubject } from './shown.ts'

type Changed = { id: string; state: string }

export async function listTasks(ctx: Ctx, { query }: Input<typeof listMyTasks>): Promise<Reply<typeof listMyTasks>> {
  const learner = await demandAsked(ctx)
  const isDone = query.done ?? false
  const keyset = keysetOf(query, { dueOn: 't.due_on' }, isDone ? '-dueOn' : 'dueOn')
  const found = await tasks.listAsked(ctx.db, learner, isDone, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.dueOn, id: row.id }))
  const own = await q.ownWorksOfTasks(
    ctx.db,
    learner,
    rows.map(({ id }) => id),
  )
  const today = todayOf(ctx.now)
  return {
    rows: rows.map((task) => {
      const work = own.find(({ taskId }) => taskId === task.id)
      return { ...taskCard(task), isOverdue: !isDone && task.dueOn < today, work: work ? workCard(work) : null }
    }),
    next,
    total: null,
  }
}

const draftShown = (draft: drafts.Draft | undefined): StudyDraft | null =>
  draft ? { ...draft, savedAt: draft.savedAt.toISOString() } : null

export async function readTask(ctx: Ctx, { params }: Input<typeof readMyTask>): Promise<Reply<typeof readMyTask>> {
  const learner = await demandAsked(ctx)
  const task = await tasks.findAsked(ctx.db, learner, params.id)
  if (!task) throw refusals.not_found()
  const [work] = await q.ownWorksOfTasks(ctx.db, learner, [task.id])
  return {
    task: taskCard(task),
    draft: draftShown(await drafts.findDraft(ctx.db, learner, task.id)),
    work: work ? await recordOf(ctx, work) : null,
    mayHandIn: work ? work.state === 'returned' : task.state === 'open',
  }
}

async function recordOf(ctx: Ctx, work: q.Work): Promise<StudyWorkRecord> {
  const { tenantId, personId } = ctx.actor
  const rounds = await q.roundsOf(ctx.db, tenantId, work.id)
  const remarks = await remarksOn(ctx.db, tenantId, work.id)
  return {
    ...workCard(work),
    rounds: rounds.map(roundShown),
    remarks: remarks.map((remark) => remarkShown(remark, personId)),
  }
}

type DraftOf = { readonly taskId?: string | undefined; readonly workId?: string | undefined }
/** The assignment, the work that came back, or the person for a reflection that nobody asked for. */
const keyOf = (ctx: Ctx | Ctx<Tx>, { taskId, workId }: DraftOf): string => taskId ?? workId ?? ctx.actor.personId

export async function readDraft(ctx: Ctx, { query }: Input<typeof readMyDraft>): Promise<Reply<typeof readMyDraft>> {
  return { draft: draftShown(await drafts.findDraft(ctx.db, ctx.actor, keyOf(ctx, query))) }
}

export async function saveDraft(ctx: Ctx<Tx>, { body }: Input<typeof saveMyDraft>): Promise<Reply<typeof saveMyDraft>> {
  const draft = { title: body.title, body: body.body, savedAt: ctx.now }
  await drafts.setDraft(ctx.db, ctx.actor, keyOf(ctx, body), draft)
  return { savedAt: ctx.now.toISOString() }
}

export async function list(ctx: Ctx, { query }: Input<typeof listMyWorks>): Promise<Reply<typeof listMyWorks>> {
  const keyset = keysetOf(query, { handedInAt: 'w.handed_in_at' }, '-handedInAt')
  const found = await q.ownWorks(ctx.db, ctx.actor, query.kind ?? null, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.handedInAt.toISOString(), id: row.id }))
  return { rows: rows.map(workCard), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readMyWork>): Promise<StudyWorkRecord> {
  const work = await q.ownWork(ctx.db, ctx.actor, params.id)
  if (!work) throw refusals.not_found()
  return recordOf(ctx, work)
}

type HandIn = Input<typeof handInWork>['body']
/** What is handed in once more, locked; undefined for the first time. */
async function before(ctx: Ctx<Tx>, learner: Learner, body: HandIn): Promise<q.Work | undefined> {
  const ofTask = body.taskId ? (await q.ownWorksOfTasks(ctx.db, learner, [body.taskId]))[0]?.id : undefined
  const id = body.workId ?? ofTask
  if (id === undefined) return undefined
  const work = await q.lockOwnWork(ctx.db, learner, id)
  if (!work) throw refusals.not_found()
  if (work.state !== 'returned') throw refusals.handed_in({ state: work.state })
  return work
}

/** @throws Refusal `study.words_missing`, `study.words_over`, `study.file_missing`, `study.title_missing` */
function demandContent(task: tasks.Task | undefined, body: HandIn, words: number): void {
  if (!task && !body.title?.trim()) throw refusals.title_missing.at('/body/title')
  if (!task) return
  if (words < task.minWords) throw refusals.words_missing.at('/body/body', { words, least: task.minWords })
  if (words > task.maxWords) throw refusals.words_over.at('/body/body', { words, most: task.maxWords })
  if (task.needsFile && body.fileIds.length === 0) throw refusals.file_missing.at('/body/fileIds')
}

type Placed = Pick<q.Work, 'id' | 'unitId' | 'orgPath'>
/** Files of earlier rounds stay with the work; new ones become its own. */
async function keepFiles(ctx: Ctx<Tx>, work: Placed, ids: readonly string[], isAgain: boolean): Promise<StudyFile[]> {
  const rounds = isAgain ? await q.roundsOf(ctx.db, ctx.actor.tenantId, work.id) : []
  const known = new Map(rounds.flatMap(({ files }) => files).map((file) => [file.id, file]))
  const kept: StudyFile[] = []
  for (const fileId of ids) {
    const { unitId: orgId, orgPath, id } = work
    const about = { kind: 'study_work', id, orgId, orgPath, readPermission: 'exams.mark' } as const
    const file = known.get(fileId) ?? (await attachFile(ctx, fileId, about))
    kept.push({ id: file.id, name: file.name })
  }
  return kept
}

export async function handIn(ctx: Ctx<Tx>, { body }: Input<typeof handInWork>): Promise<Changed> {
  const learner = await demandAsked(ctx)
  const again = await before(ctx, learner, body)
  const taskId = again ? again.taskId : (body.taskId ?? null)
  const task = taskId === null ? undefined : await tasks.findAsked(ctx.db, learner, taskId)
  if (taskId !== null && !task && !again) throw refusals.not_found()
  // What came back may be handed in again after the assignment was closed.
  if (task?.state === 'closed' && !again) throw refusals.closed()
  const text = body.body.trim()
  const words = wordsIn(text)
  demandContent(task, body, words)
  const sketch = sketchOf(text)
  const like = { sketch, bands: bandsOf(sketch) }
  const about = { title: task?.title ?? body.title?.trim() ?? again?.title ?? '', words, wantsShow: body.wantsShow }
  const isLate = task !== undefined && !again && todayOf(ctx.now) > task.dueOn
  const work = again ? { ...again, ...about } : await firstOf(ctx, learner, task, { ...about, isLate })
  const round = again ? again.round + 1 : 1
  if (again) {
    const { title, wantsShow: wants_show } = work
    const change = { state: 'handed_in', grade: null, handed_in_at: ctx.now, title, words, wants_show, round } as const
    await q.setWork(ctx.db, learner.tenantId, work.id, { ...change, ...like }, ctx.now)
  } else await q.insertWork(ctx.db, learner.tenantId, work, like, ctx.now)
  const files = await keepFiles(ctx, work, body.fileIds, again !== undefined)
  await q.insertRound(ctx.db, { ...work, tenantId: learner.tenantId }, { round, body: text, files }, ctx.now)
  await drafts.removeDraft(ctx.db, learner, keyOf(ctx, body))
  if (taskId !== null) await endWorkClock(ctx, taskId, work.memberId)
  const payload = { title: work.title, kind: work.kind, round, isLate: work.isLate }
  await publish(ctx, 'study.handed_in', workSubject(work), payload)
  return { id: work.id, state: 'handed_in' }
}

type About = Pick<q.Work, 'title' | 'words' | 'wantsShow' | 'isLate'>
async function firstOf(ctx: Ctx<Tx>, learner: Learner, task: tasks.Task | undefined, about: About): Promise<q.NewWork> {
  const { tenantId, personId, memberId, name, unitId, orgPath } = learner
  return {
    ...about,
    id: newId(ctx),
    taskId: task?.id ?? null,
    kind: task?.kind ?? 'reflection',
    personId,
    memberId,
    unitId,
    orgPath,
    showPath: task?.orgPath ?? orgPath,
    unitName: (await unitNameOf(ctx.db, tenantId, unitId)) ?? '',
    writer: name,
  }
}

export async function consent(ctx: Ctx<Tx>, { params, body }: Input<typeof consentToShow>): Promise<Changed> {
  const work = await q.lockOwnWork(ctx.db, ctx.actor, params.id)
  if (!work) throw refusals.not_found()
  const { wantsShow } = body
  const change = wantsShow ? { wants_show: true } : { wants_show: false, shown_at: null }
  await q.setWork(ctx.db, ctx.actor.tenantId, work.id, change, ctx.now)
  await publish(ctx, 'study.consented', workSubject(work), { title: work.title, wantsShow })
  return { id: work.id, state: work.state }
}
