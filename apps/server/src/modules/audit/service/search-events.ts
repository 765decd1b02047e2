import type { listMyTrail, searchAudit } from '@tongxin/contract'
import { type AuditFilter, type AuditRow, auditRefusals, type Input, orgRefusals, type Reply } from '@tongxin/contract'
import { typesSaying } from '@tongxin/contract/audit.sentence'
import { addDays } from '@tongxin/domain/general/dates'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../../platform/page.ts'
import { personNamesOf, personsNamed } from '../../access/index.ts'
import { findUnit } from '../../org/index.ts'
import * as q from '../audit.queries.ts'
import { idAt, startOfDay } from '../audit.time.ts'
import { WORDS } from '../audit.words.ts'

const SORTS = { at: 'e.id' }
/** More people of one name than this are told apart by their id, not by the filter. */
const MOST_NAMESAKES = 200

/** The audit of the scope, newest first. Reading it is written into it: how many rows, by which filters, about whom. */
export async function search(ctx: Ctx<Tx>, { body }: Input<typeof searchAudit>): Promise<Reply<typeof searchAudit>> {
  const keyset = keysetOf(body, SORTS, '-at')
  const filter = await filterOf(ctx, body.filter)
  const found = await q.listEvents(ctx.db, ctx.actor, filter, {
    before: keyset.after?.id ?? null,
    limit: keyset.limit + 1,
  })
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.id, id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.flatMap((row) => [row.actorId, row.personId]),
  )
  await publish(ctx, 'audit.searched', auditOf(ctx), {
    filters: Object.keys(body.filter).sort(),
    rows: rows.length,
    actorId: body.filter.actorId ?? null,
    personId: body.filter.personId ?? null,
  })
  return { rows: rows.map((row) => shown(row, names)), next, total: null }
}

/** The audit itself as the subject of an event. */
export const auditOf = (ctx: Ctx) => ({ kind: 'audit', id: null, orgPath: ctx.actor.scope })

function shown(row: q.StoredEvent, names: ReadonlyMap<string, string>): AuditRow {
  return {
    ...row,
    at: row.at.toISOString(),
    actorName: row.actorId && (names.get(row.actorId) ?? null),
    personName: row.personId && (names.get(row.personId) ?? null),
  }
}

/**
 * The filter as SQL takes it. Throws `audit.period_backwards`, and `org.not_found` for an organisation outside the
 * scope, which looks the same as none.
 */
export async function filterOf(ctx: Ctx, asked: AuditFilter): Promise<q.EventFilter> {
  if (asked.from && asked.to && asked.from > asked.to) throw auditRefusals.period_backwards.at('/body/filter/from')
  const unit = asked.orgId ? await findUnit(ctx.db, ctx.actor, asked.orgId) : null
  if (asked.orgId && !unit) throw orgRefusals.not_found.at('/body/filter/orgId')
  const named = async (id: string | undefined, name: string | undefined) => {
    if (id) return [id]
    return name ? personsNamed(ctx.db, ctx.actor.tenantId, name.trim(), MOST_NAMESAKES) : null
  }
  const text = asked.text?.trim()
  return {
    lower: asked.from ? idAt(startOfDay(asked.from)) : null,
    upper: asked.to ? idAt(startOfDay(addDays(asked.to, 1))) : null,
    types: asked.type ? [asked.type] : null,
    module: asked.module ?? null,
    scope: unit?.path ?? '',
    isExact: asked.below === false,
    by: asked.by ?? null,
    actorIds: await named(asked.actorId, asked.actor),
    personIds: await named(asked.personId, asked.person),
    subjectId: asked.subjectId ?? null,
    said: text ? { text, types: typesSaying(text, [WORDS['zh-CN'], WORDS.en]) } : null,
  }
}

/** What was done with my data. Looking at it needs no event: nobody else's data is read. */
export async function trail(ctx: Ctx, { query }: Input<typeof listMyTrail>): Promise<Reply<typeof listMyTrail>> {
  const keyset = keysetOf(query, SORTS, '-at')
  const page = { before: keyset.after?.id ?? null, limit: keyset.limit + 1, byOthers: query.byOthers ?? false }
  const found = await q.listTrail(ctx.db, ctx.actor, page)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.id, id: row.id }))
  const names = await personNamesOf(
    ctx.db,
    rows.map((row) => row.actorId),
  )
  return {
    rows: rows.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      type: row.type,
      isMine: row.actorId === ctx.actor.personId,
      by: row.actorId && (names.get(row.actorId) ?? null),
      orgName: row.orgName,
      purpose: row.reason,
      payload: row.payload,
    })),
    next,
    total: null,
  }
}
