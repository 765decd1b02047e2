import { tasksRefusals as refusals, type TaskRole, type TaskTargets } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { isWithin } from '../../../platform/scope.ts'
import { standingsOf } from '../../members/index.ts'
import { type LivingUnit, livingUnits } from '../../org/index.ts'
import type { NewPart } from '../queries/parts.queries.ts'
import { MOST_PARTS } from '../tasks.policy.ts'

export type Target = Pick<NewPart, 'unitId' | 'orgPath' | 'unitName' | 'personId' | 'memberId' | 'personName' | 'role'>
type Issuer = { readonly id: string; readonly path: string }

const nobody = { personId: null, memberId: null, personName: null }
const ofUnit = (unit: LivingUnit, role: TaskRole): Target => ({
  ...nobody,
  unitId: unit.id,
  orgPath: unit.path,
  unitName: unit.name,
  role,
})

/** Units by name; each lies below the unit that asks. */
async function namedUnits(ctx: Ctx<Tx>, issuer: Issuer, ids: readonly string[], at: string): Promise<LivingUnit[]> {
  if (ids.length === 0) return []
  const found = await livingUnits(ctx.db, ctx.actor, { ids }, ids.length)
  const below = found.filter(({ path }) => path !== issuer.path && isWithin(path, issuer.path))
  if (below.length < new Set(ids).size) throw refusals.no_such_org.at(at)
  return below
}

async function unitsBelow(ctx: Ctx<Tx>, issuer: Issuer, { below, kinds = [] }: TaskTargets): Promise<LivingUnit[]> {
  if (below === undefined) return []
  const which = below === 'children' ? { parentId: issuer.id, kinds } : { below: issuer.path, kinds }
  return livingUnits(ctx.db, ctx.actor, which, MOST_PARTS + 1)
}

/** Living records of people at or below the unit that asks. */
async function people(
  ctx: Ctx<Tx>,
  issuer: Issuer,
  ids: readonly string[],
  { at, role }: { readonly at: string; readonly role: TaskRole },
): Promise<Target[]> {
  if (ids.length === 0) return []
  const found = (await standingsOf(ctx.db, ctx.actor, ids)).filter(({ orgPath }) => isWithin(orgPath, issuer.path))
  if (found.length < new Set(ids).size) throw refusals.no_such_member.at(at)
  const homes = await livingUnits(ctx.db, ctx.actor, { ids: found.map(({ orgId }) => orgId) }, found.length)
  const names = new Map(homes.map(({ id, name }) => [id, name]))
  return found.map(({ memberId, personId, name, orgId, orgPath }) => ({
    unitId: orgId,
    orgPath,
    unitName: names.get(orgId) ?? '',
    personId,
    memberId,
    personName: name,
    role,
  }))
}

/**
 * Whom a task is for, each once: whoever is named as leader is no helper, and units named stand before those meant by
 * their place in the tree.
 * @throws Refusal `tasks.no_such_org`, `tasks.no_such_member`, `tasks.no_targets`, `tasks.too_many`
 */
export async function targetsOf(ctx: Ctx<Tx>, issuer: Issuer, targets: TaskTargets, at: string): Promise<Target[]> {
  const { orgIds, helperOrgIds, memberIds, helperMemberIds } = targets
  const units = [
    ...(await namedUnits(ctx, issuer, orgIds, `${at}/orgIds`)).map((unit) => ofUnit(unit, 'lead')),
    ...(await namedUnits(ctx, issuer, helperOrgIds, `${at}/helperOrgIds`)).map((unit) => ofUnit(unit, 'help')),
    ...(await unitsBelow(ctx, issuer, targets)).map((unit) => ofUnit(unit, 'lead')),
  ]
  const persons = [
    ...(await people(ctx, issuer, memberIds, { at: `${at}/memberIds`, role: 'lead' })),
    ...(await people(ctx, issuer, helperMemberIds, { at: `${at}/helperMemberIds`, role: 'help' })),
  ]
  const once = new Map<string, Target>()
  for (const target of [...units, ...persons]) {
    const key = target.personId ?? target.unitId
    if (!once.has(key)) once.set(key, target)
  }
  if (once.size === 0) throw refusals.no_targets.at(at)
  if (once.size > MOST_PARTS) throw refusals.too_many.at(at, { most: MOST_PARTS })
  return [...once.values()]
}
