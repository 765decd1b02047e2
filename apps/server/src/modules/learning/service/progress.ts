import {
  type CourseContent,
  type noteProgress,
  type PROGRESS_FAULTS,
  type ProgressMark,
  type Reply,
  requestRefusals,
} from '@tongxin/contract'
import { blocksOf, completionOf, DONE_BY_OTHERS, type Mark, mergedMark } from '@tongxin/domain/learning/course'
import type { LearningFact } from '@tongxin/domain/learning/fact'
import type { Tx } from '../../../platform/ctx.ts'
import { publishAll } from '../../../platform/events.ts'
import type { GroupedAsk } from '../../../platform/http.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { hintsOfSessions, provePersons } from '../../access/index.ts'
import type { LearningPorts } from '../learning.ports.ts'
import * as q from '../queries/progress.queries.ts'
import { answersOf } from './reading.ts'

type Ask = GroupedAsk<typeof noteProgress>
type Answer = Reply<typeof noteProgress>
type Fault = (typeof PROGRESS_FAULTS)[number]
export type At = { readonly db: Tx; readonly now: Date; readonly tenantId: string }

const empty = (): Answer => ({ kept: 0, refused: [], answers: [], completed: [] })

/**
 * Marks of many people in one transaction a tenant: sessions proved, progress locked in one order, marks merged as the
 * domain says, completions written and stated. Nobody is answered before the commit; a mark that comes twice changes
 * nothing.
 */
export const noteGroup =
  (ports: LearningPorts) =>
  async (platform: Platform, asks: readonly Ask[]): Promise<(Answer | Error)[]> => {
    const hints = await hintsOfSessions(
      platform.pool,
      asks.map(({ sessionHash }) => sessionHash),
    )
    const answers: (Answer | Error)[] = asks.map(() => requestRefusals.signed_out())
    const byTenant = Map.groupBy(asks.keys(), (at) => hints.get(hashOf(asks[at] as Ask))?.tenantId)
    for (const [tenantId, places] of byTenant) {
      if (tenantId === undefined) continue
      const { path } = await tenantOf(platform.db, tenantId)
      const written = await inSystemTransaction(platform, { tenantId, scope: path }, (db) =>
        noteTenant({ db, now: platform.clock(), tenantId }, ports, asks, [...places]),
      )
      for (const [at, answer] of written) answers[at] = answer
    }
    platform.wake()
    return answers
  }
const hashOf = (ask: Ask): string => ask.sessionHash.toString('hex')

type Placed = { readonly at: number; readonly personId: string; readonly mark: ProgressMark }

async function noteTenant(
  at: At,
  ports: LearningPorts,
  asks: readonly Ask[],
  places: readonly number[],
): Promise<Map<number, Answer>> {
  const mine = places.map((place) => asks[place] as Ask)
  const hashes = mine.map(({ sessionHash }) => sessionHash)
  const persons = await provePersons(at.db, at.tenantId, hashes, at.now)
  const answers = new Map<number, Answer>()
  const placed = places.flatMap((place): Placed[] => {
    const ask = asks[place] as Ask
    const personId = persons.get(hashOf(ask))
    if (personId === undefined) return []
    answers.set(place, empty())
    return ask.input.body.marks.map((mark) => ({ at: place, personId, mark }))
  })
  if (placed.length === 0) return answers
  const pairs = new Map(
    placed.map(({ personId, mark }) => [`${personId}/${mark.courseId}`, { personId, courseId: mark.courseId }]),
  )
  const locked = await q.lockProgress(at.db, at.tenantId, [...pairs.values()])
  const own = new Map(locked.map((row) => [`${row.personId}/${row.courseId}`, row]))
  const accepted: Noted[] = []
  for (const one of placed) {
    const progress = own.get(`${one.personId}/${one.mark.courseId}`)
    const fault = faultOf(progress, one.mark)
    if (fault !== null || !progress) answers.get(one.at)?.refused.push({ id: one.mark.id, fault: fault ?? 'course' })
    else accepted.push({ ...one, progress })
  }
  const completed = await writeNoted(at, ports, accepted)
  for (const { at: place, mark, progress } of accepted) {
    const answer = answers.get(place)
    if (!answer) continue
    answer.kept += 1
    const told = answersOf(progress.content, mark.blockId, mark.choice)
    if (told) answer.answers.push({ blockId: mark.blockId, ...told })
    if (completed.has(progress) && !answer.completed.includes(progress.courseId))
      answer.completed.push(progress.courseId)
  }
  return answers
}

/** Why a mark is not taken; what the learner may not mark by hand only keeps its place. */
function faultOf(progress: q.Progress | undefined, mark: ProgressMark): Fault | null {
  if (!progress) return 'course'
  if (progress.state !== 'live') return 'withdrawn'
  const block = blocksOf(progress.content).find(({ id }) => id === mark.blockId)
  if (!block) return 'block'
  if (mark.isDone && DONE_BY_OTHERS.has(block.kind)) return 'not_by_hand'
  const question = block.kind === 'card' ? block.question : null
  if (question && mark.isDone && mark.choice === null) return 'choice_missing'
  return mark.choice !== null && (question === null || mark.choice >= question.options.length) ? 'choice_missing' : null
}

type Noted = Placed & { readonly progress: q.Progress }

const keyOf = (row: { courseId: string; memberId: string; blockId: string }): string =>
  `${row.courseId}/${row.memberId}/${row.blockId}`

const markOf = (row: q.MarkRow): Mark => ({
  place: row.place,
  at: row.placeAt.getTime(),
  isDone: row.doneAt !== null,
  answer: row.choice === null || row.choiceAt === null ? null : { choice: row.choice, at: row.choiceAt.getTime() },
})

/** A device's clock may run ahead; the future of ours does not count. */
function markFrom({ place, isDone, choice, at }: ProgressMark, now: Date): Mark {
  // A leap second is an instant of RFC 3339 and none of JavaScript.
  const told = Date.parse(at)
  const when = Number.isNaN(told) ? now.getTime() : Math.min(told, now.getTime())
  return { place, at: when, isDone, answer: choice === null ? null : { choice, at: when } }
}

/** Merges, writes and counts. @returns the progress rows that became complete */
async function writeNoted(at: At, ports: LearningPorts, noted: readonly Noted[]): Promise<Set<q.Progress>> {
  const touched = [...new Set(noted.map(({ progress }) => progress))]
  const before = new Map((await q.marksOf(at.db, at.tenantId, touched)).map((row) => [keyOf(row), row]))
  const after = new Map<string, { progress: q.Progress; blockId: string; mark: Mark }>()
  for (const { progress, mark } of noted) {
    const key = keyOf({ ...progress, blockId: mark.blockId })
    const old = before.get(key)
    const known = after.get(key)?.mark ?? (old ? markOf(old) : null)
    const fresh = markFrom(mark, at.now)
    const merged = known ? mergedMark(known, fresh) : fresh
    // Whoever answered was told what is right: no other answer is the first one any more, whenever it says it was given.
    const told = old ? markOf(old).answer : null
    after.set(key, { progress, blockId: mark.blockId, mark: told ? { ...merged, answer: told } : merged })
  }
  const rows = [...after].map(([key, { progress, blockId, mark }]) =>
    rowOf(progress, blockId, mark, before.get(key), at.now),
  )
  await q.writeMarks(at.db, at.tenantId, rows)
  const all = Map.groupBy(
    [...new Map([...before, ...rows.map((row) => [keyOf(row), row] as const)]).values()],
    courseOf,
  )
  return settle(
    at,
    ports,
    touched.map((progress) => ({ progress, marks: all.get(courseOf(progress)) ?? [], before })),
  )
}
const courseOf = ({ courseId, memberId }: { courseId: string; memberId: string }): string => `${courseId}/${memberId}`

const rowOf = (
  progress: q.Progress,
  blockId: string,
  mark: Mark,
  old: q.MarkRow | undefined,
  now: Date,
): q.NewMark => ({
  courseId: progress.courseId,
  memberId: progress.memberId,
  personId: progress.personId,
  orgPath: progress.orgPath,
  blockId,
  place: mark.place,
  placeAt: new Date(mark.at),
  doneAt: mark.isDone ? (old?.doneAt ?? now) : null,
  choice: mark.answer?.choice ?? null,
  choiceAt: mark.answer ? new Date(mark.answer.at) : null,
})

type Counted = {
  readonly progress: q.Progress
  readonly marks: readonly q.MarkRow[]
  readonly before: ReadonlyMap<string, q.MarkRow>
}

/** Writes how far everybody is now, and states what became true by it. */
async function settle(at: At, ports: LearningPorts, counted: readonly Counted[]): Promise<Set<q.Progress>> {
  const moved: q.Moved[] = []
  const facts: LearningFact[] = []
  const completed = new Set<q.Progress>()
  for (const { progress, marks, before } of counted) {
    const { courseId, memberId, content } = progress
    const done = new Set(marks.filter(({ doneAt }) => doneAt !== null).map(({ blockId }) => blockId))
    const was = new Set(
      [...done].filter((blockId) => before.get(keyOf({ courseId, memberId, blockId }))?.doneAt != null),
    )
    const now = completionOf(content, done)
    const last = [...marks].sort((a, b) => b.placeAt.getTime() - a.placeAt.getTime())[0]
    moved.push({ courseId, memberId, done: now.done, lastBlockId: last?.blockId ?? null, isComplete: now.isComplete })
    const chapters = new Set(completionOf(content, was).chapters)
    facts.push(
      ...chapterFacts(
        progress,
        content,
        now.chapters.filter((id) => !chapters.has(id)),
        at.now,
      ),
    )
    if (!now.isComplete || progress.completedAt !== null) continue
    completed.add(progress)
    facts.push(courseFact(progress, at.now))
  }
  await q.setProgress(at.db, at.tenantId, moved, at.now)
  await ports.stateFacts(at, facts)
  await publishAll(
    at.db,
    { tenantId: at.tenantId, now: at.now },
    'learning.completed',
    [...completed].map(({ courseId, memberId, personId, orgPath, title }) => ({
      subject: { kind: 'course', id: courseId, orgPath, personId },
      payload: { courseId, memberId, title },
    })),
  )
  return completed
}

const chapterFacts = (
  { memberId }: q.Progress,
  content: CourseContent,
  chapterIds: readonly string[],
  at: Date,
): LearningFact[] =>
  content.chapters
    .filter(({ id }) => chapterIds.includes(id))
    .map(({ id, title }) => ({ memberId, verb: 'completed', activity: { kind: 'chapter', id, name: title }, at }))

const courseFact = ({ memberId, courseId, kind, title, minutes }: q.Progress, at: Date): LearningFact => ({
  memberId,
  verb: 'completed',
  activity: { kind: kind === 'micro' ? 'micro' : 'course', id: courseId, name: title },
  at,
  result: { completion: true, minutes },
})

/**
 * Marks the blocks of a member that name a thing of another module as done: a quiz was passed, a package finished.
 * For reactions; a member who stands in no such course has nothing to mark.
 */
export async function markByResult(
  at: At,
  ports: LearningPorts,
  memberId: string,
  isDone: (block: CourseContent['chapters'][number]['blocks'][number], content: CourseContent) => boolean,
): Promise<void> {
  const open = (await q.lockUnfinished(at.db, at.tenantId, memberId)).filter(({ content }) =>
    blocksOf(content).some((block) => isDone(block, content)),
  )
  if (open.length === 0) return
  const before = new Map((await q.marksOf(at.db, at.tenantId, open)).map((row) => [keyOf(row), row]))
  const rows = open.flatMap((progress) =>
    blocksOf(progress.content)
      .filter((block) => isDone(block, progress.content))
      .map(({ id }) => {
        const old = before.get(keyOf({ ...progress, blockId: id }))
        const fresh = { place: 0, at: at.now.getTime(), isDone: true, answer: null }
        return rowOf(progress, id, old ? mergedMark(markOf(old), fresh) : fresh, old, at.now)
      }),
  )
  await q.writeMarks(at.db, at.tenantId, rows)
  const all = Map.groupBy(
    [...new Map([...before, ...rows.map((row) => [keyOf(row), row] as const)]).values()],
    courseOf,
  )
  await settle(
    at,
    ports,
    open.map((progress) => ({ progress, marks: all.get(courseOf(progress)) ?? [], before })),
  )
}
