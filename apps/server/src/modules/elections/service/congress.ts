import {
  type allotDelegateSeats,
  type CongressDelegate,
  type CongressUnit,
  type examineCredentials,
  type Input,
  type MyCongress,
  type Reply,
  type readCongress,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { allotDelegates } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { isWithin } from '../../../platform/scope.ts'
import { elects } from '../../org/index.ts'
import { mayAllot } from '../elections.acts.ts'
import { inStrokeOrder } from '../elections.policy.ts'
import * as q from '../queries/congress.queries.ts'
import { type Credential, type Election, findElection } from '../queries/elections.queries.ts'
import { type Card, cardsOf } from '../queries/people.queries.ts'
import { keep, lockIn, subjectOf } from './file.ts'

/** Delegates are the people elected by elections that the level above has confirmed. */
function peopleOf({ steps }: Election, files: readonly q.DelegateElection[]): CongressDelegate[] {
  const { credentials = {} } = steps
  const elected = files
    .filter(({ state }) => state === 'done')
    .flatMap((file) =>
      file.elected.map(({ memberId, name }) => ({ memberId, name, orgId: file.unitId, orgName: file.unitName })),
    )
  return inStrokeOrder(elected).map((one) => ({
    ...one,
    state: credentials[one.memberId]?.state ?? 'elected',
    reason: credentials[one.memberId]?.reason ?? null,
  }))
}

/** The seats by unit: direct units below that elect, and whatever units have seats. */
async function unitsOf(
  ctx: Ctx,
  { orgPath, unitId, delegates, steps }: Election,
  files: readonly q.DelegateElection[],
): Promise<CongressUnit[]> {
  const { tenantId } = ctx.actor
  const { allotment = [] } = steps
  const seatsOf = new Map(allotment.map((one) => [one.unitId, one.seats]))
  const below = (await q.unitsBelow(ctx.db, tenantId, orgPath)).filter(
    ({ id, kind, parentId }) => seatsOf.has(id) || (parentId === unitId && elects(kind)),
  )
  const people = await q.fullByPath(ctx.db, tenantId, orgPath)
  const sized = below.map((unit) => ({
    ...unit,
    members: people.reduce((sum, one) => sum + (isWithin(one.path, unit.path) ? one.n : 0), 0),
  }))
  const proposed = allotDelegates({ seats: delegates ?? 0, units: sized }).value
  return sized.map(({ id, name, members }) => {
    const file = files.find((one) => one.unitId === id)
    return {
      orgId: id,
      orgName: name,
      members,
      proposed: proposed[id] ?? 0,
      seats: seatsOf.get(id) ?? 0,
      electionId: file?.id ?? null,
      electionState: file?.state ?? null,
      elected: file?.elected.length ?? 0,
    }
  })
}

/** Delegates and seats of a congress as they stand. */
export async function congressOf(
  ctx: Ctx,
  election: Election,
): Promise<{ people: CongressDelegate[]; units: CongressUnit[] }> {
  const files = await q.delegateElections(ctx.db, ctx.actor.tenantId, election.id)
  return { people: peopleOf(election, files), units: await unitsOf(ctx, election, files) }
}

export async function read(ctx: Ctx, { params }: Input<typeof readCongress>): Promise<Reply<typeof readCongress>> {
  const election = await findElection(ctx.db, ctx.actor, params.id)
  if (!election) throw refusals.not_found()
  const none = { delegates: null, units: [], people: [], confirmed: 0, mayAllot: false, mayExamine: false }
  if (election.delegates === null) return none
  const { people, units } = await congressOf(ctx, election)
  const may = mayAllot(ctx.actor, election)
  return {
    delegates: election.delegates,
    units,
    people,
    confirmed: people.filter(({ state }) => state === 'confirmed').length,
    mayAllot: may,
    mayExamine: may && people.length > 0,
  }
}

async function lockCongress(ctx: Ctx<Tx>, id: string): Promise<Election> {
  const election = await lockIn(
    ctx,
    id,
    ...(['draft', 'requested', 'nominating', 'candidates_reported', 'publicity', 'preparing'] as const),
  )
  if (election.delegates === null) throw refusals.no_congress()
  // Nobody is given a seat at a congress to which the level above has not agreed (ELEC-2).
  if (!mayAllot(ctx.actor, election)) throw refusals.wrong_state({ state: election.state })
  return election
}

/** The seats of all units at once; a unit whose election is under way keeps what it elects. */
export async function allot(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof allotDelegateSeats>,
): Promise<Reply<typeof allotDelegateSeats>> {
  const election = await lockCongress(ctx, params.id)
  const below = new Map(
    (await q.unitsBelow(ctx.db, ctx.actor.tenantId, election.orgPath)).map((unit) => [unit.id, unit]),
  )
  const allotment = body.units.map(({ orgId, seats }, at) => {
    const unit = below.get(orgId)
    const isTwice = body.units.findIndex((one) => one.orgId === orgId) !== at
    // Whoever votes in a unit and in one below it would elect twice.
    const isNested = body.units.some((one) => {
      const other = below.get(one.orgId)
      return unit && other && other.id !== unit.id && isWithin(unit.path, other.path)
    })
    if (!unit || !elects(unit.kind) || isTwice || isNested)
      throw refusals.allotment_unit.at(`/body/units/${at}/orgId`, { unit: unit?.name ?? '' })
    return { unitId: unit.id, unitName: unit.name, seats }
  })
  const seats = allotment.reduce((sum, one) => sum + one.seats, 0)
  if (seats !== election.delegates)
    throw refusals.allotment_sum.at('/body/units', { sum: seats, delegates: election.delegates ?? 0 })
  const before = new Map(election.steps.allotment?.map((one) => [one.unitId, one.seats]))
  for (const file of await q.delegateElections(ctx.db, ctx.actor.tenantId, election.id)) {
    const now = allotment.find(({ unitId }) => unitId === file.unitId)?.seats
    if (now !== before.get(file.unitId)) throw refusals.allotment_used.at('/body/units', { unit: file.unitName })
  }
  const done = await keep(ctx, election, {}, { allotment })
  await publish(ctx, 'elections.delegates_allotted', subjectOf(election), { units: allotment.length, seats })
  return done
}

/** Confirms or refuses; a roll that was drawn before is to be drawn again. */
export async function examine(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof examineCredentials>,
): Promise<Reply<typeof examineCredentials>> {
  const election = await lockCongress(ctx, params.id)
  const reason = body.reason?.trim() ?? ''
  if (!body.confirmed && reason.length < 2) throw refusals.credentials_reason.at('/body/reason')
  const people = peopleOf(election, await q.delegateElections(ctx.db, ctx.actor.tenantId, election.id))
  const stranger = body.memberIds.findIndex((id) => !people.some(({ memberId }) => memberId === id))
  if (stranger >= 0) throw refusals.not_a_delegate.at(`/body/memberIds/${stranger}`)
  const credential: Credential = {
    state: body.confirmed ? 'confirmed' : 'refused',
    reason: body.confirmed ? null : reason,
    by: ctx.actor.personId,
    at: ctx.now.toISOString(),
  }
  const credentials = {
    ...election.steps.credentials,
    ...Object.fromEntries(body.memberIds.map((id) => [id, credential])),
  }
  const done = await keep(ctx, election, {}, { credentials, rollDrawnAt: undefined })
  const payload = { people: body.memberIds.length, confirmed: body.confirmed }
  await publish(ctx, 'elections.credentials_examined', subjectOf(election), payload, reason ? { reason } : {})
  return done
}

/** Not yet told to members, or given up. */
const DELEGATES_HIDDEN: ReadonlySet<string> = new Set(['draft', 'requested', 'cancelled'])

/** What a member is told of a congress: which unit elects for him, whom it elected, and whether he is a delegate. */
export async function ownCongress(ctx: Ctx, election: Election): Promise<MyCongress | null> {
  if (election.delegates === null) return null
  const { tenantId, scope, memberId } = ctx.actor
  const files = await q.delegateElections(ctx.db, tenantId, election.id)
  const people = peopleOf(election, files)
  const allotted = new Map((election.steps.allotment ?? []).map((one) => [one.unitId, one]))
  const own = (await q.unitsAlong(ctx.db, tenantId, scope)).find(({ id }) => allotted.has(id))
  const file = files.find(({ unitId, state }) => unitId === own?.id && !DELEGATES_HIDDEN.has(state))
  return {
    seats: election.delegates,
    mine: people.find((one) => one.memberId === memberId)?.state ?? null,
    unit: own
      ? {
          orgName: own.name,
          seats: allotted.get(own.id)?.seats ?? 0,
          electionId: file?.id ?? null,
          electionState: file?.state ?? null,
          delegates: people
            .filter(({ orgId }) => orgId === own.id)
            .map(({ memberId: id, name, state }) => ({ memberId: id, name, state })),
        }
      : null,
  }
}

/**
 * The cards of the delegates whose credentials were confirmed: the electorate of a congress.
 * @throws Refusal `elections.credentials_open` while somebody elected is not examined
 */
export async function confirmedDelegates(ctx: Ctx<Tx>, election: Election): Promise<Card[]> {
  const { tenantId } = ctx.actor
  const people = peopleOf(election, await q.delegateElections(ctx.db, tenantId, election.id))
  const open = people.filter(({ state }) => state === 'elected').length
  if (open > 0 || people.length === 0) throw refusals.credentials_open({ open })
  const ids = people.filter(({ state }) => state === 'confirmed').map(({ memberId }) => memberId)
  return cardsOf(ctx.db, tenantId, election.orgPath, ids)
}
