import type { FilePurpose, Permission } from '@tongxin/contract'
import type { Actor, Ctx } from '../../platform/ctx.ts'
import { reaches } from '../../platform/scope.ts'
import type { FileRow } from './files.queries.ts'

const MB = 1024 * 1024
/** What one person, and one organisation together, may keep. */
export const QUOTA_BYTES = { person: 500 * MB, organisation: 20 * 1024 * MB } as const

/** Material of the organisation: only whoever makes courses or keeps the library uploads it, and it counts for the organisation's space alone. */
export const PERMISSION_OF: Readonly<Partial<Record<FilePurpose, Permission>>> = {
  media: 'learning.write',
  package: 'learning.write',
  library: 'library.write',
}
export const countsForPerson = (purpose: FilePurpose): boolean => PERMISSION_OF[purpose] === undefined

/**
 * Who may open a file: whoever uploaded it, and, once it belongs to a record, whoever holds the record's permission
 * over its organisation. A grant that reaches only its own person opens no file of others.
 */
export function mayRead(
  actor: Actor,
  file: Pick<FileRow, 'ownerId' | 'orgPath' | 'readPermission' | 'subjectId'>,
): boolean {
  if (file.ownerId === actor.personId) return true
  if (file.subjectId === null || file.readPermission === null) return false
  return reaches(actor, file.orgPath) && actor.permissions.has(file.readPermission as Permission)
}

/** By kind of record: whether the caller may open the file as somebody concerned, such as whoever is called to a meeting. */
export type FileReaders = Readonly<Record<string, (ctx: Ctx, fileId: string) => Promise<boolean>>>
