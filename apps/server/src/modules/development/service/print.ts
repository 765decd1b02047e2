import {
  type Input,
  type printDevelopmentCase,
  type printDevelopmentList,
  type Reply,
  developmentRefusals as refusals,
} from '@tongxin/contract'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { personNamesOf } from '../../access/index.ts'
import { type Paper, type PaperBlock, printForm } from '../../forms/index.ts'
import { unitNameOf } from '../../org/index.ts'
import { paperOf } from '../development.papers.ts'
import { filled, type Language, printWordsOf, shortDay, wordsOf } from '../development.print-words.ts'
import { roadOf } from '../development.road.ts'
import { type Ballots, ballotsOf } from '../queries/ballots.queries.ts'
import { findCase } from '../queries/cases.queries.ts'
import type { ListedCase } from '../queries/list.queries.ts'
import { proofsOf } from '../queries/parts.queries.ts'
import { cardOf } from '../queries/people.queries.ts'
import { allCases } from './export.ts'
import { subjectOf } from './settle.ts'

/** A working form of one case. */
export async function one(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof printDevelopmentCase>,
): Promise<Reply<typeof printDevelopmentCase>> {
  const { tenantId } = ctx.actor
  const found = await findCase(ctx.db, ctx.actor, params.id)
  if (!found) throw refusals.not_found()
  const road = await roadOf(ctx.db, tenantId, found)
  const card = await cardOf(ctx.db, tenantId, found.memberId)
  const orgName = await unitNameOf(ctx.db, tenantId, found.orgId)
  const names = await personNamesOf(
    ctx.db,
    road.steps.flatMap(({ recordedBy, decidedBy }) => [recordedBy, decidedBy]),
  )
  const composed = paperOf(body.form, {
    road,
    ...card,
    orgName,
    proofs: await proofsOf(ctx.db, tenantId, found.id),
    handsOf: ({ recordedBy, decidedBy }) =>
      [names.get(recordedBy), decidedBy === null ? undefined : names.get(decidedBy)].filter(Boolean).join('、'),
    today: todayOf(ctx.now),
    language: body.language,
  })
  await publish(ctx, 'development.printed', subjectOf(found), { form: body.form, rows: 1, format: body.format })
  const title = wordsOf(body.language).form[body.form] ?? body.form
  return fileOf(ctx, { title, language: body.language, organisation: orgName, ...composed }, body.format, card.name)
}

type Composed = Omit<Paper, 'printedAt' | 'language'> & { readonly language: Language }

function fileOf(ctx: Ctx<Tx>, paper: Composed, format: 'pdf' | 'docx', about: string) {
  const facts: Paper = { ...paper, printedAt: ctx.now.toISOString() }
  return {
    fileName: `${paper.title}-${about}-${todayOf(ctx.now)}.${format}`,
    make: () => printForm({ kind: 'paper', format, facts }),
  }
}

/** Names of a list, the ballots of a list, or the roster of an oath. */
export async function list(
  ctx: Ctx<Tx>,
  { body }: Input<typeof printDevelopmentList>,
): Promise<Reply<typeof printDevelopmentList>> {
  const { language, form } = body
  const rows = await allCases(ctx, body.filter, undefined)
  const orgId = body.filter.orgId ?? ctx.actor.orgId
  const organisation = await unitNameOf(ctx.db, ctx.actor.tenantId, orgId)
  const blocks =
    form === 'vote_summary'
      ? votesBlock(rows, await ballotsOf(ctx.db, ctx.actor.tenantId, rows), language)
      : form === 'oath'
        ? oathBlocks(rows, language)
        : [namesBlock(rows, language, todayOf(ctx.now))]
  const of = { kind: 'org', id: ctx.actor.orgId, orgPath: ctx.actor.scope }
  await publish(ctx, 'development.printed', of, { form, rows: rows.length, format: body.format })
  const words = wordsOf(language)
  const which = body.filter.list ? words.list[body.filter.list] : undefined
  const names = printWordsOf(language)
  const title =
    form === 'names' ? (which ? filled(names.namesOf, { list: which }) : names.allNames) : (words.form[form] ?? form)
  const total: PaperBlock = {
    kind: 'subtitle',
    text: `${organisation}　${filled(printWordsOf(language).total, { count: rows.length })}`,
  }
  const orientation = form === 'oath' ? 'portrait' : 'landscape'
  return fileOf(
    ctx,
    { title, language, organisation, style: 'record', orientation, blocks: [total, ...blocks] },
    body.format,
    organisation,
  )
}

function namesBlock(rows: readonly ListedCase[], language: Language, today: string): PaperBlock {
  const { column, state } = wordsOf(language)
  const { columns } = printWordsOf(language)
  const heads = [
    'name',
    'memberNo',
    'orgName',
    'step',
    'state',
    'appliedOn',
    'activistOn',
    'objectOn',
    'admittedOn',
    'contacts',
  ]
  const widths = [8, 11, 19, 16, 7, 8, 8, 8, 8, 10]
  return {
    kind: 'register',
    columns: [
      { header: columns.number, width: 4 },
      ...heads.map((name, at) => ({ header: column[name] ?? name, width: widths[at] ?? 8 })),
    ],
    rows: rows.map((row, at) => [
      String(at + 1),
      row.name,
      row.memberNo,
      row.orgName,
      `${row.step} ${stepDefinitionOn(row.step, today).name[language === 'en' ? 'en' : 'zh']}`,
      state[row.state] ?? row.state,
      shortDay(row.appliedOn),
      shortDay(row.activistOn),
      shortDay(row.objectOn),
      shortDay(row.admittedOn),
      row.contacts.join('、'),
    ]),
  }
}

const COUNTS = [
  'eligible',
  'present',
  'written',
  'inFavour',
  'writtenInFavour',
  'against',
  'abstained',
  'invalid',
] as const

function votesBlock(rows: readonly ListedCase[], ballots: Ballots, language: Language): PaperBlock[] {
  const { column, field, word } = wordsOf(language)
  const { columns } = printWordsOf(language)
  return [
    {
      kind: 'register',
      columns: [
        { header: columns.number, width: 5 },
        { header: column.name ?? '', width: 10 },
        { header: columns.day, width: 11 },
        ...COUNTS.map((name) => ({ header: field[name] ?? name, width: 8 })),
        { header: field.outcome ?? '', width: 10 },
      ],
      rows: rows
        .flatMap((row) =>
          (ballots.get(row.id) ?? []).map(({ heldOn, facts }) => [
            row.name,
            heldOn,
            ...COUNTS.map((name) => String(facts[name] ?? '')),
            word[String(facts.outcome ?? '')] ?? '',
          ]),
        )
        .map((row, at) => [String(at + 1), ...row]),
    },
  ]
}

function oathBlocks(rows: readonly ListedCase[], language: Language): PaperBlock[] {
  const { column } = wordsOf(language)
  const { columns, oath } = printWordsOf(language)
  return [
    { kind: 'paragraph', indent: true, text: oath.words },
    {
      kind: 'register',
      columns: [
        { header: columns.number, width: 8 },
        { header: column.name ?? '', width: 18 },
        { header: column.orgName ?? '', width: 34, isLong: true },
        { header: column.admittedOn ?? '', width: 16 },
        { header: columns.signature, width: 24 },
      ],
      rows: rows
        .filter(({ admittedOn }) => admittedOn !== null)
        .map((row, at) => [String(at + 1), row.name, row.orgName, shortDay(row.admittedOn), '']),
    },
  ]
}
