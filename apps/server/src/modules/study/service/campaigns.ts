import {
  type CampaignCard,
  type CampaignFacts,
  type CampaignTask,
  type changeCampaign,
  type Input,
  type listCampaigns,
  type makeCampaign,
  type moveCampaign,
  type Reply,
  type readCampaign,
  studyRefusals as refusals,
  type summarizeCampaign,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import * as q from '../queries/campaigns.queries.ts'
import type { StudyPorts } from '../study.ports.ts'
import { demandAudience, peopleOf } from './audience.ts'
import { endCampaignClock, setCampaignClock } from './clocks.ts'
import { demandUnit, placeOf } from './tasks.ts'

type Changed = { id: string; state: string }
const SORTS = { createdAt: 'c.created_at', untilOn: 'c.until_on' } as const

export function campaignCard(campaign: q.Campaign): CampaignCard {
  const { id, unitName, title, theme, about, fromOn, untilOn, state, tasks, questions, posts, waiting } = campaign
  const { audience, isModerated, createdAt } = campaign
  const card = { id, orgName: unitName, title, theme, about, fromOn, untilOn, state, tasks, questions }
  return { ...card, audience, isModerated, posts, waiting, createdAt: createdAt.toISOString() }
}
export const campaignSubject = ({ id, orgPath }: Pick<q.Campaign, 'id' | 'orgPath'>) => ({
  kind: 'study_campaign',
  id,
  orgPath,
})

export async function list(ctx: Ctx, { query }: Input<typeof listCampaigns>): Promise<Reply<typeof listCampaigns>> {
  const keyset = keysetOf(query, SORTS, '-createdAt')
  const place = await placeOf(ctx, query, '/query')
  const { state = null, text = null } = query
  const found = await q.listCampaigns(ctx.db, ctx.actor, { state, text, ...place }, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.column === SORTS.untilOn ? row.untilOn : row.createdAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(campaignCard), next, total: null }
}

/** How far the people of a campaign are: counts, nobody by name. */
export async function progressOf(ctx: Ctx | Ctx<Tx>, campaign: q.Campaign) {
  const { tenantId } = ctx.actor
  return q.progressOf(ctx.db, tenantId, campaign, await peopleOf(ctx.db, tenantId, campaign))
}

export async function read(ctx: Ctx, { params }: Input<typeof readCampaign>): Promise<Reply<typeof readCampaign>> {
  const campaign = await q.findCampaign(ctx.db, ctx.actor, params.id)
  if (!campaign) throw refusals.not_found()
  const { done, people, finished } = await progressOf(ctx, campaign)
  const { summary, summaryBy, outcome } = campaign
  return {
    ...campaignCard(campaign),
    summary,
    summaryBy,
    outcome,
    done: campaign.tasks.map(({ id }) => done.get(id) ?? 0),
    people,
    finished,
  }
}

/** Days in order, something to do, and only courses that are there. */
async function checked(ctx: Ctx<Tx>, facts: CampaignFacts, { courseFacts }: StudyPorts): Promise<CampaignTask[]> {
  if (facts.untilOn < facts.fromOn) throw refusals.dates_wrong.at('/body/untilOn')
  demandAudience(facts.audience)
  if (facts.tasks.length === 0 && facts.questions.length === 0) throw refusals.nothing_to_do.at('/body/tasks')
  const tasks: CampaignTask[] = []
  for (const [at, { id, kind, title, courseId = null }] of facts.tasks.entries()) {
    const course = courseId === null ? null : await courseFacts(ctx, courseId)
    if (course === undefined) throw refusals.no_such_course.at(`/body/tasks/${at}/courseId`)
    tasks.push({ id: id ?? newId(ctx), kind, title: title.trim(), courseId, courseTitle: course?.title ?? null })
  }
  return tasks
}
const writtenOf = (facts: CampaignFacts) => ({
  title: facts.title.trim(),
  theme: facts.theme.trim(),
  about: facts.about.trim(),
  fromOn: facts.fromOn,
  untilOn: facts.untilOn,
  audience: facts.audience,
  questions: facts.questions.map((question) => question.trim()),
  isModerated: facts.isModerated,
})

export const make =
  (ports: StudyPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof makeCampaign>): Promise<Changed> => {
    const unit = await demandUnit(ctx, body.orgId, '/body/orgId')
    const tasks = await checked(ctx, body, ports)
    const place = { unitId: unit.id, orgPath: unit.path, unitName: unit.name }
    const campaign = { id: newId(ctx), ...place, ...writtenOf(body), tasks }
    await q.insertCampaign(ctx.db, ctx.actor.tenantId, campaign, ctx.now)
    await publish(ctx, 'study.campaign_made', campaignSubject(campaign), { title: campaign.title })
    return { id: campaign.id, state: 'draft' }
  }

export async function demandLocked(ctx: Ctx<Tx>, id: string): Promise<q.Campaign> {
  const campaign = await q.lockCampaign(ctx.db, ctx.actor, id)
  if (!campaign) throw refusals.not_found()
  return campaign
}

const isSameAudience = ({ audience }: q.Campaign, facts: CampaignFacts): boolean =>
  (['kinds', 'posts', 'levels'] as const).every(
    (key) => JSON.stringify([...audience[key]].sort()) === JSON.stringify([...facts.audience[key]].sort()),
  )
/** Once it is open, people have begun: tasks and questions stay as they were. */
const isSameWork = (campaign: q.Campaign, facts: CampaignFacts): boolean =>
  JSON.stringify(campaign.questions) === JSON.stringify(facts.questions.map((one) => one.trim())) &&
  JSON.stringify(campaign.tasks.map(({ id }) => id)) === JSON.stringify(facts.tasks.map(({ id }) => id))

export const change =
  (ports: StudyPorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof changeCampaign>): Promise<Changed> => {
    const campaign = await demandLocked(ctx, params.id)
    if (campaign.state === 'closed') throw refusals.closed()
    if (campaign.state === 'open' && !isSameAudience(campaign, body)) throw refusals.tasks_fixed.at('/body/audience')
    if (campaign.state === 'open' && !isSameWork(campaign, body)) throw refusals.tasks_fixed.at('/body/tasks')
    const tasks = await checked(ctx, body, ports)
    const {
      fromOn: from_on,
      untilOn: until_on,
      isModerated: is_moderated,
      questions,
      audience,
      ...words
    } = writtenOf(body)
    const lists = { tasks: JSON.stringify(tasks), questions: JSON.stringify(questions) }
    const { kinds: audience_kinds, posts: audience_posts, levels: audience_levels } = audience
    const asked = { audience_kinds, audience_posts, audience_levels }
    const written = { ...words, from_on, until_on, is_moderated, ...asked, ...lists }
    await q.setCampaign(ctx.db, ctx.actor.tenantId, campaign.id, written, ctx.now)
    if (campaign.state === 'open') await setCampaignClock(ctx, { ...campaign, title: words.title }, until_on)
    await publish(ctx, 'study.campaign_changed', campaignSubject(campaign), { title: words.title })
    return { id: campaign.id, state: campaign.state }
  }

const BEFORE = { open: 'draft', closed: 'open' } as const
export async function move(ctx: Ctx<Tx>, { params, body }: Input<typeof moveCampaign>): Promise<Changed> {
  const campaign = await demandLocked(ctx, params.id)
  const { state } = body
  if (campaign.state !== BEFORE[state]) throw refusals.not_open({ state: campaign.state })
  const outcome = body.outcome?.trim()
  if (state === 'closed' && !outcome) throw refusals.outcome_missing.at('/body/outcome')
  const change = state === 'closed' && outcome ? { state, outcome } : { state }
  await q.setCampaign(ctx.db, ctx.actor.tenantId, campaign.id, change, ctx.now)
  await (state === 'open' ? setCampaignClock(ctx, campaign, campaign.untilOn) : endCampaignClock(ctx, campaign.id))
  const { title, tasks, questions, untilOn } = campaign
  const payload = { title, state, tasks: tasks.length, questions: questions.length, untilOn }
  await publish(ctx, 'study.campaign_moved', campaignSubject(campaign), payload)
  return { id: campaign.id, state }
}

export async function summarize(ctx: Ctx<Tx>, { params, body }: Input<typeof summarizeCampaign>): Promise<Changed> {
  const campaign = await demandLocked(ctx, params.id)
  if (campaign.questions.length === 0) throw refusals.no_such_question.at('/params/id')
  const written = { summary: body.summary.trim(), summary_by: ctx.actor.personName }
  await q.setCampaign(ctx.db, ctx.actor.tenantId, campaign.id, written, ctx.now)
  await publish(ctx, 'study.campaign_summed', campaignSubject(campaign), { title: campaign.title })
  return { id: campaign.id, state: campaign.state }
}
