import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type exportArticles, type FileReply, type Input, publishingRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { MOST_EXPORTED } from '../publishing.policy.ts'
import { type Words, wordsOf } from '../publishing.words.ts'
import { type Listed, listArticles } from '../queries/articles.queries.ts'
import { askedOf } from './reading.ts'

const COLUMNS = ['title', 'column', 'orgName', 'standing', 'editor', 'releasedOn', 'reads', 'brokenLinks'] as const
const LONG: readonly string[] = ['title', 'orgName']

const rowOf = (article: Listed, words: Words) => ({
  title: article.title,
  column: article.columnName,
  orgName: article.unitName,
  standing: words.standings[article.stage ?? (article.state === 'draft' ? 'editing' : article.state)],
  editor: article.editor,
  releasedOn: article.releasedAt === null ? null : todayOf(article.releasedAt),
  reads: article.reads,
  brokenLinks: article.brokenLinks,
})

/** The articles of a list as a table. */
export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportArticles>): Promise<FileReply> {
  const words = wordsOf(body.language ?? 'zh-CN')
  const keyset = { column: 'a.updated_at', descending: true, after: null, limit: MOST_EXPORTED }
  const found = await listArticles(ctx.db, ctx.actor, await askedOf(ctx, body.filter, '/body/filter'), keyset)
  if (found.length > MOST_EXPORTED) throw refusals.too_many_rows({ most: MOST_EXPORTED })
  const rows = found.map((article) => rowOf(article, words))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const why = body.purpose === undefined ? {} : { reason: body.purpose.trim() }
  await publish(ctx, 'publishing.exported', subject, { rows: rows.length, format: body.format, sha256 }, why)
  const columns = COLUMNS.map((key) => ({ key, header: words.columns[key], width: LONG.includes(key) ? 32 : 14 }))
  return {
    fileName: `${words.register}-${todayOf(ctx.now)}.${body.format}`,
    make: () =>
      body.format === 'csv'
        ? buffer(csvStream({ columns, rows }))
        : writeXlsx({ sheets: [{ name: words.register, columns, rows }] }),
  }
}
