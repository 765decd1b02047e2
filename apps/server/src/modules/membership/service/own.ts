import {
  type appealDecision,
  type Input,
  type listMyAbsences,
  type listMyDecisions,
  type Reply,
  membershipRefusals as refusals,
  type reportMyself,
} from '@tongxin/contract'
import { lampOn } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { ACTS } from '../membership.policy.ts'
import { lockOwnAbsence, ownAbsences } from '../queries/absences.queries.ts'
import { lockOwnDecision, ownDecisions, setDecision } from '../queries/decisions.queries.ts'
import { finish, writeContact } from './absences.ts'
import { yellowBefore } from './clocks.ts'
import { subjectOf } from './decisions.ts'
import { opened, sealed } from './sealed.ts'

/** Being searched for is nothing that the phone tells; the other two are the person's own business. */
export async function absences(ctx: Ctx): Promise<Reply<typeof listMyAbsences>> {
  const today = todayOf(ctx.now)
  const rows = (await ownAbsences(ctx.db, ctx.actor)).filter(({ kind }) => kind !== 'lost')
  return {
    rows: rows.map(({ id, kind, state, unitName, hostName, startedOn, endedOn, lastContactOn, contactDueOn }) => ({
      id,
      kind,
      state,
      orgName: unitName,
      toOrgName: hostName,
      startedOn,
      endedOn,
      lastContactOn,
      contactDueOn,
      lamp: contactDueOn === null ? null : lampOn({ yellowOn: yellowBefore(contactDueOn), dueOn: contactDueOn }, today),
    })),
  }
}

export async function reportSelf(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reportMyself>,
): Promise<Reply<typeof reportMyself>> {
  const absence = await lockOwnAbsence(ctx.db, ctx.actor, params.id)
  if (!absence || absence.kind === 'lost') throw refusals.not_found()
  if (absence.state === 'ended') throw refusals.already_over()
  const on = todayOf(ctx.now)
  const told = await writeContact(ctx, absence, { on, way: 'own_report', reached: true, note: body.note })
  if (!body.isBack) return told
  return finish(ctx, { ...absence, version: told.version }, { on, end: 'returned', note: null })
}

export async function decisions(ctx: Ctx): Promise<Reply<typeof listMyDecisions>> {
  const rows = await ownDecisions(ctx.db, ctx.actor)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      orgName: row.orgName ?? '',
      approvingOrg: row.approvingOrg,
      documentNumber: row.documentNumber,
      effectiveOn: row.effectiveOn,
      servedOn: row.servedOn,
      appealedOn: row.appealedOn,
      appealOpinion: opened(ctx, row.id, 'appeal_opinion', row.appealOpinion),
      rules: row.rules,
      canAppeal: ACTS.appeal.includes(row.state),
    })),
  }
}

export async function appeal(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof appealDecision>,
): Promise<Reply<typeof appealDecision>> {
  const decision = await lockOwnDecision(ctx.db, ctx.actor, params.id)
  if (!decision) throw refusals.decision_not_found()
  if (!ACTS.appeal.includes(decision.state)) throw refusals.wrong_state({ state: decision.state })
  await setDecision(
    ctx.db,
    ctx.actor.tenantId,
    decision,
    {
      state: 'appealed',
      appealed_on: todayOf(ctx.now),
      appeal: sealed(ctx, decision.id, 'appeal', body.text),
      appeal_by: ctx.actor.personId,
    },
    ctx.now,
  )
  await publish(ctx, 'membership.appealed', subjectOf(decision), { kind: decision.kind })
  return { id: decision.id, state: 'appealed', version: decision.version + 1 }
}
