import type { PaperBlock } from '../../forms/index.ts'
import { filled, printWordsOf, wordsOf } from '../development.print-words.ts'
import type { ComposedPaper, PaperFacts } from './parts.ts'

const ON_A_PAGE = 3

/**
 * 票决票: three equal ballots to cut apart, on admission or, for whoever is on probation, on conversion. No number and no
 * name of the voter: the vote is by secret ballot.
 */
export function ballotPaper({ road, language, name, orgName }: PaperFacts): ComposedPaper {
  const { column } = wordsOf(language)
  const { ballot } = printWordsOf(language)
  const isConversion = road.one.admittedOn !== null
  const choices = isConversion
    ? [ballot.onTime, ballot.extended, ballot.cancelled, ballot.abstained]
    : [ballot.inFavour, ballot.against, ballot.abstained]
  const one: PaperBlock[] = [
    { kind: 'subtitle', text: filled(isConversion ? ballot.conversion : ballot.admission, { org: orgName }) },
    {
      kind: 'register',
      columns: [
        { header: column.name ?? '', width: 28 },
        ...choices.map((header) => ({ header, width: 72 / choices.length })),
      ],
      rows: [[name, ...choices.map(() => '\n\n')]],
    },
    { kind: 'paragraph', text: ' ', small: true },
    { kind: 'paragraph', text: ballot.how, small: true },
  ]
  const cut: PaperBlock = { kind: 'cut', text: ballot.cut }
  return {
    style: 'record',
    blocks: Array.from({ length: ON_A_PAGE }, (_, at) => (at === 0 ? one : [cut, ...one])).flat(),
  }
}
