import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach, pathsAlong } from '../../../platform/scope.ts'

export type Class = {
  id: string
  parentId: string | null
  unitId: string
  orgPath: string
  orgName: string
  name: string
  path: string
  place: number
  isSubscribed: boolean
}

/** Classes of the units that the post reaches and of those above it, in the order of the tree. */
export async function listClasses(db: Db, actor: Actor, as: 'desk' | 'own', most: number): Promise<Class[]> {
  const { tenantId, personId, scope } = actor
  const along = pathsAlong(scope)
  const mine = as === 'desk' ? sql`or ${inReach('c.org_path', actor)}` : sql``
  const { rows } =
    await sql<Class>`select c.id, c.parent_id as "parentId", c.unit_id as "unitId", c.org_path as "orgPath",
      coalesce(o.name, '') as "orgName", c.name, c.path, c.place, s.class_id is not null as "isSubscribed"
    from library_class c
    left join org_path o on o.tenant_id = c.tenant_id and o.id = c.unit_id and o.tenant_id = ${tenantId}
    left join library_subscription s on s.tenant_id = ${tenantId} and s.class_id = c.id and s.person_id = ${personId}
    where c.tenant_id = ${tenantId} and c.closed_at is null and (c.org_path = any(${along}::text[]) ${mine})
    order by c.org_path, c.place, c.name, c.id limit ${most}`.execute(db)
  return rows
}

export type ClassRow = Pick<Class, 'id' | 'parentId' | 'unitId' | 'orgPath' | 'name' | 'path'>
const classes = (db: Db, tenantId: string) =>
  db
    .selectFrom('library_class as c')
    .select(['c.id', 'c.parent_id as parentId', 'c.unit_id as unitId', 'c.org_path as orgPath', 'c.name', 'c.path'])
    .where('c.tenant_id', '=', tenantId)
    .where('c.closed_at', 'is', null)

/** A class into which the post may put a document, or whose documents it may see: its own units' or one above. */
export async function findClass(db: Db, actor: Actor, id: string): Promise<ClassRow | undefined> {
  return classes(db, actor.tenantId)
    .where('c.id', '=', id)
    .where(sql<boolean>`(${inReach('c.org_path', actor)} or c.org_path = any(${pathsAlong(actor.scope)}::text[]))`)
    .executeTakeFirst()
}

export async function lockClass(tx: Tx, actor: Actor, id: string): Promise<ClassRow | undefined> {
  return classes(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate('c')
    .executeTakeFirst()
}

export async function insertClass(
  tx: Tx,
  tenantId: string,
  row: ClassRow & { place: number },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('library_class')
    .values({
      tenant_id: tenantId,
      id: row.id,
      parent_id: row.parentId,
      unit_id: row.unitId,
      org_path: row.orgPath,
      name: row.name,
      path: row.path,
      place: row.place,
      updated_at: at,
    })
    .execute()
}

export async function setClass(
  tx: Tx,
  tenantId: string,
  id: string,
  set: { readonly name?: string; readonly place?: number; readonly closed_at?: Date },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('library_class')
    .set({ ...set, updated_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** Whether a class has open classes or documents, those in the bin included. */
export async function isClassUsed(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select
      exists (select from library_class c where c.tenant_id = ${tenantId} and c.parent_id = ${id} and c.closed_at is null)
      or exists (select from library_document d where d.tenant_id = ${tenantId} and d.class_id = ${id}) as used`.execute(
    tx,
  )
  return rows[0]?.used ?? false
}

export async function setSubscription(
  tx: Tx,
  { tenantId, personId, scope }: Actor,
  classId: string,
  at: Date | null,
): Promise<void> {
  if (at === null) {
    await tx
      .deleteFrom('library_subscription')
      .where('tenant_id', '=', tenantId)
      .where('person_id', '=', personId)
      .where('class_id', '=', classId)
      .execute()
    return
  }
  await tx
    .insertInto('library_subscription')
    .values({ tenant_id: tenantId, person_id: personId, class_id: classId, org_path: scope, since: at })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'person_id', 'class_id']).doUpdateSet({ org_path: scope }))
    .execute()
}
