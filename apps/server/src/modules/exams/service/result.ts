import {
  type appealMark,
  type Input,
  type QuestionKey,
  type Reply,
  type readMyResult,
  examsRefusals as refusals,
  type SittingResult,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { widened } from '../../../platform/widened.ts'
import { asShown, type FrozenItem } from '../exams.policy.ts'
import * as marking from '../queries/marking.queries.ts'
import { papersById } from '../queries/papers.queries.ts'
import { secretQuestions } from '../queries/secrecy.queries.ts'
import { type Exam, examById, othersAhead } from '../queries/sessions.queries.ts'
import * as q from '../queries/sittings.queries.ts'
import { asTenant } from './own.ts'
import { askedQuestions, cardOf, isHeldBack } from './sheet.ts'

const APPEAL_DAYS = 7
const DAY = 86_400_000

/** Until when somebody may appeal: seven days after the result could be seen. */
function appealUntil(own: q.Sitting, exam: Exam | undefined): Date | null {
  if (own.state !== 'marked') return null
  const seen = own.sessionId === null ? own.submittedAt : exam?.releasedAt
  return seen ? new Date(seen.getTime() + APPEAL_DAYS * DAY) : null
}

export const result =
  (platform: () => Platform) =>
  async (ctx: Ctx, { params }: Input<typeof readMyResult>): Promise<SittingResult> => {
    const own = await q.ownSitting(ctx.db, ctx.actor, params.id)
    if (!own) throw refusals.not_found()
    if (own.state === 'running') throw refusals.result_not_out()
    return asTenant(platform(), ctx.actor.tenantId, (tx) => resultOf(tx, ctx, own))
  }

async function resultOf(tx: Tx, ctx: Ctx, own: q.Sitting): Promise<SittingResult> {
  const { tenantId } = ctx.actor
  const exam = own.sessionId === null ? undefined : await examById(tx, tenantId, own.sessionId)
  const paper = (await papersById(tx, tenantId, [own.paperId])).get(own.paperId)
  const isOut = exam ? exam.releasedAt !== null : own.state === 'marked'
  const asked = own.items.map((item) => item.q)
  // What others have still to sit, at the make-up with the same paper or in an exam that asks the same, stays closed:
  // neither what is right nor, question by question, whether one's own answer was.
  const isAhead = exam ? !isOut || (await othersAhead(tx, tenantId, exam)) : false
  const secret = isAhead ? new Set(asked) : await secretQuestions(tx, tenantId, asked)
  const until = appealUntil(own, exam)
  return {
    ...cardOf(own, isOut, secret),
    name: exam?.name ?? paper?.name ?? '',
    paperId: own.paperId,
    sessionId: own.sessionId,
    passPercent: paper?.passPercent ?? 0,
    waitsFor: isOut ? (isHeldBack(own, secret) ? 'exam' : null) : exam ? 'release' : 'marking',
    isExplained: secret.size === 0,
    canAppealUntil: until && until > ctx.now ? until.toISOString() : null,
    questions: await questionsOf(tx, tenantId, own, secret),
  }
}

async function questionsOf(
  tx: Tx,
  tenantId: string,
  own: q.Sitting,
  secret: ReadonlySet<string>,
): Promise<SittingResult['questions']> {
  const versions = own.items.map(({ v }) => v)
  const asked = await q.askedOf(tx, tenantId, versions)
  const answers = (await q.answersOf(tx, tenantId, [own.id])).get(own.id) ?? []
  const open = own.items.filter((item) => !secret.has(item.q)).map(({ v }) => v)
  const keys = await q.keysOf(tx, tenantId, open)
  const appeals = new Map(
    (await marking.appealsOfSitting(tx, tenantId, own.id)).map(({ place, text, answer, newPoints }) => [
      place,
      { text, answer, newPoints },
    ]),
  )
  return askedQuestions(own, asked, answers).map(({ place, kind, stem, options, response, points }) => {
    const item = own.items[place - 1] as FrozenItem
    const known = keys.get(item.v)
    return {
      place,
      kind,
      stem,
      options,
      response,
      points: secret.has(item.q) ? null : (own.itemPoints?.[place - 1] ?? null),
      most: points,
      key: known ? shownKey(known.answer, item) : null,
      explanation: known?.explanation ?? null,
      appeal: shownAppeal(appeals.get(place), secret.has(item.q)),
    }
  })
}

type ShownAppeal = NonNullable<SittingResult['questions'][number]['appeal']>
/** The points that an answer left or gave tell as much as the points of the question. */
const shownAppeal = (appeal: ShownAppeal | undefined, isSecret: boolean): ShownAppeal | null =>
  appeal ? { ...appeal, newPoints: isSecret ? null : appeal.newPoints } : null

const shownKey = (key: QuestionKey, item: FrozenItem): QuestionKey => ({
  ...key,
  choices: asShown(key.choices, item.order),
})

export const appeal =
  (platform: () => Platform) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof appealMark>): Promise<Reply<typeof appealMark>> => {
    const { tenantId, personId } = ctx.actor
    const own = await q.ownSitting(ctx.db, ctx.actor, params.id)
    if (!own) throw refusals.not_found()
    if (!own.items[body.place - 1]) throw refusals.no_such_place.at('/body/place', { places: own.items.length })
    const { path } = await tenantOf(platform().db, tenantId)
    const id = newId(ctx)
    // The appeal lies with the unit that holds the exam, which is above the own one.
    const orgPath = await widened(ctx, path, async () => {
      const exam = own.sessionId === null ? undefined : await examById(ctx.db, tenantId, own.sessionId)
      const paper = (await papersById(ctx.db, tenantId, [own.paperId])).get(own.paperId)
      const until = appealUntil(own, exam)
      if (!paper || !until) throw refusals.result_not_out()
      if (until <= ctx.now) throw refusals.appeal_too_late({ days: APPEAL_DAYS })
      const at = exam?.orgPath ?? paper.orgPath
      const made = await marking.insertAppeal(ctx.db, tenantId, {
        id,
        orgPath: at,
        sittingId: own.id,
        place: body.place,
        paperId: own.paperId,
        sessionId: own.sessionId,
        personId,
        name: ctx.actor.personName,
        text: body.text,
        madeAt: ctx.now,
        points: own.itemPoints?.[body.place - 1] ?? 0,
      })
      if (!made) throw refusals.appealed_already.at('/body/place')
      return at
    })
    await publish(ctx, 'exams.appealed', { kind: 'exam_appeal', id, orgPath, personId }, { place: body.place })
    return { id }
  }
