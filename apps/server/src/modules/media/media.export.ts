import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type exportMedia, type FileReply, type Input, mediaRefusals as refusals } from '@tongxin/contract'
import english from '@tongxin/contract/words/media.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/media.zh-CN.json' with { type: 'json' }
import { todayOf } from '../../platform/clock.ts'
import type { Ctx, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { csvStream, writeXlsx } from '../../platform/spreadsheet/write.ts'
import type { MediaPorts } from './media.ports.ts'
import { listItems } from './media.queries.ts'
import { filterOf, rowsOf } from './media.reading.ts'

const MOST = 10_000
const WIDTHS: Readonly<Record<string, number>> = { title: 32, source: 32, copyright: 32, orgName: 24, fileName: 24 }

export const exportList =
  (ports: MediaPorts) =>
  async (ctx: Ctx<Tx>, { body }: Input<typeof exportMedia>): Promise<FileReply> => {
    const words = body.language === 'en' ? english : chinese
    const keyset = { column: 'm.updated_at', descending: true, after: null, limit: MOST }
    const items = await listItems(ctx.db, ctx.actor, await filterOf(ctx, body.filter), keyset)
    if (items.length > MOST) throw refusals.too_many_rows({ most: MOST })
    const rows = (await rowsOf(ports, ctx, items)).map((row) => ({
      title: row.title,
      kind: words.kind[row.kind],
      state: words.state[row.state],
      minutes: row.durationSeconds === null ? null : Math.ceil(row.durationSeconds / 60),
      megabytes: row.bytes === null ? null : Math.ceil(row.bytes / 1024 / 1024),
      captions: words.yesNo[row.hasCaptions ? 'yes' : 'no'],
      uses: row.uses,
      orgName: row.orgName,
      source: row.source,
      copyright: row.copyright,
      fileName: row.fileName,
      updatedOn: todayOf(new Date(row.updatedAt)),
    }))
    const columns = Object.entries(words.columns).map(([key, header]) => ({ key, header, width: WIDTHS[key] ?? 12 }))
    const bytes =
      body.format === 'csv'
        ? await buffer(csvStream({ columns, rows }))
        : await writeXlsx({ sheets: [{ name: words.list, columns, rows }] })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const subject = { kind: 'media', id: null, orgPath: ctx.actor.scope }
    const reason = body.purpose?.trim() ?? ''
    const facts = { rows: rows.length, format: body.format, sha256 }
    await publish(ctx, 'media.exported', subject, facts, reason === '' ? {} : { reason })
    return { fileName: `${words.list} ${todayOf(ctx.now)}.${body.format}`, make: () => Promise.resolve(bytes) }
  }
