import { sql } from 'kysely'
import type { Db, Tx } from '../../../platform/ctx.ts'
import type { Wisher } from './own-wishes.queries.ts'
import type { Wish } from './wishes.queries.ts'

/** What a person does with wishes: support, enrol, rate. */
export type OwnPart = {
  readonly isSupported: boolean
  readonly isEnrolled: boolean
  readonly attended: boolean
  readonly stars: number | null
}

export async function supportedAmong(db: Db, wisher: Wisher, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('topics_support')
    .select('wish_id as id')
    .where('tenant_id', '=', wisher.tenantId)
    .where('person_id', '=', wisher.personId)
    .where(sql<boolean>`wish_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export async function ownPartOf(db: Db, wisher: Wisher, id: string): Promise<OwnPart> {
  const { tenantId, personId } = wisher
  const isSupported = (await supportedAmong(db, wisher, [id])).has(id)
  const enrolment = await db
    .selectFrom('topics_enrolment')
    .select(['is_enrolled as isEnrolled', 'attended_at as attendedAt'])
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const rating = await db
    .selectFrom('topics_rating')
    .select('stars')
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return {
    isSupported,
    isEnrolled: enrolment?.isEnrolled ?? false,
    attended: enrolment !== undefined && enrolment.attendedAt !== null,
    stars: rating?.stars ?? null,
  }
}

type Place = Pick<Wish, 'id' | 'orgPath'>

/** True when it was not there before. */
export async function insertSupport(
  tx: Tx,
  tenantId: string,
  wish: Place,
  personIds: readonly string[],
  more: { readonly at: Date; readonly mergeId: string | null },
): Promise<number> {
  if (personIds.length === 0) return 0
  const rows = await tx
    .insertInto('topics_support')
    .values(
      personIds.map((person_id) => ({
        tenant_id: tenantId,
        wish_id: wish.id,
        person_id,
        org_path: wish.orgPath,
        merge_id: more.mergeId,
        at: more.at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'wish_id', 'person_id']).doNothing())
    .returning('person_id')
    .execute()
  return rows.length
}

export async function removeSupport(tx: Tx, tenantId: string, wishId: string, personId: string): Promise<boolean> {
  const rows = await tx
    .deleteFrom('topics_support')
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', wishId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .execute()
  return rows.length > 0
}

export async function removeMergedSupport(tx: Tx, tenantId: string, wishId: string, mergeId: string): Promise<number> {
  const rows = await tx
    .deleteFrom('topics_support')
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', wishId)
    .where('merge_id', '=', mergeId)
    .returning('person_id')
    .execute()
  return rows.length
}

export async function supportersOf(db: Db, tenantId: string, wishId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('topics_support')
    .select('person_id as id')
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', wishId)
    .orderBy('person_id')
    .execute()
  return rows.map(({ id }) => id)
}

/** True when something changed. */
export async function setEnrolment(
  tx: Tx,
  wisher: Wisher,
  wish: Place,
  isEnrolled: boolean,
  at: Date,
): Promise<boolean> {
  const { tenantId, personId, memberId } = wisher
  if (!isEnrolled) {
    const gone = await tx
      .deleteFrom('topics_enrolment')
      .where('tenant_id', '=', tenantId)
      .where('wish_id', '=', wish.id)
      .where('person_id', '=', personId)
      .where('attended_at', 'is', null)
      .returning('person_id')
      .execute()
    return gone.length > 0
  }
  const rows = await tx
    .insertInto('topics_enrolment')
    .values({
      tenant_id: tenantId,
      wish_id: wish.id,
      person_id: personId,
      member_id: memberId,
      org_path: wish.orgPath,
      at,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'wish_id', 'person_id']).doNothing())
    .returning('person_id')
    .execute()
  return rows.length > 0
}

/** Writes down who was there, enrolled or not; returns how many. */
export async function setAttended(
  tx: Tx,
  tenantId: string,
  wish: Place,
  memberIds: readonly string[],
  at: Date,
): Promise<number> {
  if (memberIds.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    insert into topics_enrolment (tenant_id, wish_id, person_id, member_id, org_path, at, is_enrolled, attended_at)
    select ${tenantId}, ${wish.id}, m.person_id, m.id, ${wish.orgPath}, ${at}, false, ${at}
    from member_card m where m.tenant_id = ${tenantId} and m.id = any(${[...memberIds]}::uuid[])
    on conflict (tenant_id, wish_id, person_id) do update set attended_at = excluded.attended_at
    returning person_id as id`.execute(tx)
  return rows.length
}

/** The stars that stood there before, or null. */
export async function setRating(
  tx: Tx,
  wisher: Wisher,
  wish: Place,
  rating: { readonly stars: number; readonly remark: string | null; readonly at: Date },
): Promise<number | null> {
  const { tenantId, personId } = wisher
  const before = await tx
    .selectFrom('topics_rating')
    .select('stars')
    .where('tenant_id', '=', tenantId)
    .where('wish_id', '=', wish.id)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  const { stars, remark, at } = rating
  await tx
    .insertInto('topics_rating')
    .values({ tenant_id: tenantId, wish_id: wish.id, person_id: personId, org_path: wish.orgPath, stars, remark, at })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'wish_id', 'person_id']).doUpdateSet({ stars, remark, at }),
    )
    .execute()
  return before?.stars ?? null
}

/** The units along a path, the own last, by which somebody may wish. */
export async function unitsAlong(
  db: Db,
  tenantId: string,
  paths: readonly string[],
): Promise<{ id: string; name: string; path: string; kind: string }[]> {
  return db
    .selectFrom('org_path as o')
    .select(['o.id', 'o.name', 'o.path', 'o.kind'])
    .where('o.tenant_id', '=', tenantId)
    .where('o.path', 'in', [...paths])
    .orderBy('o.path', 'desc')
    .execute() as Promise<{ id: string; name: string; path: string; kind: string }[]>
}
