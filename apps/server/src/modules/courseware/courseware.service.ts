import {
  type Input,
  type importPackage,
  coursewareRefusals as refusals,
  type removePackage,
  type renamePackage,
  type renewPackage,
  type restorePackage,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { newId, publish } from '../../platform/events.ts'
import { demandVersion } from '../../platform/transaction.ts'
import { attachFile } from '../files/index.ts'
import { findUnit } from '../org/index.ts'
import type { Prepared } from './courseware.import.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import * as q from './courseware.queries.ts'

type Changed = { id: string; version: number }
type Place = { readonly id: string; readonly unitId: string; readonly orgPath: string }

const subjectOf = ({ id, orgPath }: Pick<Place, 'id' | 'orgPath'>) => ({ kind: 'package', id, orgPath })
const at = (ctx: Ctx<Tx>) => ({ tenantId: ctx.actor.tenantId, now: ctx.now })
const titleText = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 200)

/** Gives the upload to the package and writes what was unpacked as a version. */
async function keepVersion(
  ctx: Ctx<Tx>,
  place: Place,
  { file, ...prepared }: Prepared,
  told: { number: number; reason: string | null },
) {
  const subject = { id: place.id, orgId: place.unitId, orgPath: place.orgPath }
  await attachFile(ctx, file.id, { kind: 'package', ...subject, readPermission: 'learning.read' })
  await q.insertVersion(ctx.db, ctx.actor.tenantId, {
    packageId: place.id,
    orgPath: place.orgPath,
    ...told,
    folderId: prepared.folderId,
    fileId: file.id,
    fileName: file.name,
    bytes: prepared.bytes,
    files: prepared.files,
    scanned: file.state === 'clean',
    structure: prepared.structure,
    by: ctx.actor.personId,
    at: ctx.now,
  })
}

export async function importOne(
  ctx: Ctx<Tx>,
  { body }: Input<typeof importPackage>,
  prepared: Prepared,
): Promise<Changed> {
  const unit = await findUnit(ctx.db, ctx.actor, body.orgId ?? ctx.actor.orgId)
  if (!unit) throw refusals.no_such_org.at('/body/orgId')
  const { structure, file, files, bytes } = prepared
  const place = { id: newId(ctx), unitId: unit.id, orgPath: unit.path }
  await q.insertPackage(ctx.db, ctx.actor.tenantId, {
    ...place,
    title: titleText(body.title ?? structure.title) || titleText(file.name.replace(/\.(zip|xml)$/i, '')),
    kind: structure.kind,
    by: ctx.actor.personId,
    at: ctx.now,
  })
  await keepVersion(ctx, place, prepared, { number: 1, reason: null })
  await publish(ctx, 'courseware.imported', subjectOf(place), { kind: structure.kind, files, bytes })
  return { id: place.id, version: 1 }
}

/** An own package that is not in the recycle bin, locked. @throws Refusal `courseware.not_found`, `courseware.removed` */
async function lockOwn(ctx: Ctx<Tx>, id: string): Promise<q.Package> {
  const found = await q.lockPackage(ctx.db, ctx.actor, id)
  if (!found) throw refusals.not_found()
  if (found.removedAt) throw refusals.removed()
  return found
}

export async function renew(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof renewPackage>,
  prepared: Prepared,
): Promise<Changed> {
  const found = await lockOwn(ctx, params.id)
  if (found.kind !== prepared.structure.kind) throw refusals.other_kind.at('/body/fileId')
  const number = found.number + 1
  const reason = body.reason.trim()
  await keepVersion(ctx, found, prepared, { number, reason })
  const version = await q.setPackage(ctx.db, at(ctx), found.id, { number })
  await publish(ctx, 'courseware.renewed', subjectOf(found), { number }, { reason })
  return { id: found.id, version }
}

export async function rename(ctx: Ctx<Tx>, { params, body }: Input<typeof renamePackage>): Promise<Changed> {
  const found = await lockOwn(ctx, params.id)
  demandVersion(ctx, found.version)
  const title = titleText(body.title)
  if (title === found.title) return { id: found.id, version: found.version }
  const version = await q.setPackage(ctx.db, at(ctx), found.id, { title })
  const change = { before: { title: found.title }, after: { title } }
  await publish(ctx, 'courseware.renamed', subjectOf(found), { fields: ['title'] }, change)
  return { id: found.id, version }
}

export const remove =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx<Tx>, { params, body }: Input<typeof removePackage>): Promise<Changed> => {
    const found = await lockOwn(ctx, params.id)
    const uses = await ports.usesOf(ctx, [found.id])
    if (uses.length > 0) throw refusals.in_use({ count: uses.length })
    const reason = body.reason.trim()
    const version = await q.setPackage(ctx.db, at(ctx), found.id, { removed_at: ctx.now, removed_reason: reason })
    await publish(ctx, 'courseware.removed', subjectOf(found), {}, { reason })
    return { id: found.id, version }
  }

export async function restore(ctx: Ctx<Tx>, { params }: Input<typeof restorePackage>): Promise<Changed> {
  const found = await q.lockPackage(ctx.db, ctx.actor, params.id)
  if (!found) throw refusals.not_found()
  if (!found.removedAt) throw refusals.not_removed()
  const version = await q.setPackage(ctx.db, at(ctx), found.id, { removed_at: null, removed_reason: null })
  await publish(ctx, 'courseware.restored', subjectOf(found), {})
  return { id: found.id, version }
}
