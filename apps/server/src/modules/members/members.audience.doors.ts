import type { AudienceKind, OrgKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Db } from '../../platform/ctx.ts'
import { inScope, pathsAlong } from '../../platform/scope.ts'
import { COMMITTEE_POSTS, type HeldPost, holdersOfPosts } from '../org/index.ts'

/** Who something to learn is for: people of these kinds in a unit and below it, narrowed by post and level of the post. */
export type AudienceRule = {
  readonly audiencePath: string
  readonly audienceKinds: readonly AudienceKind[]
  readonly audiencePosts: readonly string[]
  readonly audienceLevels: readonly string[]
}
/** People of an audience by the rule: nobody has a row of it. */
export type Audience = AudienceRule & {
  /** Members who hold one of the posts; null when the audience is not narrowed by posts. */
  readonly holders: readonly string[] | null
}

/** Which records an audience kind means. */
const CATEGORIES_OF: Readonly<Record<AudienceKind, readonly string[]>> = {
  formal: ['formal'],
  probationary: ['probationary'],
  activist: ['activist', 'candidate'],
  masses: ['applicant', 'public'],
}
const kindOfCategory = (category: string): AudienceKind | null =>
  (Object.keys(CATEGORIES_OF) as AudienceKind[]).find((kind) => CATEGORIES_OF[kind].includes(category)) ?? null
export const categoriesOf = (kinds: readonly AudienceKind[]): string[] => kinds.flatMap((kind) => CATEGORIES_OF[kind])

const SECRETARIES = ['secretary', 'deputy_secretary']
/** The posts that an audience's posts mean. */
const postsMeant = (posts: readonly string[]): string[] =>
  posts.includes('committee') ? [...COMMITTEE_POSTS] : SECRETARIES

const LEVELS: Readonly<Record<string, readonly OrgKind[]>> = {
  committee: ['committee', 'working_committee', 'leading_group'],
  general_branch: ['general_branch'],
  branch: ['branch', 'joint_branch', 'temporary_branch'],
}
/** Under which level of an audience a kind of organisation counts; '' for none. */
const levelOf = (kind: OrgKind): string => Object.keys(LEVELS).find((level) => LEVELS[level]?.includes(kind)) ?? ''
/** As which of an audience's posts a held post counts. */
const classesOf = (post: string): string[] => {
  if (SECRETARIES.includes(post)) return ['secretary', 'committee']
  return COMMITTEE_POSTS.includes(post) ? ['committee'] : []
}
const orgKindsOf = (levels: readonly string[]): OrgKind[] => levels.flatMap((level) => LEVELS[level] ?? [])

/** The audience with those who hold one of its posts. */
export async function audienceOf(db: Db, tenantId: string, rule: AudienceRule): Promise<Audience> {
  const { audiencePath, audienceKinds, audiencePosts, audienceLevels } = rule
  const holders =
    audiencePosts.length === 0
      ? null
      : await holdersOfPosts(db, tenantId, audiencePath, postsMeant(audiencePosts), orgKindsOf(audienceLevels))
  return { audiencePath, audienceKinds, audiencePosts, audienceLevels, holders }
}

/** Statuses of records that are asked to learn. */
export const LEARNING_STATUSES: readonly string[] = ['normal', 'suspended', 'retained', 'restored']

/** Statuses of records that have ended: the totals of units count them. */
export const ENDED_STATUSES: readonly string[] = ['struck_off', 'expelled', 'left', 'deceased', 'transferred']

/** The audience as a condition on `m`, a member card. */
export const belongsTo = (audience: Audience) => sql<boolean>`(${inScope('m.org_path', audience.audiencePath)}
  and m.category = any(${categoriesOf(audience.audienceKinds)}::text[]) and m.status = any(${[...LEARNING_STATUSES]}::text[])
  ${audience.holders === null ? sql`` : sql`and m.id = any(${[...audience.holders]}::uuid[])`})`

/** Where somebody stands whom an audience may mean. */
export type AudienceMember = {
  readonly orgPath: string
  readonly category: string
  readonly posts: readonly HeldPost[]
}

/**
 * Whether an audience that stands in the columns `audience_*` of `alias` means somebody: the own place and kind, and a
 * post held inside of it where it is narrowed by posts. `path` is the column of the unit.
 */
export function meantFor(alias: string, learner: AudienceMember, path = 'audience_path') {
  const at = (column: string) => sql.ref(`${alias}.${column}`)
  const held = learner.posts.flatMap(({ post, orgPath, orgKind }) =>
    classesOf(post).map((word) => ({ word, orgPath, level: levelOf(orgKind) })),
  )
  return sql<boolean>`(${at(path)} = any(${pathsAlong(learner.orgPath)}::text[])
    and ${kindOfCategory(learner.category) ?? ''} = any(${at('audience_kinds')})
    and (cardinality(${at('audience_posts')}) = 0 or exists (
      select from unnest(${held.map(({ word }) => word)}::text[], ${held.map(({ level }) => level)}::text[],
        ${held.map(({ orgPath }) => orgPath)}::text[]) as h (post, level, path)
      where h.post = any(${at('audience_posts')})
        and (cardinality(${at('audience_levels')}) = 0 or h.level = any(${at('audience_levels')}))
        and h.path collate "C" >= ${at(path)} and h.path collate "C" < ${at(path)} || '/')))`
}
