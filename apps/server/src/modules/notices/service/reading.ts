import {
  type exportReceipts,
  type FileReply,
  type Input,
  type listNotices,
  type listNoticeUnits,
  type listReceipts,
  type NoticeRow,
  type ReceiptRow,
  type ReceiptView,
  type Reply,
  type readNotice,
  noticesRefusals as refusals,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { findUnit, livingUnits } from '../../org/index.ts'
import { MOST_EXPORTED } from '../notices.policy.ts'
import { listPeople } from '../queries/audience.queries.ts'
import * as q from '../queries/circulars.queries.ts'
import * as r from '../queries/receipts.queries.ts'
import { type Target, targetsOf } from '../queries/targets.queries.ts'
import { correctionsOf, filesOf } from '../queries/texts.queries.ts'
import { peopleIn } from './people.ts'
import { registerOf } from './register.ts'
import { meantBy } from './targets.ts'
import { owedTo } from './writing.ts'

/** Units in the table of receipts. */
const MOST_UNITS = 300
const iso = (at: Date | null) => at?.toISOString() ?? null

function rowOf(row: q.Listed): NoticeRow {
  return {
    id: row.id,
    state: row.state,
    level: row.level,
    title: row.title,
    orgName: row.unitName,
    needsConfirm: row.needsConfirm,
    confirmBy: iso(row.confirmBy),
    answerKind: row.answerKind,
    sendAt: iso(row.sendAt),
    sentAt: iso(row.sentAt),
    updatedAt: row.updatedAt.toISOString(),
    sentBy: row.sentBy,
    version: row.version,
    isRelay: row.originId !== null,
    people: row.people,
    read: row.read,
    confirmed: row.confirmed,
    answered: row.answered,
    relayed: row.relayed,
  }
}

/** The beginning of a day in China as an instant. */
const dayStart = (day: string) => new Date(`${day}T00:00:00+08:00`)
export async function list(ctx: Ctx, { query }: Input<typeof listNotices>): Promise<Reply<typeof listNotices>> {
  const keyset = keysetOf(query, { updatedAt: 'c.updated_at' }, '-updatedAt')
  const filter = {
    isFromAbove: query.from === 'above',
    state: query.state ?? null,
    level: query.level ?? null,
    text: query.text ?? null,
    sentFrom: query.sentFrom ? dayStart(query.sentFrom) : null,
    sentBefore: query.sentTo ? new Date(dayStart(query.sentTo).getTime() + 24 * 3600_000) : null,
  }
  const found = await q.listCirculars(ctx.db, ctx.actor, filter, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.updatedAt.toISOString(), id: row.id }))
  return { rows: rows.map(rowOf), next, total: null }
}

const named = (targets: readonly Target[], isExcept: boolean, by: 'unitId' | 'memberId') =>
  targets.flatMap((one) => {
    const id = one[by]
    return one.isExcept === isExcept && id ? [{ id, name: one.name }] : []
  })

export async function one(ctx: Ctx, { params }: Input<typeof readNotice>): Promise<Reply<typeof readNotice>> {
  const { tenantId } = ctx.actor
  const own = await q.findOwn(ctx.db, ctx.actor, params.id)
  const circular = own ?? (await q.findFromAbove(ctx.db, ctx.actor, params.id))
  if (!circular) throw refusals.not_found()
  const origin = circular.originId ? await q.findAny(ctx.db, tenantId, circular.originId) : undefined
  const source = origin ?? circular
  const targets = own ? await targetsOf(ctx.db, tenantId, circular.id) : []
  const rule = targets.find(({ isExcept, unitId }) => !isExcept && unitId !== null)
  const counts = await r.countsBelow(ctx.db, tenantId, circular.id, [{ id: circular.unitId, path: circular.orgPath }])
  const done = counts.get(circular.unitId) ?? { read: 0, confirmed: 0, answered: 0 }
  const isHidden = !own && source.state === 'recalled'
  return {
    notice: rowOf({ ...circular, ...done, relayed: await q.countRelays(ctx.db, tenantId, circular.id) }),
    orgId: circular.unitId,
    body: isHidden ? '' : source.body,
    preface: circular.preface,
    fromAbove: origin?.unitName ?? null,
    choices: circular.choices,
    files: isHidden ? [] : await filesOf(ctx.db, tenantId, source.id),
    corrections: (await correctionsOf(ctx.db, tenantId, source.id)).map(({ at, ...old }) => ({
      ...old,
      at: at.toISOString(),
    })),
    recalledReason: circular.recalledReason,
    resentAt: iso(circular.resentAt),
    isOwn: own !== undefined,
    targets: {
      units: named(targets, false, 'unitId'),
      kinds: [...(rule?.kinds ?? [])],
      posts: [...(rule?.posts ?? [])],
      levels: [...(rule?.levels ?? [])],
      members: named(targets, false, 'memberId'),
      exceptUnits: named(targets, true, 'unitId'),
      exceptMembers: named(targets, true, 'memberId'),
    },
  }
}

async function ownOne(ctx: Ctx, id: string): Promise<q.Circular> {
  const circular = await q.findOwn(ctx.db, ctx.actor, id)
  if (!circular) throw refusals.not_found()
  return circular
}
async function pathBelow(ctx: Ctx, orgId: string | undefined, at: string): Promise<string | null> {
  if (orgId === undefined) return null
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw refusals.no_such_org.at(at)
  return unit.path
}

type Shown = ReceiptRow & { readonly at: { readonly path: string; readonly id: string } }
type Asked = { readonly view: ReceiptView; readonly below: string | null }
/** People with what they have done, in the order of units: those who are missing are found without a row of theirs. */
async function receiptsOf(
  ctx: Ctx,
  circular: q.Circular,
  { view, below }: Asked,
  page: { readonly after: { path: string; id: string } | null; readonly limit: number },
): Promise<Shown[]> {
  const { tenantId } = ctx.actor
  if (view === 'missing') {
    const meant = await meantBy(ctx.db, tenantId, await targetsOf(ctx.db, tenantId, circular.id))
    const people = await listPeople(ctx.db, meant, page, owedTo(circular), below)
    const nothing = { readAt: null, confirmedAt: null, answer: null, answeredAt: null }
    const names = await r.unitNames(
      ctx.db,
      tenantId,
      people.map(({ orgId }) => orgId),
    )
    return people.map(({ personId, name, orgId, orgPath, memberId }) => ({
      personId,
      name,
      orgName: names.get(orgId) ?? '',
      ...nothing,
      at: { path: orgPath, id: memberId },
    }))
  }
  const which = { circularId: circular.id, below, isAnsweredOnly: view === 'answered' }
  const rows = await r.listReceipts(ctx.db, ctx.actor, which, page)
  const names = await r.unitNames(
    ctx.db,
    tenantId,
    rows.map(({ orgId }) => orgId),
  )
  return rows.map((row) => ({
    personId: row.personId,
    name: row.name,
    orgName: names.get(row.orgId) ?? '',
    readAt: iso(row.readAt),
    confirmedAt: (row.confirmedVersion ?? 0) >= circular.confirmVersion ? iso(row.confirmedAt) : null,
    answer: row.answer,
    answeredAt: iso(row.answeredAt),
    at: { path: row.orgPath, id: row.personId },
  }))
}

export async function receipts(
  ctx: Ctx,
  { params, query }: Input<typeof listReceipts>,
): Promise<Reply<typeof listReceipts>> {
  const circular = await ownOne(ctx, params.id)
  const keyset = keysetOf(query, { unit: 'org_path' }, 'unit')
  const below = await pathBelow(ctx, query.orgId, '/query/orgId')
  const after = keyset.after ? { path: String(keyset.after.value), id: keyset.after.id } : null
  const asked = { view: query.view ?? 'read', below }
  const found = await receiptsOf(ctx, circular, asked, { after, limit: keyset.limit + 1 })
  const { rows, next } = pageOfRows(found, keyset, ({ at }) => ({ value: at.path, id: at.id }))
  return { rows: rows.map(({ at: _, ...row }) => row), next, total: null }
}

/** The units that were named, or those below one of them, with what their people have done. */
export async function units(
  ctx: Ctx,
  { params, query }: Input<typeof listNoticeUnits>,
): Promise<Reply<typeof listNoticeUnits>> {
  const { tenantId } = ctx.actor
  const circular = await ownOne(ctx, params.id)
  const targets = await targetsOf(ctx.db, tenantId, circular.id)
  const meant = await meantBy(ctx.db, tenantId, targets)
  await pathBelow(ctx, query.parentId, '/query/parentId')
  const ids = query.parentId ? null : targets.flatMap(({ isExcept, unitId }) => (!isExcept && unitId ? [unitId] : []))
  const which = ids ? { ids } : { parentId: query.parentId ?? '', kinds: [] }
  const found = await livingUnits(ctx.db, ctx.actor, which, MOST_UNITS)
  const people = await peopleIn(
    ctx.db,
    meant,
    found.map(({ path }) => path),
  )
  const counts = await r.countsBelow(ctx.db, tenantId, circular.id, found)
  const parents = await r.hasBelow(
    ctx.db,
    tenantId,
    found.map(({ id }) => id),
  )
  const rows = found.map(({ id, name, path }) => ({
    id,
    name,
    people: people.get(path) ?? 0,
    ...(counts.get(id) ?? { read: 0, confirmed: 0, answered: 0 }),
    hasBelow: parents.has(id),
  }))
  return { rows: rows.filter((row) => row.people + row.read > 0) }
}

/** Receipts as a table or on paper. */
export async function file(ctx: Ctx<Tx>, { params, body }: Input<typeof exportReceipts>): Promise<FileReply> {
  const circular = await ownOne(ctx, params.id)
  const below = await pathBelow(ctx, body.orgId, '/body/orgId')
  const page = { after: null, limit: MOST_EXPORTED + 1 }
  const rows = await receiptsOf(ctx, circular, { view: body.view, below }, page)
  if (rows.length > MOST_EXPORTED) throw refusals.too_many_rows({ most: MOST_EXPORTED })
  return registerOf(ctx, circular, rows, body)
}
