import type { CampaignState, CampaignTask, StudyAudience } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'
import { type Audience, type AudienceMember, belongsTo, meantFor } from '../../members/index.ts'
import { inPlace, type Own, type PlaceFilter, paged } from './paged.ts'

export type Campaign = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  title: string
  theme: string
  about: string
  fromOn: string
  untilOn: string
  audience: StudyAudience
  tasks: CampaignTask[]
  questions: string[]
  isModerated: boolean
  state: CampaignState
  summary: string | null
  summaryBy: string | null
  outcome: string | null
  posts: number
  waiting: number
  createdAt: Date
}

const campaigns = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_campaign as c')
    .select([
      'c.id',
      'c.unit_id as unitId',
      'c.org_path as orgPath',
      'c.unit_name as unitName',
      'c.title',
      'c.theme',
      'c.about',
      'c.from_on as fromOn',
      'c.until_on as untilOn',
      sql<StudyAudience>`jsonb_build_object('kinds', c.audience_kinds, 'posts', c.audience_posts,
        'levels', c.audience_levels)`.as('audience'),
      'c.tasks',
      'c.questions',
      'c.is_moderated as isModerated',
      'c.state',
      'c.summary',
      'c.summary_by as summaryBy',
      'c.outcome',
      'c.created_at as createdAt',
      sql<number>`(select count(*)::int from study_post p where p.tenant_id = ${tenantId} and p.campaign_id = c.id
        and p.state = 'shown')`.as('posts'),
      sql<number>`(select count(*)::int from study_post p where p.tenant_id = ${tenantId} and p.campaign_id = c.id
        and p.state = 'waiting')`.as('waiting'),
    ])
    .where('c.tenant_id', '=', tenantId)

export type CampaignFilter = PlaceFilter & {
  readonly state: CampaignState | null
  readonly text: string | null
}
export async function listCampaigns(db: Db, actor: Actor, filter: CampaignFilter, keyset: Keyset): Promise<Campaign[]> {
  let select = campaigns(db, actor.tenantId).where(inReach('c.org_path', actor))
  if (filter.path !== null) select = select.where(inPlace('c.org_path', filter.path, filter.isBelow))
  if (filter.state) select = select.where('c.state', '=', filter.state)
  if (filter.text) select = select.where('c.title', 'like', containing(filter.text))
  return paged<Campaign>(select, keyset, 'c.id')
}
export async function findCampaign(db: Db, actor: Actor, id: string): Promise<Campaign | undefined> {
  const select = campaigns(db, actor.tenantId).where('c.id', '=', id).where(inReach('c.org_path', actor))
  return (await select.executeTakeFirst()) as unknown as Campaign | undefined
}
export async function lockCampaign(tx: Tx, actor: Actor, id: string): Promise<Campaign | undefined> {
  const select = campaigns(tx, actor.tenantId).where('c.id', '=', id).where(inReach('c.org_path', actor))
  return (await select.forUpdate('c').executeTakeFirst()) as unknown as Campaign | undefined
}

/** For reactions, which act for the tenant. */
export async function campaignOfTenant(db: Db, tenantId: string, id: string): Promise<Campaign | undefined> {
  return (await campaigns(db, tenantId).where('c.id', '=', id).executeTakeFirst()) as unknown as Campaign | undefined
}

type Asked = AudienceMember & { readonly tenantId: string }
const askedOf = (db: Db, learner: Asked) =>
  campaigns(db, learner.tenantId)
    .where(meantFor('c', learner, 'org_path'))
    .where('c.state', '<>', 'draft')
export async function campaignsFor(db: Db, learner: Asked): Promise<Campaign[]> {
  const select = askedOf(db, learner).orderBy('c.created_at', 'desc').limit(100)
  return (await select.execute()) as unknown as Campaign[]
}
export async function campaignFor(db: Db, learner: Asked, id: string): Promise<Campaign | undefined> {
  const select = askedOf(db, learner).where('c.id', '=', id)
  return (await select.executeTakeFirst()) as unknown as Campaign | undefined
}

export type NewCampaign = Omit<
  Campaign,
  'state' | 'summary' | 'summaryBy' | 'outcome' | 'posts' | 'waiting' | 'createdAt'
>
export async function insertCampaign(tx: Tx, tenantId: string, campaign: NewCampaign, at: Date): Promise<void> {
  await tx
    .insertInto('study_campaign')
    .values({
      tenant_id: tenantId,
      id: campaign.id,
      unit_id: campaign.unitId,
      org_path: campaign.orgPath,
      unit_name: campaign.unitName,
      title: campaign.title,
      theme: campaign.theme,
      about: campaign.about,
      from_on: campaign.fromOn,
      until_on: campaign.untilOn,
      audience_kinds: campaign.audience.kinds,
      audience_posts: campaign.audience.posts,
      audience_levels: campaign.audience.levels,
      tasks: JSON.stringify(campaign.tasks),
      questions: JSON.stringify(campaign.questions),
      is_moderated: campaign.isModerated,
      state: 'draft',
      created_at: at,
      updated_at: at,
    })
    .execute()
}
export type CampaignChange = {
  title?: string
  theme?: string
  about?: string
  from_on?: string
  until_on?: string
  audience_kinds?: string[]
  audience_posts?: string[]
  audience_levels?: string[]
  tasks?: string
  questions?: string
  is_moderated?: boolean
  state?: CampaignState
  summary?: string
  summary_by?: string
  outcome?: string
}
export async function setCampaign(tx: Tx, tenantId: string, id: string, change: CampaignChange, at: Date) {
  await tx
    .updateTable('study_campaign')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** How many people of the audience did each task, and how many did all of them: counts, nobody by name. */
export async function progressOf(
  db: Db,
  tenantId: string,
  campaign: Pick<Campaign, 'id' | 'tasks'>,
  audience: Audience,
): Promise<{ done: Map<string, number>; people: number; finished: number }> {
  const people = await db
    .selectFrom('member_card as m')
    .select(sql<number>`count(*)::int`.as('people'))
    .where('m.tenant_id', '=', tenantId)
    .where(belongsTo(audience))
    .executeTakeFirst()
  const ids = campaign.tasks.map(({ id }) => id)
  if (ids.length === 0) return { done: new Map(), people: people?.people ?? 0, finished: 0 }
  const rows = await db
    .selectFrom('study_done as d')
    .select(['d.task_id as taskId', sql<number>`count(*)::int`.as('people')])
    .where('d.tenant_id', '=', tenantId)
    .where('d.campaign_id', '=', campaign.id)
    .groupBy('d.task_id')
    .execute()
  const finished = await db
    .selectFrom(
      db
        .selectFrom('study_done as d')
        .select('d.person_id as personId')
        .where('d.tenant_id', '=', tenantId)
        .where('d.campaign_id', '=', campaign.id)
        .where('d.task_id', 'in', ids)
        .groupBy('d.person_id')
        .having(sql<boolean>`count(*) = ${ids.length}`)
        .as('f'),
    )
    .select(sql<number>`count(*)::int`.as('people'))
    .executeTakeFirst()
  return {
    done: new Map(rows.map((row) => [row.taskId, row.people])),
    people: people?.people ?? 0,
    finished: finished?.people ?? 0,
  }
}

export async function ownDone(
  db: Db,
  { tenantId, personId }: Own,
  campaignIds: readonly string[],
): Promise<{ campaignId: string; taskId: string }[]> {
  if (campaignIds.length === 0) return []
  return db
    .selectFrom('study_done')
    .select(['campaign_id as campaignId', 'task_id as taskId'])
    .where('tenant_id', '=', tenantId)
    .where('person_id', '=', personId)
    .where('campaign_id', 'in', [...campaignIds])
    .execute()
}
export async function setDone(
  tx: Tx,
  own: Own & { readonly orgPath: string },
  at: { readonly campaignId: string; readonly taskId: string; readonly isDone: boolean; readonly now: Date },
): Promise<void> {
  if (at.isDone)
    await tx
      .insertInto('study_done')
      .values({
        tenant_id: own.tenantId,
        campaign_id: at.campaignId,
        task_id: at.taskId,
        person_id: own.personId,
        org_path: own.orgPath,
        at: at.now,
      })
      .onConflict((on) => on.doNothing())
      .execute()
  else
    await tx
      .deleteFrom('study_done')
      .where('tenant_id', '=', own.tenantId)
      .where('campaign_id', '=', at.campaignId)
      .where('task_id', '=', at.taskId)
      .where('person_id', '=', own.personId)
      .execute()
}
