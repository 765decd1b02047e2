import type { DevelopmentStage } from '@tongxin/contract'
import { standingStart } from '@tongxin/domain'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import type { MemberFacts } from '@tongxin/domain/members/fields'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import { changeMember } from '../../members/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { CLOCK_KINDS, type Clock, clockKey, clocksOf } from '../development.clocks.ts'
import { datesOf, doneStep, inPart, LAST_STEP, liveStep, nextStep, type Road, roadOf } from '../development.road.ts'
import { type Case, type CaseChange, caseById, setCase } from '../queries/cases.queries.ts'
import { cardOf } from '../queries/people.queries.ts'
import { runningEnd } from '../rules/judge-step.ts'

export const subjectOf = (one: Pick<Case, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'development_case',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

/**
 * Brings everything that follows from the steps of a case up to date: its place on the road, the category and dates of
 * the person's record, its clocks. Called after every change; `change` are decisions that the steps do not tell;
 * `takesBack` when steps were undone, so that the record may fall behind what it said.
 */
export async function settle(
  ctx: Ctx<Tx>,
  caseId: string,
  change: CaseChange = {},
  more: { readonly takesBack?: true } = {},
): Promise<Case> {
  const { tenantId } = ctx.actor
  if (Object.keys(change).length > 0) await setCase(ctx.db, tenantId, caseId, change, ctx.now)
  const before = await caseById(ctx.db, tenantId, caseId)
  const road = await roadOf(ctx.db, tenantId, before)
  const told = toldBySteps(road, todayOf(ctx.now))
  const after = { ...road, one: { ...before, ...told } }
  const clocks = clocksOf(after)
  // The lamp of a case is about what the organisation owes; what the person owes is on the person's own list.
  const owed = clocks.filter(({ permission }) => permission !== null)
  const nearest = owed.reduce<Clock | null>((first, each) => (first && first.dueOn <= each.dueOn ? first : each), null)
  await setCase(
    ctx.db,
    tenantId,
    caseId,
    { ...told, dueOn: nearest?.dueOn ?? null, yellowOn: nearest?.yellowOn ?? null },
    ctx.now,
  )
  await keepRecord(ctx, after, more.takesBack === true)
  await keepClocks(ctx, after, clocks)
  if (told.stage !== before.stage)
    await publish(ctx, 'development.stage_reached', subjectOf(before), {
      caseId,
      memberId: before.memberId,
      stage: told.stage,
      on: todayOf(ctx.now),
    })
  return caseById(ctx.db, tenantId, caseId)
}

type Told = Required<
  Pick<
    CaseChange,
    'stage' | 'step' | 'waitsAbove' | 'state' | 'activistOn' | 'objectOn' | 'admittedOn' | 'probationEnd'
  >
>

function toldBySteps(road: Road, today: string): Told {
  const { one } = road
  const dates = datesOf(road)
  const isFinished = doneStep(road, LAST_STEP) !== undefined
  const step = nextStep(road)
  const stage: DevelopmentStage = stepDefinitionOn(step, today).stage
  const waitsAbove = road.steps.some(({ state }) => state === 'recorded')
  const probationEnd = dates.admittedOn ? runningEnd(road, dates.admittedOn) : null
  return { ...dates, stage, step, waitsAbove, probationEnd, state: isFinished ? 'finished' : one.state }
}

const RANK = ['public', 'applicant', 'activist', 'candidate', 'probationary', 'formal']

/** Category and dates of the person's record are what the confirmed steps say; only this module changes them. */
async function keepRecord(ctx: Ctx<Tx>, road: Road, takesBack: boolean): Promise<void> {
  const { one } = road
  const patch = await factsOfRecord(ctx, road)
  const { category } = await cardOf(ctx.db, ctx.actor.tenantId, one.memberId)
  // Somebody who was on the way before the first entry here keeps what the record says until the steps have caught up;
  // only a return to an earlier step or the end of the case takes anything back.
  const isBehind = RANK.indexOf(patch.category ?? '') < RANK.indexOf(category)
  if (isBehind && !takesBack && one.state !== 'stopped') return
  // The record belongs to the case: whoever may settle this may change it, be it the person by an own application.
  const atUnit = { ...ctx, actor: { ...ctx.actor, scope: one.orgPath, reach: 'node' as const } }
  await changeMember(atUnit, one.memberId, { patch, source: 'development', sourceId: one.id, reason: one.stateReason })
}

async function factsOfRecord(ctx: Ctx<Tx>, road: Road): Promise<MemberFacts> {
  const { one } = road
  const conversion = doneStep(road, 24) ? doneStep(road, 23) : undefined
  const isConverted = conversion?.facts.outcome === 'convert'
  if (one.state === 'stopped') {
    const was = one.admittedOn || !one.activistOn ? 'public' : 'applicant'
    return { category: was, activistOn: null, candidateOn: null, joinedOn: null, convertedOn: null }
  }
  const category = isConverted
    ? 'formal'
    : one.admittedOn
      ? 'probationary'
      : one.objectOn
        ? 'candidate'
        : one.activistOn
          ? 'activist'
          : 'applicant'
  const dates = { appliedOn: one.appliedOn, activistOn: one.activistOn, candidateOn: one.objectOn }
  if (!one.admittedOn) return { ...dates, category, joinedOn: null, convertedOn: null }
  const introducers = inPart(road, 'introducer').map(({ name }) => name)
  const admitted = liveStep(road, 15)
  return {
    ...dates,
    category,
    joinedOn: one.admittedOn,
    convertedOn: isConverted ? convertedOn(road, conversion.heldOn) : null,
    ...(introducers.length > 0 ? { introducers: introducers.join('、') } : {}),
    ...(admitted && !one.movedOn ? { joinedAtBranch: await unitNameOf(ctx.db, ctx.actor.tenantId, one.orgId) } : {}),
  }
}

function convertedOn({ one, parameters }: Road, convertedMeeting: string): string {
  const { admittedOn, extensionMonths } = one
  return standingStart({ meetingDate: admittedOn ?? convertedMeeting, extensionMonths, convertedMeeting }, parameters)
    .value
}

async function keepClocks(ctx: Ctx<Tx>, road: Road, clocks: readonly Clock[]): Promise<void> {
  const { one } = road
  const running = new Set(clocks.map(({ kind }) => kind))
  const ended = CLOCK_KINDS.filter((kind) => !running.has(kind)).map((kind) => clockKey(kind, one.id))
  const isOpen = one.state === 'running' || one.state === 'returned' || one.state === 'finished'
  await endDeadlines(ctx, ended, isOpen ? 'done' : 'void')
  if (clocks.length === 0) return
  const { name } = await cardOf(ctx.db, ctx.actor.tenantId, one.memberId)
  // Who has to hold the review (art. 9): two full members accompany the activist.
  const contacts = inPart(road, 'contact').map((contact) => contact.name)
  const accompanied = contacts.length > 0 ? { contacts: contacts.join('、') } : {}
  await setDeadlines(
    ctx,
    clocks.map((clock) => ({
      key: clockKey(clock.kind, one.id),
      kind: `development.${clock.kind}`,
      params: clock.kind === 'review' ? { name, ...accompanied } : { name },
      unit: { id: one.orgId, path: one.orgPath },
      permission: clock.permission,
      personId: clock.ofPerson ? one.personId : null,
      startsOn: clock.startsOn,
      yellowOn: clock.yellowOn,
      dueOn: clock.dueOn,
      remind: clock.remind,
      deskPath: `/development/${one.id}`,
      phonePath: clock.ofPerson ? '/development' : null,
    })),
  )
}
