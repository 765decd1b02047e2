import {
  type handInApplication,
  type handInConversionApplication,
  type handInReport,
  type Input,
  type OwnDevelopment,
  type Reply,
  type readMyDevelopment,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { findRule, lampOn } from '@tongxin/domain'
import { stepDefinitionOn, stepDefinitionsOn } from '@tongxin/domain/admission/step-definitions'
import type { Static } from 'typebox'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { ownStanding, type PersonStanding } from '../../members/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { settingOf } from '../../settings/index.ts'
import { clocksOf } from '../development.clocks.ts'
import type { DevelopmentPorts } from '../development.ports.ts'
import { effectiveOn, inPart, liveStep, type Road, roadOf } from '../development.road.ts'
import { type Case, findOwnCase, lockOpenCase } from '../queries/cases.queries.ts'
import { insertProof, insertReview } from '../queries/parts.queries.ts'
import { nextOf } from '../rules/next.ts'
import { openFor } from './case-acts.ts'
import { attachToCase } from './proofs.ts'
import { prepared, write } from './record-step.ts'
import { settle, subjectOf } from './settle.ts'

type OwnRoad = Static<typeof OwnDevelopment>

/** My own road: where I am, what comes next, who acts, until when, why. Nothing that others said of me. */
export async function readMine(ctx: Ctx, _: Input<typeof readMyDevelopment>): Promise<Reply<typeof readMyDevelopment>> {
  const { tenantId, personId } = ctx.actor
  const one = await findOwnCase(ctx.db, tenantId, personId)
  const me = await ownStanding(ctx.db, tenantId, personId)
  const canApply = await whyNotApply(ctx, me, one)
  if (!one) return { road: null, canApply }
  const road = await roadOf(ctx.db, tenantId, one)
  return { road: await ownRoad(ctx, road), canApply }
}

async function whyNotApply(ctx: Ctx, me: PersonStanding | undefined, one: Case | undefined): Promise<string | null> {
  if (!me) return 'no_such_member'
  if (me.category === 'formal' || me.category === 'probationary') return 'wrong_category'
  if (one && one.state !== 'stopped' && one.state !== 'finished') return 'case_exists'
  const on = todayOf(ctx.now)
  const isOn = await settingOf(ctx.db, ctx.actor.tenantId, me.orgPath, 'development.applications_by_phone', on)
  return isOn ? null : 'not_handed_in_here'
}

async function ownRoad(ctx: Ctx, road: Road): Promise<OwnRoad> {
  const { one } = road
  const today = todayOf(ctx.now)
  const next = nextOf(road, today)
  const isOpen = one.state !== 'stopped' && one.state !== 'finished'
  const report = clocksOf(road).find(({ kind }) => kind === 'report')
  return {
    caseId: one.id,
    orgName: await unitNameOf(ctx.db, ctx.actor.tenantId, one.orgId),
    state: one.state,
    stage: one.stage,
    steps: stepDefinitionsOn(today).map((definition) => {
      const row = liveStep(road, definition.number)
      const state = row
        ? row.state === 'confirmed'
          ? ('done' as const)
          : ('waiting' as const)
        : definition.number === next.step
          ? ('next' as const)
          : ('later' as const)
      const { number: step, stage, name, actor } = definition
      return { step, stage, name, actor, state, on: row?.state === 'confirmed' ? effectiveOn(row) : null }
    }),
    contacts: inPart(road, 'contact').map(({ name }) => name),
    next: isOpen ? ownNext(road, next, today) : null,
    reports: road.reviews
      .filter(({ isOwn }) => isOwn)
      .map(({ id, heldOn, opinion }) => ({ id, heldOn, words: opinion })),
    reportDueOn: report?.dueOn ?? null,
    probationEnd: one.probationEnd,
    canReport: whyNotReport(one),
    canApplyForConversion: whyNotConversion(road),
  }
}

function ownNext(road: Road, next: ReturnType<typeof nextOf>, today: string): OwnRoad['next'] {
  const definition = stepDefinitionOn(next.step, today)
  const waitsAbove = liveStep(road, next.step)?.state === 'recorded'
  return {
    step: next.step,
    actor: waitsAbove ? 'above' : definition.actor,
    waitsAbove,
    earliestOn: next.earliestOn,
    dueOn: next.clock?.dueOn ?? null,
    lamp: next.clock ? lampOn(next.clock, today) : 'green',
    rules: definition.ruleIds.flatMap((ruleId) => {
      const rule = findRule(ruleId)
      return rule ? [{ ruleId, text: rule.text, citation: rule.citation }] : []
    }),
  }
}

const isRunning = (one: Case): boolean => one.state === 'running' || one.state === 'returned'
const whyNotReport = (one: Case): string | null => (isRunning(one) ? null : 'not_running')
function whyNotConversion(road: Road): string | null {
  if (!isRunning(road.one)) return 'not_running'
  return road.one.admittedOn && liveStep(road, 21)?.state === 'confirmed' && !liveStep(road, 22) ? null : 'not_now'
}

async function ownOpenCase(ctx: Ctx<Tx>): Promise<Case> {
  const one = await lockOpenCase(ctx.db, ctx.actor.tenantId, ctx.actor.personId)
  if (!one) throw refusals.no_case()
  return one
}

export const apply =
  (ports: DevelopmentPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof handInApplication>): Promise<Reply<typeof handInApplication>> => {
    const { tenantId, personId } = ctx.actor
    const me = await ownStanding(ctx.db, tenantId, personId)
    const why = await whyNotApply(ctx, me, await findOwnCase(ctx.db, tenantId, personId))
    if (why || !me) throw refusals[(why ?? 'no_such_member') as 'not_handed_in_here']()
    const one = await openFor(atOwnUnit(ctx, me.orgPath), ports, me, {
      heldOn: todayOf(ctx.now),
      facts: { appliedAt: 'unit', note: body.words.trim() },
    })
    if (body.fileId) await keepPaper(ctx, one, 1, 'application', body.fileId)
    return { caseId: one.id }
  }

/** A person acts in the own branch for the own case only: the doors below ask for a place, not for a post. */
const atOwnUnit = (ctx: Ctx<Tx>, orgPath: string): Ctx<Tx> => ({
  ...ctx,
  actor: { ...ctx.actor, scope: orgPath, reach: 'node' },
})

async function keepPaper(ctx: Ctx<Tx>, one: Case, step: number, kind: string, fileId: string): Promise<void> {
  const file = await attachToCase(ctx, one, fileId)
  const made = { id: newId(ctx), by: ctx.actor.personId, at: ctx.now }
  await insertProof(ctx.db, ctx.actor.tenantId, one, { ...made, step, kind, fileId, name: file.name })
}

export async function report(ctx: Ctx<Tx>, { body }: Input<typeof handInReport>): Promise<Reply<typeof handInReport>> {
  const one = await ownOpenCase(ctx)
  const why = whyNotReport(one)
  if (why) throw refusals.not_running({ state: one.state })
  if (body.fileId) await attachToCase(ctx, one, body.fileId)
  const id = newId(ctx)
  const heldOn = todayOf(ctx.now)
  await insertReview(ctx.db, ctx.actor.tenantId, one, {
    id,
    by: ctx.actor.personId,
    at: ctx.now,
    kind: 'thought_report',
    isOwn: true,
    dueOn: null,
    heldOn,
    verdict: null,
    opinion: body.words.trim(),
    fileId: body.fileId ?? null,
  })
  await publish(ctx, 'development.reviewed', subjectOf(one), { caseId: one.id, kind: 'thought_report', heldOn })
  await settle(ctx, one.id)
  return { id }
}

export const applyForConversion =
  (ports: DevelopmentPorts) =>
  async (
    ctx: Ctx<Tx>,
    { body }: Input<typeof handInConversionApplication>,
  ): Promise<Reply<typeof handInConversionApplication>> => {
    const one = await ownOpenCase(ctx)
    const road = await roadOf(ctx.db, ctx.actor.tenantId, one)
    if (whyNotConversion(road)) throw refusals.not_now()
    const here = atOwnUnit(ctx, one.orgPath)
    const note = body.words.trim()
    const step = await prepared(here, ports, road, { step: 22, heldOn: todayOf(ctx.now), facts: { note } })
    const { id } = await write(here, road, step, {})
    if (body.fileId) await keepPaper(ctx, one, 22, 'conversion_application', body.fileId)
    await settle(ctx, one.id)
    return { stepId: id }
  }
