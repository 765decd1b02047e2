import { createHash } from 'node:crypto'
import { type Input, type printVote as printContract, type Reply, votingRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type Paper, type PaperBlock, printForm } from '../../forms/index.ts'
import * as asked from '../queries/questions.queries.ts'
import type * as q from '../queries/votes.queries.ts'
import { isCounted } from '../voting.policy.ts'
import { type Language, type PrintWords, wordsOf } from '../voting.print-words.ts'
import { demandLocked, subjectOf } from './subjects.ts'

/** The record of the count: signed by the tellers on paper, it is the anchor that no operator can change. */
export async function printed(
  ctx: Ctx<Tx>,
  { params, body }: Input<typeof printContract>,
): Promise<Reply<typeof printContract>> {
  const vote = await demandLocked(ctx.db, ctx.actor, params.id)
  if (!isCounted(vote) || vote.result === null) throw refusals.not_counted()
  const language: Language = body.language ?? 'zh-CN'
  const words = wordsOf(language)
  const facts: Paper = {
    language,
    organisation: vote.orgName,
    printedAt: ctx.now.toISOString(),
    title: words.title,
    style: 'record',
    blocks: blocksOf(vote, await asked.questionsOf(ctx.db, vote.tenantId, vote.id), words),
  }
  const sha256 = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
  await publish(ctx, 'voting.printed', subjectOf(vote), { voteId: vote.id, format: body.format, sha256 })
  return {
    fileName: `${vote.title}-${words.title}.${body.format}`,
    make: () => printForm({ kind: 'paper', format: body.format, facts }),
  }
}

function blocksOf(vote: q.Vote, questions: readonly asked.Question[], words: PrintWords): PaperBlock[] {
  const outcome = vote.result as NonNullable<q.Vote['result']>
  const { board } = outcome
  return [
    { kind: 'subtitle', text: vote.title },
    {
      kind: 'particulars',
      pairs: [
        [words.organisation, vote.orgName],
        [words.secrecy, words.secrecies[vote.secrecy]],
        [words.shouldAttend, String(outcome.shouldAttend)],
        [words.present, String(outcome.present)],
        [words.closed, vote.closedAt ? todayOf(vote.closedAt) : ''],
        [words.counted, todayOf(new Date(outcome.countedAt))],
      ],
    },
    ...questions.flatMap((question) => questionBlocks(question, outcome, words)),
    ...(board
      ? ([
          { kind: 'heading', text: words.root },
          { kind: 'paragraph', text: board.words.join('　') },
          { kind: 'paragraph', text: `${words.rootBytes}${board.root}`, small: true },
          { kind: 'paragraph', text: words.rootWhy, small: true },
        ] as const)
      : []),
    {
      kind: 'signatures',
      lines: [
        { label: words.scrutineer, value: '', date: '' },
        { label: words.teller, value: '', date: '' },
        { label: words.chair, value: '', date: '' },
      ],
    },
  ]
}

function questionBlocks(
  question: asked.Question,
  outcome: NonNullable<q.Vote['result']>,
  words: PrintWords,
): PaperBlock[] {
  const count = outcome.questions.find(({ questionId }) => questionId === question.id)
  const verdict = outcome.verdicts.find(({ questionId }) => questionId === question.id)
  if (!count || !verdict) return []
  const outcomeOf = (id: string) =>
    verdict.passed.includes(id) ? words.passed : verdict.tied.includes(id) ? words.tied : words.notPassed
  return [
    { kind: 'heading', text: question.title },
    {
      kind: 'particulars',
      pairs: [
        [words.issued, String(count.issued)],
        [words.returned, String(count.returned)],
        [words.valid, String(count.valid)],
        [words.invalid, String(count.invalid)],
      ],
    },
    {
      kind: 'register',
      columns: [
        { header: words.option, width: 34, isLong: true },
        { header: words.for, width: 12 },
        { header: words.against, width: 12 },
        { header: words.abstain, width: 12 },
        { header: words.writtenFor, width: 14 },
        { header: words.outcome, width: 16 },
      ],
      rows: [
        ...count.options.map((option) => [
          question.options.find(({ id }) => id === option.optionId)?.label ?? option.optionId,
          String(option.for),
          String(option.against),
          String(option.abstain),
          String(option.writtenFor),
          outcomeOf(option.optionId),
        ]),
        ...count.writtenIn.map((one) => [
          `${words.writtenIn}${one.name ?? one.memberId}`,
          String(one.votes),
          '',
          '',
          '',
          outcomeOf(one.memberId),
        ]),
      ],
    },
    ...(verdict.article ? ([{ kind: 'paragraph', text: `${words.by}${verdict.article}`, small: true }] as const) : []),
  ]
}
