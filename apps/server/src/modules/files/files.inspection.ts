import type { FileFaultCode } from '@tongxin/contract'
import type { Entered } from '../../platform/enter.ts'
import type { Platform } from '../../platform/platform.ts'
import { inspect } from '../../platform/upload/inspect.ts'
import type { FileRow } from './files.queries.ts'
import * as files from './files.service.ts'
import type { FileStore } from './files.store.ts'

const underWay = new Map<string, Promise<void>>()

/** Inspects a complete upload once, however many requests ask for it at the same time. */
export function endQuarantine(platform: Platform, store: FileStore, entered: Entered, file: FileRow): Promise<void> {
  let ending = underWay.get(file.id)
  if (!ending) {
    ending = inspectAndSettle(platform, store, entered, file).finally(() => underWay.delete(file.id))
    underWay.set(file.id, ending)
  }
  return ending
}

async function inspectAndSettle(platform: Platform, store: FileStore, entered: Entered, file: FileRow): Promise<void> {
  const path = store.incomingPath(file.id)
  const verdict = await inspect(path, file.name, files.POLICY_OF[file.purpose])
  const refuse = async (fault: FileFaultCode): Promise<void> => {
    await entered.write((ctx) => files.reject(ctx, file.id, fault))
    await store.forget(file.id)
  }
  if (!verdict.ok) return refuse(verdict.fault)
  const scan = await platform.scan(path)
  if (scan.state === 'infected') {
    platform.log.warn({ fileId: file.id, signature: scan.signature }, 'infected upload refused')
    return refuse('infected')
  }
  const { name, kind, bytes, sha256, picture } = verdict
  // On the disk before the row says so; the upload itself stays until then, so a crash in between loses nothing.
  await store.keep(entered.ctx.actor.tenantId, file.id, sha256)
  const size = { width: picture?.width ?? null, height: picture?.height ?? null }
  await entered.write((ctx) => files.keep(ctx, file.id, { name, state: scan.state, kind, bytes, sha256, ...size }))
  await store.forget(file.id)
}
