import type { OrgKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db } from '../../platform/ctx.ts'
import { inReach, inScope } from '../../platform/scope.ts'

export type LivingUnit = { readonly id: string; readonly path: string; readonly name: string }
/** Units by id, those one level below a unit, or all below it; `kinds` empty: of any kind. */
export type WhichUnits =
  | { readonly ids: readonly string[] }
  | { readonly parentId: string; readonly kinds: readonly OrgKind[] }
  | { readonly below: string; readonly kinds: readonly OrgKind[] }

/** Units that exist now and that the post reaches, in the order of the tree; at most `most`. */
export async function livingUnits(db: Db, actor: Actor, which: WhichUnits, most: number): Promise<LivingUnit[]> {
  let select = db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.path', 'u.name'])
    .where('u.tenant_id', '=', actor.tenantId)
    .where(inReach('u.path', actor))
    .where('u.dissolved_on', 'is', null)
  if ('ids' in which) select = select.where(sql<boolean>`u.id = any(${[...which.ids]}::uuid[])`)
  else {
    if ('parentId' in which) select = select.where('u.parent_id', '=', which.parentId)
    else select = select.where(inScope('u.path', which.below)).where('u.path', '<>', which.below)
    if (which.kinds.length > 0) select = select.where(sql<boolean>`u.kind = any(${[...which.kinds]}::text[])`)
  }
  return select.orderBy('u.path').limit(most).execute()
}

export type UnitOfTree = LivingUnit & { readonly kind: OrgKind; readonly isDissolved: boolean }
const unitsOfTree = (db: Db, tenantId: string) =>
  db
    .selectFrom('org_unit as u')
    .select(['u.id', 'u.path', 'u.name', 'u.kind', sql<boolean>`u.dissolved_on is not null`.as('isDissolved')])
    .where('u.tenant_id', '=', tenantId)

/** Units of a tenant in the order of the tree, those after a path: for jobs that go through all of them. */
export async function unitsAfter(db: Db, tenantId: string, path: string, most: number): Promise<UnitOfTree[]> {
  const select = unitsOfTree(db, tenantId).where('u.path', '>', path).orderBy('u.path').limit(most)
  return (await select.execute()) as UnitOfTree[]
}
/** One unit, for reactions. */
export async function unitOfTree(db: Db, tenantId: string, id: string): Promise<UnitOfTree | undefined> {
  return (await unitsOfTree(db, tenantId).where('u.id', '=', id).executeTakeFirst()) as UnitOfTree | undefined
}
