import { createHash } from 'node:crypto'
import {
  type exportStudyWorks,
  type FileReply,
  type Input,
  type listStudyWorks,
  type markStudyWork,
  type markStudyWorks,
  Refusal,
  type Reply,
  type readStudyWork,
  studyRefusals as refusals,
  type returnStudyWork,
  type SimilarWork,
  type StudyGrade,
  type showStudyWork,
} from '@tongxin/contract'
import { resemblance } from '@tongxin/domain/learning/resemblance'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { remarksOn } from '../queries/remarks.queries.ts'
import { taskOfTenant } from '../queries/tasks.queries.ts'
import * as q from '../queries/works.queries.ts'
import { ALIKE, MOST_ALIKE, MOST_COMPARED } from '../study.policy.ts'
import { wordsOf } from '../study.print-words.ts'
import { setWorkClockAgain } from './clocks.ts'
import { remarkShown, roundShown, workCard, workSubject } from './shown.ts'
import { placeOf } from './tasks.ts'

type Changed = { id: string; state: string }
const SORTS = { handedInAt: 'w.handed_in_at', writer: 'w.writer' } as const
const MOST_EXPORTED = 20_000

type Filter = Input<typeof exportStudyWorks>['body']['filter']
async function filterOf(ctx: Ctx | Ctx<Tx>, filter: Filter, at: string): Promise<q.WorkFilter> {
  const place = await placeOf(ctx, filter, at)
  const { taskId = null, kind = null, state = null, grade = null, text = null } = filter
  return { taskId, kind, state, grade, text, ...place }
}

export async function list(ctx: Ctx, { query }: Input<typeof listStudyWorks>): Promise<Reply<typeof listStudyWorks>> {
  const keyset = keysetOf(query, SORTS, '-handedInAt')
  const found = await q.listWorks(ctx.db, ctx.actor, await filterOf(ctx, query, '/query'), keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.writer ? row.writer : row.handedInAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(workCard), next, total: null }
}

/** What reads alike in the own bank; whose it is only as far as the reader's post reaches. */
async function similarTo(ctx: Ctx, work: q.Work): Promise<SimilarWork[]> {
  const [sketch, others] = await q.worksLike(ctx.db, ctx.actor.tenantId, work, MOST_COMPARED)
  return others
    .map((other) => ({ other, share: resemblance(sketch, other.sketch) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((one, two) => two.share - one.share)
    .slice(0, MOST_ALIKE)
    .map(({ other, share }) => {
      const isSeen = reaches(ctx.actor, other.orgPath)
      return {
        title: other.title,
        id: isSeen ? other.id : null,
        writer: isSeen ? other.writer : null,
        orgName: isSeen ? other.unitName : null,
        percent: Math.round(share * 100),
        handedInAt: other.handedInAt.toISOString(),
      }
    })
}

export async function read(ctx: Ctx, { params }: Input<typeof readStudyWork>): Promise<Reply<typeof readStudyWork>> {
  const work = await q.findWork(ctx.db, ctx.actor, params.id)
  if (!work) throw refusals.not_found()
  const { tenantId, personId } = ctx.actor
  const isOthers = work.personId !== personId
  const isExcellent = work.grade === 'excellent' && work.wantsShow
  const task = work.taskId === null ? undefined : await taskOfTenant(ctx.db, tenantId, work.taskId)
  return {
    ...workCard(work),
    rounds: (await q.roundsOf(ctx.db, tenantId, work.id)).map(roundShown),
    remarks: (await remarksOn(ctx.db, tenantId, work.id)).map((remark) => remarkShown(remark, personId)),
    brief: task?.brief ?? null,
    similar: await similarTo(ctx, work),
    can: {
      mark: isOthers && work.state === 'handed_in',
      show: isExcellent && work.shownAt === null,
      hide: work.shownAt !== null,
    },
  }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Work> {
  const work = await q.lockWork(ctx.db, ctx.actor, id)
  if (!work) throw refusals.not_found()
  return work
}

async function answer(
  ctx: Ctx<Tx>,
  work: q.Work,
  result: { result: 'returned' | 'marked'; grade: StudyGrade | null; comment: string },
): Promise<void> {
  if (work.personId === ctx.actor.personId) throw refusals.own_work()
  if (work.state !== 'handed_in') throw refusals.not_waiting({ state: work.state })
  await q.setResult(ctx.db, ctx.actor, work, result, ctx.now)
  const change = { state: result.result, grade: result.grade }
  await q.setWork(ctx.db, ctx.actor.tenantId, work.id, change, ctx.now)
}

async function markOne(ctx: Ctx<Tx>, work: q.Work, grade: StudyGrade, comment: string): Promise<void> {
  await answer(ctx, work, { result: 'marked', grade, comment: comment.trim() })
  const { title, round, kind, taskId, memberId } = work
  const handedInOn = todayOf(work.handedInAt)
  const payload = { title, grade, round, kind, taskId, memberId, handedInOn }
  await publish(ctx, 'study.marked', workSubject(work), payload)
}

async function returnOne(ctx: Ctx<Tx>, work: q.Work, comment: string): Promise<void> {
  await answer(ctx, work, { result: 'returned', grade: null, comment: comment.trim() })
  const task = work.taskId === null ? undefined : await taskOfTenant(ctx.db, ctx.actor.tenantId, work.taskId)
  if (task?.state === 'open') await setWorkClockAgain(ctx, task, work)
  await publish(ctx, 'study.returned', workSubject(work), { title: work.title, round: work.round })
}

export async function mark(ctx: Ctx<Tx>, { params, body }: Input<typeof markStudyWork>): Promise<Changed> {
  const work = await locked(ctx, params.id)
  await markOne(ctx, work, body.grade, body.comment)
  return { id: work.id, state: 'marked' }
}

export async function sendBack(ctx: Ctx<Tx>, { params, body }: Input<typeof returnStudyWork>): Promise<Changed> {
  const work = await locked(ctx, params.id)
  await returnOne(ctx, work, body.comment)
  return { id: work.id, state: 'returned' }
}

/** Each work by the same rules as alone; what is refused is named and keeps nothing else back. */
export async function markMany(
  ctx: Ctx<Tx>,
  { body }: Input<typeof markStudyWorks>,
): Promise<Reply<typeof markStudyWorks>> {
  const { grade, comment } = body
  const refused: Reply<typeof markStudyWorks>['refused'] = []
  // In one order for everybody, so that two people who mark the same list do not wait for each other in a circle.
  for (const id of body.ids.toSorted()) {
    const work = await q.lockWork(ctx.db, ctx.actor, id)
    try {
      if (!work) throw refusals.not_found()
      if (grade === null) await returnOne(ctx, work, comment)
      else await markOne(ctx, work, grade, comment)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ id, writer: work?.writer ?? '', title: work?.title ?? '', code: error.code })
    }
  }
  return { done: body.ids.length - refused.length, refused }
}

/** Only what is excellent and whose writer agrees. */
export async function show(ctx: Ctx<Tx>, { params, body }: Input<typeof showStudyWork>): Promise<Changed> {
  const work = await locked(ctx, params.id)
  const { isShown } = body
  if (isShown && !work.wantsShow) throw refusals.no_consent()
  if (isShown && work.grade !== 'excellent') throw refusals.not_excellent()
  await q.setWork(ctx.db, ctx.actor.tenantId, work.id, { shown_at: isShown ? ctx.now : null }, ctx.now)
  await publish(ctx, 'study.shown', workSubject(work), { title: work.title, isShown })
  return { id: work.id, state: work.state }
}

const COLUMNS = ['writer', 'orgName', 'kind', 'title', 'handedInAt', 'words', 'round', 'state', 'grade'] as const

export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportStudyWorks>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const works = await q.allWorks(ctx.db, ctx.actor, await filterOf(ctx, body.filter, '/body/filter'), MOST_EXPORTED)
  const rows = works.map((work) => ({
    writer: work.writer,
    orgName: work.unitName,
    kind: words.kinds[work.kind],
    title: work.title,
    handedInAt: todayOf(work.handedInAt),
    words: work.words,
    round: work.round,
    state: words.states[work.state],
    grade: work.grade === null ? null : words.grades[work.grade],
  }))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, 'study.exported', subject, { rows: rows.length, format: 'xlsx', sha256 })
  const columns = COLUMNS.map((key) => ({ key, header: words.columns[key], width: key === 'title' ? 36 : 14 }))
  return {
    fileName: `${words.works}-${todayOf(ctx.now)}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: words.works, columns, rows }] }),
  }
}
