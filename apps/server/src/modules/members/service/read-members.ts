import {
  type readMemberCard as cardContract,
  type Input,
  type listMembers as listContract,
  type listMyLooks as looksContract,
  type MemberRow,
  memberRefusals,
  type readMyRecord as mineContract,
  type Reply,
  type readMember as readContract,
  type readMemberTimeline as timelineContract,
} from '@tongxin/contract'
import { missingFields } from '@tongxin/domain/members/completeness'
import { isSealed } from '@tongxin/domain/members/fields'
import { maskField } from '@tongxin/domain/members/masks'
import { qualityOf } from '@tongxin/domain/members/quality'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf } from '../../access/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { entryFacts } from '../members.entries.ts'
import { listFilterOf, tailMatches } from '../members.filter.ts'
import { canOf } from '../members.policy.ts'
import { factsOf, isMemberField, maskedId, maskedPhone, shownFacts, versionFacts } from '../members.record.ts'
import { entriesOf } from '../queries/entries.queries.ts'
import * as history from '../queries/history.queries.ts'
import * as list from '../queries/list.queries.ts'
import { currentPhoto } from '../queries/photos.queries.ts'
import * as q from '../queries/records.queries.ts'
import { openChangesOf } from '../queries/review.queries.ts'
import { takesOwnCorrections } from './own-corrections.ts'

/** A row as lists show it: masked, without what only the server needs. */
export function rowOf(ctx: Pick<Ctx, 'vault'>, row: list.ListedMember): MemberRow {
  return {
    id: row.id,
    memberNo: row.memberNo,
    name: row.name,
    sex: row.sex,
    ethnic: row.ethnic,
    bornOn: row.bornOn,
    education: row.education,
    category: row.category as MemberRow['category'],
    status: row.status as MemberRow['status'],
    orgId: row.orgId,
    orgName: row.orgName,
    idNumber: maskedId(ctx.vault, row.id, row.idNumber),
    phone: maskedPhone(ctx.vault, row.id, row.phone),
    joinedOn: row.joinedOn,
    convertedOn: row.convertedOn,
    completeness: row.completeness,
    recordState: row.recordState as MemberRow['recordState'],
    updatedAt: row.updatedAt.toISOString(),
    version: row.version,
  }
}

/** A page of the members of the caller's scope. */
export async function listMembers(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, list.SORT_COLUMNS, 'name')
  const filter = await listFilterOf(ctx, query)
  const listed = await list.listMembers(ctx.db, ctx.actor, filter, keyset)
  const place = (row: list.ListedMember) => ({ value: sortValue(row, keyset.column), id: row.id })
  const { rows, next } = pageOfRows(listed, keyset, place)
  const shown = filter.search?.tails ? rows.filter((row) => tailMatches(ctx.vault, row, query.search ?? '')) : rows
  const total = filter.counted ? (listed[0]?.total ?? 0) : null
  return { rows: shown.map((row) => rowOf(ctx, row)), next, total }
}

function sortValue(row: list.ListedMember, column: string): string | number | null {
  if (column === list.SORT_COLUMNS.joined) return row.joinedOn
  if (column === list.SORT_COLUMNS.updated) return row.updatedAt.toISOString()
  return column === list.SORT_COLUMNS.completeness ? row.completeness : row.pinyin
}

/** One member as lists show it. */
export async function readCard(ctx: Ctx, { params }: Input<typeof cardContract>): Promise<Reply<typeof cardContract>> {
  const row = await list.findCard(ctx.db, ctx.actor, params.id)
  if (!row) throw memberRefusals.not_found()
  return rowOf(ctx, row)
}

/** The record with its entries, what is missing and what contradicts itself. */
export async function readRecord(
  ctx: Ctx,
  { params }: Input<typeof readContract>,
): Promise<Reply<typeof readContract>> {
  const record = await q.findRecord(ctx.db, ctx.actor, params.id)
  if (!record || (record.deleted_at !== null && !ctx.actor.permissions.has('members.approve')))
    throw memberRefusals.not_found()
  return recordReply(ctx, record)
}

/** The record of the person who asks. */
export async function readMine(ctx: Ctx, _: Input<typeof mineContract>): Promise<Reply<typeof mineContract>> {
  const record = await q.findOwnRecord(ctx.db, ctx.actor)
  if (!record) throw memberRefusals.no_record()
  const reply = await recordReply(ctx, record)
  const propose = await takesOwnCorrections(ctx, record.org_path)
  return { ...reply, can: { propose, reveal: false, delete: false } }
}

/** A record as it is shown: sealed fields masked, entries without what is sealed in them. */
export async function recordReply(ctx: Ctx, record: q.StoredMember): Promise<Reply<typeof readContract>> {
  const { tenantId } = ctx.actor
  const facts = factsOf(ctx.vault, record)
  const [orgName, entries, openChanges, phones, photo] = [
    await unitNameOf(ctx.db, tenantId, record.org_id),
    await entriesOf(ctx.db, tenantId, record.id),
    await openChangesOf(ctx.db, tenantId, record.id),
    await q.phoneCounts(ctx.db, tenantId, record.phone_index ? [record.phone_index] : []),
    await currentPhoto(ctx.db, tenantId, record.id),
  ]
  const samePhone = phones.get(record.phone_index?.toString('hex') ?? '') ?? 0
  const card = rowOf(ctx, {
    id: record.id,
    memberNo: record.member_no,
    name: record.name,
    sex: record.sex,
    ethnic: record.ethnic,
    bornOn: record.born_on,
    education: record.education,
    category: record.category,
    status: record.status,
    orgId: record.org_id,
    orgPath: record.org_path,
    orgName,
    idNumber: record.id_number,
    phone: record.phone,
    joinedOn: record.joined_on,
    convertedOn: record.converted_on,
    completeness: record.completeness,
    recordState: record.record_state,
    updatedAt: record.updated_at,
    version: record.version,
    pinyin: '',
    topPost: null,
    total: null,
  })
  return {
    card,
    fields: shownFacts(facts),
    missing: missingFields(facts),
    findings: qualityOf(facts, todayOf(ctx.now), samePhone).map((finding) => ({
      ...finding,
      fields: [...finding.fields],
    })),
    entries: entries.map((entry) => entryFacts(ctx.vault, entry)),
    openChanges: openChanges.map(({ entryId: _, ...change }) => change),
    photo: photo ? { id: photo.id, since: photo.since.toISOString() } : null,
    deletedAt: record.deleted_at?.toISOString() ?? null,
    inTransferSince: record.in_transfer_since,
    can: canOf(ctx.actor, { deletedAt: record.deleted_at }),
    version: record.version,
  }
}

/** What changed in a record, newest first; sensitive values masked on both sides. */
export async function readTimeline(
  ctx: Ctx,
  { params, query }: Input<typeof timelineContract>,
): Promise<Reply<typeof timelineContract>> {
  const record = await q.findRecord(ctx.db, ctx.actor, params.id)
  if (!record) throw memberRefusals.not_found()
  const keyset = keysetOf(query, { at: 'v.version' }, '-at')
  const found = await history.versionsOf(ctx.db, ctx.actor.tenantId, record.id, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({
    value: row.version,
    id: row.id,
  }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.made_by),
  )
  return {
    rows: rows.map((row) => {
      const { before, after } = versionFacts(ctx.vault, row)
      const shown = (field: string, value: string | null | undefined) =>
        value && isMemberField(field) && isSealed(field) ? maskField(field, value) : (value ?? null)
      const fields = row.fields.map((field) => ({
        field,
        from: shown(field, before[field as never]),
        to: shown(field, after[field as never]),
      }))
      return {
        id: row.id,
        at: row.at.toISOString(),
        source: row.source,
        by: names.get(row.made_by ?? '') ?? null,
        reason: row.reason,
        version: row.version,
        fields,
      }
    }),
    next,
    total: null,
  }
}

/** Who looked at my sensitive data, when and for what. */
export async function listLooks(
  ctx: Ctx,
  { query }: Input<typeof looksContract>,
): Promise<Reply<typeof looksContract>> {
  const keyset = keysetOf(query, { at: 'l.at' }, '-at')
  const found = await history.looksAt(ctx.db, ctx.actor, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.at.toISOString(), id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.lookedBy),
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      by: names.get(row.lookedBy) ?? '',
      what: 'revealed',
      field: row.field,
      purpose: row.purpose,
    })),
    next,
    total: null,
  }
}
