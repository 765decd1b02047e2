import {
  type AppraisalForm,
  type Input,
  type printAppraisal,
  type printCodes,
  type Reply,
  appraisalRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type Paper, type PaperBlock, printForm } from '../../forms/index.ts'
import { publicityBlocks, registrationBlocks, sheetBlocks, summaryBlocks } from '../appraisal.papers.ts'
import { isCounted, isTold } from '../appraisal.policy.ts'
import { filled, type Language, printWordsOf, wordsOf } from '../appraisal.print-words.ts'
import * as q from '../queries/rounds.queries.ts'
import { insertCodes } from '../queries/sheets.queries.ts'
import { tableOf } from './grades.ts'
import { locked, subjectOf } from './rounds.ts'
import { hashOfCode, newCode } from './steps.ts'

/** From which state on a form has something to say. */
const isReady: Readonly<Record<AppraisalForm, (state: q.Round['state']) => boolean>> = {
  sheet: () => true,
  summary: isCounted,
  registration: isCounted,
  publicity: isTold,
}

export async function form(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof printAppraisal>,
): Promise<Reply<typeof printAppraisal>> {
  const round = await q.findRound(ctx.db, ctx.actor, params.id)
  if (!round) throw refusals.not_found()
  if (!isReady[body.form](round.state)) throw refusals.wrong_state({ state: round.state })
  const table = await tableOf(ctx, round)
  const language = body.language ?? 'zh-CN'
  const facts = { round, table, language }
  const row = table.rows.find(({ id, isGraded }) => id === body.personId && isGraded)
  if (body.form === 'registration' && !row) throw refusals.no_such_person.at('/body/personId')
  const blocks = {
    sheet: () => sheetBlocks(facts),
    summary: () => summaryBlocks(facts),
    registration: () => (row ? registrationBlocks(facts, row) : []),
    publicity: () => publicityBlocks(facts, todayOf(ctx.now)),
  }[body.form]()
  await publish(ctx, 'appraisal.printed', subjectOf(round), {
    form: body.form,
    format: body.format,
    rows: table.rows.length,
  })
  const title = filled(printWordsOf(language).title, { year: round.year, form: wordsOf(language).form[body.form] })
  return paperOf(ctx, { title, language, organisation: round.orgName, blocks }, body.format, row?.name ?? round.orgName)
}

type Composed = {
  readonly title: string
  readonly language: Language
  readonly organisation: string
  readonly blocks: readonly PaperBlock[]
}

function paperOf(ctx: Ctx<Tx>, { title, blocks, ...paper }: Composed, format: 'pdf' | 'docx', about: string) {
  const subtitle: PaperBlock = { kind: 'subtitle', text: paper.organisation }
  const facts: Paper = {
    ...paper,
    title,
    style: 'record',
    blocks: [subtitle, ...blocks],
    printedAt: ctx.now.toISOString(),
  }
  return {
    fileName: `${title}-${about}-${todayOf(ctx.now)}.${format}`,
    make: () => printForm({ kind: 'paper', format, facts }),
  }
}

const MOST_CODES = 500

/** One-time codes, made here and printed once: the store keeps their hashes, the paper is drawn and handed in nowhere. */
export async function codes(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof printCodes>,
): Promise<Reply<typeof printCodes>> {
  const round = await locked(ctx, params.id, 'codes')
  const printed = round.codesPrinted + body.codes
  if (printed > MOST_CODES) throw refusals.too_many_codes.at('/body/codes', { most: MOST_CODES })
  const made = Array.from({ length: body.codes }, newCode)
  await insertCodes(ctx.db, ctx.actor.tenantId, round.id, made.map(hashOfCode))
  await q.setRound(ctx.db, ctx.actor.tenantId, round, { codes_printed: printed }, ctx.now)
  await publish(ctx, 'appraisal.codes_printed', subjectOf(round), { year: round.year, codes: made.length })
  const language = body.language ?? 'zh-CN'
  const print = printWordsOf(language).codes
  const how = filled(print.how, { path: '/appraise', on: round.sheetDueOn })
  const title = filled(print.title, { year: round.year })
  const blocks: PaperBlock[] = [
    { kind: 'paragraph', text: print.lead, small: true },
    { kind: 'opinions', rows: made.map((code) => [print.column, `${code}\n${how}`] as const) },
  ]
  return paperOf(ctx, { title, language, organisation: round.orgName, blocks }, 'pdf', round.orgName)
}
