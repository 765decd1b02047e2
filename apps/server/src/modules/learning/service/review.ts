import {
  type Input,
  type Reply,
  learningRefusals as refusals,
  type releaseCourse,
  type restoreCourse,
  type reviewCourse,
  type submitCourse,
  type withdrawCourse,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { refsIn, refusalOfHand } from '../learning.policy.ts'
import type { LearningPorts } from '../learning.ports.ts'
import * as q from '../queries/courses.queries.ts'
import { insertPublic, setOpen } from '../queries/public.queries.ts'
import * as versions from '../queries/versions.queries.ts'
import { audiencePathOf, demandComplete } from './content.ts'
import { lockOpen, subjectOf } from './courses.ts'

/** The author hands in. From here on two other people look, each once. */
export const submit =
  (ports: LearningPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof submitCourse>): Promise<Reply<typeof submitCourse>> => {
    const { course, open } = await lockOpen(ctx, params.id)
    if (open.state !== 'draft') throw refusals.wrong_state({ state: open.state })
    await demandComplete(ctx, ports, course.id, open.content)
    const { tenantId, personId } = ctx.actor
    await versions.setVersion(ctx.db, tenantId, open, {
      state: 'submitted',
      submitted_by: personId,
      submitted_at: ctx.now,
      returned_reason: null,
    })
    await q.setCourse(ctx.db, tenantId, course, { open_state: 'submitted' }, ctx.now)
    const told = { number: open.number, title: open.content.title }
    await publish(ctx, 'learning.submitted', subjectOf(course), told)
    return { id: course.id, version: course.version + 1 }
  }

async function sendBack(ctx: Ctx<Tx>, course: q.Course, open: versions.Version, reason: string): Promise<void> {
  const { tenantId } = ctx.actor
  await versions.setVersion(ctx.db, tenantId, open, {
    state: 'draft',
    returned_reason: reason,
    submitted_by: null,
    submitted_at: null,
    reviewed_by: null,
    reviewed_at: null,
  })
  await q.setCourse(ctx.db, tenantId, course, { open_state: 'draft' }, ctx.now)
  const told = { number: open.number, title: open.content.title, writerIds: open.writerIds }
  await publish(ctx, 'learning.returned', subjectOf(course), told, { reason })
}

export async function review(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reviewCourse>,
): Promise<Reply<typeof reviewCourse>> {
  const { course, open } = await lockOpen(ctx, params.id)
  if (open.state !== 'submitted') throw refusals.wrong_state({ state: open.state })
  const hand = refusalOfHand(ctx.actor.personId, open, 'review')
  if (hand) throw refusals[hand]()
  if (body.verdict === 'return') await sendBack(ctx, course, open, body.reason)
  else {
    const { tenantId, personId } = ctx.actor
    await versions.setVersion(ctx.db, tenantId, open, {
      state: 'reviewed',
      reviewed_by: personId,
      reviewed_at: ctx.now,
    })
    await q.setCourse(ctx.db, tenantId, course, { open_state: 'reviewed' }, ctx.now)
    await publish(ctx, 'learning.reviewed', subjectOf(course), { number: open.number })
  }
  return { id: course.id, version: course.version + 1 }
}

export const release =
  (ports: LearningPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof releaseCourse>): Promise<Reply<typeof releaseCourse>> => {
    const { course, open } = await lockOpen(ctx, params.id)
    if (open.state !== 'reviewed') throw refusals.wrong_state({ state: open.state })
    const hand = refusalOfHand(ctx.actor.personId, open, 'release')
    if (hand) throw refusals[hand]()
    if (body.verdict === 'return') await sendBack(ctx, course, open, body.reason)
    else await openTo(ctx, ports, course, open)
    return { id: course.id, version: course.version + 1 }
  }

/** Opens the version to learners: those who begin from now on get it, those in the middle stay in theirs. */
async function openTo(ctx: Ctx<Tx>, ports: LearningPorts, course: q.Course, open: versions.Version): Promise<void> {
  const { tenantId, personId } = ctx.actor
  // What the version names may have gone since it was handed in.
  await demandComplete(ctx, ports, course.id, open.content)
  const audiencePath = await audiencePathOf(ctx, course.orgPath, open.content.audience)
  await versions.setVersion(ctx.db, tenantId, open, { state: 'released', released_by: personId, released_at: ctx.now })
  const change = {
    ...q.factsOf(open.content, audiencePath),
    state: 'live' as const,
    live_version: open.number,
    open_state: null,
    withdrawn_reason: null,
    released_at: ctx.now,
  }
  await q.setCourse(ctx.db, tenantId, course, change, ctx.now)
  await setOpen(ctx.db, tenantId, course.id)
  if (open.content.isPublic) await insertPublic(ctx.db, tenantId, [course.id, ...refsIn(open.content).media])
  const told = { number: open.number, title: open.content.title, column: open.content.column }
  await publish(ctx, 'learning.released', subjectOf(course), told)
}

async function lockInState(ctx: Ctx<Tx>, id: string, state: 'live' | 'withdrawn'): Promise<q.Course> {
  const course = await q.lockCourse(ctx.db, ctx.actor, id)
  if (!course) throw refusals.not_found()
  demandVersion(ctx, course.version)
  if (course.state !== state) throw state === 'live' ? refusals.not_live() : refusals.not_withdrawn()
  return course
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof withdrawCourse>,
): Promise<Reply<typeof withdrawCourse>> {
  const course = await lockInState(ctx, params.id, 'live')
  const change = { state: 'withdrawn', withdrawn_reason: body.reason } as const
  await q.setCourse(ctx.db, ctx.actor.tenantId, course, change, ctx.now)
  await setOpen(ctx.db, ctx.actor.tenantId, course.id)
  await publish(ctx, 'learning.withdrawn', subjectOf(course), { title: course.title }, { reason: body.reason })
  return { id: course.id, version: course.version + 1 }
}

export async function restore(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof restoreCourse>,
): Promise<Reply<typeof restoreCourse>> {
  const course = await lockInState(ctx, params.id, 'withdrawn')
  const change = { state: 'live', withdrawn_reason: null } as const
  await q.setCourse(ctx.db, ctx.actor.tenantId, course, change, ctx.now)
  await setOpen(ctx.db, ctx.actor.tenantId, course.id)
  const told = { number: course.liveVersion ?? 1 }
  await publish(ctx, 'learning.restored', subjectOf(course), told, { reason: body.reason })
  return { id: course.id, version: course.version + 1 }
}
