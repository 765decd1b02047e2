import {
  type decideHonour,
  type HonourRow,
  type Input,
  type listHonourCandidates,
  type listHonours,
  type proposeHonours,
  type Reply,
  creditsRefusals as refusals,
  type reviewHonour,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { reaches } from '../../../platform/scope.ts'
import { honourActs } from '../credits.policy.ts'
import { type Account, listAccounts, lockAccounts } from '../queries/accounts.queries.ts'
import * as q from '../queries/honours.queries.ts'
import { demandYear } from './own.ts'
import { narrowed } from './read.ts'

type Changed = { id: string; state: string }
const MOST_CANDIDATES = 500

const subjectOf = (one: Pick<q.Honour, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'credits_honour',
  id: one.id,
  orgPath: one.orgPath,
  personId: one.personId,
})

/** Who has reached the year: by name, never by hours. The list proposes nobody. */
export async function candidates(
  ctx: Ctx,
  { query }: Input<typeof listHonourCandidates>,
): Promise<Reply<typeof listHonourCandidates>> {
  demandYear(ctx, query.year, '/query/year')
  const place = await narrowed(ctx, { ...query, below: true })
  const found = await listAccounts(
    ctx.db,
    ctx.actor,
    { year: query.year, place, standing: 'reached', post: null, requiredLeft: false, text: null },
    { column: 'a.name', descending: false, after: null, limit: MOST_CANDIDATES },
  )
  const least = (query.leastHours ?? 0) * 100
  const rows = found.slice(0, MOST_CANDIDATES).filter(({ earned }) => earned >= least)
  return {
    rows: rows.map(({ memberId, name, unitName, earned }) => ({
      memberId,
      name,
      orgName: unitName,
      hundredths: earned,
    })),
    isCut: found.length > MOST_CANDIDATES,
  }
}

export async function propose(
  ctx: Ctx<Tx>,
  { body }: Input<typeof proposeHonours>,
): Promise<Reply<typeof proposeHonours>> {
  const { db, actor, now } = ctx
  demandYear(ctx, body.year, '/body/year')
  const accounts = new Map(
    (await lockAccounts(db, actor.tenantId, body.memberIds, body.year)).map((one) => [one.memberId, one]),
  )
  const title = body.title.trim()
  for (const [at, memberId] of body.memberIds.entries()) {
    const account = accounts.get(memberId)
    demandCandidate(ctx, account, `/body/memberIds/${at}`)
    const one = { id: newId(ctx), title, proposal: body.reason.trim() }
    if (!(await q.insertHonour(db, actor, account, one, now)))
      throw refusals.honour_proposed.at(`/body/memberIds/${at}`, { name: account.name })
  }
  const people = body.memberIds.length
  const subject = { kind: 'org', id: actor.orgId, orgPath: actor.scope }
  await publish(ctx, 'credits.honours_proposed', subject, { year: body.year, title, people })
  return { people }
}

function demandCandidate(ctx: Ctx<Tx>, account: Account | undefined, field: string): asserts account is Account {
  if (!account || !reaches(ctx.actor, account.orgPath)) throw refusals.no_such_member.at(field)
  if (account.personId === ctx.actor.personId) throw refusals.own_matter.at(field)
  if (account.standing !== 'reached') throw refusals.honour_not_reached.at(field, { name: account.name })
}

export async function list(ctx: Ctx, { query }: Input<typeof listHonours>): Promise<Reply<typeof listHonours>> {
  const keyset = keysetOf(query, { name: 'h.name', year: 'h.year' }, '-year')
  const place = await narrowed(ctx, query)
  const filter = { place, year: query.year ?? null, state: query.state ?? null }
  const found = await q.listHonours(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === 'h.name' ? row.name : row.year,
    id: row.id,
  }))
  return { rows: rows.map((one) => rowOf(ctx, one)), next, total: null }
}

function rowOf(ctx: Ctx, one: q.Honour): HonourRow {
  const { id, memberId, name, year, title, state, certificateNo } = one
  return {
    id,
    memberId,
    name,
    orgName: one.unitName,
    year,
    title,
    state,
    proposedBy: one.proposedName,
    reviewedBy: one.reviewedName,
    decidedBy: one.decidedName,
    reason: one.reason ?? one.proposal,
    certificateNo,
    can: honourActs(ctx.actor, one),
  }
}

async function locked(ctx: Ctx<Tx>, id: string, state: q.Honour['state']): Promise<q.Honour> {
  const one = ctx.actor.reach === 'self' ? undefined : await q.lockHonour(ctx.db, ctx.actor, id)
  if (!one) throw refusals.honour_not_found()
  const { personId } = ctx.actor
  if (one.personId === personId) throw refusals.own_matter()
  if (one.proposedBy === personId || one.reviewedBy === personId) throw refusals.not_by_the_same()
  if (one.state !== state) throw refusals.honour_decided({ state: one.state })
  return one
}

export async function review(ctx: Ctx<Tx>, { params, body }: Input<typeof reviewHonour>): Promise<Changed> {
  const one = await locked(ctx, params.id, 'proposed')
  const reason = body.reason?.trim()
  if (!body.passes && !reason) throw refusals.reason_missing.at('/body/reason')
  const state = body.passes ? 'reviewed' : 'declined'
  const { personId, personName, tenantId } = ctx.actor
  const change = { state, reviewed_by: personId, reviewed_name: personName, ...(reason ? { reason } : {}) } as const
  await q.setHonour(ctx.db, tenantId, one.id, change, ctx.now)
  const payload = { memberId: one.memberId, year: one.year, passed: body.passes }
  await publish(ctx, 'credits.honour_reviewed', subjectOf(one), payload)
  return { id: one.id, state }
}

/** A line may have been taken back since the proposal; the account is held until the commit. */
async function demandReached(ctx: Ctx<Tx>, one: q.Honour): Promise<void> {
  const [account] = await lockAccounts(ctx.db, ctx.actor.tenantId, [one.memberId], one.year)
  if (account?.standing !== 'reached') throw refusals.honour_not_reached({ name: one.name })
}

export async function decide(ctx: Ctx<Tx>, { params, body }: Input<typeof decideHonour>): Promise<Changed> {
  const one = await locked(ctx, params.id, 'reviewed')
  const reason = body.reason?.trim()
  const number = body.certificateNo?.trim()
  if (body.isConfirmed && !number) throw refusals.number_missing.at('/body/certificateNo')
  if (!body.isConfirmed && !reason) throw refusals.reason_missing.at('/body/reason')
  if (body.isConfirmed) await demandReached(ctx, one)
  const state = body.isConfirmed ? 'confirmed' : 'declined'
  const { personId, personName, tenantId } = ctx.actor
  const change: q.HonourChange = {
    state,
    decided_by: personId,
    decided_name: personName,
    ...(body.isConfirmed && number ? { certificate_no: number } : {}),
    ...(reason ? { reason } : {}),
  }
  await q.setHonour(ctx.db, tenantId, one.id, change, ctx.now)
  const payload = { memberId: one.memberId, year: one.year, confirmed: body.isConfirmed }
  await publish(ctx, 'credits.honour_decided', subjectOf(one), payload)
  return { id: one.id, state }
}
