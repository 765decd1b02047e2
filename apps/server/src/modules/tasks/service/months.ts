import {
  type exportInfoMonth,
  type FileReply,
  INFO_LEVELS,
  type Input,
  type Reply,
  type readInfoMonth,
  tasksRefusals as refusals,
} from '@tongxin/contract'
import { addDays } from '@tongxin/domain'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { monthOf, type UnitMonth } from '../queries/reports.queries.ts'
import { MOST_EXPORTED } from '../tasks.policy.ts'
import { wordsOf } from '../tasks.print-words.ts'
import { placeOf } from './reading.ts'
import { fileOf } from './register.ts'

type OfMonth = Input<typeof readInfoMonth>['query']
/** First and last day of `2026-11`. */
function daysOf(month: string): { from: string; until: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const next = number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`
  return { from: `${month}-01`, until: addDays(next, -1) }
}

async function unitsOf(ctx: Ctx | Ctx<Tx>, query: OfMonth, at: string): Promise<UnitMonth[]> {
  const { path } = await placeOf(ctx, query.orgId === undefined ? {} : { orgId: query.orgId }, at)
  const units = await monthOf(ctx.db, ctx.actor, { ...daysOf(query.month), path }, MOST_EXPORTED + 1)
  if (units.length > MOST_EXPORTED) throw refusals.too_many_rows({ most: MOST_EXPORTED })
  return units
}

export async function read(ctx: Ctx, { query }: Input<typeof readInfoMonth>): Promise<Reply<typeof readInfoMonth>> {
  return { month: query.month, units: await unitsOf(ctx, query, '/query') }
}

/** The list of a month as a table, or as the circular on paper. */
export async function file(ctx: Ctx<Tx>, { body }: Input<typeof exportInfoMonth>): Promise<FileReply> {
  const { format, language = 'zh-CN', month } = body
  const words = wordsOf(language)
  const units = await unitsOf(ctx, body, '/body')
  return fileOf(ctx, {
    format,
    language,
    name: `${words.month.title} ${month}`,
    columns: [
      { key: 'orgName', header: words.month.orgName, isLong: true },
      { key: 'reported', header: words.month.reported, isLong: false },
      { key: 'adopted', header: words.month.adopted, isLong: false },
      ...INFO_LEVELS.map((level) => ({ key: level, header: words.month.levels[level], isLong: false })),
    ],
    rows: units.map(({ orgName, reported, adopted, levels }) => ({
      orgName,
      reported: `${reported}`,
      adopted: `${adopted}`,
      ...Object.fromEntries(INFO_LEVELS.map((level, at) => [level, `${levels[at] ?? 0}`])),
    })),
    ...(body.orgId === undefined ? {} : { orgId: body.orgId }),
  })
}
