import {
  type explainFinding as explainContract,
  type FindingRow,
  type Input,
  type listFindings as listContract,
  memberRefusals,
  qualityRefusals,
  type Reply,
} from '@tongxin/contract'
import { qualityOf } from '@tongxin/domain/members/quality'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { newId, publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import type { Vault } from '../../../platform/vault.ts'
import { personNamesOf } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import { settingOf } from '../../settings/index.ts'
import { factsOf, isMemberField } from '../members.record.ts'
import * as q from '../queries/findings.queries.ts'
import { othersShown, samePhotos } from '../queries/photos.queries.ts'
import type { Place } from '../queries/place.ts'
import { phoneCounts, type StoredMember } from '../queries/records.queries.ts'

const CHUNK = 500
/** People who are looked at again because they give the telephone of a changed record. */
const MOST_SHARING = 200

export type Searching = { readonly db: Tx; readonly now: Date; readonly tenantId: string; readonly vault: Vault }

/**
 * Looks records through for what looks untrue and keeps the list in step: found, found again, not found any more.
 * Returns how many findings stand now in what was looked at.
 */
export async function searchFindings(ctx: Searching, of: q.FindingsOf): Promise<number> {
  let count = 0
  for (let after: string | null = null; ; ) {
    const records = await q.nextRecords(ctx.db, ctx.tenantId, of, after, CHUNK)
    // The whole is not looked through for photos: each that comes or goes was, with those it looks like.
    const isNamed = of !== null && 'memberIds' in of
    const found = [...(await findingsIn(ctx, records)), ...(isNamed ? await repeatedPhotos(ctx, records) : [])]
    await q.upsertFindings(ctx.db, ctx.tenantId, found)
    // Of records that are named, those in the recycle bin or closed by a merge have nothing left to mend.
    const looked = of !== null && 'memberIds' in of ? of.memberIds : records.map((record) => record.id)
    await q.setMended(ctx.db, ctx.tenantId, { memberIds: looked, photosToo: isNamed }, found, ctx.now)
    count += found.length
    if (records.length < CHUNK) break
    after = records.at(-1)?.id ?? null
  }
  if (of === null) await q.setMendedOfGone(ctx.db, ctx.tenantId, ctx.now)
  return count
}

/** Of some records, and of those with their telephone or their photo: whether it is shared depends on them too. */
export async function searchAround(ctx: Searching, memberIds: readonly string[]): Promise<void> {
  const sharing = await q.sharingPhone(ctx.db, ctx.tenantId, memberIds, MOST_SHARING)
  const alike = (await samePhotos(ctx.db, ctx.tenantId, memberIds, true)).map(({ otherId }) => otherId)
  await searchFindings(ctx, { memberIds: [...new Set([...memberIds, ...sharing, ...alike])] })
}

async function findingsIn(ctx: Searching, records: readonly StoredMember[]): Promise<q.NewFinding[]> {
  const phones = await phoneCounts(
    ctx.db,
    ctx.tenantId,
    records.flatMap((record) => (record.phone_index ? [record.phone_index] : [])),
  )
  const today = todayOf(ctx.now)
  return records.flatMap((record) => {
    const facts = factsOf(ctx.vault, record)
    const samePhone = phones.get(record.phone_index?.toString('hex') ?? '') ?? 0
    return qualityOf(facts, today, samePhone).map(({ code, severity, fields }) => {
      const amount = code === 'phone_shared' ? samePhone : null
      const said = JSON.stringify([code, amount, ...fields.map((field) => facts[field] ?? null)])
      return {
        id: newId(ctx),
        orgId: record.org_id,
        orgPath: record.org_path,
        subjectKind: 'member' as const,
        subjectId: record.id,
        code,
        slot: '',
        severity,
        fields,
        amount,
        basis: ctx.vault.blindIndex('members_finding.basis', said),
        at: ctx.now,
      }
    })
  })
}

/** Photos that somebody else's record has too: copied, or put into the wrong record. */
async function repeatedPhotos(ctx: Searching, records: readonly StoredMember[]): Promise<q.NewFinding[]> {
  const others = new Map<string, string[]>()
  const ids = records.map(({ id }) => id)
  for (const { memberId, otherId } of ids.length === 0 ? [] : await samePhotos(ctx.db, ctx.tenantId, ids))
    others.set(memberId, [...(others.get(memberId) ?? []), otherId])
  return records.flatMap((record) => {
    const alike = others.get(record.id)
    if (!alike) return []
    return {
      id: newId(ctx),
      orgId: record.org_id,
      orgPath: record.org_path,
      subjectKind: 'member' as const,
      subjectId: record.id,
      code: 'photo_repeated',
      slot: '',
      severity: 'ask',
      fields: [],
      amount: alike.length + 1,
      basis: ctx.vault.blindIndex('members_finding.basis', JSON.stringify(['photo_repeated', ...alike])),
      at: ctx.now,
    }
  })
}

/** Minutes in which one person entered more rows than anybody reads: of one person, or of everybody since an instant. */
export async function searchFastEntry(ctx: Searching, since: Date, makerId: string | null): Promise<void> {
  const minutes = await q.fastMinutes(ctx.db, ctx.tenantId, since, makerId, LEAST_FAST)
  const found: q.NewFinding[] = []
  for (const row of minutes) {
    const most = await settingOf(ctx.db, ctx.tenantId, row.orgPath, 'quality.rows_a_minute', todayOf(row.minute))
    if (row.rows <= most) continue
    found.push({
      id: newId(ctx),
      orgId: row.orgId,
      orgPath: row.orgPath,
      subjectKind: 'person',
      subjectId: row.makerId,
      code: 'entered_too_fast',
      slot: row.minute.toISOString(),
      severity: 'ask',
      fields: [],
      amount: row.rows,
      basis: ctx.vault.blindIndex('members_finding.basis', `entered_too_fast ${row.rows}`),
      at: ctx.now,
    })
  }
  await q.upsertFindings(ctx.db, ctx.tenantId, found)
}

/** No setting is below it: fewer rows a minute are never looked at. */
const LEAST_FAST = 2

/** Findings of the scope, newest first. */
export async function listFindings(
  ctx: Ctx,
  { query }: Input<typeof listContract>,
): Promise<Reply<typeof listContract>> {
  const keyset = keysetOf(query, SORTS, NEWEST)
  const listed = await q.listFindings(ctx.db, ctx.actor, await filterOf(ctx, query, '/query/orgId'), keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({ value: row.foundAt.toISOString(), id: row.id }))
  return { rows: await shown(ctx, rows), next, total: null }
}

const SORTS = { found: 'f.found_at' } as const
const NEWEST = '-found'
type Asked = { orgId?: string; below?: boolean; memberId?: string; state?: string; code?: string }
const filterOf = async (ctx: Ctx, asked: Asked, field: string): Promise<q.FindingFilter> => ({
  place: await placeOf(ctx, asked, field),
  memberId: asked.memberId ?? null,
  state: asked.state ?? null,
  code: asked.code ?? null,
})

/** The first `most` findings of a filter and one more, newest first, for a file. */
export async function firstFindings(ctx: Ctx, asked: Asked, most: number): Promise<FindingRow[]> {
  const filter = await filterOf(ctx, asked, '/body/filter/orgId')
  return shown(ctx, await q.listFindings(ctx.db, ctx.actor, filter, { ...keysetOf({}, SORTS, NEWEST), limit: most }))
}

type Listed = Awaited<ReturnType<typeof q.listFindings>>[number]
async function shown(ctx: Ctx, rows: readonly Listed[]): Promise<FindingRow[]> {
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.settledBy, row.subjectKind === 'person' ? row.subjectId : null]),
  )
  const repeated = rows.filter((row) => row.code === 'photo_repeated' && row.state !== 'mended')
  const others = await othersShown(
    ctx.db,
    ctx.actor,
    repeated.map((row) => row.subjectId),
  )
  return rows.map((row) => ({
    id: row.id,
    code: row.code as FindingRow['code'],
    severity: row.severity as FindingRow['severity'],
    fields: row.fields.filter(isMemberField),
    memberId: row.subjectKind === 'member' ? row.subjectId : null,
    name: row.name ?? names.get(row.subjectId) ?? '',
    orgName: row.orgName ?? '',
    amount: row.amount,
    minute: row.slot === '' ? null : row.slot,
    others: others
      .filter(({ memberId }) => repeated.includes(row) && memberId === row.subjectId)
      .map(({ otherId, name, orgName }) => ({ memberId: otherId, name, orgName })),
    state: row.state as FindingRow['state'],
    foundAt: row.foundAt.toISOString(),
    settledBy: row.settledBy === null ? null : (names.get(row.settledBy) ?? null),
    settledAt: row.settledAt?.toISOString() ?? null,
    reason: row.reason,
  }))
}

/** The organisation that a list is narrowed to; null for the whole reach of the caller. */
export async function placeOf(
  ctx: Ctx,
  query: { orgId?: string; below?: boolean },
  field = '/query/orgId',
): Promise<Place | null> {
  return query.orgId === undefined ? null : { path: await pathOf(ctx, query.orgId, field), below: query.below ?? true }
}

/** The path of a unit in the caller's reach. */
export async function pathOf(ctx: Ctx, orgId: string, field = '/query/orgId'): Promise<string> {
  const unit = await findUnit(ctx.db, ctx.actor, orgId)
  if (!unit) throw memberRefusals.org_not_found.at(field)
  return unit.path
}

/** It is right as it stands, and why. What cannot be true of anybody has to be mended. */
export async function explainFinding(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof explainContract>,
): Promise<Reply<typeof explainContract>> {
  const finding = await q.lockFinding(ctx.db, ctx.actor, params.id)
  if (!finding) throw qualityRefusals.finding_not_found()
  if (finding.state !== 'open') throw qualityRefusals.finding_settled()
  if (finding.severity === 'stop') throw qualityRefusals.must_be_mended()
  // Nobody explains the own haste.
  if (finding.subjectId === ctx.actor.personId) throw qualityRefusals.own_hands()
  await q.setExplained(ctx.db, ctx.actor.tenantId, finding.id, {
    by: ctx.actor.personId,
    at: ctx.now,
    reason: body.reason,
  })
  await publish(
    ctx,
    'members.finding_explained',
    { kind: finding.subjectKind, id: finding.subjectId, orgPath: finding.orgPath },
    { findingId: finding.id, orgId: finding.orgId, code: finding.code },
    { reason: body.reason },
  )
  return { id: finding.id }
}
