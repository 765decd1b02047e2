import type * as contract from '@tongxin/contract'
import { dossierRefusals, type Input, type Reply } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { endDeadlines, setDeadlines } from '../../deadlines/index.ts'
import * as q from '../queries/dossier.queries.ts'
import type { StoredMember } from '../queries/records.queries.ts'
import { lockOwner, subjectOf } from './dossier.ts'

export const loanKey = (id: string): string => `members.loan/${id}`

/** Asks for the folder; one loan at a time. */
export async function ask(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.askForDossier>,
): Promise<Reply<typeof contract.askForDossier>> {
  const record = await lockOwner(ctx, params.id)
  if (body.dueOn < todayOf(ctx.now)) throw dossierRefusals.due_in_past.at('/body/dueOn')
  const { tenantId } = ctx.actor
  const loans = await q.loansOf(ctx.db, tenantId, record.id)
  if (loans.some((loan) => loan.state === 'asked' || loan.state === 'out')) throw dossierRefusals.already_out()
  const id = newId(ctx)
  await q.insertLoan(ctx.db, tenantId, record, {
    id,
    borrower: body.borrower.trim(),
    purpose: body.purpose.trim(),
    dueOn: body.dueOn,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  await publish(ctx, 'members.loan_asked', subjectOf(record), { memberId: record.id, loanId: id, dueOn: body.dueOn })
  return { id }
}

/** Agrees or refuses; never the one who asked. The day of return becomes a deadline of the branch. */
export async function decide(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.decideDossierLoan>,
): Promise<Reply<typeof contract.decideDossierLoan>> {
  const record = await lockOwner(ctx, params.id)
  const { tenantId, personId } = ctx.actor
  const loan = await lockLoan(ctx, record, params.loanId, 'asked')
  if (loan.askedBy === personId) throw dossierRefusals.own_request()
  const refuses = body.verdict === 'refuse'
  if (refuses && !body.reason) throw dossierRefusals.reason_needed.at('/body/reason')
  // Nobody lends a folder until a day that is over: the request is refused, or made anew with another day.
  if (!refuses && loan.dueOn < todayOf(ctx.now)) throw dossierRefusals.due_in_past()
  await q.setDecided(ctx.db, tenantId, loan.id, {
    state: refuses ? 'refused' : 'out',
    by: personId,
    at: ctx.now,
    reason: refuses ? (body.reason ?? null) : null,
  })
  if (!refuses) await setReturn(ctx, record, loan)
  await publish(
    ctx,
    'members.loan_decided',
    subjectOf(record),
    { memberId: record.id, loanId: loan.id, decision: body.verdict },
    body.reason ? { reason: body.reason } : undefined,
  )
  return { id: loan.id }
}

/** The day of return as a deadline of the branch; a later day moves it and is reminded of afresh. */
async function setReturn(ctx: Ctx<Tx>, record: StoredMember, loan: { id: string; borrower: string; dueOn: string }) {
  const today = todayOf(ctx.now)
  await setDeadlines(ctx, [
    {
      key: loanKey(loan.id),
      kind: 'members.loan',
      params: { name: record.name, borrower: loan.borrower },
      unit: { id: record.org_id, path: record.org_path },
      permission: 'members.write',
      personId: null,
      startsOn: today < loan.dueOn ? today : loan.dueOn,
      yellowOn: loan.dueOn,
      dueOn: loan.dueOn,
      remind: [3, 0],
      deskPath: `/members/${record.id}?tab=dossier`,
      phonePath: null,
    },
  ])
}

async function lockLoan(ctx: Ctx<Tx>, record: StoredMember, id: string, state: 'asked' | 'out') {
  const loan = await q.lockLoan(ctx.db, ctx.actor.tenantId, record.id, id)
  if (!loan) throw dossierRefusals.loan_not_found()
  if (loan.state !== state) throw dossierRefusals.wrong_state()
  return loan
}

/** The borrower keeps the folder longer; like the loan itself it is agreed to by another than the one who asked. */
export async function extend(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.extendDossierLoan>,
): Promise<Reply<typeof contract.extendDossierLoan>> {
  const record = await lockOwner(ctx, params.id)
  const loan = await lockLoan(ctx, record, params.loanId, 'out')
  if (loan.askedBy === ctx.actor.personId) throw dossierRefusals.own_request()
  if (body.dueOn <= loan.dueOn) throw dossierRefusals.due_not_later.at('/body/dueOn')
  if (body.dueOn < todayOf(ctx.now)) throw dossierRefusals.due_in_past.at('/body/dueOn')
  await q.setDue(ctx.db, ctx.actor.tenantId, loan.id, body.dueOn, ctx.now)
  await setReturn(ctx, record, { ...loan, dueOn: body.dueOn })
  const said = { memberId: record.id, loanId: loan.id, from: loan.dueOn, dueOn: body.dueOn }
  await publish(ctx, 'members.loan_extended', subjectOf(record), said, { reason: body.reason })
  return { id: loan.id }
}

/** Takes back what one has asked for oneself, before anybody decided. */
export async function withdraw(
  ctx: Ctx<Tx>,
  { params }: Input<typeof contract.withdrawDossierLoan>,
): Promise<Reply<typeof contract.withdrawDossierLoan>> {
  const record = await lockOwner(ctx, params.id)
  const loan = await lockLoan(ctx, record, params.loanId, 'asked')
  if (loan.askedBy !== ctx.actor.personId) throw dossierRefusals.not_my_request()
  await q.setWithdrawn(ctx.db, ctx.actor.tenantId, loan.id, ctx.now)
  await publish(ctx, 'members.loan_withdrawn', subjectOf(record), { memberId: record.id, loanId: loan.id })
  return { id: loan.id }
}

/** The folder is back. */
export async function giveBack(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof contract.returnDossier>,
): Promise<Reply<typeof contract.returnDossier>> {
  const record = await lockOwner(ctx, params.id)
  const { tenantId, personId } = ctx.actor
  const loan = await lockLoan(ctx, record, params.loanId, 'out')
  if (body.on > todayOf(ctx.now)) throw dossierRefusals.date_in_future.at('/body/on')
  if (loan.decidedAt !== null && body.on < todayOf(loan.decidedAt)) throw dossierRefusals.returned_before.at('/body/on')
  await q.setReturned(ctx.db, tenantId, loan.id, { on: body.on, by: personId, at: ctx.now })
  await endDeadlines(ctx, [loanKey(loan.id)], 'done')
  await publish(ctx, 'members.loan_returned', subjectOf(record), { memberId: record.id, loanId: loan.id })
  return { id: loan.id }
}
