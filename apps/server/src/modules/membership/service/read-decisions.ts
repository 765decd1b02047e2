import {
  type DecisionRecord,
  type DecisionRow,
  type Input,
  type listDecisions,
  type Reply,
  type readDecision,
  membershipRefusals as refusals,
} from '@tongxin/contract'
import type { Actor, Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import { ACTS, isReady, needsMeeting, refusalOfApproval } from '../membership.policy.ts'
import * as q from '../queries/decisions.queries.ts'
import { opened } from './sealed.ts'

const rowOf = (decision: q.Decision): DecisionRow => ({
  id: decision.id,
  kind: decision.kind,
  state: decision.state,
  memberId: decision.memberId,
  name: decision.name,
  orgId: decision.unitId,
  orgName: decision.orgName ?? '',
  proposedAt: decision.proposedAt.toISOString(),
  effectiveOn: decision.effectiveOn,
  version: decision.version,
})

const SORTS = { proposedAt: 'd.proposed_at', effectiveOn: 'd.effective_on', name: 'd.name' } as const

export async function list(ctx: Ctx, { query }: Input<typeof listDecisions>): Promise<Reply<typeof listDecisions>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  if (query.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  const keyset = keysetOf(query, SORTS, '-proposedAt')
  const filter = {
    place: unit?.path ?? ctx.actor.scope,
    kind: query.kind ?? null,
    state: query.state ?? null,
    memberId: query.memberId ?? null,
    openOnly: query.open ?? false,
    text: query.text ?? null,
  }
  const found = ctx.actor.reach === 'self' ? [] : await q.listDecisions(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value:
      { 'd.proposed_at': row.proposedAt.toISOString(), 'd.effective_on': row.effectiveOn, 'd.name': row.name }[
        keyset.column
      ] ?? null,
    id: row.id,
  }))
  return { rows: rows.map(rowOf), next, total: null }
}

export async function read(ctx: Ctx, { params }: Input<typeof readDecision>): Promise<DecisionRecord> {
  const decision = ctx.actor.reach === 'self' ? undefined : await q.findDecision(ctx.db, ctx.actor, params.id)
  if (!decision) throw refusals.decision_not_found()
  const names = await personNamesOf(ctx.db, [decision.proposedBy, decision.approvedBy])
  const text = (column: string, bytes: Buffer | null) => opened(ctx, decision.id, column, bytes)
  const { meeting, state } = decision
  return {
    ...rowOf(decision),
    reason: text('reason', decision.reason) ?? '',
    facts: decision.facts,
    rules: decision.rules,
    needsMeeting: needsMeeting(decision.kind),
    meeting: meeting && { ...meeting, resolution: text('resolution', decision.resolution) ?? '' },
    proposedBy: names.get(decision.proposedBy) ?? null,
    approvedBy: names.get(decision.approvedBy ?? '') ?? null,
    approvingOrg: decision.approvingOrg,
    documentNumber: decision.documentNumber,
    opinion: text('opinion', decision.opinion),
    returnedReason: text('returned_reason', decision.returnedReason),
    servedOn: decision.servedOn,
    servedWay: decision.servedWay,
    appealedOn: decision.appealedOn,
    appeal: text('appeal', decision.appeal),
    appealOpinion: text('appeal_opinion', decision.appealOpinion),
    absenceId: decision.absenceId,
    can: {
      meet: may(ctx.actor, 'membership.write') && needsMeeting(decision.kind) && ACTS.meet.includes(state),
      decide:
        may(ctx.actor, 'membership.approve') && isReady(decision) && refusalOfApproval(ctx.actor, decision) === null,
      withdraw:
        may(ctx.actor, 'membership.write') &&
        ACTS.withdraw.includes(state) &&
        decision.proposedBy === ctx.actor.personId,
      serve: may(ctx.actor, 'membership.write') && ACTS.serve.includes(state),
      decideAppeal:
        may(ctx.actor, 'membership.approve') &&
        ACTS.decideAppeal.includes(state) &&
        refusalOfApproval(ctx.actor, decision) === null,
    },
  }
}

const may = (actor: Actor, permission: 'membership.write' | 'membership.approve') => actor.permissions.has(permission)
