import type { StepDefinition } from '@tongxin/domain/admission/step-definitions'
import type { StepFacts } from '@tongxin/domain/admission/step-facts'
import type { PaperBlock } from '../../forms/index.ts'
import { filled, type Language, printWordsOf, wordsOf } from '../development.print-words.ts'
import { definitionOf, inPart, liveStep, type Road } from '../development.road.ts'
import type { Proof } from '../queries/parts.queries.ts'
import type { Step } from '../queries/steps.queries.ts'

/** What a paper of one case is made of. `handsOf` names who recorded and decided a step. */
export type PaperFacts = {
  readonly road: Road
  readonly name: string
  readonly memberNo: string
  readonly category: string
  readonly orgName: string
  readonly proofs: readonly Proof[]
  readonly handsOf: (step: Step) => string
  readonly today: string
  readonly language: Language
}
export type ComposedPaper = { readonly style: 'letter' | 'record'; readonly blocks: readonly PaperBlock[] }

export const key = (language: Language) => (language === 'en' ? ('en' as const) : ('zh' as const))

const VETTING = 10

export function particulars(facts: PaperFacts): PaperBlock {
  const { road, language } = facts
  const { column, category } = wordsOf(language)
  const { people } = printWordsOf(language)
  const { one } = road
  const named = (part: 'contact' | 'introducer') =>
    inPart(road, part)
      .map(({ name }) => name)
      .join('、')
  const rows: [string, string][] = [
    [column.name ?? '', facts.name],
    [column.memberNo ?? '', facts.memberNo],
    [column.orgName ?? '', facts.orgName],
    [column.category ?? '', category[facts.category] ?? facts.category],
    [column.appliedOn ?? '', one.appliedOn],
    [column.activistOn ?? '', one.activistOn ?? ''],
    [column.objectOn ?? '', one.objectOn ?? ''],
    [column.admittedOn ?? '', one.admittedOn ?? ''],
    [people.contact, named('contact')],
    [people.introducer, named('introducer')],
    [column.probationEnd ?? '', one.probationEnd ?? ''],
    [column.planYear ?? '', one.planYear === null ? '' : String(one.planYear)],
  ]
  return { kind: 'particulars', pairs: rows }
}

export const working = (language: Language): PaperBlock => ({
  kind: 'paragraph',
  text: printWordsOf(language).workingPaper,
  small: true,
})

/** Facts as a person reads them: label and value, by the fields of the definition. People are named elsewhere. */
function factsText(fields: StepDefinition['fields'], facts: StepFacts, language: Language): string {
  const { field, word } = wordsOf(language)
  const { yes, no } = printWordsOf(language)
  const parts = fields.flatMap(({ name, kind }) => {
    const value = facts[name]
    if (value === undefined || kind === 'members') return []
    const text =
      typeof value === 'boolean'
        ? value
          ? yes
          : no
        : kind === 'word'
          ? (word[String(value)] ?? String(value))
          : Array.isArray(value)
            ? value.map((each) => word[String(each)] ?? String(each)).join('、')
            : String(value)
    return [language === 'en' ? `${field[name] ?? name}: ${text}` : `${field[name] ?? name}：${text}`]
  })
  return parts.join(language === 'en' ? '; ' : '；')
}

export function contentOf(facts: PaperFacts, step: Step): string {
  const { language, road } = facts
  const words = printWordsOf(language)
  if (step.step === VETTING) return words.reviewed
  const definition = definitionOf(step)
  const people =
    step.step === 5 || step.step === 9
      ? inPart(road, step.step === 5 ? 'contact' : 'introducer')
          .map(({ name }) => name)
          .join('、')
      : ''
  return [
    people,
    factsText(definition.fields, step.facts, language),
    factsText(definition.decisionFields, step.decision, language),
    step.decidedOn ? filled(words.decidedOn, { day: step.decidedOn }) : '',
    step.lateReason ? filled(words.recordedLate, { reason: step.lateReason }) : '',
  ]
    .filter(Boolean)
    .join('\n')
}

export function reviewsBlock({ road, language }: PaperFacts, isProbation: boolean): PaperBlock {
  const { columns } = printWordsOf(language)
  const { review, verdict } = wordsOf(language)
  const rows = road.reviews
    .filter(({ kind }) => kind.startsWith('probation') === isProbation)
    .map(({ kind, dueOn, heldOn, opinion, verdict: rated }) => [
      review[kind] ?? kind,
      dueOn ?? '',
      heldOn,
      rated ? (verdict[rated] ?? rated) : '',
      opinion,
    ])
  return {
    kind: 'register',
    columns: [
      { header: columns.kind, width: 16 },
      { header: columns.due, width: 13 },
      { header: columns.day, width: 13 },
      { header: columns.verdict, width: 10 },
      { header: columns.content, width: 48, isLong: true },
    ],
    rows: rows.length > 0 ? rows : [['', '', '', '', printWordsOf(language).none]],
  }
}

export function opinions(facts: PaperFacts, step: number, names: readonly string[]): PaperBlock {
  const { field } = wordsOf(facts.language)
  const row = liveStep(facts.road, step)
  return {
    kind: 'opinions',
    rows: names.map((name) => [field[name] ?? name, String(row?.facts[name] ?? '')]),
  }
}

export const signed = (
  language: Language,
  ...lines: (keyof ReturnType<typeof printWordsOf>['signature'])[]
): PaperBlock => ({
  kind: 'signatures',
  lines: lines.map((line) => ({ label: printWordsOf(language).signature[line], value: '', date: '' })),
})
