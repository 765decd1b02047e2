import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { auditRefusals, type FileReply, type Input, MOST_PACKED, type packIncident } from '@tongxin/contract'
import { inShanghai } from '@tongxin/contract/audit.sentence'
import yazl from 'yazl'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { csvStream } from '../../../platform/spreadsheet/write.ts'
import { belongsToTenant, personNamesOf } from '../../access/index.ts'
import * as q from '../audit.queries.ts'
import { idAt, startOfDay } from '../audit.time.ts'
import { fileWordsOf, type Language } from '../audit.words.ts'
import { allEvents, tableOf } from './export-events.ts'
import { auditOf } from './search-events.ts'

/**
 * What a suspect account read and changed since a day: acts, objects, and the people to be told (PIPL art. 57). Lists
 * that left the platform concern more people than are named in their event, so they are counted apart. The suspect is
 * no `personId` of the event, or the own trail would warn the suspect.
 * Throws `audit.person_unknown`, and `audit.too_many` rather than half a pack.
 */
export async function pack(ctx: Ctx<Tx>, { body }: Input<typeof packIncident>): Promise<FileReply> {
  const { personId, language } = body
  if (!(await belongsToTenant(ctx.db, ctx.actor.tenantId, personId))) throw auditRefusals.person_unknown()
  const lower = idAt(startOfDay(body.since))
  const nothing = {
    types: null,
    module: null,
    scope: '',
    isExact: false,
    by: null,
    personIds: null,
    subjectId: null,
    said: null,
    upper: null,
  }
  const events = await allEvents(ctx, { ...nothing, lower, actorIds: [personId] }, MOST_PACKED)
  const objects = await q.objectsTouched(ctx.db, ctx.actor, personId, lower, MOST_PACKED)
  const people = await q.peopleTouched(ctx.db, ctx.actor, personId, lower, MOST_PACKED)
  const names = await personNamesOf(ctx.db, [personId, ...people.map((row) => row.id)])
  const counts = { events: events.length, objects: objects.length, people: people.length }
  const payload = { suspectId: personId, since: body.since, ...counts }
  await publish(ctx, 'audit.incident_packed', auditOf(ctx), payload, { reason: body.purpose.trim() })
  const summary = {
    suspect: { id: personId, name: names.get(personId) ?? null },
    since: body.since,
    madeAt: ctx.now.toISOString(),
    purpose: body.purpose.trim(),
    ...counts,
    takenOut: takenOut(events),
  }
  const table = await tableOf(ctx, events, language)
  return {
    fileName: `${fileWordsOf(language).files.incident}-${body.since}-${todayOf(ctx.now)}.zip`,
    make: () =>
      zipped({
        'summary.json': JSON.stringify(summary, null, 2),
        'events.json': JSON.stringify(events),
        'objects.json': JSON.stringify(objects),
        'people.json': JSON.stringify(people.map((row) => ({ ...row, name: (row.id && names.get(row.id)) ?? null }))),
        'events.csv': csvStream(table),
        'objects.csv': touchedCsv(objects, language, null),
        'people.csv': touchedCsv(people, language, names),
      }),
  }
}

/** Files that left the platform: each export and print with its number of rows. */
function takenOut(
  events: readonly q.StoredEvent[],
): { type: string; at: string; rows: number; reason: string | null }[] {
  return events.flatMap(({ type, at, payload, reason }) =>
    typeof payload.rows === 'number' && /\.(exported|printed|grants_exported)$/.test(type)
      ? [{ type, at: at.toISOString(), rows: payload.rows, reason }]
      : [],
  )
}

/** `names` null: a list of objects; else of people, by name. */
function touchedCsv(
  rows: readonly q.Touched[],
  language: Language,
  names: ReadonlyMap<string, string> | null,
): Readable {
  const { columns: words } = fileWordsOf(language)
  const own = names ? (['person', 'personId'] as const) : (['subject', 'subjectId'] as const)
  const keys = [...own, 'count', 'first', 'last', 'types'] as const
  return csvStream({
    columns: keys.map((key) => ({ key, header: words[key], text: true, width: 20 })),
    rows: rows.map((row) => ({
      [own[0]]: names ? ((row.id && names.get(row.id)) ?? null) : row.kind,
      [own[1]]: row.id,
      count: row.count,
      first: inShanghai(row.first.toISOString()),
      last: inShanghai(row.last.toISOString()),
      types: row.types.join(' '),
    })),
  })
}

async function zipped(files: Readonly<Record<string, string | Readable>>): Promise<Uint8Array> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(files)) {
    if (typeof content === 'string') zip.addBuffer(Buffer.from(content), name)
    else zip.addReadStream(content, name)
  }
  zip.end()
  return buffer(zip.outputStream)
}
