import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { type exportCreditAccounts, type FileReply, type Input, creditsRefusals as refusals } from '@tongxin/contract'
import { hoursText } from '@tongxin/domain'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { printForm } from '../../forms/index.ts'
import { type Language, wordsOf } from '../credits.print-words.ts'
import { type Account, listAccounts, shownAccount } from '../queries/accounts.queries.ts'
import { filterOf, placeOf } from './read.ts'

const MOST = 10_000
type Format = Input<typeof exportCreditAccounts>['body']['format']
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

const hours = (hundredths: number): number => hundredths / 100

/** The list as a table of numbers, or as a register that is printed; by name, never by hours. */
export async function accounts(ctx: Ctx<Tx>, { body }: Input<typeof exportCreditAccounts>): Promise<FileReply> {
  const language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const place = await placeOf(ctx, body.filter.orgId, '/body/filter/orgId')
  const rows = await listAccounts(ctx.db, ctx.actor, await filterOf(ctx, body.filter, '/body/filter/orgId'), {
    column: 'a.name',
    descending: false,
    after: null,
    limit: MOST,
  })
  if (rows.length > MOST) throw refusals.too_many_rows({ most: MOST })
  const { year } = body.filter
  const name = `${words.files.accounts}-${year}`
  const file = await fileOf(ctx, { format: body.format, language, name, place: place.name }, rows)
  const subject = { kind: 'org', id: place.id, orgPath: place.path }
  await publish(ctx, 'credits.exported', subject, { year, rows: rows.length, format: body.format, sha256: file.sha256 })
  return { fileName: `${name}-${todayOf(ctx.now)}.${body.format}`, make: file.make }
}

type Wanted = { readonly format: Format; readonly language: Language; readonly name: string; readonly place: string }
type Made = { readonly sha256: string; readonly make: () => Promise<Uint8Array> }

async function fileOf(ctx: Ctx<Tx>, wanted: Wanted, rows: readonly Account[]): Promise<Made> {
  const { format, language, name, place } = wanted
  const words = wordsOf(language)
  const columns = Object.entries(words.columns)
  if (format === 'pdf' || format === 'docx') {
    const facts = {
      language,
      organisation: place,
      printedAt: ctx.now.toISOString(),
      title: name,
      subtitle: `${place} ${todayOf(ctx.now)}`,
      columns: columns.map(([key, header]) => ({
        header,
        width: key === 'orgName' ? 3 : key === 'name' ? 1.4 : 1,
        isLong: key === 'orgName',
      })),
      rows: rows.map((row) => columns.map(([key]) => textOf(tableRow(row, language)[key]))),
    }
    return { sha256: sha256(JSON.stringify(facts.rows)), make: () => printForm({ kind: 'register', format, facts }) }
  }
  const written = columns.map(([key, header]) => ({ key, header, width: key === 'orgName' ? 32 : 14 }))
  const table = rows.map((row) => tableRow(row, language))
  const bytes =
    format === 'csv'
      ? await buffer(csvStream({ columns: written, rows: table }))
      : await writeXlsx({ sheets: [{ name, columns: written, rows: table }] })
  return { sha256: sha256(bytes), make: () => Promise.resolve(bytes) }
}

const textOf = (value: WrittenRow[string]): string | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'number'
      ? hoursText(Math.round(value * 100))
      : `${value}`

function tableRow(row: Account, language: Language): WrittenRow {
  const words = wordsOf(language)
  const { target, earned, required, elective, missing, requiredLeft, standing, post } = shownAccount(row)
  return {
    name: row.name,
    orgName: row.unitName,
    post: words.post[post],
    target: target === null ? null : hours(target),
    earned: hours(earned),
    required: hours(required),
    elective: hours(elective),
    missing: hours(missing),
    requiredLeft,
    standing: words.standing[standing],
  }
}
