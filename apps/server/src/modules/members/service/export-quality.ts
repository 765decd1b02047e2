import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportFindings as findingsContract,
  type Input,
  MOST_EXPORTED,
  memberRefusals,
  type Reply,
  type exportScores as scoresContract,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf } from '../../../platform/page.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { wordsOf } from '../members.words.ts'
import * as scores from '../queries/scores.queries.ts'
import { firstFindings, placeOf } from './findings.ts'

const FINDING_WIDTHS = {
  finding: 32,
  name: 14,
  orgName: 28,
  amount: 12,
  foundOn: 12,
  state: 12,
  settledBy: 12,
  reason: 48,
}
const SHARES = ['score', 'completeness', 'conflicts', 'freshness', 'errors'] as const
const COUNTS = ['people', 'incomplete', 'doubtful', 'stale', 'wrong'] as const
const SCORE_WIDTHS = {
  orgName: 28,
  people: 10,
  ...Object.fromEntries([...SHARES, ...COUNTS.slice(1)].map((key) => [key, 16])),
  countedOn: 12,
}

/** What looks untrue, newest first, as the list shows it. Names leave the program: the purpose is kept with the hash. */
export async function exportFindings(
  ctx: Ctx<Tx>,
  { body }: Input<typeof findingsContract>,
): Promise<Reply<typeof findingsContract>> {
  const { quality, findingState } = wordsOf(body.language)
  const found = await firstFindings(ctx, body.filter, MOST_EXPORTED)
  const rows = found.map((row) => ({
    finding: quality[row.code] ?? row.code,
    name: row.name,
    orgName: row.orgName,
    amount: row.amount,
    foundOn: todayOf(new Date(row.foundAt)),
    state: findingState[row.state] ?? row.state,
    settledBy: row.settledBy,
    reason: row.reason,
  }))
  return fileOf(ctx, { ...body, kind: 'findings', widths: FINDING_WIDTHS, rows })
}

/** Branches of the scope, worst first; shares in percent with one decimal. */
export async function exportScores(
  ctx: Ctx<Tx>,
  { body }: Input<typeof scoresContract>,
): Promise<Reply<typeof scoresContract>> {
  const place = await placeOf(ctx, body.filter, '/body/filter/orgId')
  const keyset = { ...keysetOf({}, { score: 's.score' }, 'score'), limit: MOST_EXPORTED }
  const rows = (await scores.listScores(ctx.db, ctx.actor, place, keyset)).map((row) => ({
    orgName: row.orgName ?? '',
    countedOn: row.countedOn,
    ...Object.fromEntries(SHARES.map((key) => [key, row[key] / 10])),
    ...Object.fromEntries(COUNTS.map((key) => [key, row[key]])),
  }))
  return fileOf(ctx, { ...body, kind: 'scores', widths: SCORE_WIDTHS, rows })
}

type File = Pick<Input<typeof scoresContract>['body'], 'format' | 'language' | 'purpose'> & {
  readonly kind: 'findings' | 'scores'
  readonly widths: Readonly<Record<string, number>>
  readonly rows: readonly WrittenRow[]
}

async function fileOf(ctx: Ctx<Tx>, { format, language, purpose, kind, widths, rows }: File) {
  if (rows.length > MOST_EXPORTED) throw memberRefusals.export_too_large({ limit: MOST_EXPORTED })
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, `members.${kind}_exported`, subject, { rows: rows.length, sha256, format }, { reason: purpose })
  const { qualityColumns, files } = wordsOf(language)
  const name = files[kind] ?? kind
  const columns = Object.entries(widths).map(([key, width]) => ({ key, header: qualityColumns[key] ?? key, width }))
  const make = async (): Promise<Uint8Array> =>
    format === 'csv' ? buffer(csvStream({ columns, rows })) : writeXlsx({ sheets: [{ name, columns, rows }] })
  return { fileName: `${name}-${todayOf(ctx.now)}.${format}`, make }
}
