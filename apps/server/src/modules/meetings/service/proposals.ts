import {
  type acceptProposal,
  type declineProposal,
  type Input,
  type listOwnProposals,
  type listProposals,
  type ProposalRow,
  type propose as proposeContract,
  type Reply,
  meetingsRefusals as refusals,
  type withdrawProposal,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { lockPerson } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import { appendItem } from '../queries/agenda.queries.ts'
import { BRANCH_KINDS } from '../queries/figures.queries.ts'
import { orgOf } from '../queries/places.queries.ts'
import * as q from '../queries/proposals.queries.ts'
import { locked } from './locked.ts'

const MOST_WAITING = 20

function rowOf({ orgPath: _, personId: __, at, decidedAt, ...row }: q.Proposal): ProposalRow {
  return { ...row, at: at.toISOString(), decidedAt: decidedAt?.toISOString() ?? null }
}

const subjectOf = (one: { id: string; orgPath: string; personId: string }) => ({
  kind: 'agenda_proposal',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

/** What members of the reach propose, newest first. */
export async function list(ctx: Ctx, { query }: Input<typeof listProposals>): Promise<Reply<typeof listProposals>> {
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : null
  if (unit === undefined) throw refusals.no_such_org.at('/query/orgId')
  const keyset = keysetOf(query, { at: 'p.created_at' }, '-at')
  const filter = { state: query.state ?? null, orgPath: unit?.path ?? null }
  const found = await q.listProposals(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { rows: rows.map(rowOf), next, total: null }
}

export async function listOwn(
  ctx: Ctx,
  { query }: Input<typeof listOwnProposals>,
): Promise<Reply<typeof listOwnProposals>> {
  const keyset = keysetOf(query, { at: 'p.created_at' }, '-at')
  const found = await q.listOwn(ctx.db, ctx.actor.tenantId, ctx.actor.personId, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { rows: rows.map(rowOf), next, total: null }
}

/** A member proposes something for the agenda of the own branch. */
export async function propose(
  ctx: Ctx<Tx>,
  { body }: Input<typeof proposeContract>,
): Promise<Reply<typeof proposeContract>> {
  const { tenantId, personId, personName, orgId, memberId } = ctx.actor
  const org = memberId === null ? undefined : await orgOf(ctx.db, tenantId, orgId)
  if (!org || !BRANCH_KINDS.includes(org.kind)) throw refusals.no_branch()
  // What one person sends at the same moment stands in line, so that the number is kept.
  await lockPerson(ctx.db, personId)
  if ((await q.countOpen(ctx.db, tenantId, personId)) >= MOST_WAITING)
    throw refusals.too_many_proposals({ most: MOST_WAITING })
  const title = body.title.trim()
  const one = {
    id: newId(ctx),
    orgId,
    orgPath: org.path,
    personId,
    by: personName,
    title,
    why: body.why.trim(),
    at: ctx.now,
  }
  await q.insertProposal(ctx.db, tenantId, one)
  await publish(ctx, 'meetings.proposed', subjectOf(one), { title })
  return { id: one.id }
}

export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof withdrawProposal>,
): Promise<Reply<typeof withdrawProposal>> {
  const one = await lockedOpen(ctx, params.id, 'own')
  await q.setProposal(ctx.db, ctx.actor.tenantId, one.id, { state: 'withdrawn' })
  await publish(ctx, 'meetings.proposal_withdrawn', subjectOf(one), { title: one.title })
  return { id: one.id }
}

async function lockedOpen(ctx: Ctx<Tx>, id: string, whose: 'reach' | 'own'): Promise<q.Proposal> {
  const one = await q.lockProposal(ctx.db, ctx.actor, id, whose)
  if (!one) throw refusals.no_such_proposal()
  if (one.state !== 'open') throw refusals.proposal_decided({ state: one.state })
  return one
}

/** Puts the proposal at the end of the agenda of a meeting of the same branch; who proposed it presents it. */
export async function accept(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof acceptProposal>,
): Promise<Reply<typeof acceptProposal>> {
  const one = await lockedOpen(ctx, params.id, 'reach')
  const meeting = await locked(ctx, body.meetingId)
  if (meeting.state !== 'planned' && meeting.state !== 'noticed') throw refusals.wrong_state({ state: meeting.state })
  if (meeting.orgId !== one.orgId) throw refusals.not_found.at('/body/meetingId')
  const agendaId = newId(ctx)
  const item = { id: agendaId, title: one.title, presenter: one.by, votes: body.votes ?? ('none' as const) }
  await appendItem(ctx.db, ctx.actor.tenantId, meeting, item, ctx.now)
  const decided = { decided_by: ctx.actor.personName, decided_at: ctx.now }
  await q.setProposal(ctx.db, ctx.actor.tenantId, one.id, { state: 'accepted', meeting_id: meeting.id, ...decided })
  const told = { title: one.title, isAccepted: true, meetingId: meeting.id }
  await publish(ctx, 'meetings.proposal_decided', subjectOf(one), told)
  return { agendaId }
}

export async function decline(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof declineProposal>,
): Promise<Reply<typeof declineProposal>> {
  const one = await lockedOpen(ctx, params.id, 'reach')
  const answer = body.reason.trim()
  const decided = { answer, decided_by: ctx.actor.personName, decided_at: ctx.now }
  await q.setProposal(ctx.db, ctx.actor.tenantId, one.id, { state: 'declined', ...decided })
  const told = { title: one.title, isAccepted: false, meetingId: null }
  await publish(ctx, 'meetings.proposal_decided', subjectOf(one), told, { reason: answer })
  return { id: one.id }
}
