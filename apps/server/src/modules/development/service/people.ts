import { type Input, type Reply, developmentRefusals as refusals, type setCasePeople } from '@tongxin/contract'
import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { type PersonStanding, standingsOf } from '../../members/index.ts'
import { listFact, liveStep, roadOf } from '../development.road.ts'
import type { Case } from '../queries/cases.queries.ts'
import { endPeople, insertPerson } from '../queries/parts.queries.ts'
import { settleFindings } from '../rules/findings.ts'
import { contactFindings, introducerFindings } from '../rules/judge-step.ts'
import { lockedCase } from './locked-case.ts'
import { settle, subjectOf } from './settle.ts'

const PART_OF_STEP: Readonly<Record<number, readonly ['contact' | 'introducer', string]>> = {
  5: ['contact', 'contacts'],
  9: ['introducer', 'introducers'],
}

/** Steps 5 and 9 name people; a second try replaces those of the first. */
export async function namePeople(ctx: Ctx<Tx>, one: Case, step: number, facts: StepFacts, on: string): Promise<void> {
  const [part, fact] = PART_OF_STEP[step] ?? []
  if (!part || !fact) return
  const people = await standingsOf(ctx.db, ctx.actor, listFact(facts, fact))
  await replace(ctx, one, part, people, on, 'step')
}

async function replace(
  ctx: Ctx<Tx>,
  one: Case,
  part: 'contact' | 'introducer',
  people: readonly PersonStanding[],
  on: string,
  reason: string,
): Promise<void> {
  const { tenantId, personId } = ctx.actor
  await endPeople(ctx.db, tenantId, one.id, part, { on, reason })
  for (const { memberId, name } of people)
    await insertPerson(ctx.db, tenantId, one, {
      id: newId(ctx),
      by: personId,
      at: ctx.now,
      part,
      memberId,
      name,
      fromOn: on,
    })
}

/** Replaces contacts who left or are unfit (art. 9), or introducers, with the reason. */
export async function setPeople(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof setCasePeople>,
): Promise<Reply<typeof setCasePeople>> {
  const one = await lockedCase(ctx, params.id)
  const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
  if (one.state === 'stopped' || one.state === 'finished') throw refusals.wrong_state({ state: one.state })
  if (!liveStep(road, body.part === 'contact' ? 5 : 9)) throw refusals.wrong_state({ state: one.state })
  if (body.fromOn > todayOf(ctx.now))
    throw refusals.date_in_future({}, [{ field: '/body/fromOn', code: 'development.date_in_future' }])
  const people = (await standingsOf(ctx.db, ctx.actor, body.memberIds)).filter(
    ({ memberId }) => memberId !== one.memberId,
  )
  if (people.length < body.memberIds.length)
    throw refusals.no_such_member({}, [{ field: '/body/memberIds', code: 'development.no_such_member' }])
  const judge = body.part === 'contact' ? contactFindings : introducerFindings
  settleFindings(judge(road, people, body.fromOn), body.acknowledged ?? [])
  await replace(ctx, one, body.part, people, body.fromOn, body.reason.trim())
  await publish(
    ctx,
    'development.people_set',
    subjectOf(one),
    { caseId: one.id, part: body.part, memberIds: [...body.memberIds] },
    { reason: body.reason.trim() },
  )
  const after = await settle(ctx, one.id)
  return { id: one.id, version: after.version }
}
