import type { BoxCount, RoundResult } from '@tongxin/contract'
import { presentVoters, votesNeeded } from '@tongxin/domain'
import type { PaperBlock } from '../../forms/index.ts'
import { filled } from '../elections.print-words.ts'
import type { Round } from '../queries/rounds.queries.ts'
import { flush, line, namesText, type PaperFacts } from './parts.ts'

/** The ballot paper: names in the order of strokes, one mark a row; empty rows for others where that is allowed. */
export function ballot(facts: PaperFacts, round: Round, withOthers: boolean): PaperBlock[] {
  const { t, election, ordinal } = facts
  const texts = t.ballot
  const { name, for: inFavour, against, abstain, other } = texts.columns
  const mark = (header: string) => ({ header, width: withOthers ? 13 : 18 })
  const columns = [
    { header: name, width: withOthers ? 31 : 46 },
    mark(inFavour),
    mark(against),
    mark(abstain),
    ...(withOthers ? [{ header: other, width: 30 }] : []),
  ]
  const blanks = columns.slice(1).map(() => '')
  const lines = [...texts.rules, ...(round.kind === 'run_off' ? [texts.runOff] : withOthers ? [texts.writeIn] : [])]
  return [
    {
      kind: 'subtitle',
      text: filled(election.kind === 'delegates' ? texts.subtitleDelegates : texts.subtitle, {
        org: election.unitName,
        ordinal,
        round: t.rounds[round.kind],
        seats: round.seats,
      }),
    },
    { kind: 'register', columns, rows: round.candidates.map((one) => [one.name, ...blanks]) },
    ...lines.map(
      (text): PaperBlock => ({ kind: 'paragraph', small: true, text: filled(text, { seats: round.seats }) }),
    ),
    { kind: 'issuer', organisation: election.unitName, date: '' },
  ]
}

/** The sheet on which the tellers tally; figures of a finished count are filled in. */
export function countingSheet(facts: PaperFacts, round: Round): PaperBlock[] {
  const { t, election } = facts
  const texts = t.sheet
  const { count } = round
  const needed = votesNeeded({ presentVoters: presentVoters(round.present) }).value
  const subtitle = round.kind === 'run_off' ? texts.subtitleRunOff : texts.subtitle
  const { no, name, marks, for: inFavour, against, abstain } = texts.columns
  const rows = round.candidates.map((one, at) => {
    const tally = count?.tallies.find(({ memberId }) => memberId === one.memberId)
    return [`${at + 1}`, one.name, '', ...[tally?.for, tally?.against, tally?.abstain].map((n) => `${n ?? ''}`)]
  })
  const written = round.writeIn ? [['', texts.writtenIn, '', '', '', '']] : []
  return [
    {
      kind: 'subtitle',
      text: filled(subtitle, {
        org: election.unitName,
        round: t.rounds[round.kind],
        shouldAttend: round.shouldAttend,
        present: round.present,
        half: round.present / 2,
        needed,
      }),
    },
    {
      kind: 'particulars',
      pairs: [
        [texts.figures.issued, `${count?.issued ?? ''}`],
        [texts.figures.returned, `${count?.returned ?? ''}`],
        [texts.figures.valid, count ? `${count.returned - count.invalid}` : ''],
        [texts.figures.invalid, `${count?.invalid ?? ''}`],
      ],
    },
    {
      kind: 'register',
      columns: [
        { header: no, width: 7 },
        { header: name, width: 18 },
        { header: marks, width: 42 },
        { header: inFavour, width: 11 },
        { header: against, width: 11 },
        { header: abstain, width: 11 },
      ],
      rows: [...rows, ...written],
    },
    signatures(facts),
  ]
}

function signatures({ t, election }: PaperFacts): PaperBlock {
  const { supervisors = [], counters = [] } = election.steps.tellers ?? {}
  const lines = [
    ...supervisors.map(({ name }) => ({ label: t.sheet.supervisor, value: name, date: t.sheet.date })),
    ...counters.map(({ name }) => ({ label: t.sheet.counter, value: name, date: t.sheet.date })),
  ]
  return { kind: 'signatures', lines }
}

/** What the tellers read out in the hall. */
export function tellersReport(facts: PaperFacts, round: Round, count: BoxCount, result: RoundResult): PaperBlock[] {
  const { t } = facts
  const texts = t.tellers
  const { shouldAttend, present, seats } = round
  const valid = count.returned - count.invalid
  const names = new Map(
    [...round.candidates, ...result.elected, ...facts.voters].map((one) => [one.memberId, one.name]),
  )
  return [
    flush(texts.opening),
    line(texts.present, { shouldAttend, present }),
    line(result.valid ? texts.box : texts.void, { ...boxOf(count), valid }),
    ...(result.valid
      ? [
          line(texts.result, { body: t.bodies[round.body], seats }),
          ...round.candidates.map(({ memberId, name }) => {
            const row = count.tallies.find((one) => one.memberId === memberId)
            return line(texts.row, { name, for: row?.for ?? 0, against: row?.against ?? 0, abstain: row?.abstain ?? 0 })
          }),
          ...count.writtenIn.map((one) =>
            line(texts.written, { name: names.get(one.memberId) ?? '', votes: one.votes }),
          ),
          ...outcome(facts, result),
        ]
      : []),
    signatures(facts),
  ]
}

const boxOf = ({ issued, returned, invalid }: BoxCount) => ({ issued, returned, invalid })

function outcome(facts: PaperFacts, { elected, tie, remaining }: RoundResult): PaperBlock[] {
  const texts = facts.t.tellers
  return [
    elected.length > 0 ? line(texts.elected, { names: namesText(facts, elected) }) : line(texts.none),
    ...(tie.length > 0 ? [line(texts.tie, { names: namesText(facts, tie) })] : []),
    ...(tie.length === 0 && remaining > 0 ? [line(texts.open, { n: remaining })] : []),
  ]
}
