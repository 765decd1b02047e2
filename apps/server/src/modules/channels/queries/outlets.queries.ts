import type { OutLevel, OutletKind, OutReach } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import { inReach } from '../../../platform/scope.ts'

export type OutletRow = {
  readonly id: string
  readonly kind: OutletKind
  readonly reach: OutReach | 'group'
  readonly name: string
  readonly state: 'on' | 'off' | 'removed'
  readonly orgPath: string
  readonly orgName: string
  readonly leastLevel: OutLevel
  readonly settings: Record<string, string>
  readonly secret: Buffer
  readonly secretsSet: Record<string, string>
  readonly waiting: number
  readonly failed: number
  readonly lastSentAt: Date | null
  readonly lastError: string | null
  readonly lastErrorAt: Date | null
  readonly version: number
}

const MOST_COUNTED = 1000
const counted = (state: 'waiting' | 'failed') => sql<number>`(select count(*)::int from (
  select from channels_message m where m.tenant_id = o.tenant_id and m.outlet_id = o.id and m.state = ${sql.lit(state)}
  limit ${sql.lit(MOST_COUNTED)}) c)`

const outlets = (db: Db, actor: Actor) =>
  db
    .selectFrom('channels_outlet as o')
    .leftJoin('org_path as u', (join) => join.on('u.tenant_id', '=', actor.tenantId).onRef('u.id', '=', 'o.unit_id'))
    .select([
      'o.id',
      'o.kind',
      'o.reach',
      'o.name',
      'o.state',
      'o.org_path as orgPath',
      sql<string>`coalesce(u.name, '')`.as('orgName'),
      'o.least_level as leastLevel',
      'o.settings',
      'o.secret',
      'o.secrets_set as secretsSet',
      counted('waiting').as('waiting'),
      counted('failed').as('failed'),
      'o.last_sent_at as lastSentAt',
      'o.last_error as lastError',
      'o.last_error_at as lastErrorAt',
      'o.version',
    ])
    .where('o.tenant_id', '=', actor.tenantId)
    .where('o.state', '<>', 'removed')
    .where(inReach('o.org_path', actor))

export const listOutlets = async (db: Db, actor: Actor): Promise<OutletRow[]> =>
  (await outlets(db, actor).orderBy('o.created_at').orderBy('o.id').limit(200).execute()) as OutletRow[]

export const findOutlet = async (db: Db, actor: Actor, id: string): Promise<OutletRow | undefined> =>
  (await outlets(db, actor).where('o.id', '=', id).executeTakeFirst()) as OutletRow | undefined

export const lockOutlet = async (tx: Tx, actor: Actor, id: string): Promise<OutletRow | undefined> =>
  (await outlets(tx, actor).where('o.id', '=', id).forUpdate('o').executeTakeFirst()) as OutletRow | undefined

type NewOutlet = Pick<OutletRow, 'id' | 'kind' | 'reach' | 'name' | 'leastLevel' | 'settings' | 'secret' | 'secretsSet'>

export async function insertOutlet(tx: Tx, actor: Actor, outlet: NewOutlet, at: Date): Promise<void> {
  await tx
    .insertInto('channels_outlet')
    .values({
      tenant_id: actor.tenantId,
      id: outlet.id,
      unit_id: actor.orgId,
      org_path: actor.scope,
      kind: outlet.kind,
      reach: outlet.reach,
      name: outlet.name,
      least_level: outlet.leastLevel,
      settings: JSON.stringify(outlet.settings),
      secret: outlet.secret,
      secrets_set: JSON.stringify(outlet.secretsSet),
      created_at: at,
      updated_at: at,
    })
    .execute()
}

export async function setOutlet(
  tx: Tx,
  tenantId: string,
  outlet: Pick<OutletRow, 'id' | 'name' | 'leastLevel' | 'settings' | 'secret' | 'secretsSet'>,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('channels_outlet')
    .set({
      name: outlet.name,
      least_level: outlet.leastLevel,
      settings: JSON.stringify(outlet.settings),
      secret: outlet.secret,
      secrets_set: JSON.stringify(outlet.secretsSet),
      updated_at: at,
      version: sql`version + 1`,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', outlet.id)
    .execute()
}

export async function setOutletState(
  tx: Tx,
  tenantId: string,
  id: string,
  state: OutletRow['state'],
  at: Date,
): Promise<void> {
  await tx
    .updateTable('channels_outlet')
    .set({ state, updated_at: at, version: sql`version + 1` })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

/** The last that is known of an outlet: when something went, or why not. */
export async function setOutcome(tx: Tx, tenantId: string, id: string, error: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('channels_outlet')
    .set(error === null ? { last_sent_at: at } : { last_error: error, last_error_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

export type OutletOn = Pick<OutletRow, 'id' | 'kind' | 'reach' | 'leastLevel' | 'settings' | 'secret' | 'orgPath'>

/** The outlets of a tenant that are switched on, whoever asks: nobody needs a right to be reached. */
export async function outletsOn(db: Db, tenantId: string): Promise<OutletOn[]> {
  return (await db
    .selectFrom('channels_outlet')
    .select(['id', 'kind', 'reach', 'least_level as leastLevel', 'settings', 'secret', 'org_path as orgPath'])
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'on')
    .orderBy('id')
    .limit(200)
    .execute()) as OutletOn[]
}

export async function reachesPeople(db: Db, tenantId: string): Promise<boolean> {
  const found = await db
    .selectFrom('channels_outlet')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'on')
    .where('reach', '<>', 'group')
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}
