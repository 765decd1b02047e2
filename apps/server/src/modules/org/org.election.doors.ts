import type { Leadership, OrgFacts, OrgPost } from '@tongxin/contract'
import { type ElectingOrg, termEnd } from '@tongxin/domain'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { lockLiving } from './org.guards.ts'
import { appoint, leavePost, report } from './org.posts.service.ts'
import * as r from './org.record.queries.ts'
import { leadership, term } from './org.terms.service.ts'

/** Terms, posts and vacancies of a unit of the caller's scope, for an election. @throws Refusal `org.not_found` */
export const leadershipOf = (ctx: Ctx | Ctx<Tx>, unitId: string): Promise<Leadership> =>
  leadership(ctx, { params: { id: unitId }, query: {}, body: {} })

const ELECTING: Readonly<Record<string, ElectingOrg>> = {
  committee: 'committee',
  general_branch: 'generalBranch',
  branch: 'branch',
  joint_branch: 'branch',
}

/** Whether a unit elects at all: groups and temporary branches do not (BR-6). */
export const elects = (kind: string): boolean => kind in ELECTING

export type Outcome = {
  readonly unitId: string
  readonly kind: 'term' | 'by_election'
  /** The day of the election, on which the term begins. */
  readonly on: string
  readonly ordinal: number | null
  readonly seats: number | null
  /** Of the letter from above, which also takes the members on record (ELEC-19). */
  readonly documentNumber: string
  readonly repliedOn: string
  /** Null: as long as the rule says (ELEC-21). */
  readonly untilOn: string | null
  readonly posts: readonly { readonly post: OrgPost; readonly memberId: string }[]
}

/** Writes an approved election into term and posts; of a by-election only the posts. */
export async function enterElected(ctx: Ctx<Tx>, outcome: Outcome): Promise<void> {
  const { unitId: id, kind, on, documentNumber } = outcome
  if (kind === 'term') {
    await leaveOld(ctx, id, on)
    await beginTerm(ctx, outcome)
  }
  const way = kind === 'term' ? 'elected' : 'by_election'
  for (const { post, memberId } of outcome.posts) {
    const made = await appoint(ctx, {
      params: { id },
      query: {},
      body: { post, memberId, fromOn: on, way, documentNumber },
    })
    const letter = { documentNumber, reportedOn: outcome.repliedOn }
    await report(ctx, { params: { id, postId: made.id }, query: {}, body: letter })
  }
}

/** The outgoing committee leaves on the day of the election; leaders of groups are no part of it. */
async function leaveOld(ctx: Ctx<Tx>, id: string, on: string): Promise<void> {
  const unit = await lockLiving(ctx, id)
  for (const post of await r.postsOf(ctx.db, ctx.actor.tenantId, unit.id, false)) {
    if (post.post === 'group_leader') continue
    const body = { untilOn: post.fromOn > on ? post.fromOn : on, reason: '换届选举' }
    await leavePost(ctx, { params: { id, postId: post.id }, query: {}, body })
  }
}

async function beginTerm(ctx: Ctx<Tx>, { unitId: id, on, ordinal, seats, documentNumber, untilOn }: Outcome) {
  const record = await r.recordOf(ctx.db, ctx.actor, id)
  const nature = (record?.facts as OrgFacts | undefined)?.hostUnitNature
  const place = nature === 'village' || nature === 'community' ? nature : 'other'
  const orgType = ELECTING[record?.kind ?? ''] ?? 'branch'
  const until = untilOn ?? termEnd({ orgType, place, electedOn: on }).value
  await term(
    { ...ctx, expectedVersion: null },
    {
      params: { id },
      query: {},
      body: {
        fromOn: on,
        untilOn: until,
        documentNumber,
        ...(ordinal === null ? {} : { ordinal }),
        ...(seats === null || seats === 0 ? {} : { seats }),
      },
    },
  )
}
