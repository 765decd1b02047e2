import {
  type applyForMember,
  type applyForMyself,
  type decideExemption,
  type ExemptionRow,
  type Input,
  type listExemptions,
  type listMyExemptions,
  type openExemption,
  type Reply,
  creditsRefusals as refusals,
  type withdrawExemption,
} from '@tongxin/contract'
import { isCounted } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { articleOf } from '../credits.policy.ts'
import type { CreditPorts } from '../credits.ports.ts'
import * as q from '../queries/exemptions.queries.ts'
import { type Person, peopleOf, personInReach } from '../queries/people.queries.ts'
import { supersede } from '../queries/transcripts.queries.ts'
import { keepAccounts } from './accounts.ts'
import { demandYear, ownPerson } from './own.ts'
import { narrowed } from './read.ts'

type Changed = { id: string; state: string }

const subjectOf = (one: Pick<q.Exemption, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'credits_exemption',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})
const placeOfReason = (rowId: string) => ({ table: 'credits_exemption', column: 'reason', rowId })

/** The own application with its reason: whoever wrote it may read it again. */
export async function own(ctx: Ctx): Promise<Reply<typeof listMyExemptions>> {
  const rows = await q.ownExemptions(ctx.db, ctx.actor)
  return {
    article: articleOf('EDU-4'),
    rows: rows.map(({ id, year, ground, state, appliedBy, reason, answer, appliedAt }) => ({
      id,
      year,
      ground,
      state,
      bySelf: appliedBy === ctx.actor.personId,
      reason: ctx.vault.open(placeOfReason(id), reason),
      answer,
      appliedAt: appliedAt.toISOString(),
    })),
  }
}

type Application = { readonly year: number; readonly ground: q.Exemption['ground']; readonly reason: string }

async function apply(ctx: Ctx<Tx>, person: Person, { year, ground, reason }: Application): Promise<Changed> {
  demandYear(ctx, year, '/body/year')
  if (!isCounted({ category: person.category, status: person.status })) throw refusals.exemption_not_obliged()
  const id = newId(ctx)
  const sealed = ctx.vault.seal(placeOfReason(id), reason.trim(), ctx.now)
  const isNew = await q.insertExemption(ctx.db, ctx.actor, person, { id, year, ground, reason: sealed }, ctx.now)
  if (!isNew) throw refusals.exemption_open.at('/body/year', { year })
  const payload = { memberId: person.memberId, year }
  await publish(ctx, 'credits.exemption_applied', subjectOf({ ...person, id }), payload)
  return { id, state: 'applied' }
}

export const applyOwn = async (ctx: Ctx<Tx>, { body }: Input<typeof applyForMyself>): Promise<Changed> =>
  apply(ctx, await ownPerson(ctx), body)

export async function applyFor(ctx: Ctx<Tx>, { body }: Input<typeof applyForMember>): Promise<Changed> {
  const person = await personInReach(ctx.db, ctx.actor, body.memberId)
  if (!person) throw refusals.no_such_member.at('/body/memberId')
  return apply(ctx, person, body)
}

export const withdraw =
  (ports: CreditPorts) =>
  async (ctx: Ctx<Tx>, { params }: Input<typeof withdrawExemption>): Promise<Changed> => {
    const one = await q.lockOwnExemption(ctx.db, ctx.actor, params.id)
    if (!one) throw refusals.exemption_not_found()
    if (one.state !== 'applied' && one.state !== 'approved') throw refusals.exemption_decided({ state: one.state })
    const state = one.state === 'applied' ? 'withdrawn' : 'ended'
    await q.setExemption(ctx.db, ctx.actor.tenantId, one.id, { state }, ctx.now)
    const payload = { memberId: one.memberId, year: one.year }
    if (state === 'ended') await refresh(ctx, ports, one)
    await publish(ctx, `credits.exemption_${state}`, subjectOf(one), payload)
    return { id: one.id, state }
  }

/** The account says from now on whether the year is asked; transcripts of before are superseded. */
async function refresh(ctx: Ctx<Tx>, ports: CreditPorts, one: q.Exemption): Promise<void> {
  const { tenantId } = ctx.actor
  const people = await peopleOf(ctx.db, tenantId, [one.memberId])
  await keepAccounts({ db: ctx.db, now: ctx.now, tenantId }, ports, people, one.year)
  await supersede(ctx.db, tenantId, [one.memberId], one.year, ctx.now)
}

const mayDecide = (ctx: Ctx, one: q.Exemption): boolean =>
  one.state === 'applied' &&
  ctx.actor.permissions.has('learning.review') &&
  ctx.actor.personId !== one.appliedBy &&
  ctx.actor.personId !== one.personId

export async function list(ctx: Ctx, { query }: Input<typeof listExemptions>): Promise<Reply<typeof listExemptions>> {
  const keyset = keysetOf(query, { appliedAt: 'x.applied_at', name: 'x.name' }, '-appliedAt')
  const place = await narrowed(ctx, query)
  const filter = { place, year: query.year ?? null, state: query.state ?? null }
  const found = await q.listExemptions(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'x.name' ? row.name : row.appliedAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map((one) => rowOf(ctx, one)), next, total: null, article: articleOf('EDU-4') }
}

function rowOf(ctx: Ctx, one: q.Exemption): ExemptionRow {
  const { id, memberId, name, year, ground, state, answer } = one
  return {
    id,
    memberId,
    name,
    orgName: one.unitName,
    year,
    ground,
    state,
    bySelf: one.appliedBy === one.personId,
    appliedBy: one.appliedName,
    decidedBy: one.decidedName,
    answer,
    appliedAt: one.appliedAt.toISOString(),
    canDecide: mayDecide(ctx, one),
  }
}

async function locked(ctx: Ctx<Tx>, id: string): Promise<q.Exemption> {
  const one = ctx.actor.reach === 'self' ? undefined : await q.lockExemption(ctx.db, ctx.actor, id)
  if (!one) throw refusals.exemption_not_found()
  return one
}

export async function open(ctx: Ctx<Tx>, { params, body }: Input<typeof openExemption>): Promise<{ reason: string }> {
  const one = await locked(ctx, params.id)
  const purpose = body.purpose.trim()
  await publish(ctx, 'credits.exemption_opened', subjectOf(one), { memberId: one.memberId, purpose })
  return { reason: ctx.vault.open(placeOfReason(one.id), one.reason) }
}

export const decide =
  (ports: CreditPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof decideExemption>): Promise<Changed> => {
    const one = await locked(ctx, params.id)
    if (one.personId === ctx.actor.personId) throw refusals.own_matter()
    if (one.appliedBy === ctx.actor.personId) throw refusals.not_by_the_same()
    if (one.state !== 'applied') throw refusals.exemption_decided({ state: one.state })
    const state = body.isApproved ? 'approved' : 'declined'
    const { personId, personName, tenantId } = ctx.actor
    const change = { state, decided_by: personId, decided_name: personName, answer: body.answer.trim() } as const
    await q.setExemption(ctx.db, tenantId, one.id, change, ctx.now)
    if (body.isApproved) await refresh(ctx, ports, one)
    const payload = { memberId: one.memberId, year: one.year, approved: body.isApproved }
    await publish(ctx, 'credits.exemption_decided', subjectOf(one), payload)
    return { id: one.id, state }
  }
