import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach, pathsAlong } from '../../../platform/scope.ts'
import { containing } from '../../../platform/sql.ts'

export type Channel = {
  id: string
  unitId: string
  orgPath: string
  unitName: string
  name: string
  about: string | null
  createdAt: Date
  endedAt: Date | null
  version: number
  programmes: number
}

const channels = (db: Db, tenantId: string) =>
  db
    .selectFrom('television_channel as c')
    .select([
      'c.id',
      'c.unit_id as unitId',
      'c.org_path as orgPath',
      'c.unit_name as unitName',
      'c.name',
      'c.about',
      'c.created_at as createdAt',
      'c.ended_at as endedAt',
      'c.version',
      sql<number>`(select count(*)::int from television_programme p
        where p.tenant_id = ${tenantId} and p.channel_id = c.id and p.removed_at is null)`.as('programmes'),
    ])
    .where('c.tenant_id', '=', tenantId)

/** Of the units that the post acts for, and of the units above its own. */
const seenBy = (actor: Actor) =>
  sql<boolean>`(${inReach('c.org_path', actor)} or c.org_path = any(${pathsAlong(actor.scope)}::text[]))`

export type ChannelFilter = {
  readonly from: 'own' | 'above' | null
  readonly isEnded: boolean
  readonly path: string | null
  readonly text: string | null
}
export async function listChannels(db: Db, actor: Actor, filter: ChannelFilter, keyset: Keyset): Promise<Channel[]> {
  let select = channels(db, actor.tenantId)
    .where(seenBy(actor))
    .where('c.ended_at', filter.isEnded ? 'is not' : 'is', null)
  if (filter.from === 'own') select = select.where(inReach('c.org_path', actor))
  if (filter.from === 'above') select = select.where((eb) => eb.not(inReach('c.org_path', actor)))
  if (filter.path !== null) select = select.where('c.org_path', '=', filter.path)
  if (filter.text !== null) select = select.where('c.name', 'like', containing(filter.text))
  return byKeyset(select, keyset, 'c.id').execute()
}

export async function findChannel(db: Db, actor: Actor, id: string): Promise<Channel | undefined> {
  return channels(db, actor.tenantId).where('c.id', '=', id).where(seenBy(actor)).executeTakeFirst()
}

/** Locks a channel of the units that the post acts for. */
export async function lockChannel(tx: Tx, actor: Actor, id: string): Promise<Channel | undefined> {
  return channels(tx, actor.tenantId)
    .where('c.id', '=', id)
    .where(inReach('c.org_path', actor))
    .forUpdate('c')
    .executeTakeFirst()
}

export type NewChannel = Pick<Channel, 'id' | 'unitId' | 'orgPath' | 'unitName' | 'name' | 'about'>
export async function insertChannel(
  tx: Tx,
  by: { readonly tenantId: string; readonly personId: string },
  channel: NewChannel,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('television_channel')
    .values({
      tenant_id: by.tenantId,
      id: channel.id,
      unit_id: channel.unitId,
      org_path: channel.orgPath,
      unit_name: channel.unitName,
      name: channel.name,
      about: channel.about,
      created_by: by.personId,
      created_at: at,
    })
    .execute()
}

export type ChannelChange = {
  name?: string
  about?: string | null
  ended_at?: Date | null
  end_reason?: string | null
}
/** The new version. */
export async function setChannel(tx: Tx, tenantId: string, id: string, change: ChannelChange): Promise<number> {
  const { version } = await tx
    .updateTable('television_channel')
    .set({ ...change, version: sql`version + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Channels that a set receives: of its unit and of all above it, the highest first. */
export async function channelsAlong(db: Db, tenantId: string, path: string): Promise<Channel[]> {
  return channels(db, tenantId)
    .where('c.org_path', 'in', pathsAlong(path))
    .where('c.ended_at', 'is', null)
    .orderBy('c.org_path')
    .orderBy('c.name')
    .execute()
}
