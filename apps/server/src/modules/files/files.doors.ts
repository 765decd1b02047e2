import type { Db } from '../../platform/ctx.ts'
import { type FileKind, MEDIA_TYPES } from '../../platform/upload/policy.ts'
import { findFile } from './files.queries.ts'

/** The bytes of one checked file, for modules that read them themselves. */
export type KeptFile = {
  readonly id: string
  readonly ownerId: string
  readonly name: string
  readonly state: 'clean' | 'unscanned'
  readonly orgPath: string
  readonly kind: FileKind
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
}

/** A file that passed its checks, whoever owns it: the caller has proved the right to the record it belongs to. */
export async function keptFile(db: Db, tenantId: string, id: string): Promise<KeptFile | undefined> {
  const file = await findFile(db, tenantId, id)
  if (!file || (file.state !== 'clean' && file.state !== 'unscanned')) return undefined
  const { kind, bytes, sha256 } = file
  if (kind === null || bytes === null || sha256 === null) return undefined
  const { ownerId, name, state, orgPath } = file
  return { id, ownerId, name, state, orgPath, kind, mediaType: MEDIA_TYPES[kind], bytes, sha256 }
}
