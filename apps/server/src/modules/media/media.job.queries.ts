import type { MediaFault, MediaKind } from '@tongxin/contract'
import { sql } from 'kysely'
import type { Tx } from '../../platform/ctx.ts'
import { insertVersion, type Original, setItem } from './media.queries.ts'
import type { Made } from './media.streams.ts'

export type Fault = MediaFault
type At = { readonly tenantId: string; readonly now: Date }
/** A new upload says whom it replaces something for, which is kept when it plays. */
type Incoming = Original & { readonly replacing?: { readonly reason: string; readonly by: string } }
export type Claimed = {
  id: string
  orgPath: string
  kind: MediaKind
  incoming: Incoming
  served: Original | null
  renditionId: string | null
  attempts: number
}

export const subjectOf = (item: Pick<Claimed, 'id' | 'orgPath'>) => ({
  kind: 'media',
  id: item.id,
  orgPath: item.orgPath,
})

const columns = [
  'id',
  'org_path as orgPath',
  'kind',
  'incoming',
  'served',
  'rendition_id as renditionId',
  'attempts',
] as const

/** The upload that waits longest: new ones, and those whose making was interrupted. */
export async function lockWaiting(tx: Tx, { tenantId, now }: At): Promise<Claimed | undefined> {
  const row = await tx
    .selectFrom('media_item')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('removed_at', 'is', null)
    .where(sql<boolean>`(state = 'uploaded' or (state = 'transcoding' and leased_until < ${now}))`)
    .orderBy('updated_at')
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row as Claimed | undefined
}

/** Takes the next one, unless a process is at work for this tenant already. */
export async function claimNext(tx: Tx, at: At, until: Date): Promise<Claimed | undefined> {
  const busy = await tx
    .selectFrom('media_item')
    .select('id')
    .where('tenant_id', '=', at.tenantId)
    .where('state', '=', 'transcoding')
    .where('leased_until', '>=', at.now)
    .limit(1)
    .executeTakeFirst()
  if (busy) return undefined
  const next = await lockWaiting(tx, at)
  if (!next) return undefined
  const attempts = next.attempts + 1
  await setItem(tx, at, next.id, { state: 'transcoding', fault: null, percent: 0, attempts, leased_until: until })
  return { ...next, attempts }
}

/** The row while it is still the work of this attempt. */
const ours = (tx: Tx, tenantId: string, item: Claimed) =>
  tx
    .selectFrom('media_item')
    .select(columns)
    .where('tenant_id', '=', tenantId)
    .where('id', '=', item.id)
    .where('state', '=', 'transcoding')
    .where('attempts', '=', item.attempts)
    .forUpdate()
    .executeTakeFirst() as Promise<Claimed | undefined>

/** False when the work is no longer ours. No version is counted: progress is no change of the record. */
export async function renewLease(tx: Tx, at: At, item: Claimed, until: Date, percent: number): Promise<boolean> {
  const row = await tx
    .updateTable('media_item')
    .set({ leased_until: until, percent })
    .where('tenant_id', '=', at.tenantId)
    .where('id', '=', item.id)
    .where('state', '=', 'transcoding')
    .where('attempts', '=', item.attempts)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What plays from now on; what played before becomes a version. */
async function served(tx: Tx, at: At, item: Claimed) {
  const { replacing, ...original } = item.incoming
  if (item.served && replacing && item.served.fileId !== original.fileId) {
    const { reason, by } = replacing
    await insertVersion(tx, at.tenantId, {
      mediaId: item.id,
      orgPath: item.orgPath,
      file: item.served,
      reason,
      by,
      at: at.now,
    })
  }
  return { served: JSON.stringify(original), incoming: null, fault: null, percent: 100, leased_until: null }
}

/** @returns the folder that played before or null; undefined when the work is no longer ours */
export async function setReady(
  tx: Tx,
  at: At,
  item: Claimed,
  renditionId: string,
  made: Made,
): Promise<string | null | undefined> {
  const now = await ours(tx, at.tenantId, item)
  if (!now) return undefined
  await setItem(tx, at, item.id, {
    ...(await served(tx, at, now)),
    state: 'ready',
    seconds: made.seconds,
    width: made.width,
    height: made.height,
    rendition_id: renditionId,
    renditions: JSON.stringify(made.renditions),
    has_poster: made.hasPoster,
  })
  return now.renditionId
}

/** @returns the folder that played before, or null */
export async function setOriginal(tx: Tx, at: At, item: Claimed): Promise<string | null> {
  await setItem(tx, at, item.id, {
    ...(await served(tx, at, item)),
    state: 'original',
    seconds: null,
    rendition_id: null,
    renditions: '[]',
    has_poster: false,
  })
  return item.renditionId
}

/** Waits again as if this attempt had not been. */
export async function setWaiting(tx: Tx, at: At, item: Claimed): Promise<void> {
  if (!(await ours(tx, at.tenantId, item))) return
  await setItem(tx, at, item.id, { state: 'uploaded', attempts: item.attempts - 1, leased_until: null, percent: 0 })
}

export async function setFailed(tx: Tx, at: At, item: Claimed, fault: Fault): Promise<boolean> {
  if (!(await ours(tx, at.tenantId, item))) return false
  await setItem(tx, at, item.id, { state: 'failed', fault, leased_until: null })
  return true
}

/** Which of these folders some medium plays from. */
export async function renditionsAmong(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx
    .selectFrom('media_item')
    .select('rendition_id as id')
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`rendition_id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Set(rows.map(({ id }) => id ?? ''))
}
