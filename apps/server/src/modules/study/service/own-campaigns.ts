import {
  type doCampaignTask,
  type Input,
  type listMyCampaigns,
  type Reply,
  type readMyCampaign,
  studyRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import * as q from '../queries/campaigns.queries.ts'
import { campaignCard } from './campaigns.ts'
import { type Asked, demandAsked } from './learner.ts'

export async function list(ctx: Ctx): Promise<Reply<typeof listMyCampaigns>> {
  const learner = await demandAsked(ctx)
  const found = await q.campaignsFor(ctx.db, learner)
  const done = await q.ownDone(
    ctx.db,
    learner,
    found.map(({ id }) => id),
  )
  return {
    rows: found.map((campaign) => ({
      ...campaignCard(campaign),
      // The queue is for those who read it.
      waiting: 0,
      done: done.filter(({ campaignId }) => campaignId === campaign.id).map(({ taskId }) => taskId),
    })),
  }
}

async function mine(ctx: Ctx | Ctx<Tx>, learner: Asked, id: string): Promise<q.Campaign> {
  const campaign = await q.campaignFor(ctx.db, learner, id)
  if (!campaign) throw refusals.not_found()
  return campaign
}

export async function read(ctx: Ctx, { params }: Input<typeof readMyCampaign>): Promise<Reply<typeof readMyCampaign>> {
  const learner = await demandAsked(ctx)
  const campaign = await mine(ctx, learner, params.id)
  const done = await q.ownDone(ctx.db, learner, [campaign.id])
  const { summary, outcome } = campaign
  return { ...campaignCard(campaign), waiting: 0, summary, outcome, done: done.map(({ taskId }) => taskId) }
}

/** By one's own word: nobody is measured by it, so it can be taken back. */
export async function act(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof doCampaignTask>,
): Promise<Reply<typeof doCampaignTask>> {
  const learner = await demandAsked(ctx)
  const campaign = await mine(ctx, learner, params.id)
  const { taskId } = params
  if (!campaign.tasks.some(({ id }) => id === taskId)) throw refusals.not_found()
  if (campaign.state !== 'open' || todayOf(ctx.now) < campaign.fromOn)
    throw refusals.not_open({ state: campaign.state })
  await q.setDone(ctx.db, learner, { campaignId: campaign.id, taskId, isDone: body.isDone, now: ctx.now })
  return { id: taskId, isDone: body.isDone }
}
