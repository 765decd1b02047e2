import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type ProgrammeRow = {
  id: string
  channelId: string
  orgPath: string
  mediaId: string
  title: string
  kind: 'video' | 'sound'
  seconds: number
  place: number
  isOnDemand: boolean
  createdAt: Date
  removedAt: Date | null
}

const programmes = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_programme as p')
    .select([
      'p.id',
      'p.channel_id as channelId',
      'p.org_path as orgPath',
      'p.media_id as mediaId',
      'p.title',
      sql<'video' | 'sound'>`p.kind`.as('kind'),
      'p.seconds',
      'p.place',
      'p.is_on_demand as isOnDemand',
      'p.created_at as createdAt',
      'p.removed_at as removedAt',
    ])
    .where('p.tenant_id', '=', tenantId)

/** In their order, removed ones at the end. */
export async function programmesOf(db: Db, tenantId: string, channelIds: readonly string[]): Promise<ProgrammeRow[]> {
  if (channelIds.length === 0) return []
  return programmes(db, tenantId)
    .where('p.channel_id', 'in', [...channelIds])
    .orderBy(sql`p.removed_at nulls first`)
    .orderBy('p.place')
    .orderBy('p.id')
    .execute()
}

export async function lockProgramme(tx: Tx, actor: Actor, id: string): Promise<ProgrammeRow | undefined> {
  return programmes(tx, actor.tenantId)
    .where('p.id', '=', id)
    .where(inReach('p.org_path', actor))
    .forUpdate('p')
    .executeTakeFirst()
}

/** Programmes by id, whatever became of them: an airing may be told of late. */
export async function programmesById(db: Db, tenantId: string, ids: readonly string[]): Promise<ProgrammeRow[]> {
  if (ids.length === 0) return []
  return programmes(db, tenantId)
    .where('p.id', 'in', [...ids])
    .execute()
}

export type NewProgramme = Omit<ProgrammeRow, 'createdAt' | 'removedAt'>
export async function insertProgramme(tx: Tx, tenantId: string, row: NewProgramme, at: Date): Promise<void> {
  await tx
    .insertInto('television_programme')
    .values({
      tenant_id: tenantId,
      id: row.id,
      channel_id: row.channelId,
      org_path: row.orgPath,
      media_id: row.mediaId,
      title: row.title,
      kind: row.kind,
      seconds: row.seconds,
      place: row.place,
      is_on_demand: row.isOnDemand,
      created_at: at,
    })
    .execute()
}

/** The place behind all programmes of the channel, removed ones too. */
export async function placeAfterAll(db: Db, tenantId: string, channelId: string): Promise<number> {
  const { last } = await db
    .selectFrom('television_programme as p')
    .select(sql<number>`coalesce(max(p.place), 0)`.as('last'))
    .where('p.tenant_id', '=', tenantId)
    .where('p.channel_id', '=', channelId)
    .executeTakeFirstOrThrow()
  return last + 1
}

export async function setProgramme(
  tx: Tx,
  tenantId: string,
  id: string,
  change: {
    title?: string
    is_on_demand?: boolean
    removed_at?: Date | null
    place?: number
  },
): Promise<void> {
  await tx
    .updateTable('television_programme')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setOrder(tx: Tx, tenantId: string, channelId: string, ids: readonly string[]): Promise<void> {
  await sql`update television_programme p set place = o.place
    from unnest(${[...ids]}::uuid[]) with ordinality as o(id, place)
    where p.tenant_id = ${tenantId} and p.channel_id = ${channelId} and p.id = o.id`.execute(tx)
}

/** Where media play, so that none is removed from under a programme. */
export async function programmesWith(db: Db, tenantId: string, mediaIds: readonly string[]) {
  if (mediaIds.length === 0) return []
  return programmes(db, tenantId)
    .where('p.media_id', 'in', [...mediaIds])
    .where('p.removed_at', 'is', null)
    .execute()
}
