import {
  type decideTransfer as decideContract,
  type decideTransfers as decideManyContract,
  type Input,
  Refusal,
  type Reply,
  transferRefusals as refusals,
  type stepTransfer as stepContract,
  type stepTransfers as stepManyContract,
  type TransferAct,
  type TransferDone,
  type TransferTold,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { isWithin } from '../../../platform/scope.ts'
import { tenantOf } from '../../../platform/tenants.ts'
import { demandVersion } from '../../../platform/transaction.ts'
import { widened } from '../../../platform/widened.ts'
import { setInTransfer } from '../../members/index.ts'
import { committeesOf, standingOf } from '../queries/places.queries.ts'
import * as q from '../queries/transfers.queries.ts'
import * as w from '../queries/writing.queries.ts'
import { endClocks } from '../transfers.deadlines.ts'
import { MOVABLE, moveOf, whyNot } from '../transfers.policy.ts'
import type { TransferPorts } from '../transfers.ports.ts'
import { subjectOf } from '../transfers.rows.ts'
import { note } from '../transfers.steps.ts'
import { issueLetter, renewLetter } from './letters.ts'
import { receive } from './receive.ts'

type Act = (ctx: Ctx<Tx>, one: q.Transfer, told: TransferTold, ports: TransferPorts) => Promise<void>

/** What each act does once the table of moves has let it through. */
const ACTS: Readonly<Record<TransferAct, Act>> = {
  agree: async (ctx, one, told) => {
    const on = dayOf(ctx, told)
    await w.setTransfer(
      ctx.db,
      ctx.actor.tenantId,
      one.id,
      { state: 'branch_agreed', agreed_by: ctx.actor.personId },
      ctx.now,
    )
    await note(ctx, one, 'agree', { on, note: told.note ?? null })
    await publish(ctx, 'transfers.agreed', subjectOf(one), { on })
  },
  approve: async (ctx, one, told) => {
    const on = dayOf(ctx, told)
    await w.setTransfer(
      ctx.db,
      ctx.actor.tenantId,
      one.id,
      { state: 'committee_approved', approved_by: ctx.actor.personId },
      ctx.now,
    )
    await note(ctx, one, 'approve', { on, note: told.note ?? null })
    await publish(ctx, 'transfers.approved', subjectOf(one), { needsDepartment: one.needsDepartment })
  },
  approve_department: async (ctx, one, told) => {
    const on = dayOf(ctx, told)
    const documentNumber = told.documentNumber?.trim()
    if (!documentNumber)
      throw refusals.document_missing({}, [{ field: '/body/documentNumber', code: 'transfers.document_missing' }])
    const change = {
      state: 'department_approved',
      department_by: ctx.actor.personId,
      department_document: documentNumber,
    }
    await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, change, ctx.now)
    await note(ctx, one, 'approve_department', { on, note: documentNumber })
    await publish(ctx, 'transfers.department_approved', subjectOf(one), { documentNumber })
  },
  send_back: async (ctx, one, told) => {
    const why = reasonOf(told)
    const cleared = { agreed_by: null, approved_by: null, department_by: null, department_document: null }
    await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, { state: 'draft', ...cleared }, ctx.now)
    await note(ctx, one, 'send_back', { note: why })
    await publish(ctx, 'transfers.sent_back', subjectOf(one), { from: one.state }, { reason: why })
  },
  issue: issueLetter,
  receive,
  return: async (ctx, one, told) => {
    const why = reasonOf(told)
    const on = dayOf(ctx, told)
    await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, { state: 'returned', returned_reason: why }, ctx.now)
    await endsUnreceived(ctx, one)
    await note(ctx, one, 'return', { on, note: why })
    await publish(ctx, 'transfers.returned', subjectOf(one), {}, { reason: why })
  },
  withdraw: revoked,
  revoke: revoked,
  renew: async (ctx, one, told) => {
    reasonOf(told)
    await renewLetter(ctx, one, told)
  },
  settle: async (ctx, one, told) => {
    const why = reasonOf(told)
    if (!told.settlement)
      throw refusals.settlement_missing({}, [{ field: '/body/settlement', code: 'transfers.settlement_missing' }])
    const change = { settled_on: todayOf(ctx.now), settlement: told.settlement }
    await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, change, ctx.now)
    await endsUnreceived(ctx, one)
    await note(ctx, one, 'settle', { note: why })
    await publish(ctx, 'transfers.settled', subjectOf(one), { settlement: told.settlement }, { reason: why })
  },
}

async function revoked(ctx: Ctx<Tx>, one: q.Transfer, told: TransferTold): Promise<void> {
  const why = reasonOf(told)
  await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, { state: 'revoked' }, ctx.now)
  await endsUnreceived(ctx, one)
  await note(ctx, one, 'revoke', { note: why })
  await publish(ctx, 'transfers.revoked', subjectOf(one), { from: one.state }, { reason: why })
}

/** Nobody waits any more, and the member is not on the way: the old branch has always been responsible. */
async function endsUnreceived(ctx: Ctx<Tx>, one: q.Transfer): Promise<void> {
  await endClocks(ctx, [one.id], 'void')
  if (one.memberId) await setInTransfer(ctx, [one.memberId], null)
}

function dayOf(ctx: Ctx<Tx>, told: TransferTold): string {
  const today = todayOf(ctx.now)
  if (told.on && told.on > today) throw refusals.in_future({}, [{ field: '/body/on', code: 'transfers.in_future' }])
  return told.on ?? today
}

function reasonOf(told: TransferTold): string {
  const why = told.note?.trim()
  if (!why) throw refusals.reason_missing({}, [{ field: '/body/note', code: 'transfers.reason_missing' }])
  return why
}

const REFUSED_KIND = { 'request.not_permitted': 'forbidden' } as const
const FORBIDDEN = new Set([
  'transfers.not_your_side',
  'transfers.not_superior',
  'transfers.maker_decides',
  'transfers.own_matter',
])
/** Acts that bring a relation further: whoever died, left or was expelled meanwhile has none to be brought. */
const ONWARD: ReadonlySet<TransferAct> = new Set([
  'agree',
  'approve',
  'approve_department',
  'issue',
  'receive',
  'renew',
])

async function actOn(
  ctx: Ctx<Tx>,
  given: q.Transfer,
  act: TransferAct,
  told: TransferTold,
  ports: TransferPorts,
): Promise<TransferDone> {
  const one = await underItsCommittee(ctx, given)
  const why = whyNot(ctx.actor, one, act)
  if (why !== null) {
    const kind = why in REFUSED_KIND || FORBIDDEN.has(why) ? 'forbidden' : 'conflict'
    throw new Refusal(why, kind, { state: one.state, name: one.name })
  }
  if (ONWARD.has(act)) await demandMovable(ctx, one)
  await ACTS[act](ctx, one, told, ports)
  return { id: one.id, state: moveOf(act, one).to, version: one.version + 1 }
}

/** The record may have changed since the draft, and it lies outside the receiver's scope. */
async function demandMovable(ctx: Ctx<Tx>, { memberId }: q.Transfer): Promise<void> {
  if (memberId === null) return
  const { path: whole } = await tenantOf(ctx.db, ctx.actor.tenantId)
  const status = await widened(ctx, whole, () => standingOf(ctx.db, ctx.actor.tenantId, memberId))
  if (status === undefined || !MOVABLE.includes(status)) throw refusals.not_transferable()
}

/** A branch may have moved below another committee since: whoever stands above it now decides what is undecided. */
async function underItsCommittee(ctx: Ctx<Tx>, one: q.Transfer): Promise<q.Transfer> {
  if (isWithin(one.orgPath, one.committeePath) || one.number !== null) return one
  const committee = (await committeesOf(ctx.db, ctx.actor.tenantId, [one.orgPath])).get(one.orgPath)
  if (!committee) return one
  const moved = { committeeId: committee.id, committeePath: committee.path, committeeName: committee.name }
  await w.setTransfer(ctx.db, ctx.actor.tenantId, one.id, { ends: { ...one, ...moved } }, ctx.now)
  return { ...one, ...moved, version: one.version + 1 }
}

type Single = Input<typeof stepContract> | Input<typeof decideContract>

export const single =
  (ports: TransferPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Single): Promise<Reply<typeof stepContract>> => {
    const [one] = await q.lockTransfers(ctx.db, ctx.actor, [params.id])
    if (!one) throw refusals.not_found()
    demandVersion(ctx, one.version)
    const { act, ...told } = body
    return actOn(ctx, one, act, told, ports)
  }

type Several = Input<typeof stepManyContract> | Input<typeof decideManyContract>

/** The same act for many: all of them or none, and each in the version that was seen. */
export const many =
  (ports: TransferPorts) =>
  async (ctx: Ctx<Tx>, { body }: Several): Promise<Reply<typeof stepManyContract>> => {
    const { act, items, ...told } = body
    const found = new Map(
      (
        await q.lockTransfers(
          ctx.db,
          ctx.actor,
          items.map(({ id }) => id),
        )
      ).map((one) => [one.id, one]),
    )
    const rows: TransferDone[] = []
    for (const [at, item] of items.entries()) {
      const one = found.get(item.id)
      if (!one) throw refusals.not_found({}, [{ field: `/body/items/${at}/id`, code: 'transfers.not_found' }])
      demandVersion({ expectedVersion: item.version }, one.version)
      found.delete(item.id)
      rows.push(await actOn(ctx, one, act, told, ports))
    }
    return { rows }
  }
