import type { QuestionShape } from '@tongxin/contract/voting.words'

export type QuestionDraft = {
  readonly kind: QuestionShape['kind']
  readonly title: string
  /** One option a line, in the order of the paper. */
  readonly options: string
  readonly seats: string
}
export type PollDraft = {
  readonly orgId: string
  readonly electorate: 'unit' | 'subtree'
  readonly probationary: boolean
  readonly title: string
  readonly secrecy: 'secret' | 'named'
  readonly channel: 'electronic' | 'paper' | 'mixed'
  readonly changeable: boolean
  readonly quorumPercent: string
  readonly sharePercent: string
  readonly questions: readonly QuestionDraft[]
}

export const NEW_QUESTION: QuestionDraft = { kind: 'single', title: '', options: '', seats: '1' }
export const NEW_POLL: PollDraft = {
  orgId: '',
  electorate: 'unit',
  probationary: false,
  title: '',
  secrecy: 'secret',
  channel: 'electronic',
  changeable: false,
  quorumPercent: '',
  sharePercent: '',
  questions: [NEW_QUESTION],
}

export const optionsOf = ({ options }: QuestionDraft): string[] =>
  options
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const hasSeats = (kind: QuestionDraft['kind']) => kind === 'several' || kind === 'approval'

/** What is still wanting before the poll can be made: key of a text and the number of the question. */
export function wantingIn(poll: PollDraft): { readonly key: string; readonly n: number } | null {
  if (poll.orgId === '') return { key: 'org', n: 0 }
  if (poll.title.trim() === '') return { key: 'title', n: 0 }
  for (const text of [poll.quorumPercent, poll.sharePercent])
    if (text !== '' && !isWhole(text, 1, 100)) return { key: 'percent', n: 0 }
  for (const [at, question] of poll.questions.entries()) {
    const n = at + 1
    const options = optionsOf(question)
    if (question.title.trim() === '') return { key: 'question', n }
    if (options.length < (question.kind === 'approval' ? 1 : 2)) return { key: 'options', n }
    if (new Set(options).size < options.length) return { key: 'twice', n }
    if (hasSeats(question.kind) && !isWhole(question.seats, 1, options.length)) return { key: 'seats', n }
  }
  return null
}

const isWhole = (text: string, least: number, most: number) =>
  /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most

/** The questions as they are sent; ids are numbers of the paper, so that nothing of the wording is in a ballot. */
export const questionsOf = (poll: PollDraft): QuestionShape[] =>
  poll.questions.map((question, at) => {
    const options = optionsOf(question)
    return {
      id: `q${at + 1}`,
      kind: question.kind,
      title: question.title.trim(),
      options: options.map((label, index) => ({ id: `o${index + 1}`, label, memberId: null })),
      seats: hasSeats(question.kind) ? Number(question.seats) : question.kind === 'ranked' ? options.length : 1,
      writeIn: false,
    }
  })

/** The part of a poll that can be changed until something is frozen. */
export const bodyOf = (poll: PollDraft) => ({
  title: poll.title.trim(),
  secrecy: poll.secrecy,
  channel: poll.channel,
  questions: questionsOf(poll),
  quorumPercent: poll.quorumPercent === '' ? null : Number(poll.quorumPercent),
  sharePercent: poll.sharePercent === '' ? null : Number(poll.sharePercent),
  changeable: poll.secrecy === 'named' && poll.changeable,
})
