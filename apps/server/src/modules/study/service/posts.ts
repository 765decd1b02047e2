import {
  type CampaignPost,
  type decideOnPost,
  type Input,
  type listCampaignPosts,
  type listMyCampaignPosts,
  type postInCampaign,
  type Reply,
  studyRefusals as refusals,
  type withdrawPost,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { unitNameOf } from '../../org/index.ts'
import { campaignFor, findCampaign } from '../queries/campaigns.queries.ts'
import * as q from '../queries/posts.queries.ts'
import { demandAsked } from './learner.ts'

type Changed = { id: string; state: string }
const SORTS = { at: 'p.at' } as const
const MOST_PINNED = 20

const postShown = (post: q.Post, readerId: string): CampaignPost => {
  const { id, questionAt, writer, unitName, body, state, reason, isPinned, personId, at } = post
  const isMine = personId === readerId
  return { id, questionAt, writer, unitName, body, state, reason, isPinned, isMine, at: at.toISOString() }
}
const postSubject = ({ id, orgPath, personId }: Pick<q.Post, 'id' | 'orgPath' | 'personId'>) => ({
  kind: 'study_post',
  id,
  orgPath,
  personId,
})

export async function list(
  ctx: Ctx,
  { params, query }: Input<typeof listCampaignPosts>,
): Promise<Reply<typeof listCampaignPosts>> {
  if (!(await findCampaign(ctx.db, ctx.actor, params.id))) throw refusals.not_found()
  const keyset = keysetOf(query, SORTS, '-at')
  const filter = { campaignId: params.id, questionAt: query.questionAt ?? null, state: query.state ?? null }
  const found = await q.listPosts(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { rows: rows.map((row) => postShown(row, ctx.actor.personId)), next, total: null }
}

/** The first page begins with what is pinned. */
export async function listOwn(
  ctx: Ctx,
  { params, query }: Input<typeof listMyCampaignPosts>,
): Promise<Reply<typeof listMyCampaignPosts>> {
  const learner = await demandAsked(ctx)
  const campaign = await campaignFor(ctx.db, learner, params.id)
  if (!campaign) throw refusals.not_found()
  const keyset = keysetOf(query, SORTS, '-at')
  const filter = { campaignId: campaign.id, questionAt: query.questionAt ?? null, state: query.state ?? null }
  const pinned = keyset.after
    ? []
    : await q.listPostsFor(ctx.db, learner, filter, true, { ...keyset, limit: MOST_PINNED })
  const found = await q.listPostsFor(ctx.db, learner, filter, false, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { rows: [...pinned, ...rows].map((row) => postShown(row, learner.personId)), next, total: null }
}

export async function decide(ctx: Ctx<Tx>, { params, body }: Input<typeof decideOnPost>): Promise<Changed> {
  const post = await q.lockPost(ctx.db, ctx.actor, params.id)
  if (!post || post.state === 'withdrawn') throw refusals.not_found()
  const { isShown } = body
  const reason = body.reason?.trim() ?? null
  if (!isShown && !reason) throw refusals.reason_missing.at('/body/reason')
  const isPinned = isShown && body.isPinned
  const state = isShown ? ('shown' as const) : ('hidden' as const)
  const change = { state, reason: isShown ? null : reason, is_pinned: isPinned, decided_by: ctx.actor.personName }
  await q.setPost(ctx.db, ctx.actor.tenantId, post.id, change, ctx.now)
  const campaign = await findCampaign(ctx.db, ctx.actor, post.campaignId)
  const about = { title: campaign?.title ?? '', campaignId: post.campaignId, writerId: post.personId }
  const more = reason === null ? {} : { reason }
  await publish(ctx, 'study.post_decided', postSubject(post), { ...about, isShown, isPinned }, more)
  return { id: post.id, state }
}

export async function write(ctx: Ctx<Tx>, { params, body }: Input<typeof postInCampaign>): Promise<Changed> {
  const learner = await demandAsked(ctx)
  const { tenantId, personId, name: writer } = learner
  const campaign = await campaignFor(ctx.db, learner, params.id)
  if (!campaign) throw refusals.not_found()
  const today = todayOf(ctx.now)
  if (campaign.state !== 'open' || today < campaign.fromOn || today > campaign.untilOn)
    throw refusals.not_open({ state: campaign.state })
  if (body.questionAt >= campaign.questions.length) throw refusals.no_such_question.at('/body/questionAt')
  const state = campaign.isModerated ? ('waiting' as const) : ('shown' as const)
  const post = {
    id: newId(ctx),
    campaignId: campaign.id,
    questionAt: body.questionAt,
    personId,
    orgPath: campaign.orgPath,
    writer,
    unitName: (await unitNameOf(ctx.db, tenantId, learner.unitId)) ?? '',
    body: body.body.trim(),
    state,
    at: ctx.now,
  }
  await q.insertPost(ctx.db, tenantId, post)
  await publish(ctx, 'study.posted', postSubject(post), { title: campaign.title, isWaiting: campaign.isModerated })
  return { id: post.id, state }
}

export async function withdraw(ctx: Ctx<Tx>, { params }: Input<typeof withdrawPost>): Promise<Changed> {
  const post = await q.lockOwnPost(ctx.db, ctx.actor, params.id)
  if (!post || post.state === 'withdrawn') throw refusals.not_found()
  await q.setPost(ctx.db, ctx.actor.tenantId, post.id, { state: 'withdrawn', is_pinned: false }, ctx.now)
  await publish(ctx, 'study.post_withdrawn', postSubject(post), { campaignId: post.campaignId })
  return { id: post.id, state: 'withdrawn' }
}
