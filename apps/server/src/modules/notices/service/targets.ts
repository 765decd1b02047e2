import { type AudienceKind, type NoticeTargets, noticesRefusals as refusals } from '@tongxin/contract'
import type { Ctx, Db } from '../../../platform/ctx.ts'
import { isWithin } from '../../../platform/scope.ts'
import { audienceOf, standingsOf } from '../../members/index.ts'
import { livingUnits } from '../../org/index.ts'
import type { Meant } from '../queries/audience.queries.ts'
import type { Target } from '../queries/targets.queries.ts'

type Place = { readonly id: string; readonly path: string }

const asUnit = (unit: Place & { readonly name: string }, people: Pick<Target, 'kinds' | 'posts' | 'levels'>) => ({
  ...people,
  unitId: unit.id,
  audiencePath: unit.path,
  personId: null,
  memberId: null,
  name: unit.name,
})
const NOBODY = { kinds: [], posts: [], levels: [] } as const

async function units(ctx: Ctx, issuer: Place, ids: readonly string[], at: string) {
  if (ids.length === 0) return []
  const found = await livingUnits(ctx.db, ctx.actor, { ids }, ids.length)
  const below = found.filter(({ path }) => isWithin(path, issuer.path))
  if (below.length < ids.length) throw refusals.no_such_org.at(at)
  return below
}

async function members(ctx: Ctx, issuer: Place, ids: readonly string[], at: string) {
  const found = (await standingsOf(ctx.db, ctx.actor, ids)).filter(({ orgPath }) => isWithin(orgPath, issuer.path))
  if (found.length < ids.length) throw refusals.no_such_member.at(at)
  return found.map(({ memberId, personId, name }) => ({
    ...NOBODY,
    unitId: null,
    audiencePath: null,
    personId,
    memberId,
    name,
  }))
}

/**
 * Whom a notice of the issuer is for, as rows: a unit that lies below another one is dropped.
 * @throws Refusal `notices.no_such_org`, `notices.no_such_member`, `notices.levels_without_posts`
 */
export async function resolveTargets(ctx: Ctx, issuer: Place, targets: NoticeTargets): Promise<Target[]> {
  const { kinds, posts, levels } = targets
  const at = (field: keyof NoticeTargets) => `/body/targets/${field}`
  if (levels.length > 0 && posts.length === 0) throw refusals.levels_without_posts.at(at('levels'))
  const named = await units(ctx, issuer, targets.orgIds, at('orgIds'))
  const widest = named.filter(({ path }) => !named.some((other) => other.path !== path && isWithin(path, other.path)))
  const meant = [
    ...widest.map((unit) => asUnit(unit, { kinds, posts, levels })),
    ...(await members(ctx, issuer, targets.memberIds, at('memberIds'))),
  ]
  const excepted = [
    ...(await units(ctx, issuer, targets.exceptOrgIds, at('exceptOrgIds'))).map((unit) => asUnit(unit, NOBODY)),
    ...(await members(ctx, issuer, targets.exceptMemberIds, at('exceptMemberIds'))),
  ]
  return [...meant.map((one) => ({ ...one, isExcept: false })), ...excepted.map((one) => ({ ...one, isExcept: true }))]
}

const pathsIn = (targets: readonly Target[], isExcept: boolean) =>
  targets.flatMap((one) => (one.isExcept === isExcept && one.audiencePath ? [one.audiencePath] : []))
const membersIn = (targets: readonly Target[], isExcept: boolean) =>
  targets.flatMap((one) => (one.isExcept === isExcept && one.memberId ? [one.memberId] : []))

/** The people behind the rows. Posts are looked up now: whoever takes one over is meant from then on. */
export async function meantBy(db: Db, tenantId: string, targets: readonly Target[]): Promise<Meant> {
  const paths = pathsIn(targets, false)
  const rule = targets.find((one) => !one.isExcept && one.audiencePath !== null)
  const kinds: readonly AudienceKind[] = rule?.kinds ?? []
  let holders: Meant['holders'] = null
  if (rule && rule.posts.length > 0) {
    const held: { path: string; memberId: string }[] = []
    for (const path of paths) {
      const narrowed = {
        audiencePath: path,
        audienceKinds: kinds,
        audiencePosts: rule.posts,
        audienceLevels: rule.levels,
      }
      const { holders: ids } = await audienceOf(db, tenantId, narrowed)
      held.push(...(ids ?? []).map((memberId) => ({ path, memberId })))
    }
    holders = held
  }
  return {
    tenantId,
    paths,
    kinds,
    holders,
    memberIds: membersIn(targets, false),
    exceptPaths: pathsIn(targets, true),
    exceptMemberIds: membersIn(targets, true),
  }
}
