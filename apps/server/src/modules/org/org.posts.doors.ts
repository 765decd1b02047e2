import type { OrgKind, OrgPost } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach, inScope } from '../../platform/scope.ts'

/** A post that a member holds now, and the kind of organisation where it is held. */
export type HeldPost = { readonly post: string; readonly orgPath: string; readonly orgKind: OrgKind }

/** The posts that a member holds now, as far as the caller sees them: everybody sees the own ones. */
export async function postsOfMember(db: Db, tenantId: string, memberId: string): Promise<HeldPost[]> {
  const rows = await db
    .selectFrom('org_post as p')
    .innerJoin('org_unit as u', (join) => join.on('u.tenant_id', '=', tenantId).onRef('u.id', '=', 'p.unit_id'))
    .select(['p.post', 'p.org_path as orgPath', 'u.kind as orgKind'])
    .where('p.tenant_id', '=', tenantId)
    .where('u.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
    .where('p.until_on', 'is', null)
    .execute()
  return rows as HeldPost[]
}

/** Ids of the members who hold one of the posts at or below a path now; `kinds` empty: at any kind of organisation. */
export async function holdersOfPosts(
  db: Db,
  tenantId: string,
  path: string,
  posts: readonly string[],
  kinds: readonly string[],
): Promise<string[]> {
  let select = db
    .selectFrom('org_post as p')
    .innerJoin('org_unit as u', (join) => join.on('u.tenant_id', '=', tenantId).onRef('u.id', '=', 'p.unit_id'))
    .select('p.member_id as memberId')
    .distinct()
    .where('p.tenant_id', '=', tenantId)
    .where('u.tenant_id', '=', tenantId)
    .where(inScope('p.org_path', path))
    .where(sql<boolean>`p.post = any(${[...posts]}::text[])`)
    .where('p.until_on', 'is', null)
  if (kinds.length > 0) select = select.where(sql<boolean>`u.kind = any(${[...kinds]}::text[])`)
  return (await select.execute()).map(({ memberId }) => memberId)
}

/** Every post that these members hold now, wherever in the tenant it is as far as the transaction sees. */
export async function heldPostsOf(
  db: Db,
  tenantId: string,
  memberIds: readonly string[],
): Promise<{ memberId: string; post: string }[]> {
  return db
    .selectFrom('org_post as p')
    .select(['p.member_id as memberId', 'p.post'])
    .where('p.tenant_id', '=', tenantId)
    .where(sql<boolean>`p.member_id = any(${[...memberIds]}::uuid[])`)
    .where('p.until_on', 'is', null)
    .execute()
}

/** Paths of the units at which a member holds a post of a committee now. A member sees the own posts wherever they are. */
export async function postPathsOf(db: Db, tenantId: string, memberId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('org_post as p')
    .select('p.org_path as orgPath')
    .distinct()
    .where('p.tenant_id', '=', tenantId)
    .where('p.member_id', '=', memberId)
    .where('p.post', '<>', 'group_leader')
    .where('p.until_on', 'is', null)
    .execute()
  return rows.map(({ orgPath }) => orgPath)
}

/** Members who hold a post of the committee of a unit, or of a unit one level below it, now. */
export async function officersAround(db: Db, tenantId: string, path: string): Promise<string[]> {
  const rows = await db
    .selectFrom('org_post as p')
    .select('p.member_id as memberId')
    .distinct()
    .where('p.tenant_id', '=', tenantId)
    .where(inScope('p.org_path', path))
    .where(sql<boolean>`(p.org_path = ${path} or regexp_replace(p.org_path, '[.][^.]+$', '') = ${path})`)
    .where('p.post', '<>', 'group_leader')
    .where('p.until_on', 'is', null)
    .execute()
  return rows.map(({ memberId }) => memberId)
}

/** A post of a member, held now or before. */
export type PostHeld = {
  readonly post: OrgPost
  readonly unit: string | null
  readonly fromOn: string
  readonly untilOn: string | null
}

/**
 * Posts of a member in the units that the caller reaches, the present ones first, then the newest, `most` at most.
 * Whoever asks about oneself sees them wherever they are.
 */
export async function postsHeld(
  db: Db,
  actor: Actor,
  { memberId, isOwn }: { readonly memberId: string; readonly isOwn: boolean },
  most: number,
): Promise<PostHeld[]> {
  const rows = await db
    .selectFrom('org_post as p')
    .leftJoin('org_path as o', (join) => join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'p.unit_id'))
    .select(['p.post', 'o.name as unit', 'p.from_on as fromOn', 'p.until_on as untilOn'])
    .where('p.tenant_id', '=', actor.tenantId)
    .where('p.member_id', '=', memberId)
    .where(isOwn ? sql<boolean>`true` : inReach('p.org_path', actor))
    .orderBy(sql`p.until_on desc nulls first`)
    .orderBy('p.from_on', 'desc')
    .orderBy('p.id')
    .limit(most)
    .execute()
  return rows as PostHeld[]
}
