import type { DevelopmentForm } from '@tongxin/contract'
import { stepDefinitionOn } from '@tongxin/domain/admission/step-definitions'
import type { PaperBlock } from '../forms/index.ts'
import { printWordsOf, shortDay, wordsOf } from './development.print-words.ts'
import { doneStep, effectiveOn, liveStep } from './development.road.ts'
import { ballotPaper } from './papers/ballot.ts'
import { examinationRequest, publicityNotice, vettingLetter } from './papers/letters.ts'
import {
  type ComposedPaper,
  contentOf,
  key,
  opinions,
  type PaperFacts,
  particulars,
  reviewsBlock,
  signed,
  working,
} from './papers/parts.ts'

/** One form of a case. Nothing of the political review: its letters are printed empty, to be filled in by hand. */
export function paperOf(form: DevelopmentForm, facts: PaperFacts): ComposedPaper {
  return FORMS[form](facts)
}

const FORMS: Readonly<Record<DevelopmentForm, (facts: PaperFacts) => ComposedPaper>> = {
  full_record: fullRecord,
  activist: activistSheet,
  publicity: publicityNotice,
  vetting_letter: (facts) => vettingLetter(facts, 'request'),
  vetting_reply: (facts) => vettingLetter(facts, 'reply'),
  examination_request: examinationRequest,
  ballot: ballotPaper,
  vote_summary: voteSummary,
  conversion: conversionSheet,
  oath: oathSheet,
  file_list: fileList,
}

function fullRecord(facts: PaperFacts): ComposedPaper {
  const { road, language, today } = facts
  const { columns } = printWordsOf(language)
  const { stage } = wordsOf(language)
  const blocks: PaperBlock[] = [particulars(facts), { kind: 'paragraph', text: ' ' }]
  for (const each of ['application', 'activist', 'object', 'admission', 'probation'] as const) {
    const steps = Array.from({ length: 25 }, (_, at) => at + 1).filter(
      (number) => stepDefinitionOn(number, today).stage === each,
    )
    const rows = steps.map((number) => {
      const row = doneStep(road, number) ?? liveStep(road, number)
      const name = stepDefinitionOn(number, row?.heldOn ?? today).name[key(language)]
      return [
        String(number),
        name,
        row ? shortDay(effectiveOn(row)) : '',
        row ? contentOf(facts, row) : '',
        row ? facts.handsOf(row) : '',
      ]
    })
    blocks.push(
      { kind: 'heading', text: stage[each] ?? each },
      {
        kind: 'register',
        columns: [
          { header: columns.number, width: 7 },
          { header: columns.step, width: 20, isLong: true },
          { header: columns.day, width: 13 },
          { header: columns.content, width: 45, isLong: true },
          { header: columns.hands, width: 15 },
        ],
        rows,
      },
    )
  }
  return { style: 'record', blocks: [...blocks, working(language)] }
}

function activistSheet(facts: PaperFacts): ComposedPaper {
  return {
    style: 'record',
    blocks: [
      particulars(facts),
      reviewsBlock(facts, false),
      opinions(facts, 6, ['contactsOpinion', 'groupOpinion', 'branchOpinion']),
      signed(facts.language, 'branch'),
      working(facts.language),
    ],
  }
}

const BALLOT = [
  'eligible',
  'leftOut',
  'present',
  'written',
  'inFavour',
  'writtenInFavour',
  'against',
  'abstained',
  'invalid',
] as const

function voteSummary(facts: PaperFacts): ComposedPaper {
  const { road, language } = facts
  const { field, word, column } = wordsOf(language)
  const row = liveStep(road, 23) ?? liveStep(road, 15)
  const counts: [string, string][] = BALLOT.map((name) => [field[name] ?? name, String(row?.facts[name] ?? '')])
  const outcome = row?.facts.outcome
  return {
    style: 'record',
    blocks: [
      {
        kind: 'particulars',
        pairs: [
          [column.name ?? '', facts.name],
          [column.orgName ?? '', facts.orgName],
          [printWordsOf(language).columns.day, row?.heldOn ?? ''],
          ...counts,
          [field.outcome ?? '', typeof outcome === 'string' ? (word[outcome] ?? outcome) : ''],
        ],
      },
      opinions(facts, row?.step ?? 15, ['resolution']),
      signed(language, 'counter', 'branch'),
      working(language),
    ],
  }
}

function conversionSheet(facts: PaperFacts): ComposedPaper {
  const { language, road } = facts
  const { field } = wordsOf(language)
  const approval = liveStep(road, 24)
  return {
    style: 'record',
    blocks: [
      particulars(facts),
      reviewsBlock(facts, true),
      opinions(facts, 22, ['note']),
      opinions(facts, 23, ['groupOpinion', 'membersOpinion', 'massesOpinion', 'committeeOpinion', 'resolution']),
      { kind: 'opinions', rows: [[field.opinion ?? '', String(approval?.decision.opinion ?? '')]] },
      signed(language, 'person', 'branch', 'committee'),
      working(language),
    ],
  }
}

function oathSheet(facts: PaperFacts): ComposedPaper {
  const { language, name, orgName, road } = facts
  const { columns, oath } = printWordsOf(language)
  const { column, field } = wordsOf(language)
  const row = liveStep(road, 20)
  const value = (fact: string) => String(row?.facts[fact] ?? '')
  return {
    style: 'record',
    blocks: [
      { kind: 'paragraph', indent: true, text: oath.words },
      {
        kind: 'particulars',
        pairs: [
          [columns.day, row?.heldOn ?? ''],
          [field.place ?? '', value('place')],
          [field.leader ?? '', value('leader')],
        ],
      },
      {
        kind: 'register',
        columns: [
          { header: columns.number, width: 8 },
          { header: column.name ?? '', width: 20 },
          { header: column.orgName ?? '', width: 42, isLong: true },
          { header: columns.signature, width: 30 },
        ],
        rows: [['1', name, orgName, '']],
      },
    ],
  }
}

function fileList(facts: PaperFacts): ComposedPaper {
  const { language, road } = facts
  const { columns } = printWordsOf(language)
  const { word, proof } = wordsOf(language)
  const filed = liveStep(road, 25)?.facts.papers
  const papers = Array.isArray(filed) ? (filed as readonly string[]) : []
  const own = papers.map((paper) => word[paper] ?? paper)
  const added = facts.proofs.map(({ kind, name }) => `${proof[kind] ?? kind} (${name})`)
  return {
    style: 'record',
    blocks: [
      particulars(facts),
      {
        kind: 'register',
        columns: [
          { header: columns.number, width: 8 },
          { header: columns.paper, width: 52, isLong: true },
          { header: columns.copies, width: 12 },
          { header: columns.pages, width: 12 },
          { header: columns.remark, width: 16 },
        ],
        rows: [...own, ...added].map((paper, at) => [String(at + 1), paper, '1', '', '']),
      },
      signed(language, 'branch', 'committee'),
    ],
  }
}
