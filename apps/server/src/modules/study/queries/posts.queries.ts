import type { CampaignPostState } from '@tongxin/contract'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'
import { type Own, paged } from './paged.ts'

export type Post = {
  id: string
  campaignId: string
  questionAt: number
  personId: string
  orgPath: string
  writer: string
  unitName: string
  body: string
  state: CampaignPostState
  reason: string | null
  isPinned: boolean
  at: Date
}

const posts = (db: Db, tenantId: string) =>
  db
    .selectFrom('study_post as p')
    .select([
      'p.id',
      'p.campaign_id as campaignId',
      'p.question_at as questionAt',
      'p.person_id as personId',
      'p.org_path as orgPath',
      'p.writer',
      'p.unit_name as unitName',
      'p.body',
      'p.state',
      'p.reason',
      'p.is_pinned as isPinned',
      'p.at',
    ])
    .where('p.tenant_id', '=', tenantId)

export type PostFilter = {
  readonly campaignId: string
  readonly questionAt: number | null
  readonly state: CampaignPostState | null
}
const filtered = (db: Db, tenantId: string, filter: PostFilter) => {
  let select = posts(db, tenantId).where('p.campaign_id', '=', filter.campaignId)
  if (filter.questionAt !== null) select = select.where('p.question_at', '=', filter.questionAt)
  return filter.state ? select.where('p.state', '=', filter.state) : select
}

export const listPosts = (db: Db, actor: Actor, filter: PostFilter, keyset: Keyset): Promise<Post[]> =>
  paged<Post>(
    filtered(db, actor.tenantId, filter).where(inReach('p.org_path', actor)).where('p.state', '<>', 'withdrawn'),
    keyset,
    'p.id',
  )

/** What is shown, and the person's own; pinned ones are asked for apart. */
export async function listPostsFor(
  db: Db,
  own: Own,
  filter: PostFilter,
  isPinned: boolean,
  keyset: Keyset,
): Promise<Post[]> {
  const select = filtered(db, own.tenantId, filter)
    .where('p.is_pinned', '=', isPinned)
    .where((eb) =>
      eb.or([
        eb('p.state', '=', 'shown'),
        eb.and([eb('p.person_id', '=', own.personId), eb('p.state', '<>', 'withdrawn')]),
      ]),
    )
  return paged<Post>(select, keyset, 'p.id')
}

export async function shownPosts(db: Db, tenantId: string, campaignId: string, most: number): Promise<Post[]> {
  const rows = await filtered(db, tenantId, { campaignId, questionAt: null, state: 'shown' })
    .orderBy('p.question_at')
    .orderBy('p.is_pinned', 'desc')
    .orderBy('p.at')
    .orderBy('p.id')
    .limit(most)
    .execute()
  return rows as Post[]
}

export async function lockPost(tx: Tx, actor: Actor, id: string): Promise<Post | undefined> {
  const select = posts(tx, actor.tenantId).where('p.id', '=', id).where(inReach('p.org_path', actor))
  return (await select.forUpdate('p').executeTakeFirst()) as Post | undefined
}
export async function lockOwnPost(tx: Tx, own: Own, id: string): Promise<Post | undefined> {
  const select = posts(tx, own.tenantId).where('p.id', '=', id).where('p.person_id', '=', own.personId)
  return (await select.forUpdate('p').executeTakeFirst()) as Post | undefined
}

export async function insertPost(tx: Tx, tenantId: string, post: Omit<Post, 'reason' | 'isPinned'>): Promise<void> {
  await tx
    .insertInto('study_post')
    .values({
      tenant_id: tenantId,
      id: post.id,
      campaign_id: post.campaignId,
      question_at: post.questionAt,
      person_id: post.personId,
      org_path: post.orgPath,
      writer: post.writer,
      unit_name: post.unitName,
      body: post.body,
      state: post.state,
      at: post.at,
      updated_at: post.at,
    })
    .execute()
}
export type PostChange = {
  state?: CampaignPostState
  reason?: string | null
  is_pinned?: boolean
  decided_by?: string
}
export async function setPost(tx: Tx, tenantId: string, id: string, change: PostChange, at: Date): Promise<void> {
  await tx
    .updateTable('study_post')
    .set({ ...change, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}
