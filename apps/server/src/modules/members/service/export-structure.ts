import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { exportStructure as exportContract, Input, Reply, Structure } from '@tongxin/contract'
import { STRUCTURE_DIMENSIONS } from '@tongxin/domain/members/structure'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenSheet, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { type Paper, printForm } from '../../forms/index.ts'
import { codeName, type Language, wordsOf } from '../members.words.ts'
import { structures } from './structure.ts'

/** One table as text; all of them as sheets of a workbook, or on paper behind a cover. */
export async function exportStructure(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportContract>,
): Promise<Reply<typeof exportContract>> {
  const { by, format, language, ...place } = body
  const tables = await structures(ctx, { ...place, by: format === 'csv' ? [by] : STRUCTURE_DIMENSIONS }, '/body')
  const first = tables[0] as Structure
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0)
  const sha256 = createHash('sha256')
    .update(JSON.stringify(tables.map((table) => table.rows)))
    .digest('hex')
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, 'members.structure_exported', subject, { on: first.on, rows, sha256, format })
  const title = wordsOf(language).structure.title ?? ''
  return { fileName: `${title}-${first.orgName}-${first.on}.${format}`, make: () => made(ctx, tables, body) }
}

async function made(
  ctx: Ctx<Tx>,
  tables: readonly Structure[],
  { format, language }: Input<typeof exportContract>['body'],
): Promise<Uint8Array> {
  if (format === 'pdf' || format === 'docx')
    return printForm({ kind: 'paper', format, facts: paperOf(tables, language, ctx.now) })
  const sheets = tables.map((table) => sheetOf(table, language))
  const [only] = sheets
  return format === 'csv' && only ? buffer(csvStream(only)) : writeXlsx({ sheets })
}

/** The words of a value: codes of the standards by their names, bands by theirs. */
function valueName(by: Structure['by'], value: string, language: Language): string {
  const words = wordsOf(language)
  const none = by === 'partyAge' ? words.structure.noneParty : words.structure.none
  if (by !== 'post' && value === 'none') return none ?? value
  switch (by) {
    case 'age':
      return words.structureAge[value] ?? value
    case 'partyAge':
      return words.structurePartyAge[value] ?? value
    case 'education':
      return words.structureEducation[value] ?? value
    default:
      return codeName(language, by, value) ?? value
  }
}

/** The whole first, then the organisation's own members and the units below. */
function linesOf(table: Structure, language: Language) {
  const { structure } = wordsOf(language)
  const named = table.rows.map((row) => ({ ...row, name: row.isItself ? (structure.itself ?? '') : row.orgName }))
  return [{ name: structure.whole ?? '', people: table.people, counts: table.counts }, ...named]
}

function sheetOf(table: Structure, language: Language): WrittenSheet {
  const { structure, structureBy } = wordsOf(language)
  const columns = [
    { key: 'unit', header: structure.unit ?? '', width: 32 },
    { key: 'people', header: structure.people ?? '', width: 10 },
    ...table.values.map((value) => ({ key: `v-${value}`, header: valueName(table.by, value, language), width: 14 })),
  ]
  const rows = linesOf(table, language).map(({ name, people, counts }) => ({
    unit: name,
    people,
    ...Object.fromEntries(table.values.map((value) => [`v-${value}`, counts[value] ?? 0])),
  }))
  return { name: structureBy[table.by] ?? table.by, columns, rows }
}

/** So many values stand beside each other on a page; more go on in a second table. */
const MOST_ABREAST = 12

function paperOf(tables: readonly Structure[], language: Language, now: Date): Paper {
  const { structure, structureBy } = wordsOf(language)
  const first = tables[0] as Structure
  const counted = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(first.countedAt))
  return {
    language,
    organisation: first.orgName,
    printedAt: now.toISOString(),
    title: structure.title ?? '',
    style: 'record',
    orientation: 'landscape',
    cover: {
      organisation: first.orgName,
      title: structure.title ?? '',
      facts: [
        [structure.asOf ?? '', first.on],
        [structure.people ?? '', String(first.people)],
        [structure.units ?? '', String(first.rows.filter((row) => !row.isItself).length)],
        [structure.countedAt ?? '', counted],
      ],
      signers: [structure.compiledBy ?? '', structure.checkedBy ?? '', structure.inCharge ?? ''],
    },
    blocks: tables.flatMap((table) => registersOf(table, structureBy[table.by] ?? table.by, language)),
  }
}

function registersOf(table: Structure, heading: string, language: Language): Paper['blocks'] {
  const { structure } = wordsOf(language)
  const parts = Array.from({ length: Math.max(1, Math.ceil(table.values.length / MOST_ABREAST)) }, (_, at) =>
    table.values.slice(at * MOST_ABREAST, (at + 1) * MOST_ABREAST),
  )
  return parts.flatMap((values): Paper['blocks'] => [
    { kind: 'heading', text: heading },
    {
      kind: 'register',
      columns: [
        { header: structure.unit ?? '', width: 24, isLong: true },
        { header: structure.people ?? '', width: 8 },
        ...values.map((value) => ({ header: valueName(table.by, value, language), width: 9 })),
      ],
      rows: linesOf(table, language).map(({ name, people, counts }) => [
        name,
        String(people),
        ...values.map((value) => String(counts[value] ?? 0)),
      ]),
    },
  ])
}
