import type { OutLevel } from '@tongxin/contract'
import type { Tx } from '../../../platform/ctx.ts'

export type Asked = {
  readonly id: string
  readonly key: string
  readonly level: OutLevel
  readonly title: string
  readonly text: string
  readonly path: string | null
  readonly people: string[]
}

export async function insertAsked(tx: Tx, tenantId: string, asked: Asked, at: Date): Promise<void> {
  await tx
    .insertInto('channels_asked')
    .values({ tenant_id: tenantId, ...asked, created_at: at })
    .execute()
}

/** The oldest that nobody else has in hand. */
export async function lockAsked(tx: Tx, tenantId: string, most: number): Promise<Asked[]> {
  return (await tx
    .selectFrom('channels_asked')
    .select(['id', 'key', 'level', 'title', 'text', 'path', 'people'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute()) as Asked[]
}

export async function deleteAsked(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('channels_asked')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', [...ids])
    .execute()
}

/** Notes a call of the other side; false when it was there before. */
export async function noteSeen(tx: Tx, tenantId: string, outletId: string, digest: Buffer, at: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('channels_seen')
    .values({ tenant_id: tenantId, outlet_id: outletId, digest, at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) > 0
}

export async function forgetSeen(tx: Tx, tenantId: string, before: Date): Promise<void> {
  await tx.deleteFrom('channels_seen').where('tenant_id', '=', tenantId).where('at', '<', before).execute()
}
