import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { exportReceipts, FileReply, Input, ReceiptRow } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { wordsOf } from '../notices.print-words.ts'
import type { Circular } from '../queries/circulars.queries.ts'

const COLUMNS = ['orgName', 'name', 'readAt', 'confirmedAt', 'answer', 'answeredAt'] as const
const LONG: readonly string[] = ['orgName', 'answer']
type Body = Input<typeof exportReceipts>['body']

/** `2026-11-02 09:00` in China. */
const whenText = (at: string | null): string | null =>
  at === null
    ? null
    : new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(
        new Date(at),
      )
const cellsOf = (row: ReceiptRow): Record<(typeof COLUMNS)[number], string | null> => ({
  orgName: row.orgName,
  name: row.name,
  readAt: whenText(row.readAt),
  confirmedAt: whenText(row.confirmedAt),
  answer: row.answer,
  answeredAt: whenText(row.answeredAt),
})

/** Receipts as a workbook or as a register on paper: set after the transaction, known by their hash. */
export async function registerOf(
  ctx: Ctx<Tx>,
  circular: Circular,
  receipts: readonly ReceiptRow[],
  { view, format, language = 'zh-CN' }: Body,
): Promise<FileReply> {
  const words = wordsOf(language)
  const rows = receipts.map(cellsOf)
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'notice', id: circular.id, orgPath: circular.orgPath }
  await publish(ctx, 'notices.exported', subject, { rows: rows.length, format, sha256 })
  const name = `${words.register}（${words.views[view]}）`
  const heads = COLUMNS.map((key) => ({ key, header: words.columns[key], isLong: LONG.includes(key) }))
  const facts = {
    language,
    organisation: circular.unitName,
    printedAt: ctx.now.toISOString(),
    title: name,
    subtitle: `${circular.title} ${todayOf(ctx.now)}`,
    columns: heads.map(({ header, isLong }) => ({ header, width: isLong ? 5 : 3, isLong })),
    rows: rows.map((row) => COLUMNS.map((key) => row[key])),
  }
  const columns = heads.map(({ key, header, isLong }) => ({ key, header, width: isLong ? 32 : 18 }))
  return {
    fileName: `${words.register}-${todayOf(ctx.now)}.${format}`,
    make: () => {
      if (format === 'pdf' || format === 'docx') return printForm({ kind: 'register', format, facts })
      if (format === 'csv') return buffer(csvStream({ columns, rows }))
      return writeXlsx({ sheets: [{ name: words.register, columns, rows }] })
    },
  }
}
