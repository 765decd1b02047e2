import type {
  Input,
  Reply,
  listScoreRecords as recordsContract,
  ScoredRecord,
  SettingName,
  listScores as scoresContract,
} from '@tongxin/contract'
import { missingFields } from '@tongxin/domain/members/completeness'
import type { MemberField } from '@tongxin/domain/members/fields'
import { SCORE_PARTS, type ScorePart, type ScoreWeights, scoreOf } from '@tongxin/domain/members/score'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Db, Tx } from '../../../platform/ctx.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { type SettingLookup, settingLookup } from '../../settings/index.ts'
import { factsOf, isMemberField } from '../members.record.ts'
import { recordsByIds } from '../queries/records.queries.ts'
import * as q from '../queries/scores.queries.ts'
import { pathOf, placeOf } from './findings.ts'

const CHUNK = 500
const DAY = 24 * 3600_000
const WEIGHTS: Readonly<Record<ScorePart, SettingName>> = {
  completeness: 'quality.weight_completeness',
  conflicts: 'quality.weight_conflicts',
  freshness: 'quality.weight_freshness',
  errors: 'quality.weight_errors',
}
const CODES = [...Object.values(WEIGHTS), 'quality.fresh_months'] as const

export type Counting = { readonly db: Tx; readonly now: Date; readonly tenantId: string }

const lookupOf = (ctx: { db: Db; now: Date }, tenantId: string) =>
  settingLookup(ctx.db, tenantId, CODES, todayOf(ctx.now))
const weightsAt = (settings: SettingLookup, path: string): ScoreWeights =>
  Object.fromEntries(SCORE_PARTS.map((part) => [part, Number(settings(WEIGHTS[part], path))])) as ScoreWeights

/** A month of freshness is thirty days: what is fresh moves by days, not by the length of months. */
const sinceOf = (now: Date, months: number): q.Since => {
  const midnight = Date.parse(`${todayOf(now)}T00:00:00+08:00`)
  return { staleBefore: new Date(midnight - months * 30 * DAY), wrongSince: new Date(midnight - 365 * DAY) }
}

/**
 * Counts the quality of units anew from their records, all units for null. The same function runs after each event and
 * every night: both give the same figures. Returns how many rows said something else before.
 */
export async function recount(ctx: Counting, orgIds: readonly string[] | null): Promise<number> {
  const settings = await lookupOf(ctx, ctx.tenantId)
  const branches = await q.branchesOf(ctx.db, ctx.tenantId, orgIds)
  const before = new Map((await q.scoresOf(ctx.db, ctx.tenantId, orgIds)).map((row) => [row.orgId, row]))
  const today = todayOf(ctx.now)
  let differing = 0
  for (const [months, alike] of byMonths(settings, branches)) {
    for (let from = 0; from < alike.length; from += CHUNK) {
      const part = alike.slice(from, from + CHUNK)
      const counted = await q.countsOf(ctx.db, ctx.tenantId, part, sinceOf(ctx.now, months))
      const rows = counted.map((counts) => ({
        ...counts,
        ...scoreOf(counts, weightsAt(settings, counts.orgPath)),
        countedOn: today,
      }))
      differing += rows.filter((row) => !isSame(before.get(row.orgId), row)).length
      await q.upsertScores(ctx.db, ctx.tenantId, rows)
    }
  }
  const living = new Set(branches.map((branch) => branch.orgId))
  const empty = [...before.keys()].filter((id) => !living.has(id))
  await q.removeScores(ctx.db, ctx.tenantId, empty)
  return differing + empty.length
}

const byMonths = (settings: SettingLookup, branches: readonly q.Branch[]): Map<number, q.Branch[]> =>
  Map.groupBy(branches, ({ orgPath }) => Number(settings('quality.fresh_months', orgPath)))

const isSame = (before: q.StoredScore | undefined, now: q.StoredScore): boolean =>
  before !== undefined &&
  (Object.keys(now) as (keyof q.StoredScore)[]).every((key) => key === 'countedOn' || before[key] === now[key])

/** Branches of the scope, worst first, and all of them together. */
export async function listScores(
  ctx: Ctx,
  { query }: Input<typeof scoresContract>,
): Promise<Reply<typeof scoresContract>> {
  const keyset = keysetOf(query, { score: 's.score', org: 's.org_path' }, 'score')
  const place = await placeOf(ctx, query)
  const listed = await q.listScores(ctx.db, ctx.actor, place, keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({
    value: keyset.column === 's.score' ? row.score : row.orgPath,
    id: row.orgId,
  }))
  const weights = weightsAt(await lookupOf(ctx, ctx.actor.tenantId), place?.path ?? ctx.actor.scope)
  const { completeSum, ...whole } = await q.wholeOf(ctx.db, ctx.actor, place)
  return {
    rows: rows.map(({ orgPath: _, completeSum: __, ...row }) => ({ ...row, orgName: row.orgName ?? '' })),
    next,
    total: null,
    whole: whole.people === 0 ? null : { ...whole, ...scoreOf({ completeSum, ...whole }, weights) },
    weights,
  }
}

/** What there is to mend in a branch for one part of its score. */
export async function listScoreRecords(
  ctx: Ctx,
  { params, query }: Input<typeof recordsContract>,
): Promise<Reply<typeof recordsContract>> {
  const { tenantId } = ctx.actor
  const path = await pathOf(ctx, params.orgId)
  const months = Number((await lookupOf(ctx, tenantId))('quality.fresh_months', path))
  const keyset = keysetOf(query, { name: 'm.pinyin' }, 'name')
  const since = sinceOf(ctx.now, months)
  const listed = await q.recordsBehind(ctx.db, tenantId, params.orgId, query.part, since, keyset)
  const { rows, next } = pageOfRows(listed, keyset, (row) => ({ value: row.pinyin, id: row.id }))
  const ids = rows.map((row) => row.id)
  const records = new Map((await recordsByIds(ctx.db, ctx.actor, ids)).map((record) => [record.id, record]))
  const { findings, errors } = await q.marksOf(ctx.db, tenantId, ids)
  const fieldsOf = (id: string, missing: readonly MemberField[]): MemberField[] => {
    if (query.part === 'completeness') return [...missing]
    const named =
      query.part === 'errors'
        ? errors.filter((row) => row.memberId === id).map((row) => row.field)
        : findings.filter((row) => row.memberId === id).flatMap((row) => row.fields)
    return [...new Set(named)].filter(isMemberField)
  }
  return {
    rows: ids.flatMap((id) => {
      const record = records.get(id)
      if (!record) return []
      return [
        {
          id,
          name: record.name,
          memberNo: record.member_no,
          category: record.category as ScoredRecord['category'],
          completeness: record.completeness,
          updatedAt: record.updated_at.toISOString(),
          fields: fieldsOf(id, missingFields(factsOf(ctx.vault, record))),
          codes: findings.filter((row) => row.memberId === id).map((row) => row.code as ScoredRecord['codes'][number]),
        },
      ]
    }),
    next,
    total: null,
  }
}
