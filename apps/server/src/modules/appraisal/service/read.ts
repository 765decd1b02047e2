import { type Input, type RoundRecord, type readRound, appraisalRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { personNamesOf } from '../../access/index.ts'
import { type Act, allows } from '../appraisal.policy.ts'
import * as persons from '../queries/persons.queries.ts'
import * as q from '../queries/rounds.queries.ts'
import { rowOf } from './rounds.ts'
import { openedComment } from './sealed.ts'

/** How far a round and everybody in it has come. What sheets say is not read here. */
export async function read(ctx: Ctx, { params }: Input<typeof readRound>): Promise<RoundRecord> {
  const round = await q.findRound(ctx.db, ctx.actor, params.id)
  if (!round) throw refusals.not_found()
  const { tenantId } = ctx.actor
  const people = await persons.personsOf(ctx.db, tenantId, round.id)
  const said = await persons.commentsOf(ctx.db, tenantId, round.id, null)
  const names = await personNamesOf(ctx.db, [round.openedBy, round.submittedBy, round.confirmedBy])
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null))
  return {
    ...rowOf(round, todayOf(ctx.now)),
    weights: round.weights,
    leastRaters: round.leastRaters,
    criteria: round.criteria,
    openedBy: nameOf(round.openedBy) ?? '',
    study: round.studyOn === null ? null : { heldOn: round.studyOn, note: round.studyNote ?? '' },
    sheetsOpenedOn: round.sheetsOpenedOn,
    sheetsClosedOn: round.sheetsClosedOn,
    earlyReason: round.earlyReason,
    codes: { printed: round.codesPrinted, returned: round.codesReturned },
    decided: round.decidedBy === null || round.decidedOn === null ? null : { by: round.decidedBy, on: round.decidedOn },
    submittedBy: nameOf(round.submittedBy),
    confirmedBy: nameOf(round.confirmedBy),
    returnedReason: round.returnedReason,
    reported: round.reportedOn === null ? null : { on: round.reportedOn, documentNumber: round.documentNumber ?? '' },
    cancelledReason: round.cancelledReason,
    persons: people.map((one) => ({
      id: one.id,
      memberId: one.memberId,
      name: one.name,
      category: one.category,
      isGraded: one.isGraded,
      hasLeft: one.hasLeft,
      selfHandedIn: one.selfHandedInOn !== null,
      sheetReturned: one.sheetReturned,
    })),
    comments: said.map(({ comment, ...one }) => ({ ...one, text: openedComment(ctx, one.id, comment) })),
    can: canOf(ctx, round),
  }
}

function canOf({ actor }: Pick<Ctx, 'actor'>, round: q.Round): RoundRecord['can'] {
  const writes = actor.permissions.has('appraisal.write')
  const approves = actor.permissions.has('appraisal.approve')
  const may = (act: Act) => writes && allows(act, round.state)
  return {
    change: may('change'),
    study: may('study'),
    comment: may('comment'),
    openSheets: may('openSheets'),
    codes: may('codes'),
    closeSheets: may('closeSheets'),
    grade: may('grade'),
    confirm:
      approves && allows('confirm', round.state) && ![...round.notedBy, round.submittedBy].includes(actor.personId),
    tell: may('tell'),
    report: may('report'),
    close: approves && allows('close', round.state) && round.orgPath !== actor.scope,
    cancel: may('cancel'),
  }
}
