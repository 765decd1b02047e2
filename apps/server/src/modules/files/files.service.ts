import {
  type FileFacts,
  type FileFaultCode,
  type FilePurpose,
  filesRefusals,
  type findFile as findContract,
  type Input,
} from '@tongxin/contract'
import { todayOf } from '../../platform/clock.ts'
import type { Actor, Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { cleanName, promisedKind } from '../../platform/upload/file-name.ts'
import {
  DOCUMENT_POLICY,
  Faulty,
  LIBRARY_POLICY,
  MEDIA_POLICY,
  PACKAGE_POLICY,
  PHOTO_POLICY,
  type UploadPolicy,
  VOICE_POLICY,
} from '../../platform/upload/policy.ts'
import { settingOf } from '../settings/index.ts'
import { countsForPerson, type FileReaders, mayRead, PERMISSION_OF, QUOTA_BYTES } from './files.policy.ts'
import * as q from './files.queries.ts'

export const POLICY_OF: Readonly<Record<FilePurpose, UploadPolicy>> = {
  photo: PHOTO_POLICY,
  document: DOCUMENT_POLICY,
  media: MEDIA_POLICY,
  package: PACKAGE_POLICY,
  voice: VOICE_POLICY,
  library: LIBRARY_POLICY,
}
/** The largest upload of any purpose. */
export const MOST_BYTES = Math.max(...Object.values(POLICY_OF).map(({ maxBytes }) => maxBytes))
const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024)

export type NewUpload = { readonly name: string; readonly purpose: FilePurpose; readonly bytes: number }

function checkedName(name: string): string {
  try {
    return cleanName(name)
  } catch (error) {
    if (error instanceof Faulty) throw filesRefusals.name_unusable()
    throw error
  }
}

/** How large an upload may be: for videos the organisation sets it. */
async function mostBytesOf(ctx: Ctx<Tx>, purpose: FilePurpose, policy: UploadPolicy): Promise<number> {
  if (purpose !== 'media') return policy.maxBytes
  const { tenantId, scope } = ctx.actor
  const set = await settingOf(ctx.db, tenantId, scope, 'media.largest_megabytes', todayOf(ctx.now))
  return Math.min(policy.maxBytes, set * 1024 * 1024)
}

/** Opens an upload: what can be refused before a byte is sent is refused here; the bytes are reserved from both quotas. */
export async function beginUpload(ctx: Ctx<Tx>, upload: NewUpload): Promise<string> {
  const policy = POLICY_OF[upload.purpose]
  const needed = PERMISSION_OF[upload.purpose]
  if (needed && !ctx.actor.permissions.has(needed)) throw filesRefusals.purpose_not_permitted()
  const name = checkedName(upload.name)
  const promised = promisedKind(name)
  if (upload.bytes === 0) throw filesRefusals.empty()
  if (promised === undefined || !policy.kinds.includes(promised)) throw filesRefusals.type_not_allowed()
  const most = await mostBytesOf(ctx, upload.purpose, policy)
  if (upload.bytes > most) throw filesRefusals.too_large({ limit: megabytes(most) })
  const { tenantId, personId, orgId, scope } = ctx.actor
  // Always the person first: two uploads lock the two rows in one order.
  if (
    countsForPerson(upload.purpose) &&
    !(await q.addUsage(ctx.db, tenantId, { kind: 'person', id: personId }, upload.bytes, QUOTA_BYTES.person))
  ) {
    throw filesRefusals.quota_person({ limit: megabytes(QUOTA_BYTES.person) })
  }
  if (
    !(await q.addUsage(ctx.db, tenantId, { kind: 'organisation', id: orgId }, upload.bytes, QUOTA_BYTES.organisation))
  ) {
    throw filesRefusals.quota_organisation({ limit: megabytes(QUOTA_BYTES.organisation) })
  }
  const id = newId(ctx)
  await q.insertFile(ctx.db, tenantId, {
    id,
    ownerId: personId,
    orgId,
    orgPath: scope,
    purpose: upload.purpose,
    name,
    declaredBytes: upload.bytes,
    at: ctx.now,
  })
  return id
}

/** The caller's own upload, whatever its state; anything else looks like nothing. */
export async function ownUpload(ctx: Ctx, id: string): Promise<q.FileRow> {
  const file = await q.findFile(ctx.db, ctx.actor.tenantId, id)
  if (!file || file.ownerId !== ctx.actor.personId) throw filesRefusals.not_found()
  return file
}

async function settleUsage(ctx: Ctx<Tx>, file: q.FileRow, change: number): Promise<void> {
  if (change === 0) return
  if (countsForPerson(file.purpose))
    await q.changeUsage(ctx.db, ctx.actor.tenantId, { kind: 'person', id: file.ownerId }, change)
  await q.changeUsage(ctx.db, ctx.actor.tenantId, { kind: 'organisation', id: file.orgId }, change)
}

/** Ends the quarantine of a file that passed all checks. Says false when it was ended before. */
export async function keep(ctx: Ctx<Tx>, id: string, kept: q.Kept): Promise<boolean> {
  const file = await q.lockFile(ctx.db, ctx.actor.tenantId, id)
  if (file?.state !== 'pending') return false
  await q.setKept(ctx.db, ctx.actor.tenantId, id, kept, ctx.now)
  await settleUsage(ctx, file, kept.bytes - file.declaredBytes)
  const subject = { kind: 'file', id, orgPath: file.orgPath, personId: file.ownerId }
  await publish(ctx, 'files.file_kept', subject, {
    kind: kept.kind,
    bytes: kept.bytes,
    scanned: kept.state === 'clean',
  })
  return true
}

/** Ends the quarantine of a file that failed a check, or an upload that was given up; its reservation is returned. */
export async function reject(ctx: Ctx<Tx>, id: string, fault: FileFaultCode): Promise<boolean> {
  const file = await q.lockFile(ctx.db, ctx.actor.tenantId, id)
  if (file?.state !== 'pending') return false
  await q.setRejected(ctx.db, ctx.actor.tenantId, id, fault, ctx.now)
  await settleUsage(ctx, file, -file.declaredBytes)
  await publish(
    ctx,
    'files.file_rejected',
    { kind: 'file', id, orgPath: file.orgPath, personId: file.ownerId },
    { fault },
  )
  return true
}

/**
 * Whether a file that no scanner has answered for is opened: the installation may hold all of them, and an organisation
 * its own and those below it (`files.open_unscanned`).
 */
export async function opensHere(
  ctx: Pick<Ctx, 'db' | 'now'> & { readonly actor: Pick<Actor, 'tenantId'> },
  file: Pick<q.FileRow, 'state' | 'orgPath'>,
  opensUnscanned: boolean,
): Promise<boolean> {
  if (file.state !== 'unscanned' || !opensUnscanned) return opensUnscanned
  return settingOf(ctx.db, ctx.actor.tenantId, file.orgPath, 'files.open_unscanned', todayOf(ctx.now))
}

/** Throws the refusal that keeps a file from being used; `held` when unscanned files are not opened here. */
export function demandUsable(file: q.FileRow, opensUnscanned: boolean): void {
  if (file.state === 'pending') throw filesRefusals.still_pending()
  if (file.state === 'rejected') throw filesRefusals[file.fault ?? 'damaged']()
  if (file.state === 'unscanned' && !opensUnscanned) throw filesRefusals.held()
}

/** A file that the caller may open. Throws `files.not_found` for foreign and unknown ones alike. */
export async function readable(ctx: Ctx, id: string, readers: FileReaders): Promise<q.FileRow> {
  const file = await q.findFile(ctx.db, ctx.actor.tenantId, id)
  if (!file) throw filesRefusals.not_found()
  if (mayRead(ctx.actor, file)) return file
  if (!(await readers[file.subjectKind ?? '']?.(ctx, id))) throw filesRefusals.not_found()
  return file
}

export function factsOf(file: q.FileRow, opensUnscanned: boolean): FileFacts {
  const { id, name, purpose, state, fault, kind, width, height } = file
  const mayOpen = state === 'clean' || (state === 'unscanned' && opensUnscanned)
  return {
    id,
    name,
    purpose,
    state,
    fault,
    kind,
    width,
    height,
    bytes: file.bytes ?? file.declaredBytes,
    uploadedAt: file.createdAt.toISOString(),
    mayOpen,
  }
}

export const find =
  (opensUnscanned: boolean, readers: FileReaders) =>
  async (ctx: Ctx, { params }: Input<typeof findContract>): Promise<FileFacts> => {
    const file = await readable(ctx, params.id, readers)
    return factsOf(file, await opensHere(ctx, file, opensUnscanned))
  }

/**
 * For capabilities, inside their transaction: gives the caller's own checked upload to a record. From then on it is
 * read with `readPermission` over the record's organisation. A file belongs to one record.
 */
export async function attachFile(ctx: Ctx<Tx>, id: string, subject: q.Subject): Promise<FileFacts> {
  const file = await q.lockFile(ctx.db, ctx.actor.tenantId, id)
  if (!file || file.ownerId !== ctx.actor.personId) throw filesRefusals.not_found()
  demandUsable(file, true)
  if (file.subjectId !== null) throw filesRefusals.already_attached()
  await q.setSubject(ctx.db, ctx.actor.tenantId, id, subject)
  const about = { kind: 'file', id, orgPath: subject.orgPath, personId: file.ownerId }
  await publish(ctx, 'files.file_attached', about, { subjectKind: subject.kind, subjectId: subject.id })
  return factsOf(file, true)
}

/** For capabilities: the files of one record, which the capability has already let the caller read. */
export async function filesOfSubject(
  ctx: Ctx,
  subjectKind: string,
  subjectId: string,
  opensUnscanned: boolean,
): Promise<FileFacts[]> {
  const files = await q.filesOf(ctx.db, ctx.actor.tenantId, subjectKind, subjectId)
  const facts: FileFacts[] = []
  for (const file of files) facts.push(factsOf(file, await opensHere(ctx, file, opensUnscanned)))
  return facts
}

/** For capabilities: the files of a record that moved to another organisation are read there from then on. */
export async function moveFiles(
  ctx: { readonly db: Tx; readonly actor: { readonly tenantId: string } },
  subjectKind: string,
  subjectId: string,
  to: { readonly id: string; readonly path: string },
): Promise<void> {
  await q.setFilesPlace(ctx.db, ctx.actor.tenantId, { kind: subjectKind, id: subjectId }, to)
}
