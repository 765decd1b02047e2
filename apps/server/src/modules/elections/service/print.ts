import {
  type ElectionForm,
  type Input,
  type printElectionForm,
  type Reply,
  electionsRefusals as refusals,
} from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import { electedOf } from '../elections.policy.ts'
import { filled, type Language, wordsOf, wordsOfCongress } from '../elections.print-words.ts'
import { ballot, countingSheet, tellersReport } from '../papers/hall.ts'
import * as letters from '../papers/letters.ts'
import type { PaperFacts } from '../papers/parts.ts'
import { unitNameAt } from '../queries/people.queries.ts'
import type { Round } from '../queries/rounds.queries.ts'
import { type Gathered, gather } from './read.ts'

type Composed = { style: 'letter' | 'record'; blocks: PaperBlock[]; issuer: 'own' | 'above' }
const ROUND_FORMS: ReadonlySet<ElectionForm> = new Set([
  'ballot',
  'ballot_write_in',
  'counting_sheet',
  'tellers_report',
])

/** A paper of the election, as far as the file has come. @throws Refusal `elections.form_too_early` */
export async function form(
  ctx: Ctx,
  { params, query }: Input<typeof printElectionForm>,
): Promise<Reply<typeof printElectionForm>> {
  const file = await gather(ctx, params.id)
  const { election } = file
  const language: Language = query.language ?? 'zh-CN'
  const format = query.format ?? 'pdf'
  const above = await unitNameAt(ctx.db, ctx.actor.tenantId, election.orgPath.replace(/\.[^.]+$/, ''))
  const t = election.delegates === null ? wordsOf(language) : wordsOfCongress(language)
  const facts: PaperFacts = {
    ...file,
    language,
    t,
    superior: above ?? t.superior,
    today: todayOf(ctx.now),
    ordinal: election.ordinal === null ? '' : filled(t.ordinal, { n: election.ordinal }),
    kind: t.kinds[election.kind],
  }
  const round = ROUND_FORMS.has(query.form) ? roundOf(file, query.roundId) : null
  const title = titleOf(facts, query.form, round)
  const composed = compose(facts, query.form, round, query.memberId)
  const paper = {
    language,
    title,
    organisation: composed.issuer === 'above' ? facts.superior : election.unitName,
    printedAt: ctx.now.toISOString(),
    style: composed.style,
    blocks: composed.blocks,
  }
  return {
    fileName: `${title}-${election.unitName}.${format}`,
    make: () => printForm({ kind: 'paper', format, facts: paper }),
  }
}

function roundOf({ rounds }: Gathered, id: string | undefined): Round {
  const round = id ? rounds.find((one) => one.id === id) : rounds.at(-1)
  if (id && !round) throw refusals.no_round.at('/query/roundId')
  if (!round) throw refusals.form_too_early.at('/query/form')
  return round
}

function titleOf({ t, kind, ordinal, election }: PaperFacts, form: ElectionForm, round: Round | null): string {
  const own: Readonly<Partial<Record<string, string>>> =
    election.kind === 'delegates' ? t.titlesDelegates : election.steps.plenum ? t.titlesPlenum : {}
  return filled(own[form] ?? t.titles[form], { kind, ordinal, body: round ? t.bodies[round.body] : '' })
}

function compose(facts: PaperFacts, form: ElectionForm, round: Round | null, memberId: string | undefined): Composed {
  const early = () => refusals.form_too_early.at('/query/form')
  const { steps } = facts.election
  const own = (blocks: PaperBlock[], style: 'letter' | 'record' = 'letter'): Composed => ({
    style,
    blocks,
    issuer: 'own',
  })
  const above = (blocks: PaperBlock[]): Composed => ({ style: 'letter', blocks, issuer: 'above' })
  switch (form) {
    case 'request':
      return own(letters.request(facts))
    case 'approval':
      if (!steps.approval) throw early()
      return above(letters.approval(facts))
    case 'candidates_request':
      if (facts.candidates.length === 0) throw early()
      return own(letters.candidates(facts))
    case 'method':
      return own(letters.method(facts))
    case 'result_report':
      if (electedOf(facts.rounds).length === 0) throw early()
      return own(letters.result(facts))
    case 'reply':
      if (!steps.reply) throw early()
      return above(letters.reply(facts))
    case 'certificate':
      return own(certificateOf(facts, memberId))
    default:
      return own(roundPaper(facts, form, round), form === 'tellers_report' ? 'letter' : 'record')
  }
}

function certificateOf(facts: PaperFacts, memberId: string | undefined): PaperBlock[] {
  const posts = electedOf(facts.rounds).filter((one) => one.memberId === memberId)
  if (!facts.election.steps.reply) throw refusals.form_too_early.at('/query/form')
  if (posts.length === 0) throw refusals.no_such_person.at('/query/memberId')
  return letters.certificate(facts, posts)
}

function roundPaper(facts: PaperFacts, form: ElectionForm, round: Round | null): PaperBlock[] {
  if (!round) throw refusals.form_too_early.at('/query/form')
  if (form === 'counting_sheet') return countingSheet(facts, round)
  if (form === 'tellers_report') {
    if (!round.count || !round.result) throw refusals.form_too_early.at('/query/form')
    return tellersReport(facts, round, round.count, round.result)
  }
  return ballot(facts, round, form === 'ballot_write_in')
}
