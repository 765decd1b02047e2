import {
  type AttemptCard,
  type Input,
  type listPackageResults,
  type listPackages,
  type PackageItem,
  type PackageRecord,
  type PackageResult,
  type PackageRow,
  type Reply,
  type readPackage,
  coursewareRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { reaches } from '../../platform/scope.ts'
import { personNamesOf } from '../access/index.ts'
import { findUnit } from '../org/index.ts'
import * as attempts from './courseware.attempt.queries.ts'
import type { StructureItem } from './courseware.manifest.ts'
import type { CoursewarePorts } from './courseware.ports.ts'
import * as q from './courseware.queries.ts'

/** What courses show of a package; `isGone`: it cannot be opened any more. */
export async function packageCards(
  ctx: { readonly db: Db; readonly actor: { readonly tenantId: string } },
  ids: readonly string[],
): Promise<{ id: string; title: string; minutes: null; isGone: boolean }[]> {
  const found = await q.packagesOf(ctx.db, ctx.actor.tenantId, ids)
  return found.map(({ id, title, removedAt }) => ({ id, title, minutes: null, isGone: removedAt !== null }))
}

export const lineOf = ({ id, title, depth, path }: StructureItem): PackageItem => ({
  id,
  title,
  depth,
  opens: path !== null,
})

function rowOf(ctx: Ctx, found: q.Package): PackageRow {
  return {
    id: found.id,
    orgId: found.unitId,
    orgName: found.unitName ?? '',
    from: reaches(ctx.actor, found.orgPath) ? 'own' : 'above',
    title: found.title,
    kind: found.kind,
    edition: found.edition,
    number: found.number,
    items: found.items,
    bytes: found.bytes,
    files: found.files,
    updatedAt: found.updatedAt.toISOString(),
    removedAt: found.removedAt?.toISOString() ?? null,
    version: found.version,
  }
}

export async function list(ctx: Ctx, { query }: Input<typeof listPackages>): Promise<Reply<typeof listPackages>> {
  const keyset = keysetOf(query, { updatedAt: 'p.updated_at', title: 'p.title' }, '-updatedAt')
  const unit = query.orgId ? await findUnit(ctx.db, ctx.actor, query.orgId) : undefined
  if (query.orgId && !unit) throw refusals.no_such_org.at('/query/orgId')
  const filter: q.PackageFilter = {
    from: query.from ?? null,
    place: unit?.path ?? null,
    kind: query.kind ?? null,
    removed: query.removed ?? false,
    text: query.text ?? null,
  }
  const found = await q.listPackages(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.sort?.endsWith('title') ? row.title : row.updatedAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map((row) => rowOf(ctx, row)), next, total: null }
}

/** A package that a post may see: of its own units, or of one above. @throws Refusal `courseware.not_found` */
export async function seenPackage(ctx: Ctx | Ctx<Tx>, id: string): Promise<q.Package> {
  const found = await q.findPackage(ctx.db, ctx.actor.tenantId, id)
  const isOwn = found !== undefined && reaches(ctx.actor, found.orgPath)
  const isShown = found?.removedAt === null && ctx.actor.scope.startsWith(`${found.orgPath}.`)
  if (!found || !(isOwn || isShown)) throw refusals.not_found()
  return found
}

export const read =
  (ports: CoursewarePorts) =>
  async (ctx: Ctx, { params }: Input<typeof readPackage>): Promise<PackageRecord> => {
    const found = await seenPackage(ctx, params.id)
    const usedIn = await ports.usesOf(ctx, [found.id])
    const versions = await q.versionsOf(ctx.db, ctx.actor.tenantId, found.id)
    const names = await personNamesOf(
      ctx.db,
      versions.map(({ byId }) => byId),
    )
    const structure = versions[0]?.structure
    const mine = ctx.actor.permissions.has('learning.write') && reaches(ctx.actor, found.orgPath)
    return {
      ...rowOf(ctx, found),
      contents: structure?.items.map(lineOf) ?? [],
      limits: [...(structure?.limits ?? [])],
      versions: versions.map(({ number, fileName, bytes, files, scanned, reason, byId, addedAt }) => ({
        ...{ number, fileName, bytes, files, scanned, reason },
        by: names.get(byId) ?? null,
        addedAt: addedAt.toISOString(),
      })),
      usedIn: [...usedIn],
      removedReason: found.removedReason,
      can: {
        change: mine && found.removedAt === null,
        remove: mine && found.removedAt === null && usedIn.length === 0,
        restore: mine && found.removedAt !== null,
      },
    }
  }

export const attemptCard = (one: attempts.Attempt): AttemptCard => ({
  id: one.id,
  number: one.number,
  state: one.state,
  scaled: one.scaled,
  seconds: one.seconds,
  itemsDone: one.itemsDone,
  items: one.items,
  begunAt: one.begunAt.toISOString(),
  lastAt: one.lastAt.toISOString(),
  finishedAt: one.finishedAt?.toISOString() ?? null,
})

export const resultOf = (one: attempts.Result): PackageResult => ({
  ...attemptCard(one),
  memberId: one.memberId,
  memberName: one.memberName ?? '',
  orgName: one.orgName ?? '',
  versionNumber: one.versionNumber,
})

export async function results(
  ctx: Ctx,
  { params, query }: Input<typeof listPackageResults>,
): Promise<Reply<typeof listPackageResults>> {
  await seenPackage(ctx, params.id)
  const keyset = keysetOf(query, { lastAt: 'a.last_at', scaled: 'a.scaled' }, '-lastAt')
  const filter = { state: query.state ?? null, text: query.text ?? null }
  const found = await attempts.listResults(ctx.db, ctx.actor, params.id, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: keyset.sort?.endsWith('scaled') ? row.scaled : row.lastAt.toISOString(),
    id: row.id,
  }))
  return { rows: rows.map(resultOf), next, total: null }
}
