import {
  type answerObjection,
  type closeRound,
  type FeedbackState,
  type Input,
  appraisalRefusals as refusals,
  type reportRound,
  type tellOnPaper,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import * as persons from '../queries/persons.queries.ts'
import type { Round } from '../queries/rounds.queries.ts'
import { endOwnClocks } from './clocks.ts'
import { type Done, locked, step, subjectOf } from './rounds.ts'
import { sealed } from './sealed.ts'
import { demandPast, demandSince } from './steps.ts'

type Told = { id: string; feedback: FeedbackState }

async function lockedPerson(ctx: Ctx<Tx>, round: Round, id: string): Promise<persons.Person> {
  const person = await persons.lockPersonOf(ctx.db, ctx.actor.tenantId, round.id, id)
  if (!person || person.hasLeft || person.grade === null) throw refusals.no_such_person()
  return person
}

/** A member without a phone has read the result on the registration form and signed it, or wrote what he objects. */
export async function tellOnForm(ctx: Ctx<Tx>, { params, body }: Input<typeof tellOnPaper>): Promise<Told> {
  const round = await locked(ctx, params.id, 'tell')
  const person = await lockedPerson(ctx, round, params.personId)
  if (person.feedback !== 'untold') throw refusals.told_already()
  demandPast(ctx, body.on, '/body/on')
  demandSince(round.decidedOn, body.on)
  const feedback = body.objection === undefined ? ('signed' as const) : ('objected' as const)
  await persons.setPerson(ctx.db, ctx.actor.tenantId, person.id, {
    feedback,
    told_on: body.on,
    ...(body.objection === undefined ? {} : { objection: sealed(ctx, person.id, 'objection', body.objection) }),
  })
  await endOwnClocks(ctx, 'result', [person], 'done')
  await publish(ctx, 'appraisal.told', subjectOf(round, person.personId), { year: round.year, way: 'paper' })
  return { id: person.id, feedback }
}

export async function answer(ctx: Ctx<Tx>, { params, body }: Input<typeof answerObjection>): Promise<Told> {
  const round = await locked(ctx, params.id, 'tell')
  const person = await lockedPerson(ctx, round, params.personId)
  if (person.feedback !== 'objected') throw refusals.no_objection()
  await persons.setPerson(ctx.db, ctx.actor.tenantId, person.id, {
    feedback: 'answered',
    answer: sealed(ctx, person.id, 'answer', body.text),
  })
  await publish(ctx, 'appraisal.objection_answered', subjectOf(round, person.personId), { year: round.year })
  return { id: person.id, feedback: 'answered' }
}

/** To the organisation above, once everybody has been told and every objection has its answer. */
export async function report(ctx: Ctx<Tx>, { params, body }: Input<typeof reportRound>): Promise<Done> {
  const round = await locked(ctx, params.id, 'report')
  demandPast(ctx, body.on, '/body/on')
  demandSince(round.decidedOn, body.on)
  const people = await persons.personsOf(ctx.db, ctx.actor.tenantId, round.id)
  const graded = people.filter(({ grade, hasLeft }) => grade !== null && !hasLeft)
  const namesOf = (state: FeedbackState) => graded.filter(({ feedback }) => feedback === state).map(({ name }) => name)
  const [untold, objected] = [namesOf('untold'), namesOf('objected')]
  if (untold.length > 0) throw refusals.not_all_told({ names: untold })
  if (objected.length > 0) throw refusals.objection_open({ names: objected })
  const { documentNumber } = body
  await publish(ctx, 'appraisal.reported', subjectOf(round), { year: round.year, documentNumber })
  return step(ctx, round, 'reported', { reported_on: body.on, document_number: documentNumber })
}

/** The report is taken by an organisation above the branch. */
export async function close(ctx: Ctx<Tx>, { params }: Input<typeof closeRound>): Promise<Done> {
  const round = await locked(ctx, params.id, 'close')
  if (!round.orgPath.startsWith(`${ctx.actor.scope}.`)) throw refusals.not_from_above()
  await publish(ctx, 'appraisal.closed', subjectOf(round), { year: round.year })
  return step(ctx, round, 'closed', { closed_by: ctx.actor.personId })
}
