import { createHash } from 'node:crypto'
import {
  type countDeadlines as countContract,
  type DeadlineRow,
  type DeadlineState,
  deadlinesRefusals,
  type exportDeadlines as exportContract,
  type Input,
  type listDeadlines as listContract,
  type listOwnDeadlines as ownContract,
  type Reply,
} from '@tongxin/contract'
import { deadlineModule, deadlineTitle } from '@tongxin/contract/deadlines.words'
import english from '@tongxin/contract/words/deadlines.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/deadlines.zh-CN.json' with { type: 'json' }
import { daysBetween, lampOn } from '@tongxin/domain'
import { todayOf } from '../../platform/clock.ts'
import type { Actor, Ctx, Db, Tx } from '../../platform/ctx.ts'
import { publish } from '../../platform/events.ts'
import { keysetOf, pageOfRows } from '../../platform/page.ts'
import { writeXlsx } from '../../platform/spreadsheet/write.ts'
import * as q from './deadlines.queries.ts'
import { KIND_WORDS } from './deadlines.words.ts'

const SORTS = { dueOn: 'd.due_on' }
const MOST_ROWS = 10_000

/** What is due in the scope. Who may only see the own data is given an empty list. */
export async function list(ctx: Ctx, { query }: Input<typeof listContract>): Promise<Reply<typeof listContract>> {
  const filter = await filterOf(ctx, query, 'query')
  return page(ctx, 'desk', filter, query)
}

/** The own ones of the person, and those of the post at its organisation. */
export async function listOwn(ctx: Ctx, { query }: Input<typeof ownContract>): Promise<Reply<typeof ownContract>> {
  return page(ctx, 'own', { state: 'open', lamp: query.lamp ?? null }, query)
}

type Filter = Partial<q.DeadlineFilter> & { readonly state: DeadlineState }

async function page(
  ctx: Ctx,
  whose: q.Whose,
  filter: Filter,
  query: { cursor?: string; limit?: number; sort?: string },
): Promise<Reply<typeof listContract>> {
  const today = todayOf(ctx.now)
  const usual = filter.state === 'open' ? 'dueOn' : '-dueOn'
  const keyset = keysetOf(query, SORTS, usual)
  const found = await q.listItems(ctx.db, ctx.actor, whose, filter, today, keyset)
  const { rows, next } = pageOfRows(found, keyset, (row) => ({ value: row.dueOn, id: row.id }))
  return { rows: rows.map((row) => shown(row, today)), next, total: null }
}

function shown(row: q.ItemRow, today: string): DeadlineRow {
  return {
    ...row,
    params: row.params as DeadlineRow['params'],
    state: row.state as DeadlineState,
    lamp: lampOn(row, today),
    daysLeft: daysBetween(today, row.dueOn),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

type Asked = Omit<Input<typeof listContract>['query'], 'cursor' | 'limit' | 'sort'>

/** @throws Refusal `deadlines.no_such_org` outside the scope, `deadlines.ends_before_start` for a reversed range */
async function filterOf(ctx: Pick<Ctx, 'db' | 'actor'>, asked: Asked, place: 'query' | 'body'): Promise<Filter> {
  if (asked.dueFrom && asked.dueTo && asked.dueTo < asked.dueFrom)
    throw deadlinesRefusals.ends_before_start.at(`/${place}/dueTo`)
  const under = asked.orgId ? await q.pathOfUnit(ctx.db, ctx.actor, asked.orgId) : null
  if (under === undefined) throw deadlinesRefusals.no_such_org.at(`/${place}/orgId`)
  return {
    lamp: asked.lamp ?? null,
    module: asked.module ?? null,
    kind: asked.kind ?? null,
    under,
    exactly: !asked.below,
    from: asked.dueFrom ?? null,
    until: asked.dueTo ?? null,
    state: asked.state ?? 'open',
  }
}

export async function counts(ctx: Ctx, { query }: Input<typeof countContract>): Promise<Reply<typeof countContract>> {
  return q.countByLamp(ctx.db, ctx.actor, await filterOf(ctx, query, 'query'), todayOf(ctx.now))
}

/** For the workbench: overdue ones stay there until they are done, near ones stand beside them. */
export async function deadlinesWaiting(
  db: Db,
  actor: Actor,
  now: Date,
): Promise<{ key: string; count: number; path: string }[]> {
  if (actor.reach === 'self') return []
  const { red, yellow } = await q.countByLamp(db, actor, { state: 'open' }, todayOf(now))
  return [
    { key: 'overdue', count: red, path: '/deadlines?lamp=red' },
    { key: 'near', count: yellow, path: '/deadlines?lamp=yellow' },
  ]
}

const WIDTHS = { what: 48, module: 14, unit: 30, dueOn: 12, lamp: 10, daysLeft: 10, state: 10 } as const

/** The list as a workbook; who, what for, row count and hash go into the audit. */
export async function exportList(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportContract>,
): Promise<Reply<typeof exportContract>> {
  const filter = await filterOf(ctx, body, 'body')
  const today = todayOf(ctx.now)
  const keyset = keysetOf({ limit: MOST_ROWS }, { dueOn: 'd.due_on' }, 'dueOn')
  const found = await q.listItems(ctx.db, ctx.actor, 'desk', filter, today, keyset)
  if (found.length > MOST_ROWS) throw deadlinesRefusals.too_many_rows({ most: MOST_ROWS })
  const [words, kinds] = [body.language === 'en' ? english : chinese, KIND_WORDS[body.language]]
  const rows = found
    .map((row) => shown(row, today))
    .map((row) => ({
      what: deadlineTitle(kinds, row),
      module: kinds.get(deadlineModule(row.kind))?.module ?? deadlineModule(row.kind),
      unit: row.unitName,
      dueOn: row.dueOn,
      lamp: row.state === 'open' ? words.lamp[row.lamp] : null,
      daysLeft: row.state === 'open' ? row.daysLeft : null,
      state: words.state[row.state],
    }))
  const columns = (Object.keys(WIDTHS) as (keyof typeof WIDTHS)[]).map((key) => ({
    key,
    header: words.column[key],
    width: WIDTHS[key],
  }))
  const sha256 = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  const subject = { kind: 'deadline', id: null, orgPath: ctx.actor.scope }
  const purpose = body.purpose.trim()
  await publish(ctx, 'deadlines.exported', subject, { rows: rows.length, purpose, sha256 }, { reason: purpose })
  return {
    fileName: `${words.file}-${today}.xlsx`,
    make: () => writeXlsx({ sheets: [{ name: words.file, columns, rows }] }),
  }
}
