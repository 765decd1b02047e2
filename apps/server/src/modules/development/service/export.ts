import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import {
  DEVELOPMENT_COLUMNS,
  type exportDevelopmentCases,
  type Input,
  MOST_CASES_EXPORTED,
  type Reply,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { keysetOf } from '../../../platform/page.ts'
import { csvStream, type WrittenRow, writeXlsx } from '../../../platform/spreadsheet/write.ts'
import { type Language, wordsOf } from '../development.print-words.ts'
import * as q from '../queries/list.queries.ts'
import { type Asked, filterOf, placeOf, rowOf } from './list.ts'

const PAGE = 1000

/** Every case of a filter, in the asked order. */
export async function allCases(ctx: Ctx<Tx>, asked: Asked, sort: string | undefined): Promise<q.ListedCase[]> {
  const filter = await filterOf(ctx, asked, '/body/filter/orgId')
  const keyset = keysetOf(sort ? { sort } : {}, q.SORT_COLUMNS, 'due')
  const rows: q.ListedCase[] = []
  let after: { value: string | null; id: string } | null = null
  for (;;) {
    const page: q.ListedCase[] = await q.listCases(ctx.db, ctx.actor, filter, { ...keyset, after, limit: PAGE })
    rows.push(...page.slice(0, PAGE))
    if (rows.length > MOST_CASES_EXPORTED) throw refusals.export_too_large({ limit: MOST_CASES_EXPORTED })
    const last = rows.at(-1)
    if (page.length <= PAGE || !last) return rows
    after = placeOf(last, keyset.column)
  }
}

/** The list as a file; logged with row count and hash. Nothing of the political review, no opinions. */
export async function exported(
  ctx: Ctx<Tx>,
  { body }: Input<typeof exportDevelopmentCases>,
): Promise<Reply<typeof exportDevelopmentCases>> {
  const rows = await allCases(ctx, body.filter, body.sort)
  const words = wordsOf(body.language)
  const today = todayOf(ctx.now)
  const columns = (body.columns ?? DEVELOPMENT_COLUMNS).map((key) => ({
    key,
    header: words.column[key] ?? key,
    text: key === 'memberNo',
    width: key === 'orgName' || key === 'step' ? 28 : 14,
  }))
  const written = rows.map((row) => exportRow(row, body.language, today))
  const name = words.form.names ?? 'development'
  const bytes =
    body.format === 'csv'
      ? await buffer(csvStream({ columns, rows: written }))
      : await writeXlsx({ sheets: [{ name, columns, rows: written }] })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await publish(
    ctx,
    'development.exported',
    { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope },
    { rows: rows.length, sha256, format: body.format },
    { reason: body.purpose },
  )
  return { fileName: `${name}-${today}.${body.format}`, make: () => Promise.resolve(bytes) }
}

function exportRow(row: q.ListedCase, language: Language, today: string): WrittenRow {
  const words = wordsOf(language)
  const { lamp } = rowOf(row, today)
  const step = stepDefinitionOn(row.step, today).name[language === 'en' ? 'en' : 'zh']
  return {
    name: row.name,
    memberNo: row.memberNo,
    orgName: row.orgName,
    category: words.category[row.category] ?? row.category,
    stage: words.stage[row.stage] ?? row.stage,
    step: `${row.step} ${step}`,
    state: words.state[row.state] ?? row.state,
    lamp: words.lamp[lamp] ?? lamp,
    dueOn: row.dueOn,
    planYear: row.planYear,
    appliedOn: row.appliedOn,
    activistOn: row.activistOn,
    objectOn: row.objectOn,
    admittedOn: row.admittedOn,
    probationEnd: row.probationEnd,
    contacts: row.contacts.join('、'),
  }
}
