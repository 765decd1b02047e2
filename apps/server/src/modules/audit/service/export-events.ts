import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { auditRefusals, type exportAudit, type FileReply, type Input, MOST_AUDIT_ROWS } from '@tongxin/contract'
import { inShanghai, sentenceOf } from '@tongxin/contract/audit.sentence'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { personNamesOf } from '../../access/index.ts'
import * as q from '../audit.queries.ts'
import { fileWordsOf, type Language, WORDS } from '../audit.words.ts'
import { auditOf, filterOf } from './search-events.ts'

const PAGE = 2000
const COLUMNS = [
  'at',
  'actor',
  'event',
  'person',
  'org',
  'reason',
  'type',
  'subject',
  'subjectId',
  'requestId',
] as const
const WIDTHS: Readonly<Record<string, number>> = { at: 17, actor: 12, event: 48, person: 12, org: 28, reason: 28 }

/** The audit as a file: written with its number of rows, its hash and the purpose. Throws `audit.too_many`. */
export async function exportEvents(ctx: Ctx<Tx>, { body }: Input<typeof exportAudit>): Promise<FileReply> {
  const filter = await filterOf(ctx, body.filter)
  const events = await allEvents(ctx, filter, MOST_AUDIT_ROWS)
  const { columns, rows } = await tableOf(ctx, events, body.language)
  const name = fileWordsOf(body.language).files.audit
  const bytes =
    body.format === 'csv'
      ? await buffer(csvStream({ columns, rows }))
      : await writeXlsx({ sheets: [{ name, columns, rows }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const payload = { rows: rows.length, format: body.format, sha256 }
  await publish(ctx, 'audit.exported', auditOf(ctx), payload, { reason: body.purpose.trim() })
  return { fileName: `${name}-${todayOf(ctx.now)}.${body.format}`, make: () => Promise.resolve(bytes) }
}

/** All events of a filter, newest first. Throws `audit.too_many` beyond `most`, because half a list misleads. */
export async function allEvents(ctx: Ctx, filter: q.EventFilter, most: number): Promise<q.StoredEvent[]> {
  const events: q.StoredEvent[] = []
  let before: string | null = null
  for (;;) {
    const page: q.StoredEvent[] = await q.listEvents(ctx.db, ctx.actor, filter, { before, limit: PAGE })
    events.push(...page)
    if (events.length > most) throw auditRefusals.too_many({ limit: most })
    const last = page.at(-1)
    if (page.length < PAGE || !last) return events
    before = last.id
  }
}

/** Events as rows of a sheet with sentences in the language. */
export async function tableOf(ctx: Ctx, events: readonly q.StoredEvent[], language: Language) {
  const words = fileWordsOf(language)
  const names = await personNamesOf(
    ctx.db,
    events.flatMap((event) => [event.actorId, event.personId]),
  )
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id))
  const rows = events.map(
    (event): WrittenRow => ({
      at: inShanghai(event.at.toISOString()),
      actor: nameOf(event.actorId) ?? words.system,
      event: sentenceOf(event, WORDS[language]),
      person: nameOf(event.personId),
      org: event.orgName ?? event.orgPath,
      reason: event.reason,
      type: event.type,
      subject: event.subjectKind,
      subjectId: event.subjectId,
      requestId: event.requestId,
    }),
  )
  const columns = COLUMNS.map((key) => ({ key, header: words.columns[key], text: true, width: WIDTHS[key] ?? 20 }))
  return { columns, rows }
}
