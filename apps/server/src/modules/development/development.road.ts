import type { Parameter } from '@tongxin/domain'
import { type StepDefinition, stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import type { Db } from '../../platform/ctx.ts'
import { parametersOf } from '../settings/index.ts'
import type { Case } from './queries/cases.queries.ts'
import {
  type Person,
  type Publicity,
  peopleOf,
  publicitiesOf,
  type Review,
  reviewsOf,
} from './queries/parts.queries.ts'
import { REPEATED_FROM, type Step, stepsOf } from './queries/steps.queries.ts'

/** A case with everything that decides what comes next, and the figures of the statutes as they hold for its unit. */
export type Road = {
  readonly one: Case
  readonly steps: readonly Step[]
  readonly people: readonly Person[]
  readonly reviews: readonly Review[]
  readonly publicities: readonly Publicity[]
  readonly parameters: readonly Parameter[]
}

export async function roadOf(db: Db, tenantId: string, one: Case): Promise<Road> {
  const [steps, people, reviews, publicities, parameters] = [
    await stepsOf(db, tenantId, one.id),
    await peopleOf(db, tenantId, one.id),
    await reviewsOf(db, tenantId, one.id),
    await publicitiesOf(db, tenantId, one.id),
    await parametersOf(db, tenantId, one.orgPath),
  ]
  return { one, steps, people, reviews, publicities, parameters }
}

export const LAST_STEP = 25

/** The row of a step that counts: recorded or confirmed, and of the running probation where it repeats. */
export function liveStep(road: Pick<Road, 'one' | 'steps'>, step: number): Step | undefined {
  return road.steps.find(
    (row) =>
      row.step === step &&
      (row.state === 'recorded' || row.state === 'confirmed') &&
      (step < REPEATED_FROM || step === LAST_STEP || row.round === road.one.round),
  )
}

export function doneStep(road: Pick<Road, 'one' | 'steps'>, step: number): Step | undefined {
  const row = liveStep(road, step)
  return row?.state === 'confirmed' ? row : undefined
}

/** The day from which a step counts: that of the decision above where there was one. */
export const effectiveOn = (step: Step): string =>
  definitionOf(step).decidedAbove ? (step.decidedOn ?? step.heldOn) : step.heldOn

/** The definition under which a step was recorded. */
export const definitionOf = (step: Pick<Step, 'step' | 'heldOn'>): StepDefinition =>
  stepDefinitionOn(step.step, step.heldOn)

// Steps that may be taken in any order among themselves: the flow chart numbers them, the articles do not order them.
const PARALLEL: readonly (readonly number[])[] = [
  [9, 10, 11],
  [16, 17],
  [18, 19, 20],
]
/** A cancellation may come at any time after the approval, without application, review or oath (art. 31). */
const BEFORE_CANCELLATION = 17

/** Whether the step is part of a cancellation of the status: the meeting that decides it, or the approval of that. */
export function isCancelling(road: Pick<Road, 'one' | 'steps'>, step: number, facts: Step['facts']): boolean {
  if (step === 23) return facts.outcome === 'cancel'
  return step === 24 && liveStep(road, 23)?.facts.outcome === 'cancel'
}

/** Steps that must be done before this one. */
export function neededBefore(step: number, isCancellation = false): number[] {
  const group = PARALLEL.find((each) => each.includes(step)) ?? [step]
  const first = Math.min(...group)
  const all = Array.from({ length: first - 1 }, (_, index) => index + 1)
  return isCancellation ? all.filter((each) => each <= BEFORE_CANCELLATION || each === 23) : all
}

/** The first step that is not done; 25 when all are. */
export function nextStep(road: Pick<Road, 'one' | 'steps'>): number {
  for (let step = 1; step <= LAST_STEP; step += 1) if (!doneStep(road, step)) return step
  return LAST_STEP
}

/** The publicity after which an activist is an object of development (art. 13, since 2026). */
export function objectPublicity(road: Pick<Road, 'one' | 'steps' | 'publicities'>): Publicity | undefined {
  const consent = doneStep(road, 8)
  if (!consent) return undefined
  return road.publicities.find(
    ({ purpose, passed, from }) => purpose === 'object' && passed === true && from >= effectiveOn(consent),
  )
}

export type Dates = {
  readonly activistOn: string | null
  readonly objectOn: string | null
  readonly admittedOn: string | null
}
/** The days of the stages as the confirmed steps tell them. */
export function datesOf(road: Pick<Road, 'one' | 'steps' | 'publicities'>): Dates {
  const consent = doneStep(road, 8)
  const posted = objectPublicity(road)
  const objectOn = consent ? (consent.edition === '2014' ? effectiveOn(consent) : (posted?.closedOn ?? null)) : null
  const admitted = doneStep(road, 17) ? doneStep(road, 15) : undefined
  return { activistOn: doneStep(road, 3)?.heldOn ?? null, objectOn, admittedOn: admitted?.heldOn ?? null }
}

export const inPart = (road: Pick<Road, 'people'>, part: Person['part']): Person[] =>
  road.people.filter((person) => person.part === part && person.untilOn === null)

export const countFact = (facts: Step['facts'], name: string): number => {
  const value = facts[name]
  return typeof value === 'number' ? value : 0
}
export const textFact = (facts: Step['facts'], name: string): string | null => {
  const value = facts[name]
  return typeof value === 'string' && value !== '' ? value : null
}
export const listFact = (facts: Step['facts'], name: string): readonly string[] => {
  const value = facts[name]
  return Array.isArray(value) ? (value as readonly string[]) : []
}
