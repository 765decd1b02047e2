import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportPackageResults,
  type FileReply,
  type Input,
  coursewareRefusals as refusals,
} from '@tongxin/contract'
import english from '@tongxin/contract/words/courseware.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/courseware.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { csvStream, writeXlsx } from '../../platform/spreadsheet/write.ts'
import { listResults } from './courseware.attempt.queries.ts'
import { resultOf, seenPackage } from './courseware.reading.ts'

const MOST = 10_000
const day = (at: string | null): string | null => (at === null ? null : todayOf(new Date(at)))

export async function exportResults(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof exportPackageResults>,
): Promise<FileReply> {
  const found = await seenPackage(ctx, params.id)
  const words = body.language === 'en' ? english : chinese
  const keyset = { column: 'a.last_at', descending: true, after: null, limit: MOST }
  const filter = { state: body.filter.state ?? null, text: body.filter.text ?? null }
  const results = await listResults(ctx.db, ctx.actor, found.id, filter, keyset)
  if (results.length > MOST) throw refusals.too_many_rows({ most: MOST })
  const rows = results.map(resultOf).map((row) => ({
    memberName: row.memberName,
    orgName: row.orgName,
    number: row.number,
    state: words.state[row.state],
    score: row.scaled === null ? null : Math.round(row.scaled * 1000) / 10,
    minutes: Math.ceil(row.seconds / 60),
    itemsDone: row.itemsDone,
    items: row.items,
    begunOn: day(row.begunAt),
    lastOn: day(row.lastAt),
    finishedOn: day(row.finishedAt),
  }))
  const columns = Object.entries(words.columns).map(([key, header]) => ({
    key,
    header,
    width: key === 'orgName' ? 28 : 14,
  }))
  const bytes =
    body.format === 'csv'
      ? await buffer(csvStream({ columns, rows }))
      : await writeXlsx({ sheets: [{ name: words.list, columns, rows }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const reason = body.purpose?.trim() ?? ''
  const subject = { kind: 'package', id: found.id, orgPath: ctx.actor.scope }
  const facts = { rows: rows.length, format: body.format, sha256 }
  await publish(ctx, 'courseware.exported', subject, facts, reason === '' ? {} : { reason })
  return { fileName: `${words.list} ${todayOf(ctx.now)}.${body.format}`, make: () => Promise.resolve(bytes) }
}
