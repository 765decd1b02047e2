import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  type exportDelegates,
  type exportElections,
  type FileReply,
  type Input,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish, type Subject } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { csvStream, type WrittenRow, type WrittenSheet, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { filled, type Language, wordsOf } from '../elections.print-words.ts'
import * as q from '../queries/elections.queries.ts'
import { congressOf } from './congress.ts'
import { subjectOf } from './file.ts'
import { filterOf } from './read.ts'

const AT_ONCE = 500
type Sheet = WrittenSheet & { readonly rows: readonly WrittenRow[] }
type Order = Pick<Input<typeof exportDelegates>['body'], 'format' | 'purpose'>

const columnsOf = (widths: Readonly<Record<string, number>>, language: Language) =>
  Object.entries(widths).map(([key, width]) => ({
    key,
    header: wordsOf(language).files.columns[key as keyof ReturnType<typeof wordsOf>['files']['columns']],
    width,
  }))

/** Separated text holds the first sheet only. What leaves the program is kept with its purpose and the hash of its rows. */
async function fileOf(
  ctx: Ctx<Tx>,
  { format, purpose }: Order,
  subject: Subject,
  list: string,
  sheets: readonly [Sheet, ...Sheet[]],
): Promise<FileReply> {
  const [first] = sheets
  const sha256 = createHash('sha256').update(JSON.stringify(first.rows)).digest('hex')
  const told = { list, rows: first.rows.length, format, sha256 }
  await publish(ctx, 'elections.exported', subject, told, { reason: purpose.trim() })
  return {
    fileName: `${first.name}-${todayOf(ctx.now)}.${format}`,
    make: () => (format === 'csv' ? buffer(csvStream(first)) : writeXlsx({ sheets })),
  }
}

const ELECTION_WIDTHS = {
  org: 34,
  kind: 14,
  ordinal: 10,
  state: 18,
  seats: 10,
  delegates: 10,
  plannedOn: 14,
  heldOn: 14,
}

/** 选举台账: what the list shows under its filters, by day. */
export async function elections(ctx: Ctx<Tx>, { body }: Input<typeof exportElections>): Promise<FileReply> {
  const { format, purpose, language = 'zh-CN', ...asked } = body
  const words = wordsOf(language)
  const filter = await filterOf(ctx, asked, '/body/orgId')
  const rows: WrittenRow[] = []
  let cursor: string | null = null
  do {
    const keyset = keysetOf(
      { limit: AT_ONCE, ...(cursor ? { cursor } : {}) },
      { plannedOn: 'e.planned_on' },
      '-plannedOn',
    )
    const found = await q.listElections(ctx.db, ctx.actor, filter, keyset)
    const page: { rows: q.Election[]; next: string | null } = pageOfRows(found, keyset, (row) => ({
      value: row.plannedOn,
      id: row.id,
    }))
    for (const row of page.rows)
      rows.push({
        org: row.unitName,
        kind: words.kinds[row.kind],
        ordinal: row.ordinal === null ? '' : filled(words.ordinal, { n: row.ordinal }),
        state: words.files.states[row.state],
        seats: row.seats,
        delegates: row.delegates,
        plannedOn: row.plannedOn,
        heldOn: row.heldOn,
      })
    cursor = page.next
  } while (cursor)
  const subject = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  const sheet = { name: words.files.elections, columns: columnsOf(ELECTION_WIDTHS, language), rows }
  return fileOf(ctx, { format, purpose }, subject, 'elections', [sheet])
}

const DELEGATE_WIDTHS = { no: 8, name: 14, unit: 34, credentials: 14, reason: 40 }
const UNIT_WIDTHS = { unit: 34, members: 12, proposed: 12, allotted: 12, elected: 12, state: 18 }

/** Delegates in the order of strokes; a workbook holds the seats by unit as well. */
export async function delegates(ctx: Ctx<Tx>, { params, body }: Input<typeof exportDelegates>): Promise<FileReply> {
  const { language = 'zh-CN' } = body
  const election = await q.findElection(ctx.db, ctx.actor, params.id)
  if (!election) throw refusals.not_found()
  if (election.delegates === null) throw refusals.no_congress()
  const { people, units } = await congressOf(ctx, election)
  const { files } = wordsOf(language)
  const named = people.map((one, place) => ({
    no: place + 1,
    name: one.name,
    unit: one.orgName,
    credentials: files.credentials[one.state],
    reason: one.reason,
  }))
  const seats = units.map((unit) => ({
    unit: unit.orgName,
    members: unit.members,
    proposed: unit.proposed,
    allotted: unit.seats,
    elected: unit.elected,
    state: unit.electionState === null ? '' : files.states[unit.electionState],
  }))
  return fileOf(ctx, body, subjectOf(election), 'delegates', [
    { name: files.delegates, columns: columnsOf(DELEGATE_WIDTHS, language), rows: named },
    { name: files.allotment, columns: columnsOf(UNIT_WIDTHS, language), rows: seats },
  ])
}
