import {
  type approveResult,
  type Input,
  type OrgPost,
  type Reply,
  electionsRefusals as refusals,
  type reportElection,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { enterElected } from '../../org/index.ts'
import { clockDone } from '../elections.deadlines.ts'
import { type Elected, electedOf, isLeader } from '../elections.policy.ts'
import type { Election } from '../queries/elections.queries.ts'
import { roundsOf } from '../queries/rounds.queries.ts'
import { demandAbove, demandPast, keep, letterOf, lockIn, subjectOf } from './file.ts'

/** Secretary and deputy are reported for approval, members for the record (ELEC-19), with the division of work. */
export async function report(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof reportElection>,
): Promise<Reply<typeof reportElection>> {
  const election = await lockIn(ctx, params.id, 'reporting')
  demandPast(ctx, body.on)
  const elected = electedOf(await roundsOf(ctx.db, ctx.actor.tenantId, election.id))
  const plain = ordinaryOf(elected)
  const ids = body.division.map(({ memberId }) => memberId)
  const wrong = ids.findIndex((id) => !plain.some(({ memberId }) => memberId === id))
  if (wrong >= 0) throw refusals.not_on_committee.at(`/body/division/${wrong}/memberId`)
  if (new Set(ids).size !== ids.length) throw refusals.named_twice.at('/body/division')
  const letter = letterOf(ctx, body.documentNumber, body.on)
  const change = { state: 'reported', reported_by: ctx.actor.personId } as const
  const done = await keep(ctx, election, change, { report: letter, division: [...body.division], returnedReason: null })
  await clockDone(ctx, election.id, 'report')
  await publish(ctx, 'elections.reported', subjectOf(election), { documentNumber: letter.documentNumber })
  return done
}

/** Members of the committee who are neither its leaders nor on its standing committee. */
const ordinaryOf = (elected: readonly Elected[]): Elected[] =>
  elected.filter(
    (one) =>
      one.body === 'committee' &&
      !elected.some((other) => other.body !== 'committee' && other.memberId === one.memberId),
  )

const LED: Readonly<Record<string, OrgPost>> = {
  secretary: 'secretary',
  deputy: 'deputy_secretary',
  standing: 'standing_member',
}

function postsOf(election: Election, elected: readonly Elected[]): { post: OrgPost; memberId: string }[] {
  const { division = [] } = election.steps
  const isLed = (memberId: string) => elected.some((one) => isLeader(one) && one.memberId === memberId)
  // Secretary and deputy are named by that post alone, not once more as members of the standing committee.
  const leaders = elected.flatMap(({ body, memberId }) => {
    const post = LED[body]
    return post && !(body === 'standing' && isLed(memberId)) ? [{ post, memberId }] : []
  })
  const rest = ordinaryOf(elected).map(({ memberId }) => {
    const given = division.find((one) => one.memberId === memberId)?.post as OrgPost | undefined
    return { post: given ?? ('committee_member' as const), memberId }
  })
  return [...leaders, ...rest]
}

/** The letter from above ends the file: the term begins, the posts are written, the outgoing committee leaves. */
export async function approve(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof approveResult>,
): Promise<Reply<typeof approveResult>> {
  const election = await lockIn(ctx, params.id, 'reported')
  demandAbove(ctx, election, election.reportedBy)
  demandPast(ctx, body.on)
  const elected = electedOf(await roundsOf(ctx.db, ctx.actor.tenantId, election.id))
  const on = election.heldOn ?? body.on
  const reply = letterOf(ctx, body.documentNumber, body.on)
  // Delegates hold no post: the file of their congress knows them.
  if (election.kind !== 'delegates')
    await enterElected(ctx, {
      unitId: election.unitId,
      kind: election.kind,
      on,
      ordinal: election.ordinal,
      seats: election.steps.reduced?.seats ?? election.seats,
      documentNumber: reply.documentNumber,
      repliedOn: body.on,
      untilOn: body.untilOn ?? null,
      posts: postsOf(election, elected),
    })
  const done = await keep(ctx, election, { state: 'done', replied_by: ctx.actor.personId }, { reply })
  await publish(ctx, 'elections.completed', subjectOf(election), {
    documentNumber: reply.documentNumber,
    makerId: election.reportedBy,
    orgId: election.unitId,
    on,
  })
  return done
}
