import { buffer } from 'node:stream/consumers'
import {
  type downloadImportErrors as errorsContract,
  type Input,
  importRefusals,
  type Reply,
  type listImportRows as rowsContract,
  type downloadRosterTemplate as templateContract,
} from '@tongxin/contract'
import type { JudgedRow } from '@tongxin/domain/roster/index'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { errorWorkbook } from '../error-workbook.ts'
import { type BatchRow, openRows, outcomeOf, speaks } from '../imports.chunks.ts'
import * as q from '../imports.queries.ts'
import * as rowsOf from '../imports.rows.queries.ts'
import { rosterTemplate } from '../roster-template.ts'
/** Rows with something to say, a page at a time; `next` is the row to go on behind. */
export async function listRows(
  ctx: Ctx,
  { params, query }: Input<typeof rowsContract>,
): Promise<Reply<typeof rowsContract>> {
  const batch = await q.findBatch(ctx.db, ctx.actor, params.id)
  if (!batch) throw importRefusals.not_found()
  const limit = query.limit ?? 50
  const found: Reply<typeof rowsContract>['rows'] = []
  for await (const row of troubled(ctx, batch.id, query.after ?? 0)) {
    const outcome = outcomeOf(row, batch.existing as 'skip' | 'update')
    if (query.outcome !== undefined && outcome !== query.outcome) continue
    found.push({
      row: row.row,
      outcome,
      name: row.name,
      branch: row.branch,
      problems: [...row.problems],
      remarks: row.remarks.map((remark) => ({
        code: remark.code,
        field: remark.field ?? null,
        read: remark.read ?? null,
        names: [...(remark.names ?? [])],
        ofRow: remark.ofRow ?? null,
      })),
    })
    if (found.length > limit) break
  }
  const rows = found.slice(0, limit)
  return { rows, next: found.length > limit ? (rows.at(-1)?.row ?? null) : null }
}

/** The rows that need somebody's hand, as a workbook to correct and import again. */
export async function errors(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof errorsContract>,
): Promise<Reply<typeof errorsContract>> {
  const batch = await q.findBatch(ctx.db, ctx.actor, params.id)
  if (!batch) throw importRefusals.not_found()
  const rows: JudgedRow[] = []
  for await (const row of troubled(ctx, batch.id, 0)) {
    if (row.outcome === 'accept' || !row.written) continue
    const judgement = {
      row: row.row,
      outcome: row.outcome,
      problems: row.problems as never,
      remarks: row.remarks,
      record: null,
    }
    rows.push({
      judgement,
      filled: { row: row.row, cells: row.written.map((text) => ({ kind: 'text' as const, text })) },
    } as JudgedRow)
  }
  // The workbook holds rows as they were written, ID numbers included: who took it is in the audit.
  await publish(
    ctx,
    'imports.errors_taken',
    { kind: 'import', id: batch.id, orgPath: batch.orgPath },
    { batchId: batch.id, rows: rows.length },
  )
  const source = async function* () {
    yield rows
  }
  const name = batch.fileName.replace(/\.[^.]{1,5}$/, '')
  return {
    fileName: `${name}-${body.language === 'en' ? 'errors' : '错误清单'}.xlsx`,
    make: () =>
      buffer(errorWorkbook({ sheetName: batch.sheet, header: { headings: batch.headings } }, source(), body.language)),
  }
}

export async function template(
  _: Ctx,
  { query }: Input<typeof templateContract>,
): Promise<Reply<typeof templateContract>> {
  const language = query.language ?? 'zh-CN'
  return {
    fileName: language === 'en' ? 'roster-template.xlsx' : '党员名册导入模板.xlsx',
    make: () => rosterTemplate(language),
  }
}

async function* troubled(ctx: Ctx, batchId: string, afterRow: number): AsyncGenerator<BatchRow> {
  let after = afterRow
  for (;;) {
    const chunk = await rowsOf.nextTroubled(ctx.db, ctx.actor.tenantId, batchId, after)
    if (!chunk) return
    for (const row of openRows(ctx.vault, chunk)) if (row.row > afterRow && speaks(row)) yield row
    after = chunk.lastRow
  }
}
