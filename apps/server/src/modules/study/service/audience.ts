import { studyRefusals as refusals, type StudyAudience } from '@tongxin/contract'
import type { Db } from '../../../platform/ctx.ts'
import { type Audience, audienceOf } from '../../members/index.ts'

type Addressed = { readonly orgPath: string; readonly audience: StudyAudience }

/** The people of an assignment or campaign: of its unit and below it, as far as its audience goes. */
export const peopleOf = (db: Db, tenantId: string, { orgPath, audience }: Addressed): Promise<Audience> =>
  audienceOf(db, tenantId, {
    audiencePath: orgPath,
    audienceKinds: audience.kinds,
    audiencePosts: audience.posts,
    audienceLevels: audience.levels,
  })

/** @throws Refusal `study.levels_without_posts` */
export function demandAudience({ posts, levels }: StudyAudience): void {
  if (levels.length > 0 && posts.length === 0) throw refusals.levels_without_posts.at('/body/audience/levels')
}
