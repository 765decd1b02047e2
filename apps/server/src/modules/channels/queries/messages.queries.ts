import type { OutLevel, OutletKind, OutMessage } from '@tongxin/contract'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Actor, Db, Tx } from '../../../platform/ctx.ts'
import type { DB } from '../../../platform/db-types.ts'
import { byKeyset, type Keyset } from '../../../platform/page.ts'
import { inReach } from '../../../platform/scope.ts'

export type NewMessage = {
  readonly id: string
  readonly outletId: string
  readonly addressId: string | null
  readonly personId: string | null
  readonly key: string
  readonly level: OutLevel
  readonly title: string | null
  readonly text: string | null
  readonly path: string | null
  readonly target: string | null
  readonly state: 'waiting' | 'sent' | 'given_up'
  readonly error: string | null
}

const MOST_ROWS = 1000

/** Messages that are there already, by key, outlet and address, stay as they are. */
export async function insertMessages(
  tx: Tx,
  tenantId: string,
  messages: readonly NewMessage[],
  at: Date,
): Promise<void> {
  for (let from = 0; from < messages.length; from += MOST_ROWS)
    await tx
      .insertInto('channels_message')
      .values(
        messages.slice(from, from + MOST_ROWS).map((message) => ({
          tenant_id: tenantId,
          id: message.id,
          outlet_id: message.outletId,
          address_id: message.addressId,
          person_id: message.personId,
          key: message.key,
          level: message.level,
          title: message.title,
          text: message.text,
          path: message.path,
          target: message.target,
          state: message.state,
          tries: message.state === 'waiting' ? 0 : 1,
          next_at: message.state === 'waiting' ? at : null,
          error: message.error,
          created_at: at,
          sent_at: message.state === 'sent' ? at : null,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
}

type LogRow = {
  readonly id: string
  readonly outletId: string
  readonly kind: OutletKind
  readonly outletName: string
  readonly target: string | null
  readonly level: OutLevel
  readonly state: OutMessage['state']
  readonly tries: number
  readonly nextAt: Date | null
  readonly error: string | null
  readonly createdAt: Date
  readonly sentAt: Date | null
}

export async function listMessages(
  db: Db,
  actor: Actor,
  filter: { readonly outletId: string | null; readonly state: OutMessage['state'] | null },
  keyset: Keyset,
): Promise<LogRow[]> {
  let select = db
    .selectFrom('channels_message as m')
    .innerJoin('channels_outlet as o', (join) =>
      join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.outlet_id'),
    )
    .select([
      'm.id',
      'm.outlet_id as outletId',
      'o.kind',
      'o.name as outletName',
      'm.target',
      'm.level',
      'm.state',
      'm.tries',
      'm.next_at as nextAt',
      'm.error',
      'm.created_at as createdAt',
      'm.sent_at as sentAt',
    ])
    .where('m.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where(inReach('o.org_path', actor))
  if (filter.outletId) select = select.where('m.outlet_id', '=', filter.outletId)
  if (filter.state) select = select.where('m.state', '=', filter.state)
  return byKeyset(select as unknown as SelectQueryBuilder<DB, 'channels_message', LogRow>, keyset, 'm.id').execute()
}

const MOST_RESENT = 1000

/** Failed ones of the caller's outlets are due again at once, with all their tries before them. @returns how many */
export async function resend(
  tx: Tx,
  actor: Actor,
  which: { readonly ids: readonly string[] | null; readonly outletId: string | null },
  at: Date,
): Promise<number> {
  let failed = tx
    .selectFrom('channels_message as m')
    .innerJoin('channels_outlet as o', (join) =>
      join.on('o.tenant_id', '=', actor.tenantId).onRef('o.id', '=', 'm.outlet_id'),
    )
    .select('m.id')
    .where('m.tenant_id', '=', actor.tenantId)
    .where('o.tenant_id', '=', actor.tenantId)
    .where('o.state', '<>', 'removed')
    .where(inReach('o.org_path', actor))
    .where('m.state', '=', 'failed')
    .orderBy('m.created_at')
    .limit(MOST_RESENT)
  if (which.ids) failed = failed.where('m.id', 'in', [...which.ids])
  if (which.outletId) failed = failed.where('m.outlet_id', '=', which.outletId)
  const { numUpdatedRows } = await tx
    .updateTable('channels_message')
    .set({ state: 'waiting', next_at: at, tries: 0 })
    .where('tenant_id', '=', actor.tenantId)
    .where('id', 'in', failed)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** What waits for an outlet that is no more, or failed there, is given up and forgotten. */
export async function giveUpOf(tx: Tx, tenantId: string, outletId: string): Promise<void> {
  await tx
    .updateTable('channels_message')
    .set({ state: 'given_up', next_at: null, title: null, text: null, path: null, error: 'outlet_off' })
    .where('tenant_id', '=', tenantId)
    .where('outlet_id', '=', outletId)
    .where('state', 'in', ['waiting', 'failed'])
    .execute()
}

export type Due = {
  readonly id: string
  readonly outletId: string
  readonly addressId: string | null
  readonly title: string
  readonly text: string
  readonly path: string | null
  readonly level: OutLevel
  readonly tries: number
}

/** Takes what is due from others for the time of a lease; whoever dies meanwhile leaves it to the next turn. */
export async function claimDue(tx: Tx, tenantId: string, now: Date, until: Date, most: number): Promise<Due[]> {
  const due = tx
    .selectFrom('channels_message')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', now)
    .where('outlet_id', 'in', (eb) =>
      eb.selectFrom('channels_outlet').select('id').where('tenant_id', '=', tenantId).where('state', '=', 'on'),
    )
    .orderBy('next_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
  return (await tx
    .updateTable('channels_message')
    .set({ tries: sql`tries + 1`, next_at: until })
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', due)
    .returning([
      'id',
      'outlet_id as outletId',
      'address_id as addressId',
      sql<string>`coalesce(title, '')`.as('title'),
      sql<string>`coalesce(text, '')`.as('text'),
      'path',
      'level',
      'tries',
    ])
    .execute()) as Due[]
}

export type Settled = {
  readonly state: 'sent' | 'waiting' | 'failed' | 'given_up'
  readonly nextAt: Date | null
  readonly error: string | null
}

export async function settle(tx: Tx, tenantId: string, id: string, to: Settled, now: Date): Promise<void> {
  const forgotten = to.state === 'sent' || to.state === 'given_up' ? { title: null, text: null, path: null } : {}
  await tx
    .updateTable('channels_message')
    .set({
      state: to.state,
      next_at: to.nextAt,
      error: to.error,
      sent_at: to.state === 'sent' ? now : null,
      ...forgotten,
    })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    // Meanwhile the outlet may have been removed, which gave it up.
    .where('state', '=', 'waiting')
    .execute()
}

/** Of the log at most so many rows at once. @returns how many went */
export async function deleteOld(tx: Tx, tenantId: string, before: Date, most: number): Promise<number> {
  const old = tx
    .selectFrom('channels_message')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(most)
  const { numDeletedRows } = await tx
    .deleteFrom('channels_message')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', old)
    .executeTakeFirst()
  return Number(numDeletedRows)
}
