import type { ChoiceShape, QuestionShape } from '@tongxin/contract/voting.words'
import type { TFunction } from 'i18next'

export type Mark = 'for' | 'against' | 'abstain'
/** What is filled in on the paper of one question; nothing of it leaves the page before it is sealed. */
export type Answer = {
  /** single and several: the chosen options; ranked: in order of preference. */
  readonly options: readonly string[]
  readonly marks: Readonly<Record<string, Mark>>
  readonly writeIns: readonly { readonly memberId: string; readonly name: string }[]
  /** Said explicitly: an empty paper may also be a forgotten one. */
  readonly isAbstaining: boolean
}

export const EMPTY: Answer = { options: [], marks: {}, writeIns: [], isAbstaining: false }

/** Names voted for: those who get a vote in favour, written in or on the paper. */
export function namesChosen(question: QuestionShape, answer: Answer): number {
  if (question.kind !== 'approval') return answer.options.length
  return question.options.filter(({ id }) => answer.marks[id] === 'for').length + answer.writeIns.length
}

const againstOf = (question: QuestionShape, answer: Answer): number =>
  question.options.filter(({ id }) => answer.marks[id] === 'against').length

/** Why this paper cannot go into the box yet; key of a text and its facts, null when it can. */
export function faultOf(
  question: QuestionShape,
  answer: Answer,
): { readonly key: string; readonly facts: Record<string, number> } | null {
  const chosen = namesChosen(question, answer)
  const { seats } = question
  if (question.kind === 'approval') {
    const unmarked = question.options.filter(({ id }) => answer.marks[id] === undefined).length
    if (unmarked > 0) return { key: 'unmarked', facts: { left: unmarked } }
    // ELEC-12: more names than seats make the ballot invalid.
    if (chosen > seats) return { key: 'tooMany', facts: { chosen, seats, over: chosen - seats } }
    // ELEC-10: who votes against a candidate may write in somebody else, one for each; who abstains may not.
    if (answer.writeIns.length > againstOf(question, answer)) return { key: 'writeInWithoutAgainst', facts: {} }
    return null
  }
  if (answer.isAbstaining) return null
  if (chosen === 0) return { key: question.kind === 'ranked' ? 'nothingRanked' : 'nothingChosen', facts: {} }
  if (question.kind === 'several' && chosen > seats)
    return { key: 'tooMany', facts: { chosen, seats, over: chosen - seats } }
  return null
}

/** The choice as the ballot and the named vote carry it. An abstention from choosing is an empty list. */
export function choiceOf(question: QuestionShape, answer: Answer): ChoiceShape {
  if (question.kind !== 'approval') return { options: answer.isAbstaining ? [] : [...answer.options] }
  const marks = Object.fromEntries(question.options.map(({ id }) => [id, answer.marks[id] ?? 'abstain']))
  if (!question.writeIn) return { marks }
  return { marks, writeIns: answer.writeIns.map(({ memberId }) => memberId) }
}

/** One step up (-1) or down (+1) in the order of preference. */
export function moved(options: readonly string[], id: string, by: -1 | 1): string[] {
  const from = options.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= options.length) return [...options]
  const next = [...options]
  next.splice(from, 1)
  next.splice(to, 0, id)
  return next
}

/** What I chose, in the words of the paper, for looking over before it goes. */
export function wordsOf(question: QuestionShape, answer: Answer, t: TFunction): string[] {
  const label = (id: string) => question.options.find((option) => option.id === id)?.label ?? id
  if (question.kind === 'approval') {
    const marked = question.options.map(({ id, label: name }) =>
      t('voting.markedAs', { name, mark: t(`voting.mark.${answer.marks[id] ?? 'abstain'}`) }),
    )
    return [...marked, ...answer.writeIns.map(({ name }) => t('voting.writtenIn', { name }))]
  }
  if (answer.isAbstaining) return [t('voting.mark.abstain')]
  if (question.kind === 'ranked')
    return answer.options.map((id, at) => t('voting.place', { place: at + 1, name: label(id) }))
  return answer.options.map(label)
}

/** The answer behind a choice that was handed in; names of written-in members are not in it. */
export function answerIn({ options = [], marks = {}, writeIns = [] }: ChoiceShape): Answer {
  const isAbstaining = options.length === 0 && Object.keys(marks).length === 0
  return { options, marks, writeIns: writeIns.map((memberId) => ({ memberId, name: memberId })), isAbstaining }
}
